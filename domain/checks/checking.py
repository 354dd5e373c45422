"""What the rules look at: the file as it was read, understood as far as it could be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from domain.cells import Fault
from domain.checks.cover import Cover, read_cover
from domain.checks.tables import Place, Table, TableRow, read_table
from domain.drafts import Draft, KnownReturns, SheetDraft
from domain.fields import Sheet, fields_of
from domain.periods import Period, month_end, month_of
from domain.returns import Value
from domain.settings import Contract, Settings
from domain.vocabulary import plain

SHEET_SPELLINGS = {
    Sheet.COVER: ("Cover", "Cover sheet", "Front sheet"),
    Sheet.CASES: ("Cases", "Case"),
    Sheet.ACTIVITIES: ("Activities", "Activity"),
}


@dataclass(slots=True)
class Checking:
    """One return while it is checked.

    What could not be read is None, and the rules that need it do not run.
    """

    draft: Draft
    settings: Settings
    known: KnownReturns
    readable: bool | None = None
    cover: Cover | None = None
    cases: Table | None = None
    activities: Table | None = None
    service: str | None = None
    provider: str | None = None
    dates: tuple[date, date] | None = None
    """First and last day on the Cover, whatever they are."""
    period: Period | None = None
    """The same when they are whole months."""
    contract: Contract | None = None
    repeats: dict[Sheet, list[tuple[TableRow, TableRow]]] = field(default_factory=dict)
    """By sheet: a row whose reference was met before, and the row where it was."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """The sheets of rows that were found, in order."""
        return tuple(table for table in (self.cases, self.activities) if table)

    @property
    def nil(self) -> bool:
        """Whether the Cover says that there is nothing to report."""
        return bool(self.cover and self.cover.values.get("nil_return") == "Y")

    def faults(self, check: str) -> Iterator[tuple[str, Place, Fault]]:
        """The cells that broke a rule when they were read: sheet as in the file, place, fault."""
        if self.cover:
            yield from (
                (self.cover.draft.name, place, fault)
                for _, place, fault in self.cover.faults
                if fault.check == check
            )
        for table in self.tables:
            yield from ((table.name, place, fault) for place, fault in table.faults if fault.check == check)

    def copies(self, sheet: Sheet) -> list[TableRow]:
        """Rows that say again exactly what an earlier row says."""
        return [
            row
            for row, earlier in self.repeats.get(sheet, [])
            if row.values == earlier.values and not row.faulty | earlier.faulty
        ]

    def kept(self, table: Table) -> list[TableRow]:
        """The rows of a sheet without exact copies."""
        copies = {row.number for row in self.copies(table.sheet)}
        return [row for row in table.rows if row.number not in copies]


def sheet_of(name: str) -> Sheet | None:
    """Which sheet of a return a name means; None when it means none.

    >>> sheet_of(" cases ")
    <Sheet.CASES: 'Cases'>
    """
    return next(
        (s for s, names in SHEET_SPELLINGS.items() if plain(name) in {plain(spelling) for spelling in names}),
        None,
    )


def prepare(draft: Draft, settings: Settings, known: KnownReturns) -> Checking:
    """Understand a file as far as it can be, for the rules to look at."""
    checking = Checking(draft, settings, known)
    if draft.refusal:
        return checking
    checking.readable = True
    found: dict[Sheet, SheetDraft] = {}
    for sheet in draft.sheets:
        if (which := sheet_of(sheet.name)) and which not in found:
            found[which] = sheet
    if Sheet.COVER in found:
        checking.cover = read_cover(found[Sheet.COVER], settings)
        _take_from_cover(checking, checking.cover.values)
    for which in (Sheet.CASES, Sheet.ACTIVITIES):
        if which in found:
            table = read_table(found[which], which, fields_of(which, checking.service), settings)
            checking.repeats[which] = _repeats(table)
            if which is Sheet.CASES:
                checking.cases = table
            else:
                checking.activities = table
    return checking


def _take_from_cover(checking: Checking, values: dict[str, Value]) -> None:
    service, provider = values.get("service"), values.get("provider")
    start, end = values.get("period_start"), values.get("period_end")
    checking.service = service if isinstance(service, str) else None
    checking.provider = provider if isinstance(provider, str) else None
    if isinstance(start, date) and isinstance(end, date):
        checking.dates = (start, end)
        if start <= end and start.day == 1 and end == month_end(month_of(end)):
            checking.period = Period(start, end)
    if checking.service and checking.provider:
        checking.contract = _contract(checking.settings, checking.service, checking.provider, checking.period)


def _contract(settings: Settings, service: str, provider: str, period: Period | None) -> Contract | None:
    """The contract a return belongs to: the one that runs in its period, else the latest."""
    for contract in settings.contracts:
        if (
            (contract.service, contract.provider) == (service, provider)
            and period
            and runs_in(contract, period)
        ):
            return contract
    return settings.contract(service, provider)


def runs_in(contract: Contract, period: Period) -> bool:
    """Whether a contract runs on any day of a period."""
    return contract.start <= period.end and (contract.end is None or period.start <= contract.end)


def _repeats(table: Table) -> list[tuple[TableRow, TableRow]]:
    """Rows whose reference stands in an earlier row too, without regard to case and spaces."""
    key = fields_of(table.sheet)[0].key
    seen: dict[str, TableRow] = {}
    found = []
    for row in table.rows:
        reference = row.values.get(key)
        if isinstance(reference, str):
            folded = reference.strip().casefold()
            if folded in seen:
                found.append((row, seen[folded]))
            else:
                seen[folded] = row
    return found
