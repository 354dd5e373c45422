"""What happened to the figures of a service since a moment, in sentences: returns saved and withdrawn, exceptions, settings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from domain.field_kinds import Sheet
from domain.formats import counted, listed, moment
from domain.periods import Period
from domain.row_changes import RowChanges
from domain.settings import Settings

_ROW = {Sheet.TOTALS: "total", Sheet.SUPPLEMENT: "row"}


def return_words(
    whose: str, period: Period, version: int, did: str, at: datetime, who: str = "", more: str = ""
) -> str:
    """What became of one version of a return: 'North Mentors: Apr-Jun 2018 (Q1 2018/19), version 2, saved on 3 Oct 2026, 14:05'.

    Parameters
    ----------
    did : 'saved' or 'withdrawn'. who, more : by whom, and what it did or why; blank where that is not for the reader.
    """
    said = f"{whose}: {period.label}, version {version}, {did} on {moment(at)}"
    return f"{said}{f' by {who}' if who else ''}{f': {more}' if more else ''}"


def rows_words(rows: RowChanges) -> str:
    """What a return did to the rows that count: '2 cases added, 1 of them referred before its months; 1 changed'."""
    return "; ".join(_rows_words(rows)) or "every row as it was before"


def _rows_words(rows: RowChanges) -> Iterator[str]:
    row = _ROW.get(rows.sheet, "case")
    if rows.added:
        late = f", {rows.late_n} of them referred before its months" if rows.late_n else ""
        yield f"{counted(len(rows.added), row)} added{late}"
    for found, became in (
        (rows.changed, "changed"),
        (rows.removed, "taken out"),
        (rows.vanished, "no longer reported"),
    ):
        if found:
            yield f"{counted(len(found), row)} {became}"
    if sheets := [str(one.sheet) for one in rows.others if one.moved]:
        yield f"rows of {listed(sheets)} changed"


def exception_words(many: int, did: str, at: datetime | None, who: str) -> str:
    """'2 exceptions agreed on 3 Oct 2026, 14:05 by A manager'; without the moment where the reader may not see the act."""
    when = f" on {moment(at)} by {who}" if at else ""
    return f"{counted(many, 'exception')} {did}{when}"


def of_service(then: Settings, names: Settings, service: str, provider: str) -> Settings:
    """What of the settings of a moment bears on the figures of a service and a provider, blank for all of them.

    Parameters
    ----------
    names : settings whose providers and areas lend their names: a provider that is renamed has the same figures.
    """
    whose = ("", provider) if provider else None

    def bears(of: str, theirs: str) -> bool:
        return of == service and (whose is None or theirs in whose)

    return Settings(
        providers=names.providers,
        areas=names.areas,
        targets=tuple(one for one in then.targets if bears(one.service, one.provider)),
        contracts=tuple(one for one in then.contracts if bears(one.service, one.provider)),
        questions=tuple(one for one in then.questions if bears(one.service, one.provider)),
        exceptions_cap=then.exceptions_cap,
        small_number=then.small_number,
        rounding=then.rounding,
    )
