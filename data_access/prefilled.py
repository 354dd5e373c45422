"""A return to be filled in that starts from the last one: open cases, and closed ones for which something is still waited for.

What its sender has to type is what is new and what has changed. A case that is left out by mistake would count as no longer
reported; one that stands there already is not left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from data_access.earlier_rows import EarlierRows, Place
from data_access.kept import KeptReturn, current, read_kept
from data_access.settings import settings_in
from data_access.spreadsheets.filled import Due, Filled, when_due
from data_access.spreadsheets.template import write_template
from data_access.stores import Store, reading
from data_access.tables import TABLE_OF
from domain.access import THE_DASHBOARD, Duty, Viewer
from domain.action_periods import action_due
from domain.awaited import ASKED_MONTHS, Awaited, awaited, is_open, may_reopen_until
from domain.clocks import add_months
from domain.derived import has_ended
from domain.field_kinds import Owner, Sheet
from domain.fields import KEY_OF, fields_of
from domain.periods import Period
from domain.returns import COUNCIL, Record, Value
from domain.settings import FAMILY_REQUEST, Settings

_GOES_ON: dict[Sheet, tuple[str, str]] = {
    Sheet.AGREEMENTS: ("action_done", "action_due"),
    Sheet.COMPLAINTS: ("closed_date", "received_date"),
    Sheet.STAFF: ("in_post_to", ""),
}
"""Sheets whose rows go on from one return to the next: the column that ends one, and the day from which it is asked for, if any."""


@dataclass(frozen=True, slots=True)
class Prefilled:
    """What a return was filled with.

    Parameters
    ----------
    cases : rows of cases, `open` of them open. due, overdue : cells whose last day lies in the period, or before it.
    may_reopen : closed cases that may be opened again. since : the latest return that it starts from; None where there is none.
    """

    cases: int
    open: int
    due: int
    overdue: int
    may_reopen: int
    since: Period | None


def write_prefilled(
    store: Store, service: str, provider: str, period: Period, out: Path | BinaryIO, viewer: Viewer
) -> Prefilled:
    """Write a return to be filled in, with what the current returns before its period say.

    A return of the same period, or of one inside it, would be replaced whole: all of its rows are filled in.

    Parameters
    ----------
    provider : key; `COUNCIL` for the council's supplement. period : the one it is for. out : where to write the workbook.
    viewer : who asks.

    Raises
    ------
    KeyError
        When there is no such service or provider, or the service has no supplement.
    OutOfReach
        When the viewer may not see the provider's cases.
    """
    viewer.check(Duty.CASES, service, provider)
    with reading(store, viewer) as connection:
        settings = settings_in(connection)
        making = _Making(connection, settings, service, provider, period)
        filled = making.supplement() if provider == COUNCIL else making.cases()
    write_template(service, settings, out, provider=provider, period=period, filled=filled)
    return making.told(filled)


class _Making:
    """One return while it is filled: what counts of the returns before its period, and of those that it would replace."""

    def __init__(
        self,
        connection: Connection,
        settings: Settings,
        service: str,
        provider: str,
        period: Period,
    ) -> None:
        self._settings, self._service = settings, service
        self._provider, self._period = provider, period
        found = current(read_kept(connection, THE_DASHBOARD, service=service, provider=provider))
        self._replaced = [kept for kept in found if period.covers(kept.period)]
        self._used = [kept for kept in found if kept.period.end < period.start or period.covers(kept.period)]
        self._corrects = any(kept.period == period for kept in found)
        # Only the sender's own rows; the rows of a supplement stand under the providers whose cases they are about.
        self._rows = EarlierRows(connection, service, "" if provider == COUNCIL else provider)

    def told(self, filled: Filled) -> Prefilled:
        """Say what was filled in."""
        first, last = self._period.start, self._period.end
        days = [one.due for one in filled.due if one.due]
        written = filled.rows.get(Sheet.CASES, ())
        return Prefilled(
            cases=len(written or filled.rows.get(Sheet.SUPPLEMENT, ())),
            open=sum(1 for case in written if is_open(self._service, case)),
            due=sum(1 for day in days if first <= day <= last),
            overdue=sum(1 for day in days if day < first),
            may_reopen=len(filled.closed),
            since=self._since(),
        )

    def _since(self) -> Period | None:
        return max((kept.period for kept in self._used), key=lambda period: period.end, default=None)

    def cases(self) -> Filled:
        """What a provider's return is filled with."""
        rows: dict[Sheet, list[Record]] = {Sheet.CASES: []}
        due: list[Due] = []
        closed: list[tuple[str, date]] = []
        replaced = set(_numbers(self._replaced))
        going_on = self._going_on(Sheet.AGREEMENTS)
        agreed = {str(row["case_ref"]) for row in going_on}
        for place, case in self._rows.latest(Sheet.CASES, _numbers(self._used), self._worth_reading(agreed)):
            wanted = self._awaited(case, self._provider)
            if place.return_id in replaced or self._belongs(place, case, wanted, agreed):
                due += self._due(Sheet.CASES, len(rows[Sheet.CASES]), str(case["case_ref"]), wanted)
                rows[Sheet.CASES].append(case)
            elif (until := may_reopen_until(self._service, case)) and until >= self._period.start:
                closed += [
                    (str(case["case_ref"]), day) for day in [case["outcome_date"]] if isinstance(day, date)
                ]
        for sheet in TABLE_OF:
            if sheet not in (Sheet.CASES, Sheet.SUPPLEMENT) and fields_of(sheet, self._service):
                rows[sheet] = self._beside(sheet)
        due += self._agreements_due(rows.get(Sheet.AGREEMENTS, []))
        return Filled(self._cover(), rows, _by_day(due), tuple(closed), self._words(len(rows[Sheet.CASES])))

    def _belongs(self, place: Place, case: Record, wanted: Sequence[Awaited], agreed: set[str]) -> bool:
        """Whether a case of an earlier return goes on: open when last reported, or ended and still waited for.

        A return of the same period is corrected, not started: it gets its own rows, and only those.
        """
        if self._corrects:
            return False
        if is_open(self._service, case):
            # One that an earlier return had and the latest has not was left out of it: it is no longer reported.
            return place.period_end == max(kept.period.end for kept in self._used)
        return bool(wanted) or case["case_ref"] in agreed

    def supplement(self) -> Filled:
        """What the council's supplement is filled with: the cases that count and of which it has something to say."""
        said = {(p.provider, *p.key): row for p, row in self._rows.counting(Sheet.SUPPLEMENT)}
        replaced = {
            (place.provider, *place.key): row
            for place, row in self._rows.latest(Sheet.SUPPLEMENT, _numbers(self._replaced))
        }
        rows: list[Record] = []
        due: list[Due] = []
        for place, case in self._rows.counting(Sheet.CASES):
            key = (place.provider, str(case["case_ref"]))
            known = replaced.pop(key, None)
            earlier = known or said.get(key, {})
            wanted = () if place.vanished_on else self._awaited({**case, **earlier}, key[0], Owner.COUNCIL)
            if wanted or known:
                due += self._due(Sheet.SUPPLEMENT, len(rows), key[1], wanted)
                rows.append({**earlier, "provider": key[0], "case_ref": key[1]})
        rows += [{**row, "provider": key[0]} for key, row in replaced.items()]
        return Filled({}, {Sheet.SUPPLEMENT: rows}, _by_day(due), (), self._words(len(rows)))

    def _words(self, number: int) -> tuple[str, ...]:
        if not number:
            return ("There is nothing to go on with from an earlier return, so no row is filled in.",)
        rows = "1 row is" if number == 1 else f"{number:,} rows are"
        return (
            f"{rows} filled in. Change what has changed, add what is new, and delete no case that is open.",
        )

    def _cover(self) -> dict[str, Value]:
        """What the Covers of the replaced returns say beside their numbers of rows."""
        sent = [kept.surveys_sent for kept in self._replaced]
        known = [number for number in sent if number is not None]
        return {"surveys_sent": sum(known)} if known and len(known) == len(sent) else {}

    def _awaited(self, case: Record, provider: str, owner: Owner = Owner.PROVIDER) -> tuple[Awaited, ...]:
        referred = case.get("referral_date")
        day = referred if isinstance(referred, date) else date.min
        contract = self._settings.contract(self._service, provider, day)
        start = contract.clock_start if contract else FAMILY_REQUEST
        found = awaited(self._service, case, clock_start=start, asked_from=self._period.start, owner=owner)
        return tuple(one for one in found if one.due is None or one.due <= self._period.end)

    def _due(self, sheet: Sheet, row: int, reference: str, wanted: Iterable[Awaited]) -> list[Due]:
        first, last = self._period.start, self._period.end
        return [
            Due(sheet, row, reference, one.field, one.what, one.due, when_due(one.due, first, last))
            for one in wanted
        ]

    def _agreements_due(self, rows: Sequence[Record]) -> list[Due]:
        found: list[Due] = []
        for number, row in enumerate(rows):
            day = action_due(row)
            if row.get("action_done") is None and (day is None or day <= self._period.end):
                one = Awaited("action_done", "What was agreed", day)
                found += self._due(Sheet.AGREEMENTS, number, str(row["case_ref"]), (one,))
        return found

    def _worth_reading(self, agreed: set[str]) -> Callable[[Place], bool]:
        """Whether a case can stand in the return at all, by what is quick to read of every one."""
        oldest = add_months(self._period.start, -ASKED_MONTHS)
        replaced = set(_numbers(self._replaced))

        def worth(place: Place) -> bool:
            recent = place.outcome_date is None or place.outcome_date >= oldest
            here = place.return_id in replaced or place.key[0] in agreed
            return has_ended(self._service, place.outcome) == "N" or recent or here

        return worth

    def _beside(self, sheet: Sheet) -> list[Record]:
        """The rows of a sheet beside Cases: all that would be replaced, and those that go on."""
        replaced = set(_numbers(self._replaced))
        latest = self._rows.latest(sheet, _numbers(self._used), lambda place: place.return_id in replaced)
        held = [record for _, record in latest]
        keys = {_key(sheet, record) for record in held}
        return held + [record for record in self._going_on(sheet) if _key(sheet, record) not in keys]

    def _going_on(self, sheet: Sheet) -> list[Record]:
        """The rows of earlier returns that have not ended, and are not asked for longer than a closed case is."""
        if self._corrects or sheet not in _GOES_ON or not fields_of(sheet, self._service):
            return []
        ends, since = _GOES_ON[sheet]
        oldest = add_months(self._period.start, -ASKED_MONTHS)
        found = []
        for _, record in self._rows.latest(sheet, _numbers(self._used)):
            ended, asked = record.get(ends), record.get(since)
            old = isinstance(asked, date) and asked < oldest
            if ended is None and not old:
                found.append(record)
        return found


def _numbers(kept: Iterable[KeptReturn]) -> list[int]:
    return [one.row for one in kept]


def _key(sheet: Sheet, record: Record) -> tuple[Value, ...]:
    return tuple(record[key] for key in KEY_OF[sheet])


def _by_day(due: Iterable[Due]) -> tuple[Due, ...]:
    return tuple(sorted(due, key=lambda one: (one.due or date.max, one.reference)))
