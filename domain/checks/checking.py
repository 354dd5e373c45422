"""What the rules look at: the file as it was read, understood as far as it could be."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.cells import Fault
from domain.checks.cover import Cover, cover_told, read_cover
from domain.checks.naming import Named, name_sheets, with_sheets
from domain.checks.sheet_names import NEEDED, SHEET_SPELLINGS, sheet_of
from domain.checks.tables import Place, Table, TableRow, read_table
from domain.checks.totals_table import has_totals_headers, row_key, understand_totals
from domain.coded_cells import Sender
from domain.drafts import Draft, KnownCases, KnownReturns, KnownRows, RawCell
from domain.fields import COUNCIL_FIELDS, KEY_OF, Sheet, fields_of
from domain.mapping import NO_MAPPING, Mapping
from domain.periods import Period, month_end, month_of
from domain.returns import COUNCIL, Value
from domain.settings import Contract, Settings
from domain.vocabulary import plain

__all__ = [
    "NEEDED",
    "NOTHING_TOLD",
    "SHEET_SPELLINGS",
    "Checking",
    "folded",
    "prepare",
    "runs_in",
    "sheet_of",
    "supplemented",
]

NOTHING_TOLD: AnyMapping[str, RawCell] = {}
"""Nothing was said on screen beside the file."""


@dataclass(slots=True)
class Checking:
    """One return while it is checked.

    What could not be read is None, and the rules that need it do not run.
    """

    draft: Draft
    settings: Settings
    known: KnownReturns
    mapping: Mapping = NO_MAPPING
    told: AnyMapping[str, RawCell] = field(default_factory=dict)
    named: Named = field(default_factory=lambda: Named({}))
    """Which sheet of the file is which; `draft` has those as its sheets, and no other."""
    answers_said: set[tuple[str, str, str, str]] = field(default_factory=set)
    """The answers of the mapping that the file has."""
    readable: bool | None = None
    cover: Cover | None = None
    found: dict[Sheet, Table] = field(default_factory=dict)
    """The sheets of rows that were read."""
    in_totals: bool = False
    """Whether it is a return of totals: its provider's own counts in place of cases."""
    no_number: list[int] = field(default_factory=list)
    """Rows of the sheet Totals without a number, which were left out."""
    unwanted: dict[Sheet, str] = field(default_factory=dict)
    """Sheets that such a return does not have, by the name in the file; they were not read."""
    service: str | None = None
    provider: str | None = None
    """The council's key for its supplement."""
    dates: tuple[date, date] | None = None
    """First and last day on the Cover, whatever they are."""
    period: Period | None = None
    """The same when they are whole months."""
    contract: Contract | None = None
    repeats: dict[Sheet, list[tuple[TableRow, TableRow]]] = field(default_factory=dict)
    """By sheet: a row whose reference was met before, and the row where it was."""
    earlier: KnownCases | None = None
    """What the provider's other current returns say, once a rule has asked."""
    everything: dict[str, KnownCases] = field(default_factory=dict)
    """What all current returns of a provider say, those that this one replaces among them, once a rule has asked."""
    beside: KnownRows | None = None
    """What its current returns have on the sheets beside Cases, once a rule has asked."""

    def sheet_of(self, name: str) -> Sheet | None:
        """Which sheet of a return a sheet of the file is, by its name there; None when it is none."""
        return self.named.sheets.get(name) or sheet_of(name)

    @property
    def used(self) -> Mapping:
        """What of the mapping this file needed: kept with the return, so that the same file is known again."""
        sheets = {plain(sheet.name) for sheet in (*self.draft.sheets, *self.draft.others)}
        headers = {
            (str(table.sheet), plain(column.header)) for table in self.tables for column in table.columns
        }
        if self.cover:
            places = (*self.cover.places.values(), *(place for place, _ in self.cover.left_out))
            headers |= {(str(Sheet.COVER), plain(place.header)) for place in places}
        used = Mapping(
            tuple(said for said in self.mapping.sheets if said[0] in sheets),
            tuple(said for said in self.mapping.columns if said[:2] in headers),
            tuple(said for said in self.mapping.values if said in self.answers_said),
        )
        return NO_MAPPING.and_then(used)  # in order, so that two of them can be compared

    @property
    def tables(self) -> tuple[Table, ...]:
        """The sheets of rows that were read, in order."""
        return tuple(self.found[sheet] for sheet in Sheet if sheet in self.found)

    @property
    def from_council(self) -> bool:
        """Whether it is the council's supplement."""
        return self.provider == COUNCIL

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets that such a return has."""
        if self.from_council:
            return (Sheet.COVER, Sheet.SUPPLEMENT)
        if self.in_totals:
            return (Sheet.COVER, Sheet.TOTALS)
        apart = (Sheet.SUPPLEMENT, Sheet.TOTALS)
        return tuple(s for s in Sheet if s not in apart and fields_of(s, self.service))

    def expects(self, sheet: Sheet) -> bool:
        """Whether such a return has the sheet, and this one does or must."""
        if self.readable is None:
            return True  # nothing is known of a file that could not be opened
        return sheet in self.sheets and (sheet in NEEDED or sheet in self.found)

    def has(self, need: str | Sheet) -> bool:
        """Whether something that a rule needs was read: a sheet, or a part of this by its name."""
        return need in self.found if isinstance(need, Sheet) else getattr(self, need) is not None

    def others(self, provider: str = "") -> KnownCases:
        """What other current returns say, by folded reference: of its sender, or all of those of another provider."""
        whose = provider or self.provider
        if not (self.service and whose and self.period):
            return KnownCases()
        if provider:
            if provider not in self.everything:
                self.everything[provider] = _folded(self.known.find_cases(self.service, provider, None))
            return self.everything[provider]
        if self.earlier is None:
            self.earlier = _folded(self.known.find_cases(self.service, whose, self.period))
        return self.earlier

    def every_case(self) -> KnownCases:
        """What all current returns of the sender say, those that this one replaces among them."""
        return self.others(self.provider or "")

    def rows_known(self) -> KnownRows:
        """What the sender's current returns have on the sheets beside Cases."""
        if not (self.service and self.provider and self.period):
            return KnownRows()
        if self.beside is None:
            self.beside = self.known.find_rows(self.service, self.provider, self.period)
        return self.beside

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
        if not copies:
            return table.rows
        return [row for row in table.rows if row.number not in copies]


def prepare(
    draft: Draft,
    settings: Settings,
    known: KnownReturns,
    mapping: Mapping = NO_MAPPING,
    told: AnyMapping[str, RawCell] = NOTHING_TOLD,
) -> Checking:
    """Understand a file as far as it can be, for the rules to look at.

    `mapping` is what a person confirmed of the file. `told` are lines of the Cover that were said on screen, by the key of the
    field: they fill what the file's own Cover lacks.
    """
    if draft.refusal:
        return Checking(draft, settings, known, mapping, told)
    named = name_sheets(draft, sheet_of, mapping, NEEDED)
    checking = Checking(with_sheets(draft, named), settings, known, mapping, told, named, readable=True)
    found = {named.sheets[sheet.name]: sheet for sheet in reversed(checking.draft.sheets)}
    sender = Sender(settings, mapping=mapping, used=checking.answers_said)
    cover = read_cover(found[Sheet.COVER], sender, told) if Sheet.COVER in found else cover_told(told, sender)
    checking.cover = cover if Sheet.COVER in found or cover.complete else None
    _take_from_cover(checking, cover)
    faulty = any(key == "provider" for key, _, _ in cover.faults)
    if checking.provider is None and not faulty and Sheet.SUPPLEMENT in found and Sheet.CASES not in found:
        checking.provider = COUNCIL
    # A supplement for a service that has none is refused for that, and not for every column that the service lacks.
    meant = checking.service if not checking.from_council or supplemented(checking.service) else None
    until = checking.dates[1] + timedelta(days=366) if checking.dates else None
    sender = Sender(settings, meant, checking.provider, mapping, checking.answers_said, until)
    checking.in_totals = (
        Sheet.TOTALS in found and Sheet.CASES not in found and has_totals_headers(found[Sheet.TOTALS])
    )
    for which, sheet in found.items():
        if which not in checking.sheets:
            checking.unwanted[which] = sheet.name
        elif which is not Sheet.COVER:
            checking.found[which] = read_table(sheet, which, sender)
            if which is Sheet.TOTALS:
                checking.no_number = understand_totals(checking.found[which], sender, checking.period)
            checking.repeats[which] = _repeats(checking.found[which])
    return checking


def _take_from_cover(checking: Checking, cover: Cover) -> None:
    values = cover.values
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


def supplemented(service: str | None) -> bool:
    """Whether the council sends a supplement for a service; while that is not known, it may be such a one."""
    return any(service is None or service in field.services for field in COUNCIL_FIELDS)


def runs_in(contract: Contract, period: Period) -> bool:
    """Whether a contract runs on any day of a period."""
    return contract.start <= period.end and (contract.end is None or period.start <= contract.end)


def _repeats(table: Table) -> list[tuple[TableRow, TableRow]]:
    """Rows whose whole key stands in an earlier row too, without regard to case and spaces."""
    seen: dict[tuple[str, ...], TableRow] = {}
    found = []
    for row in table.rows:
        key = tuple(folded(row.values.get(part)) for part in KEY_OF[table.sheet])
        if table.sheet is Sheet.TOTALS:
            key = row_key(row)
        if not all(key):
            continue
        if key in seen:
            found.append((row, seen[key]))
        else:
            seen[key] = row
    return found


def folded(reference: Value) -> str:
    """A reference without regard to case and spaces around it; blank when there is none."""
    return reference.strip().casefold() if isinstance(reference, str) else ""


def _folded(known: KnownCases) -> KnownCases:
    return KnownCases(
        {folded(reference): case for reference, case in known.cases.items()},
        frozenset(map(folded, known.helped)),
        frozenset(map(folded, known.satisfied)),
        known.written,
    )
