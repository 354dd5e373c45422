"""How wide a text is in the letters of the packs, and broken into lines that fit: a drawing and a table on paper cannot ask a browser.

The letters are DejaVu Sans, which comes with matplotlib: it has every sign that our figures use, and is the same on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

import matplotlib
from matplotlib.ft2font import FT2Font
from PIL import ImageFont

FAMILY: Final = "DejaVu Sans"
FONTS: Final = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
REGULAR, BOLD = FONTS / "DejaVuSans.ttf", FONTS / "DejaVuSans-Bold.ttf"
_MEASURED_AT: Final = 100
_NO_LETTERS: Final = ("Cc", "Cf", "Cs", "Co", "Cn")
"""Controls, marks that nobody sees, halves of letters, and places of the code that no letter has: no font draws them, and a tagged
document may not hold them."""

_BRACKETS: Final = re.compile(r"\([^()]{1,18}\)\S*|\S+")
NO_LETTER: Final = "□"


def readable(text: str) -> str:
    r"""A text on one line, without signs that no letter stands for.

    >>> readable("a\tb\x00c\nd")
    'a bc d'
    """
    kept = (
        " " if sign.isspace() else sign
        for sign in text
        if sign.isspace() or unicodedata.category(sign) not in _NO_LETTERS
    )
    return " ".join("".join(kept).split())


def drawn(text: str) -> str:
    r"""A text of letters that the font has, with a box for any other: without one, a letter was drawn and read aloud as another.

    >>> drawn("£5 \u65e5")
    '£5 □'
    """
    return "".join(sign if sign.isspace() or ord(sign) in _signs() else NO_LETTER for sign in readable(text))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How many points wide a text on one line is."""
    return sum(_advance(sign, bold) for sign in text) * size / _MEASURED_AT


def in_lines(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """A text in lines of at most `room` points; only a single word that is wider is broken inside, and short brackets if they must.

    >>> in_lines("Withdrew before anything", 70, 9)
    ['Withdrew', 'before', 'anything']
    >>> in_lines("86% (18 of 21)*", 70, 9)
    ['86%', '(18 of 21)*']
    """
    lines = [""]
    units = _BRACKETS.findall(text)
    if any(width(unit, size, bold=bold) > room for unit in units):
        units = text.split()
    for word in units:
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size, bold=bold) <= room:
            lines[-1] = longer
            continue
        pieces = _pieces(word, room, size, bold)
        lines = [*lines, *pieces] if lines[-1] else pieces
    return lines


def widest_word(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the widest word of a text is: so much room a column needs at least."""
    return max((width(word, size, bold=bold) for word in text.split()), default=0.0)


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A word that is wider than the room, cut where it must be."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and width(pieces[-1] + sign, size, bold=bold) > room:
            pieces.append("")
        pieces[-1] += sign
    return pieces


@lru_cache(maxsize=4096)
def _advance(sign: str, bold: bool) -> float:
    return float(_face(bold).getlength(sign))


@lru_cache(maxsize=1)
def _signs() -> frozenset[int]:
    """The letters that the font has, heavy and light."""
    return frozenset.intersection(*(frozenset(FT2Font(str(file)).get_charmap()) for file in (REGULAR, BOLD)))


@lru_cache(maxsize=2)
def _face(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        str(BOLD if bold else REGULAR), _MEASURED_AT, layout_engine=ImageFont.Layout.BASIC
    )
