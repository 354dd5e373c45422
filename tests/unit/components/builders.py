"""Released figures for the tests of components, made as the pages get them: a tally through the gate."""

from collections.abc import Sequence
from datetime import date

from domain.access import Audience
from domain.disclosure import Released, release
from domain.measures import Count, Stock, measure
from domain.selection import Selection
from domain.settings import Area, Provider, Settings
from domain.statistics import wilson_interval
from domain.tally import AsAt, Source, Tally, TallyRow

SETTINGS = Settings(
    council="Essex",
    providers=(Provider("a", "Example provider A"), Provider("b", "Example provider B")),
    areas=(Area("E1", "Maldon", order=1), Area("E2", "Harlow", order=2)),
)
Row = tuple[str, str, int, int]


def released(
    key: str,
    by: Sequence[str] = (),
    rows: Sequence[Row] = (),
    *,
    missing: int = 0,
    unsure: int = 0,
    value: float | None = None,
    source: Source = Source.SHARED,
    outstanding: tuple[str, ...] = (),
    selection: Selection = Selection("mentoring"),  # noqa: B008 - frozen
    service: str = "",
) -> Released:
    """Figures of a measure; each row is its key, its label, met and base. `missing` and `unsure` go to every row."""
    selection = Selection(service) if service else selection
    declared = measure(key, selection.service)

    def row(group: str, label: str, met: int, base: int) -> TallyRow:
        keys, labels = ((group,), (label,)) if by else ((), ())
        if isinstance(declared, Count | Stock) or not base:
            return TallyRow(keys, labels, met, base, missing, unsure, value)
        if value is not None:
            return TallyRow(keys, labels, met, base, missing, unsure, value)
        return TallyRow(keys, labels, met, base, missing, unsure, met / base, *wilson_interval(met, base))

    reach = AsAt(date(2018, 10, 31), date(2018, 10, 31), outstanding)
    tally = Tally(declared, tuple(by), tuple(row(*one) for one in rows), selection, source, 7, reach)
    return release(tally, Audience.US)


def months(*counts: int, source: Source = Source.SHARED, undated: int = 0) -> Released:
    """Referrals by month from April 2018 on."""
    names = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    rows = [(f"2018-{4 + i:02d}", f"{names[i]} 2018", count, count) for i, count in enumerate(counts)]
    if not undated:
        return released("referrals", ("month",), rows, source=source)
    dated = release_rows(rows)
    undated_row = TallyRow(("",), ("No date",), 0, 0, undated)
    tally = Tally(measure("referrals"), ("month",), (*dated, undated_row), Selection("mentoring"), source, 7)
    return release(tally, Audience.US)


def release_rows(rows: Sequence[Row]) -> tuple[TallyRow, ...]:
    """Plain counts as rows of a tally."""
    return tuple(TallyRow((key,), (label,), met, base) for key, label, met, base in rows)
