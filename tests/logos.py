"""A council's logo for tests: a picture made here, with nobody's mark in it."""

from __future__ import annotations

import io

from PIL import Image


def a_logo(wide: int = 64, high: int = 32, *, mode: str = "RGB", kind: str = "PNG") -> bytes:
    """A plain picture of this size."""
    out = io.BytesIO()
    Image.new(mode, (wide, high), 96 if mode == "L" else (31, 78, 121)).save(out, kind)
    return out.getvalue()
