"""The panels of the Timeliness page on what is to come: deadlines still to be met, and open cases by age."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from components.charts.stacked_counts import stacked_counts
from components.panel import Basis, Panel
from components.timeliness_messages import ages_message, waiting_message
from domain.base_words import as_at_words, source_words
from domain.deadlines import When, age_bands
from domain.disclosure import Released
from domain.formats import counted, day, listed, number
from domain.settings import Settings
from domain.table import Cell, Table
from domain.whose import for_whom

COUNCIL: Final = "The council"
NOTHING_DUE: Final = "No deadline running"
REPORTED: Final = (
    "As far as the providers have reported: something may have been done since the last return. Where the day came after it, nobody is "
    "said to be late."
)
_MONTHS: Final = "Months chosen at the side do not narrow this: it is about what is open now."


def due_panel(
    due: Mapping[tuple[str, str, When], int],
    raw: Released,
    settings: Settings,
    today: date,
    in_totals: Sequence[str] = (),
) -> Panel:
    """How many deadlines are still to be met and when, a row a provider, or a row a deadline where there is one provider.

    Parameters
    ----------
    due : by provider (blank for the council), what is due, and when. raw : a figure of the same providers and areas.
    in_totals : the providers that have sent totals, of which no case is known.
    """
    named = {(_who(who, settings), what, when): n for (who, what, when), n in due.items()}
    several = len({who for who, _, _ in named}) > 1
    rows: dict[str, Counter[str]] = {}
    for (who, what, when), n in sorted(named.items(), key=lambda one: (one[0][0] == COUNCIL, one[0])):
        rows.setdefault(who if several else what, Counter())[when.label] += n
    totals: Counter[When] = Counter()
    for (_, _, when), n in named.items():
        totals[when] += n
    parts = [when.label for when in When]
    said = "; ".join(f"{when.label.lower()} {number(totals[when])}" for when in When)
    return Panel(
        key="timeliness_due",
        title=waiting_message(totals),
        figure=stacked_counts(rows, parts, raw.source) if rows else None,
        alt=f"Deadlines still to be met: {said}.",
        table=_due_table(named),
        basis=_basis(
            raw,
            settings,
            f"n = {counted(sum(totals.values()), 'deadline')} still to be met on {day(today)}",
            "Deadlines of cases that are still to be met: what is due has not been done, and is still wanted.",
        ),
        notes=(
            REPORTED,
            *(["What the council itself has to do stands in a row of its own."] if COUNCIL in rows else []),
            "A case may have several deadlines, and each of them is counted.",
            *([f"Of what {listed(in_totals)} sent as totals, no case is known."] if in_totals else []),
            _MONTHS,
        ),
    )


def ages_panel(
    ages: Mapping[tuple[str, When | None], int],
    undated: int,
    raw: Released,
    settings: Settings,
    today: date,
) -> Panel:
    """Open cases by the days since their referral, and the next of their deadlines."""
    rows = {
        band: {_next(when): n for (held, when), n in ages.items() if held == band} for band in age_bands()
    }
    by_age = {band: sum(counts.values()) for band, counts in rows.items()}
    parts = [*(when.label for when in When), NOTHING_DUE]
    total = sum(by_age.values())
    said = "; ".join(f"{band} {number(n)}" for band, n in by_age.items())
    return Panel(
        key="timeliness_ages",
        title=ages_message(by_age),
        figure=stacked_counts(rows, parts, raw.source) if total else None,
        alt=f"Open cases by days since referral: {said}.",
        table=Table(
            ("Days since referral", *parts, "All"),
            tuple(
                (band, *(counts.get(part, 0) for part in parts), by_age[band])
                for band, counts in rows.items()
            ),
        ),
        basis=_basis(
            raw,
            settings,
            f"n = {counted(total, 'open case')} on {day(today)}, "
            + (f"{number(undated)} without a date of referral" if undated else "none missing"),
            "Cases that have not ended and are still reported, each with the next of its deadlines.",
        ),
        notes=(
            REPORTED,
            "Each case stands once, with the first of its deadlines that is still to be met.",
            _MONTHS,
        ),
    )


def _who(provider: str, settings: Settings) -> str:
    return settings.provider_label(provider) if provider else COUNCIL


def _next(when: When | None) -> str:
    return when.label if when else NOTHING_DUE


def _due_table(due: Mapping[tuple[str, str, When], int]) -> Table:
    pairs = sorted({(who, what) for who, what, _ in due}, key=lambda one: (one[0] == COUNCIL, one))
    rows: list[tuple[Cell, ...]] = []
    for who, what in pairs:
        counts = [due.get((who, what, when), 0) for when in When]
        rows.append((who, what, *counts, sum(counts)))
    return Table(("Who", "What is due", *(when.label for when in When), "All"), tuple(rows))


def _basis(raw: Released, settings: Settings, base: str, about: str) -> Basis:
    chosen = raw.selection.during(None)
    reach = as_at_words(raw.as_at)
    return Basis(
        base=", ".join(filter(None, (base, reach))),
        about=about,
        selection=f"Shown: {chosen.sentence(settings).rpartition(';')[0]}.",
        audience=f"{for_whom(raw.audience, settings, chosen.service)}.",
        example=source_words(raw),
        without=raw.not_given,
        service=chosen.service,
        provider=chosen.providers[0] if len(chosen.providers) == 1 else "",
    )
