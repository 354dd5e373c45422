"""What is said of official figures wherever they stand: whose they are, which version, from when, and what changed since an older one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from components.basis import basis_of
from components.panel import Basis, Panel
from domain.benchmarks import AUDIENCE, LICENCE, SYMBOLS, Edition, Value, labels
from domain.disclosure import Released
from domain.formats import NOTHING, counted, day, listed, number, unmarked
from domain.settings import Settings
from domain.table import Table

WHY: Final = "Why may they differ from ours?"
NO_DAY: Final = "day not known"
_CHANGES_NAMED: Final = 3


def edition_words(edition: Edition) -> str:
    """A release as it is cited: what it is, the version, and the day where it is known."""
    when = (
        f"published {day(edition.published)}" if edition.published else f"{NO_DAY} on which it was published"
    )
    return f"{edition.source}, version {edition.version}, {when}"


def sources_words(found: Iterable[Edition]) -> str:
    """Where figures come from, each release once, with the licence."""
    return f"Source: {'; '.join(dict.fromkeys(edition_words(one) for one in found))} ({LICENCE})."


def official_basis(base: str, what: str, found: Iterable[Edition]) -> Basis:
    """What a panel rests on that shows official figures alone: they are for everybody, because they are published."""
    return Basis(base=base, about=f"{what} {sources_words(found)}", selection="", audience=f"{AUDIENCE}.")


def basis_beside(official: Basis, own: Released, settings: Settings, *, among: str = "") -> Basis:
    """What a panel rests on in which figures of ours stand beside: it is for whom ours are for. As it was where ours say nothing.

    `among` says of what our base is the number, where it is not what is shown.
    """
    if own.withheld:
        # What is published stays, whoever may not see ours beside it.
        return replace(official, base=f"{official.base}. Ours are not shown to this audience: {own.withheld}")
    if own.empty and not own.hidden:
        return official
    ours = basis_of(own, settings)
    return replace(
        ours,
        base=f"{official.base}. Counted here{among}: {ours.base}",
        about=f"{official.about} Counted here: {ours.about}",
    )


def change_notes(values: Sequence[Value]) -> tuple[str, ...]:
    """What a newer release changed: the newest number is shown, and the one before is named."""
    changed = [one for one in values if one.changed]
    if not changed:
        return ()
    said = [
        f"{labels().get(one.area, one.area)}, {one.period.label}: {_printed(one)}, before {_printed(one.earlier[0])} "
        f"({one.earlier[0].edition.version})"
        for one in changed[:_CHANGES_NAMED]
    ]
    more = len(changed) - len(said)
    return (
        f"Changed by a newer release, which is what is shown: {'; '.join(said)}"
        + (f"; and {counted(more, 'more number')}" if more else "")
        + ".",
    )


def _printed(value: Value) -> str:
    return value.missing or (number(value.count) if value.count is not None else value.printed)


def missing_words(found: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """What has no official number, and why: pairs of the reason and what it is of."""
    reasons = dict.fromkeys(why for why, _ in found)
    return tuple(
        f"{why[:1].upper()}{why[1:]}: {listed([what for reason, what in found if reason == why])}."
        for why in reasons
    )


def sources_panel(key: str, found: Sequence[Edition]) -> Panel:
    """Where the official figures of a page come from: the newest table of each kind, with every one of them in the table below."""
    editions = list(dict.fromkeys(found))
    newest = {one.source: one for one in editions}.values()
    known = sum(one.published is not None for one in editions)
    headers = ("What it is", "Version", "Published", "Where it was read")
    rows = tuple((*_cells(one), one.published_where or NOTHING) for one in editions)
    return Panel(
        key=key,
        title=f"Where the official figures come from: {counted(len(editions), 'published table')}, the newest of each kind shown here",
        table=Table((*headers, "Who says the day"), rows),
        grid=Table(headers, tuple(tuple(unmarked(cell) for cell in _cells(one)) for one in newest)),
        basis=Basis(
            base=f"n = {counted(len(editions), 'table')}; the day of publication is known of {number(known)}",
            about=f"All under the {LICENCE}. Where there is no number a word stands in its place: {listed(sorted(SYMBOLS.values()))}.",
            selection="",
            audience=f"{AUDIENCE}.",
        ),
        notes=(
            "Publishers issue tables again. Where two versions give the same number, the newest is used and a change is said.",
            "No day is given for a table that was issued again after its first day, or where no page was found that says it.",
        ),
    )


def _cells(edition: Edition) -> tuple[str, ...]:
    published = day(edition.published) if edition.published else NO_DAY
    return edition.source, edition.version, published, edition.read_from
