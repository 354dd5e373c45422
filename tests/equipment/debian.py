"""Programs that come as Debian packages: found, or installed where that is allowed."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.equipment.missing import MissingEquipmentError


def debian_program(path: Path, package: str, what_for: str) -> Path:
    """Where a program is; as root its package is installed if it is missing.

    Raises
    ------
    MissingEquipmentError
        It is not there and could not be installed; the message names the command.
    """
    command = f"apt-get install --yes --no-install-recommends {package}"
    if path.exists():
        return path
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for each in ("apt-get update", command):
            subprocess.run(each.split(), check=False, env=quiet)
    if not path.exists():
        raise MissingEquipmentError(
            f"{what_for} need {path}. Install it with: sudo apt-get update && sudo {command}"
        )
    return path
