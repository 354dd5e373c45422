"""The files of a needs assessment, for the page and the command line alike, each made only when it is asked for."""

from __future__ import annotations

import re
from typing import Final

from data_access.packs.files import PackFile
from domain.look import Look
from domain.procurement.needs import NeedsPack

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"


def needs_files(pack: NeedsPack, look: Look) -> tuple[PackFile, ...]:
    """Document and workbook of one needs assessment."""

    # Loaded when they are needed: whoever opens the page does not wait for what draws documents.
    def document() -> bytes:
        from data_access.procurement.word import write_word

        return write_word(pack, look)

    def workbook() -> bytes:
        from data_access.procurement.workbook import write_needs_workbook

        return write_needs_workbook(pack, look)

    stem = stem_of(pack)
    return (
        PackFile(f"{stem}.docx", f"{_OFFICE}.wordprocessingml.document", document),
        PackFile(f"{stem}.xlsx", f"{_OFFICE}.spreadsheetml.sheet", workbook),
    )


def stem_of(pack: NeedsPack) -> str:
    """What the files are called: 'needs-assessment-send-for-bidders', for the commissioning team with the number of the scenario.

    Its name is left out, because it may hold a price: the audit keeps what a file is called, and is read by who may see no price.
    """
    whose = "for bidders" if pack.bidders else f"scenario {pack.number}" if pack.number else ""
    parts = ("needs-assessment", pack.service, whose)
    words = "-".join(re.sub(r"[^\w.-]+", "-", part.casefold()).strip("-.") for part in parts if part.strip())
    return words[:100].rstrip("-.")
