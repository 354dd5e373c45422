"""The document of a meeting: a tagged PDF (PDF/UA-1) that a screen reader reads, for the record and for who was not there.

Everything in it comes from the `MeetingPack`; the form stands in `document.typ`. The same pack is the same file, byte for byte.
"""

from __future__ import annotations

import json
from calendar import timegm
from functools import lru_cache
from importlib import resources
from typing import Any

import typst

from domain.look import Look
from domain.pack import MeetingPack


def write_document(pack: MeetingPack, look: Look, *, quotes: bool = False) -> bytes:
    """A meeting pack as a PDF.

    Parameters
    ----------
    look : the colour and logo of the council. quotes : whether the quotes are in it; they are not unless that is asked for.
    """
    # What draws takes more than a second to load, which a page that only offers the file need not wait for.
    from data_access.packs.document_parts import document_data

    data, files = document_data(pack, look, quotes=quotes)
    files["pack.json"] = json.dumps(data, ensure_ascii=False).encode("utf-8")
    files["main.typ"] = resources.files("data_access.packs").joinpath("document.typ").read_bytes()
    # What is documented and what is declared of the package differ: it takes files by their names.
    in_memory: Any = files
    written: bytes = typst.compile(
        in_memory,
        format="pdf",
        font_paths=_letters(),
        pdf_standards="ua-1",
        # The digits of the figures' own moment, wherever the server stands.
        timestamp=timegm(pack.stood.timetuple()) if pack.stood else 0,
    )
    return written


@lru_cache(maxsize=1)
def _letters() -> typst.Fonts:
    """The fonts that come with our parts, and none of the machine's: the file is the same everywhere."""
    from data_access.packs.drawings_letters import FONTS

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])
