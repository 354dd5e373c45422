"""The three files of a meeting pack, for the page and for the command line alike, each made only when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from domain.look import Look
from domain.pack import MeetingPack

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file of a pack.

    Parameters
    ----------
    name : what it is called. mime : its kind, as a browser wants it.
    make : writes it. It asks nothing of Streamlit, and may run after the page is over.
    """

    name: str
    mime: str
    make: Callable[[], bytes]


def pack_files(pack: MeetingPack, look: Look, *, quotes: bool = False) -> tuple[PackFile, ...]:
    """Slides, document and workbook of one pack.

    Parameters
    ----------
    quotes : whether what people were quoted with is in them.
    """

    # Loaded when they are needed: whoever opens a page or gives another command does not wait for what draws slides and documents.
    def slides() -> bytes:
        from data_access.packs.slides import write_slides

        return write_slides(pack, look, quotes=quotes)

    def document() -> bytes:
        from data_access.packs.document import write_document

        return write_document(pack, look, quotes=quotes)

    def workbook() -> bytes:
        from data_access.packs.workbook import write_workbook

        return write_workbook(pack, look, quotes=quotes)

    stem = stem_of(pack)
    return (
        PackFile(f"{stem}.pptx", f"{_OFFICE}.presentationml.presentation", slides),
        PackFile(f"{stem}.pdf", "application/pdf", document),
        PackFile(f"{stem}.xlsx", f"{_OFFICE}.spreadsheetml.sheet", workbook),
    )


def stem_of(pack: MeetingPack) -> str:
    """What the files of a pack are called, so that no pack of other people or months has the same name."""
    about = (pack.service, pack.provider or "all", pack.area, pack.period.key.replace("..", "-to-"))
    parts = ("meeting", *about, pack.audience)
    return "-".join(re.sub(r"[^\w.-]+", "-", part) for part in parts if part)
