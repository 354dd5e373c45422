"""Debian's Chromium for the browser tests: found, or installed where that is allowed."""

from pathlib import Path

from tests.equipment.debian import debian_program

CHROMIUM = Path("/usr/bin/chromium")
# A test machine has often no sandbox of its own to give, no graphics card and a small /dev/shm.
LAUNCH_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def chromium_path() -> Path:
    """Where the browser is; as root it is installed if missing.

    Raises
    ------
    MissingEquipmentError
        There is no browser and it could not be installed; the message names the command.
    """
    return debian_program(CHROMIUM, "chromium", "The browser tests")
