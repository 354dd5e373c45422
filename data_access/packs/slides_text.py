"""How much room words take on a slide: no slide is drawn here, so what does not fit must be known before it is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from PIL import ImageFont

POINTS: Final = 72.0
"""So many points an inch."""
LINE_HEIGHT: Final = 1.22
"""A line of text, in sizes of its letters."""
_WIDER, _BOLD = 1.06, 1.06
"""The letters measured are a little narrower than those drawn, and bold ones are wider."""
_DRAWN_AT: Final = 100


@lru_cache(maxsize=1)
def _letters() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=_DRAWN_AT)


@lru_cache(maxsize=4096)
def _drawn(text: str) -> float:
    return float(_letters().getlength(text))


def plain(text: str) -> str:
    r"""A text on one line, without signs that an Office file cannot hold.

    >>> plain("a\tb\x0bc\x00 d")
    'a b c d'
    """
    kept = "".join(" " if sign.isspace() or unicodedata.category(sign)[0] == "C" else sign for sign in text)
    return " ".join(kept.split())


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is on one line, in inches, at a size in points."""
    words = text.split(" ")
    # Word by word, as lines are broken: letters that stand closer across a space would else make a line that fits by a hair.
    drawn = sum(_drawn(word) for word in words) + _drawn(" ") * (len(words) - 1)
    return drawn / _DRAWN_AT * size * _WIDER * (_BOLD if bold else 1.0) / POINTS


def lines_of(text: str, size: float, wide: float, *, bold: bool = False) -> int:
    """On how many lines a text stands in so many inches; a word wider than that is broken."""
    lines, used = 1, 0.0
    space = width_of(" ", size, bold=bold)
    for word in text.split():
        long = width_of(word, size, bold=bold)
        if used and used + space + long <= wide:
            used += space + long
            continue
        if used:
            lines += 1
        extra = max(0, -int(-long // wide) - 1)
        lines += extra
        used = long - extra * wide
    return lines


def height_of(text: str, size: float, wide: float, *, bold: bool = False) -> float:
    """How high a paragraph is, in inches."""
    return lines_of(text, size, wide, bold=bold) * size * LINE_HEIGHT / POINTS


def size_that_fits(text: str, wide: float, most: int, sizes: Sequence[float], *, bold: bool = False) -> float:
    """The largest of some sizes at which a text stands on so many lines; the smallest where it does at none."""
    return next((size for size in sizes if lines_of(text, size, wide, bold=bold) <= most), sizes[-1])


def pages_of(paragraphs: Sequence[str], size: float, wide: float, high: float, gap: float) -> list[list[int]]:
    """Which paragraphs, by their places, stand together on a page of so many inches; one that is higher stands alone."""
    pages: list[list[int]] = [[]]
    used = 0.0
    for place, text in enumerate(paragraphs):
        tall = height_of(text, size, wide) + gap
        if pages[-1] and used + tall > high:
            pages.append([])
            used = 0.0
        pages[-1].append(place)
        used += tall
    return pages if paragraphs else []
