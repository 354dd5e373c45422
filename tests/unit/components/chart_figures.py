"""Released figures and others that charts are drawn of, made of any number of cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from components.charts.band_line import Point as Month
from components.charts.kpi_trend import Point
from components.charts.share_lines import ShareLine
from components.charts.share_rows import Series, ShareRow
from components.charts.year_lines import Look, YearLine
from domain.access import Audience
from domain.dimensions import BANDS
from domain.disclosure import Figure, Guard, Released, release
from domain.exceptions import Cause
from domain.exceptions_kept import Causes
from domain.formats import percent_of
from domain.measures import Count, Stock, measure
from domain.periods import months_between, time_label, write_month
from domain.selection import Selection
from domain.settings import Area, Provider, Settings
from domain.statistics import count_limits, wilson_interval
from domain.tally import AsAt, Source, Tally, TallyRow

Group = tuple[str, str]
SIZES: Final = (0, 1, 9, 30, 10_000)
"""No case, one, too few for a share, few, and more than any service here has."""
HERE = Source.EXAMPLES
AREAS: Final[tuple[Group, ...]] = (
    ("E1", "Basildon"), ("E2", "Braintree"), ("E3", "Brentwood"), ("E4", "Castle Point"), ("E5", "Chelmsford"),
    ("E6", "Colchester"), ("E7", "Epping Forest"), ("E8", "Harlow"), ("E9", "King's Lynn and West Norfolk"),
    ("E10", "Maldon"), ("E11", "Rochford"), ("E12", "Tendring"), ("UNK", "Unknown area"),
)  # fmt: skip
MONTHS: Final[tuple[Group, ...]] = tuple(
    (write_month(one), time_label("month", write_month(one))) for one in months_between(201704, 201809)
)
QUARTERS: Final[tuple[Group, ...]] = tuple(
    (key, time_label("quarter", key))
    for key in ("2017-04..2017-06", "2017-07..2017-09", "2017-10..2017-12", "2018-01..2018-03", "2018-04..2018-06")
)  # fmt: skip
ANSWERS: Final[tuple[Group, ...]] = (
    ("HOMELESS", "Homeless"), ("56", "Threatened within 56 days"), ("FUTURE", "Future risk"), ("NK", "Not known"),
)  # fmt: skip
ENDINGS: Final[tuple[Group, ...]] = (
    ("PREVENTED", "Prevented"), ("UNSUCCESSFUL", "Unsuccessful"), ("WITHDRAWN", "Withdrawn"),
)  # fmt: skip
SETTINGS = Settings(
    council="Essex",
    providers=(Provider("a", "Example provider A"), Provider("b", "Example provider B")),
    areas=tuple(Area(key, label, order=place) for place, (key, label) in enumerate(AREAS[:-1])),
)


def parts(n: int, many: int) -> list[int]:
    """A number of cases over so many groups, unevenly: the first has most, and some have none where there are few."""
    weights = [1 / (place + 2) for place in range(many)]
    edges = [round(n * sum(weights[:place]) / sum(weights)) for place in range(many + 1)]
    return [after - before for before, after in pairwise(edges)]


def met_of(base: int, place: int = 0) -> int:
    """About four of five, and not the same in every group."""
    return round(base * (0.78 + 0.04 * (place % 4)))


def made(key: str, by: Sequence[str], rows: Sequence[TallyRow], service: str = "mentoring",
         hidden: frozenset[tuple[str, ...]] = frozenset()) -> Released:  # fmt: skip
    """Figures through the gate: for us, or for the public where groups are hidden."""
    chosen = Selection(service)
    reach = AsAt(date(2018, 10, 31), date(2018, 10, 31))
    declared = measure(key, service)
    tally = Tally(declared, tuple(by), tuple(rows), chosen, HERE, 7, reach)
    if not hidden:
        return release(tally, Audience.US)
    guard = Guard(Audience.PUBLIC, key, tuple(by), chosen, 7, hidden, total=True)
    return release(tally, Audience.PUBLIC, guard=guard)


def counts(key: str, by: str, groups: Sequence[Group], n: int, *, hide: Sequence[str] = ()) -> Released:
    """A count in groups."""
    rows = [
        TallyRow((one,), (label,), count, count)
        for (one, label), count in zip(groups, parts(n, len(groups)), strict=True)
    ]
    return made(key, (by,), rows, hidden=frozenset((one,) for one in hide))


def steady(n: int) -> Released:
    """A count by month that stays as it is, but for one month."""
    turns = (0.9, 1.1, 1.0, 0.95, 1.05)
    rows = []
    for place, (key, label) in enumerate(MONTHS):
        count = max(round(n / len(MONTHS) * (1.6 if place == 11 else turns[place % 5])), min(n, place == 11))
        rows.append(TallyRow((key,), (label,), count, count))
    return made("referrals", ("month",), rows)


def share(key: str, by: str, groups: Sequence[Group], n: int, service: str = "mentoring",
          *, hide: Sequence[str] = ()) -> Released:  # fmt: skip
    """A share in groups, each with a base of its own."""
    rows = [
        row_of_share((one,), (label,), met_of(base, place), base)
        for place, ((one, label), base) in enumerate(zip(groups, parts(n, len(groups)), strict=True))
    ]
    return made(key, (by,), rows, service, frozenset((one,) for one in hide))


def row_of_share(keys: tuple[str, ...], labels: tuple[str, ...], met: int, base: int) -> TallyRow:
    if not base:
        return TallyRow(keys, labels, 0, 0)
    return TallyRow(keys, labels, met, base, 0, 0, met / base, *wilson_interval(met, base))


def split(n: int, *, hide: Sequence[str] = ()) -> Released:
    """The answers to one question, of one base."""
    rows = [
        row_of_share((one,), (label,), count, n)
        for (one, label), count in zip(ANSWERS, parts(n, len(ANSWERS)), strict=True)
    ]
    return made("reasons", ("risk_at_assessment",), rows, hidden=frozenset((one,) for one in hide))


def bands(n: int, *, hide: Sequence[str] = ()) -> Released:
    """Days of support in the published bands."""
    groups = [(key, label) for key, label, _ in BANDS["days_of_support_band"]]
    rows = [
        TallyRow((key,), (label,), count, n)
        for (key, label), count in zip(groups, parts(n, len(groups)), strict=True)
    ]
    return made("days_of_support", ("days_of_support_band",), rows, hidden=frozenset((one,) for one in hide))


def average(key: str, n: int, value: float) -> Released:
    """A mean or a median of all."""
    return made(key, (), [TallyRow((), (), n, n, value=value if n else None)])


def by_days(n: int) -> Released:
    """Whole days of support by outcome."""
    rows = [
        TallyRow((key, str(7 * (place + 1))), (label, str(7 * (place + 1))), count, many)
        for (key, label), many in zip(ENDINGS, parts(n, len(ENDINGS)), strict=True)
        for place, count in enumerate(parts(many, 6))
        if count
    ]
    return made("days_of_support", ("outcome", "days_of_support"), rows)


def endings(n: int, *, hide: Sequence[tuple[str, str]] = ()) -> Released:
    """The outcomes of each area."""
    rows = [
        row_of_share((area, key), (label, name), count, base)
        for (area, label), base in zip(AREAS, parts(n, len(AREAS)), strict=True)
        for (key, name), count in zip(ENDINGS, parts(base, len(ENDINGS)), strict=True)
    ]
    return made("outcomes", ("area", "outcome"), rows, hidden=frozenset(hide))


def whole(key: str, count: int, base: int) -> TallyRow:
    if isinstance(measure(key), Count | Stock):
        return TallyRow((), (), count, count)
    return row_of_share((), (), count, base)


def share_series(n: int) -> tuple[Series, ...]:
    """Three shares in each row."""
    return tuple(
        Series(
            name,
            tuple(
                ShareRow(key, label, met_of(base, place) // (place + 1), base)
                for (key, label), base in zip(QUARTERS, parts(n, len(QUARTERS)), strict=True)
            ),
        )
        for place, name in enumerate(("Raw: every case", "Adjusted"))
    )


def rows_of(n: int) -> list[ShareRow]:
    """A share in each area; of few cases in five of them, so that some have enough for a mark."""
    areas = AREAS if n > 100 else AREAS[-5:]
    return [
        ShareRow(key, label, met_of(base, place), base)
        for place, ((key, label), base) in enumerate(zip(areas, parts(n, len(areas)), strict=True))
    ]


def rates(n: int) -> tuple[Figure, ...]:
    """Complaints for each 100 open cases, by quarter."""
    found = []
    for (key, label), open_cases in zip(QUARTERS, parts(n, len(QUARTERS)), strict=True):
        came = round(0.03 * open_cases)
        low, high = (100 * edge / (open_cases or 1) for edge in count_limits(came))
        value = 100 * came / open_cases if open_cases else None
        found.append(
            Figure((key,), (label,), came, open_cases, 0, 0, value, low if open_cases else None,
                   high if open_cases else None, small=False)
        )  # fmt: skip
    return tuple(found)


def band_months(n: int) -> list[Month]:
    """Cases for each of ten mentors."""
    found = []
    for place, ((_, label), count) in enumerate(zip(MONTHS, parts(n, len(MONTHS)), strict=True)):
        low, high = count_limits(count)
        words = f"{count} cases, 10 mentors"
        found.append(Month(label, count / 10, low / 10, high / 10, words, place < len(MONTHS) - 2))
    return found


def kpi_points(n: int) -> list[Point]:
    """A share by quarter."""
    found = []
    for (_, label), base in zip(QUARTERS, parts(n, len(QUARTERS)), strict=True):
        met = met_of(base)
        found.append(
            Point(label, met / base, percent_of(met, base), *wilson_interval(met, base))
            if base
            else Point(label, None, "")
        )
    return found


def causes(n: int) -> list[Causes]:
    """Exceptions by quarter; only quarters in which a case came due, as the panel gives them."""
    return [
        Causes((key,), (label,), due, met_of(due), {Cause.COUNCIL: due // 9, Cause.FAMILY: due // 20, Cause.SCHOOL: due // 7})
        for (key, label), due in zip(QUARTERS, parts(n, len(QUARTERS)), strict=True)
        if due
    ]  # fmt: skip


def year_values(n: int) -> list[YearLine]:
    """Counts of several sources by year."""
    many = parts(n, 6)
    words = tuple(f"{one:,}" for one in many)
    return [
        YearLine(
            "Mediations, official table",
            Look.NEWEST,
            (None, None, *map(float, many[2:])),
            ("", "", *words[2:]),
        ),
        YearLine(
            "Older official table", Look.OLDER, (*map(float, many[:2]), *[None] * 4), (*words[:2], *[""] * 4)
        ),
        YearLine("Counted here", Look.OURS, (*[None] * 5, float(many[0])), (*[""] * 5, words[0])),
    ]


def lines(n: int) -> list[ShareLine]:
    """Shares of several sources by quarter."""
    many = parts(n, len(QUARTERS))
    return [
        ShareLine("Essex", tuple((met_of(base), base) if base else None for base in many)),
        ShareLine("England", tuple((base // 2, base) if base else None for base in many)),
        ShareLine("Ours", (None, None, None, None, (many[0], many[0]) if n else None), apart=True),
    ]


def so_far(n: int) -> list[int]:
    """A count that grows over the months."""
    many = parts(n, len(MONTHS))
    return [sum(many[: place + 1]) for place in range(len(many))]
