"""What children of the tests do to harm the process that started them. It imports little, since a child has not much time."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path


def work(payload: object, progress: Callable[[str], None]) -> object:
    """What the a child of the tests does: harm, of the kind that they are told."""
    match payload:
        case "time":
            while True:
                pass
        case "sleep":
            threading.Event().wait(3600)
        case "memory":
            return "x" * 2_000_000_000
        case "class":
            return Path("/etc/passwd")
        case "write":
            Path("left behind").write_text("x")
        case "environment":
            return dict(os.environ)
        case "fault":
            raise ValueError("what a cell holds, " * 2)
    return payload
