"""LibreOffice for the tests of workbooks that we write: another program than ours opens them."""

import subprocess
import tempfile
from pathlib import Path

from tests.equipment.debian import debian_program

SOFFICE = Path("/usr/bin/soffice")


def soffice_path() -> Path:
    """Where LibreOffice is; as root it is installed if missing. Raises MissingEquipmentError as `debian_program` does."""
    return debian_program(SOFFICE, "libreoffice-calc-nogui", "The tests of marked workbooks")


def opened_by_libreoffice(content: bytes) -> str:
    """A workbook as LibreOffice understands it: one XML text with its cells, notes, links and formats."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.xlsx"
        book.write_bytes(content)
        own_profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [
            soffice_path(),
            own_profile,
            "--headless",
            "--convert-to",
            "fods",
            "--outdir",
            folder,
            book,
        ]
        subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=180)
        return book.with_suffix(".fods").read_text(encoding="utf-8")
