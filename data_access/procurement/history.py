"""Reading the history that a forecast goes on from: complete periods in a row, as an audience may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from data_access.coverage import Coverage, coverage_in, not_whole
from data_access.late_entry import read_late_entry, reporting_of
from data_access.questions import Question
from data_access.released import read_released
from data_access.settings import settings_in
from data_access.stores import Store, reading
from domain.access import Audience, Viewer
from domain.base_words import not_counted_here, source_words
from domain.disclosure import Released
from domain.formats import counted, listed
from domain.late_entry import Expected, LateEntry
from domain.periods import Period, month_end, month_start, months_between, time_key, time_label
from domain.procurement.history import MONTHS_IN, History
from domain.selection import Selection
from domain.settings import Settings

REFERRALS: Final = "referrals"


def read_history(
    store: Store,
    viewer: Viewer,
    audience: Audience,
    selection: Selection,
    grouping: str,
    *,
    as_of: int | None = None,
    measure: str = REFERRALS,
) -> History:
    """Referrals in complete periods without a gap, up to the latest complete one.

    Parameters
    ----------
    selection : whose referrals, and between which months. grouping : a key of `MONTHS_IN`; for others than the commissioning team months
        are put together to quarters.
    measure : another count, by the day on which what it counts happened.

    Returns
    -------
    History
        Without values where the audience may not see them, or where nothing is complete; `left_out` says why. Months that late cases are
        still added to are taken as what they are expected to come to; they are left out for others, who get no estimate, and of some
        answers or of another count, of which none is made.

    Raises
    ------
    OutOfReach
        For a provider or service of whom the viewer may see nothing.
    ValueError
        For a grouping by which nothing is carried forward.
    """
    if grouping not in MONTHS_IN:
        raise ValueError(f"Demand is carried forward by {', '.join(MONTHS_IN)}, not by '{grouping}'")
    if audience.gated and grouping == "month":
        grouping = "quarter"
    viewer.check_asked(selection.service, selection.providers)
    with reading(store, viewer) as connection:
        settings = settings_in(connection, as_of=as_of)
        coverage = coverage_in(connection, viewer, settings, selection.service, as_of=as_of)
    # All periods are asked for and some taken: what may be shown is decided once, and not for every span of months.
    always = selection.during(None)
    (released,) = read_released(
        store, [Question(measure, (grouping,), always, as_of=as_of)], viewer, audience
    )
    late = read_late_entry(store, viewer, replace(always, where=()), as_of=as_of)
    whose = f"{always.sentence(settings).rpartition(';')[0].replace(';', ',')}{_where(selection)}"
    begun = History(
        grouping,
        selection.first or coverage.first_month or 0,
        (),
        rests_on=f"{released.measure.label} counted here, {whose}",
        example=source_words(released),
        version=released.version,
    )
    return _Series(begun, released, coverage, late, selection, settings).history()


def _where(selection: Selection) -> str:
    return "".join(f", {key} {code}" for key, code in selection.where)


@dataclass(slots=True)
class _Series:
    """What was read, and the periods that are left of it."""

    begun: History
    released: Released
    coverage: Coverage
    late: LateEntry
    selection: Selection
    settings: Settings
    out: list[str] = field(default_factory=list)

    def history(self) -> History:
        """The run of complete periods that ends with the latest one."""
        if why := self._why_none():
            return replace(self.begun, left_out=(why,))
        grouping, over = self.begun.grouping, self._over
        keys = tuple(dict.fromkeys(time_key(grouping, month) for month in months_between(*over)))
        missing = self.coverage.not_reported(self._period, self.selection.providers)
        expected = self._expected(missing)
        open_ones = self._too_early(keys, expected)
        run = self._run(keys, not_whole(grouping, self._period, missing), open_ones)
        if any(one.keys[0] in run for one in self.released.hidden):
            why = "Some of its periods are hidden, so that nobody can be recognised in a small number"
            return replace(self.begun, left_out=(why,))
        if not run:
            return replace(self.begun, left_out=tuple(self.out))
        self._also()
        counts = {one.keys[0]: one.met for one in self.released.figures}
        first = next(month for month in months_between(*over) if time_key(grouping, month) == run[0])
        return replace(
            self.begun,
            first=first,
            values=tuple(counts.get(key, 0) + self._more(key, expected) for key in run),
            expected=tuple(place for place, key in enumerate(run) if self._more(key, expected)),
            left_out=tuple(self.out),
        )

    @property
    def _over(self) -> tuple[int, int]:
        """The first and last month looked at."""
        return self.begun.first, self.selection.last or self.coverage.last_month or 0

    @property
    def _period(self) -> Period:
        first, last = self._over
        return Period(month_start(first), month_end(last))

    def _why_none(self) -> str:
        """Why there is no history at all."""
        if self.released.withheld:
            return self.released.withheld.rstrip(".")
        if self.coverage.last_month is None:
            return "No return of this service has come yet"
        first, last = self._over
        if last < first:
            return "No return has come for the months chosen"
        # Part of the cases would look like all of them.
        return not_counted_here(self.released)

    def _expected(self, missing: Collection[int]) -> dict[int, Expected]:
        """The months that late cases are still added to."""
        came = dict.fromkeys((one for one in self._period.months if one not in missing), 0)
        for one in self.late.arrivals:
            if one.month in came:
                came[one.month] += one.cases
        return {one.month: one for one in self.late.expected(came)}

    @property
    def _estimated(self) -> bool:
        """Whether it may be said what a month is expected to come to: of all referrals, for us."""
        all_of_them = self.released.measure.key == REFERRALS and not self.selection.where
        return all_of_them and not self.released.audience.gated

    def _too_early(self, keys: Iterable[str], expected: dict[int, Expected]) -> frozenset[str]:
        """The periods from the first one on of which cannot be said what it will come to."""
        unsaid = {
            time_key(self.begun.grouping, month)
            for month, one in expected.items()
            if one.range is None or not self._estimated
        }
        named = [key for key in keys if unsaid and key >= min(unsaid)]
        if unsaid:
            self.out.append(
                f"Left out, because late cases are still being entered: {self._labels(sorted(unsaid))}"
            )
        return frozenset(named)

    def _run(
        self, keys: tuple[str, ...], unfinished: Collection[str], too_early: Collection[str]
    ) -> tuple[str, ...]:
        """The latest complete periods in a row; what was left out is said."""
        whole = [key not in unfinished and key not in too_early for key in keys]
        if True not in whole:
            self.out.append(f"None is complete with all returns in: {self._labels(keys)}")
            return ()
        end = len(keys) - whole[::-1].index(True)
        start = next((place + 1 for place in range(end - 1, -1, -1) if not whole[place]), 0)
        late_out = [key for key in keys[end:] if key not in too_early]
        if late_out:
            self.out.append(f"Not complete, or not all returns in, so left out: {self._labels(late_out)}")
        if start:
            gap, before = keys[start - 1], keys[: start - 1]
            said = f"Not complete, or not all returns in, so left out: {self._labels([gap])}"
            self.out.append(f"{said}, with what came before it" if before else said)
        return keys[start:end]

    def _more(self, key: str, expected: dict[int, Expected]) -> float:
        """How many more cases are expected of a period than are known."""
        grouping = self.begun.grouping
        return sum(
            one.range.expected - one.reported
            for month, one in expected.items()
            if one.range is not None and self._estimated and time_key(grouping, month) == key
        )

    def _also(self) -> None:
        """What else is not in the periods that are left; of others than us nobody is told how many."""
        if self.released.shut:
            return
        if self.late.why and not all(one.over for one in reporting_of(self.coverage)):
            self.out.append(f"What may still be entered late is not estimated: {self.late.why}")
        undated = sum(one.missing + one.met for one in self.released.figures if not one.keys[0])
        if undated:
            verb = "is" if undated == 1 else "are"
            self.out.append(f"{counted(undated, 'case')} without a date of referral {verb} in no period")

    def _labels(self, keys: Collection[str]) -> str:
        return listed([time_label(self.begun.grouping, key) for key in keys])
