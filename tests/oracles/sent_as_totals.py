"""A provider's cases turned into the totals that it would have sent: each figure asked of the cases, and written as a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data_access.questions import Question
from data_access.stores import Store
from data_access.tallies import read_tallies
from domain.access import COMMISSIONER
from domain.measures import Measure, Split, about_posts
from domain.periods import Period, month_end, month_start
from domain.returns import Record, Return
from domain.selection import Selection
from domain.tally import Tally
from domain.totals import NOT_ANSWERED, breakdowns_of, total_measures
from tests.builders import a_return

ALL = ""


def as_totals(
    store: Store, service: str, provider: str, period: Period, *, breakdowns: int = 2, by_month: bool = False
) -> Return:
    """A return of totals with what the store says of one provider in one period: together, by area, by some breakdowns, by both."""
    spans = [Period(month_start(m), month_end(m)) for m in period.months] if by_month else [period]
    asked: list[tuple[Measure, Period, Question]] = []
    for span in spans:
        selection = Selection(service, providers=(provider,)).during(span)
        for measure in total_measures(service):
            if measure.in_totals_only:
                continue  # no case says it
            stock = measure.at_a_date
            chosen = selection.during(None) if stock else selection
            keys = breakdowns_of(measure, service)[:breakdowns]
            placed: list[tuple[str, ...]] = [()] if about_posts(measure) else [(), ("area",)]
            shapes = [*placed, *((*place, key) for key in keys for place in placed)]
            asked += [
                (measure, span, Question(measure.key, shape, chosen, at=span.last_month if stock else None))
                for shape in shapes
            ]
    tallies = read_tallies(store, [question for _, _, question in asked], COMMISSIONER)
    rows = [
        row
        for (measure, span, question), tally in zip(asked, tallies, strict=True)
        for row in _rows(measure, span, question.by, tally)
    ]
    return a_return(provider, period, [], service=service, totals=rows)


def _rows(measure: Measure, span: Period, by: Sequence[str], tally: Tally) -> Iterable[Record]:
    field = next((key for key in by if key != "area"), ALL)
    for row in tally.rows:
        named = dict(zip(by, row.keys, strict=True))
        category = named.get(field, ALL)
        split = isinstance(measure, Split)
        if (field and category == ALL) or (split and category == NOT_ANSWERED) or named.get("area") == ALL:
            continue  # what nobody answered is no category, and what has no area is in none
        yield {
            "measure": measure.key,
            "breakdown": field or (measure.field if isinstance(measure, Split) else None),
            "category": category or None,
            "area": named.get("area") or None,
            "period_start": span.start,
            "period_end": span.end,
            "count": row.met,
            "denominator": None if split and not category else row.base,
            "unit": None,
        }
