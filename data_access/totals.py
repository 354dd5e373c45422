"""Where totals join the tallies: which providers sent totals, what those say to a question, and for whom they say nothing.

For a month that a provider reported in totals only its totals count: a case of that month that another of its returns holds is one
of those already in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, false, not_, or_, select

from data_access.aggregate_returns import in_place_of_no_cases
from data_access.coverage import Coverage
from data_access.in_force import rows_as_of, rows_now
from data_access.questions import Moment, Question
from data_access.tables import totals
from domain.dimensions import dimension
from domain.measures import Average, Completeness, Measure, Rate, Split, Spread
from domain.periods import Period, time_key
from domain.totals_given import Given, TotalRow, Wanted, given_at, given_over

Place = tuple[str, ...]
"""The keys of the groupings by time, in their order."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What totals add to one question.

    Parameters
    ----------
    rows : as a scan gives them: the groups, the month where the date matters, met, base, missing and unsure.
    bases : the same without the answers of a split, one row for each base.
    not_given : keys of the providers whose totals do not say it, or not all of it.
    unknown : provider and time of which nothing is known. known : times of which something is.
    """

    rows: tuple[tuple[Any, ...], ...] = ()
    bases: tuple[tuple[Any, ...], ...] = ()
    not_given: tuple[str, ...] = ()
    unknown: frozenset[tuple[str, Place]] = frozenset()
    known: frozenset[Place] = frozenset()

    def drop_unknown(self, found: dict[tuple[str, ...], Any], by: Sequence[str]) -> None:
        """Take out the noughts that only say that nothing was given.

        A case without a date is missing in every period, and says nothing of one of which nothing else is known.
        """
        if not self.unknown:
            return
        times = [i for i, key in enumerate(by) if dimension(key).timed]
        whose = by.index("provider") if "provider" in by else None
        gone = {place for _, place in self.unknown} - self.known
        for keys in [keys for keys, counts in found.items() if not any(counts[:2])]:
            place = tuple(keys[i] for i in times)
            if place in gone or (whose is not None and (keys[whose], place) in self.unknown):
                del found[keys]


NOTHING_JOINED = Joined()


def without_totals(
    columns: Mapping[str, ColumnElement[Any]], measure: Measure, coverage: Coverage, at: int | None
) -> list[ColumnElement[Any]]:
    """The conditions that leave out rows of a month which their provider reported in totals."""
    found: list[ColumnElement[Any]] = []
    for provider, period in coverage.totals:
        theirs = columns["provider"] == provider
        if measure.at_a_date:
            if at in period.months:
                found.append(not_(theirs))
        elif (month := columns.get(measure.month)) is not None:
            inside = and_(theirs, month >= period.first_month, month <= period.last_month)
            found.append(or_(month.is_(None), not_(inside)))
    return found


@dataclass(slots=True)
class Asked:
    """A question, as far as totals can be asked it."""

    moment: Moment
    question: Question
    measure: Measure
    by: tuple[str, ...]
    coverage: Coverage
    at: int | None
    timed: bool
    rows: list[TotalRow] = field(default_factory=list)

    @property
    def times(self) -> list[str]:
        """The groupings by time."""
        return [key for key in self.by if dimension(key).timed]

    @property
    def fields(self) -> list[str]:
        """The groupings by an answer."""
        return [
            key for key in self.by if not dimension(key).timed and key not in ("provider", "service", "area")
        ]

    def place(self, month: int) -> Place:
        """Where a month stands in time."""
        return tuple(time_key(dimension(key).key, month) for key in self.times)

    def months(self, reported: Iterable[int]) -> list[int]:
        """Which of some months are asked about."""
        if self.measure.at_a_date:
            return [month for month in reported if month == self.at]
        chosen, wanted = self.question.selection, self.wanted()
        timed = {key: codes for key, codes in wanted.items() if _is_timed(key)}
        return [
            month
            for month in sorted(reported)
            if (chosen.first is None or month >= chosen.first)
            and (chosen.last is None or month <= chosen.last)
            and all(time_key(key, month) in codes for key, codes in timed.items())
        ]

    def wanted(self) -> dict[str, tuple[str, ...]]:
        """What the question is limited to, by the groupings' own names."""
        return {_own(key): codes for key, codes in self.question.selection.wanted().items()}

    def answerable(self) -> bool:
        """Whether totals could say it at all: one answer at most, and no limit to some answers."""
        if isinstance(self.measure, Spread | Average | Rate | Completeness) or self.question.adjusted_for:
            return False  # nobody can tell which of the cases in a total has an exception
        limits = [
            key for key in self.wanted() if not _is_timed(key) and key not in ("area", "provider", "service")
        ]
        return not limits and len(self.fields) <= 1

    def areas(self) -> frozenset[str] | None:
        """The areas that are asked about; None for all."""
        areas = self.moment.viewer.areas_of(self.question.selection.service)
        named = (self.question.selection.areas, self.wanted().get("area", ()), areas)
        chosen = [frozenset(keys) for keys in named if keys]
        if areas is not None and not areas:
            return frozenset()
        return frozenset.intersection(*chosen) if chosen else None

    def asks(self, provider: str) -> bool:
        """Whether a provider is asked about."""
        wanted = self.wanted()
        return provider in wanted.get(
            "provider", (provider,)
        ) and self.question.selection.service in wanted.get("service", (self.question.selection.service,))


def _own(key: str) -> str:
    try:
        return dimension(key).key
    except KeyError:
        return key  # a column of whole numbers, which limits and never groups


def _is_timed(key: str) -> bool:
    try:
        return dimension(key).timed
    except KeyError:
        return False


def join_totals(
    moment: Moment,
    question: Question,
    measure: Measure,
    by: tuple[str, ...],
    coverage: Coverage,
    at: int | None,
    *,
    timed: bool,
) -> Joined:
    """What the totals in the coverage say to a question. Reads nothing when there are none."""
    asked = Asked(moment, question, measure, by, coverage, at, timed)
    service = question.selection.service
    apart = (
        frozenset()
        if measure.in_totals_only
        else in_place_of_no_cases(moment.connection, coverage, service, question.as_of)
    )
    relevant = [
        (provider, period, months)
        for provider, period in coverage.totals
        if (provider, period) not in apart
        and asked.asks(provider)
        and (months := asked.months(period.months))
    ]
    if not relevant:
        return NOTHING_JOINED
    if asked.answerable():
        asked.rows = read_totals(asked)
    return _joined(asked, relevant)


def read_totals(asked: Asked) -> list[TotalRow]:
    """The rows of totals that count, of the measure asked for and of providers that send some."""
    as_of = asked.question.as_of
    held = rows_now(totals) if as_of is None else rows_as_of(asked.moment.connection, totals, as_of)
    c = held.c
    names = ("provider", "first_month", "last_month", "area", "breakdown", "category", "count", "denominator")
    query = select(*(c[name] for name in names)).where(
        c["service"] == asked.question.selection.service,
        c["measure"] == asked.measure.key,
        c["provider"].in_([provider for provider, _ in asked.coverage.totals])
        if asked.coverage.totals
        else false(),
    )
    return [TotalRow(*row) for row in asked.moment.connection.execute(query)]


def _joined(asked: Asked, relevant: Iterable[tuple[str, Period, list[int]]]) -> Joined:
    rows: list[tuple[Any, ...]] = []
    bases: list[tuple[Any, ...]] = []
    unknown: set[tuple[str, Place]] = set()
    known = _reported_in_cases(asked)
    for provider, period, months in relevant:
        theirs = [
            row for row in asked.rows if row.provider == provider and set(row.months) <= set(period.months)
        ]
        for place in dict.fromkeys(asked.place(month) for month in months):
            these = [month for month in months if asked.place(month) == place]
            given = given_of(asked, theirs, provider, these)
            if given is None:
                unknown.add((provider, place))
                continue
            known.add(place)
            for one in given:
                rows += _rows_of(asked, provider, one, bases=False)
                bases += _rows_of(asked, provider, one, bases=True)
    named = tuple(
        dict.fromkeys(provider for provider, _, _ in relevant if any(p == provider for p, _ in unknown))
    )
    return Joined(tuple(rows), tuple(bases), named, frozenset(unknown), frozenset(known))


def _reported_in_cases(asked: Asked) -> set[Place]:
    """The times of which somebody reported cases."""
    in_totals: dict[str, set[int]] = {}
    for provider, period in asked.coverage.totals:
        in_totals.setdefault(provider, set()).update(period.months)
    found: set[Place] = set()
    for provider, months in asked.coverage.months:
        apart = in_totals.get(provider, set())
        if not asked.asks(provider):
            continue
        if asked.measure.at_a_date:
            # A case reported at any time may still be live at the day.
            found |= {()} if asked.at not in apart else set()
        else:
            found |= {asked.place(month) for month in asked.months(months - apart)}
    return found


def given_of(
    asked: Asked, rows: list[TotalRow], provider: str, months: list[int]
) -> tuple[Given, ...] | None:
    """What a provider's rows say of some months; None when they do not say it whole."""
    if not asked.answerable():
        return None
    settings, service = asked.moment.settings, asked.question.selection.service
    contracts = [c for c in settings.contracts if (c.service, c.provider) == (service, provider)]
    named = {area for c in contracts for area in c.areas}
    everywhere = not contracts or any(not c.areas for c in contracts)
    wanted = Wanted(
        asked.measure,
        service,
        provider,
        settings,
        answers_of="".join(asked.fields),
        by_area="area" in asked.by,
        areas=asked.areas(),
        contracted=frozenset(a.key for a in settings.areas_of(service)) if everywhere else frozenset(named),
    )
    if asked.measure.at_a_date:
        return given_at(rows, wanted, months[0])
    return given_over(rows, wanted, months)


def _rows_of(asked: Asked, provider: str, given: Given, *, bases: bool) -> Iterable[tuple[Any, ...]]:
    """The cells as a scan gives its rows; of a split either its answers or its bases."""
    split = isinstance(asked.measure, Split)
    for (area, answer), (met, base) in given.cells.items():
        if split and bool(answer) is bases:
            continue
        if not split and bases:
            continue
        values = {"provider": provider, "service": asked.question.selection.service, "area": area}
        by = [key for key in asked.by if not (bases and key in asked.fields)]
        groups = [given.month if dimension(key).timed else values.get(key, answer) for key in by]
        counts = (met, 0, 0, 0) if split and not bases else (met, base, 0, 0)
        yield (*groups, *([given.month] if asked.timed else []), *counts)
