"""Debian's Chromium for the browser tests: found, or installed where that is allowed."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.equipment.missing import MissingEquipmentError

CHROMIUM = Path("/usr/bin/chromium")
COMMAND = "apt-get install --yes --no-install-recommends chromium"
# A test machine has often no sandbox of its own to give, no graphics card and a small /dev/shm.
LAUNCH_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def chromium_path() -> Path:
    """Where the browser is; as root it is installed if missing.

    Raises
    ------
    MissingEquipmentError
        There is no browser and it could not be installed; the message names the command.
    """
    if CHROMIUM.exists():
        return CHROMIUM
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in ("apt-get update", COMMAND):
            subprocess.run(command.split(), check=False, env=quiet)
    if not CHROMIUM.exists():
        raise MissingEquipmentError(
            f"The browser tests need {CHROMIUM}. Install it with: sudo apt-get update && sudo {COMMAND}"
        )
    return CHROMIUM
