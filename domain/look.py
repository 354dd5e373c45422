"""How the packs of a council look: its name, its colour and its logo; checking what was chosen, and the words for it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from PIL import Image, UnidentifiedImageError

from domain.settings import Settings
from domain.settings_edits import NotPossible
from domain.settings_words import NONE

MOST_OF_A_LOGO: Final = 200 * 1024
"""So many bytes: the logo stands in every file, and in every change of the council's settings."""
MOST_ACROSS, LEAST_ACROSS = 4000, 16
"""So many pixels a side: a small file may unfold into a picture that fills the memory."""
_FORMATS: Final = ("PNG", "JPEG")
_COLOUR = re.compile(r"#?([0-9a-f]{6})")
_WHITE, _BLACK = "#ffffff", "#000000"


@dataclass(frozen=True, slots=True)
class Look:
    """What a pack wears.

    Parameters
    ----------
    council : its name; blank where none is set. colour : '#rrggbb'; blank for the dashboard's own.
    logo : a PNG or JPEG picture; empty where there is none.
    """

    council: str = ""
    colour: str = ""
    logo: bytes = field(default=b"", repr=False)

    @property
    def kind(self) -> str:
        """What the logo is, 'png' or 'jpeg'; blank where there is none."""
        return ("png" if self.logo.startswith(b"\x89PNG") else "jpeg") if self.logo else ""

    def ink(self, colour: str = "") -> str:
        """Black or white, whichever is read better on a colour; the council's where none is named.

        One of the two always has the 4.5 to 1 that text needs (WCAG 2.2, 1.4.3).

        >>> Look(colour="#1f4e79").ink(), Look(colour="#ffd700").ink()
        ('#ffffff', '#000000')
        """
        light = _luminance(colour or self.colour or _WHITE)
        return _WHITE if 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 else _BLACK


def look_of(settings: Settings) -> Look:
    """What the packs of a council wear."""
    return Look(settings.council, settings.colour, settings.logo)


def put_look(settings: Settings, colour: str, logo: bytes) -> Settings:
    """Set the colour and the logo of the packs; blank and empty for none. Raises NotPossible for what cannot be taken."""
    return replace(settings, colour=colour_from(colour), logo=logo_from(logo))


def colour_from(text: str) -> str:
    """A colour as it was typed, as '#rrggbb'; blank for none. Raises NotPossible when it is none.

    >>> colour_from(" 1F4E79 "), colour_from("")
    ('#1f4e79', '')
    """
    if not text.strip():
        return ""
    found = _COLOUR.fullmatch(text.strip().casefold())
    if found is None:
        raise NotPossible(
            f"'{text.strip()[:40]}' is not a colour: enter # and six digits or letters a to f, such as #1f4e79."
        )
    return f"#{found[1]}"


def logo_from(data: bytes) -> bytes:
    """A logo once it was opened and found to be a picture. Raises NotPossible when it is none, or too large."""
    if not data:
        return b""
    if len(data) > MOST_OF_A_LOGO:
        raise NotPossible(
            f"The logo has {-(-len(data) // 1024):,} KB; at most {MOST_OF_A_LOGO // 1024} KB. Save it smaller."
        )
    try:
        with _opened(data) as picture:
            wide, high = picture.size
            if not LEAST_ACROSS <= min(wide, high) <= max(wide, high) <= MOST_ACROSS:
                raise NotPossible(
                    f"The logo has {wide:,} by {high:,} pixels; each side must have {LEAST_ACROSS} to {MOST_ACROSS:,}."
                )
            # What the name of the file says is no proof, and neither are its first letters: all of it is read.
            picture.load()
    except NotPossible:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise NotPossible("The logo is not a PNG or JPEG picture, or it is damaged.") from None
    return data


def logo_words(logo: bytes) -> str:
    """What a person reads for a logo: 'PNG, 240 by 80 pixels, 12 KB'."""
    if not logo:
        return NONE
    with _opened(logo) as picture:
        wide, high = picture.size
        return f"{picture.format}, {wide:,} by {high:,} pixels, {-(-len(logo) // 1024):,} KB"


def look_changes(before: Settings, after: Settings) -> Iterator[str]:
    """What differs in how packs look, one sentence each."""
    if before.colour != after.colour:
        yield f"Colour of packs: {before.colour or NONE} → {after.colour or NONE}"
    if before.logo != after.logo:
        was, now = logo_words(before.logo), logo_words(after.logo)
        yield f"Logo of packs: {was} → {now}" + (" (another picture)" if was == now else "")


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        yield picture


def _luminance(colour: str) -> float:
    """How light a colour is, from 0 to 1 (WCAG 2.2, relative luminance)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
