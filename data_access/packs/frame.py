"""What a meeting is about and what is known of its service: the frame within which its questions are asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from data_access.coverage import Coverage, not_whole
from data_access.questions import Question
from domain.access import Viewer
from domain.contract_use import last_day
from domain.meetings import About
from domain.periods import (
    Period,
    month_end,
    month_of,
    month_start,
    next_month,
    quarter_of,
)
from domain.selection import Selection
from domain.services import Service
from domain.settings import Contract, Settings

Questions = dict[str, Question]
"""Questions by the names under which the screens find their answers."""
YEAR: Final = 12
QUARTERS: Final = 6
"""So many quarters are shown of a share: as many as the page of KPIs shows."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a meeting is about, and what is known of the service at the moment of its figures.

    Parameters
    ----------
    coverage : how far the returns of the whole service reach; `own` those of the meeting's provider alone, the same where it has none.
    as_of : the earlier moment that is asked about; None for now.
    """

    about: About
    service: Service
    settings: Settings
    coverage: Coverage
    own: Coverage
    viewer: Viewer
    as_of: int | None = None

    @property
    def period(self) -> Period:
        """The months looked at."""
        return self.about.period

    @property
    def earlier(self) -> Period:
        """As many months, just before."""
        first = next_month(self.period.first_month, -len(self.period.months))
        return Period(month_start(first), month_end(next_month(self.period.first_month, -1)))

    @property
    def gated(self) -> bool:
        """Whether others than the commissioning team will see it, who are shown whole quarters."""
        return self.about.audience.gated

    @property
    def selection(self) -> Selection:
        """Whose cases, in the months looked at."""
        named = (self.about.provider,) if self.about.provider else ()
        areas = (self.about.area,) if self.about.area else ()
        return Selection(self.about.service, named, areas).during(self.period)

    @property
    def year(self) -> Period:
        """The twelve months that end with the period, or all of a longer one."""
        first = min(self.period.first_month, next_month(self.period.last_month, 1 - YEAR))
        return Period(month_start(first), self.period.end)

    @property
    def quarters(self) -> Period:
        """The quarters that end with that of the period's last month, from the first of which anything was reported."""
        last = quarter_of(self.period.last_month).first_month
        first = next_month(last, -3 * (QUARTERS - 1))
        if self.own.first_month is not None:
            first = min(last, max(first, quarter_of(self.own.first_month).first_month))
        return Period(month_start(first), self.period.end)

    @property
    def by(self) -> tuple[str, ...]:
        """How statuses are grouped to find those of the meeting."""
        named = (("provider", self.about.provider), ("area", self.about.area))
        return tuple(key for key, value in named if value)

    def ask(self, key: str, *by: str, over: Period | None = None, adjusted_for: str = "") -> Question:
        """A question about the meeting's cases, in its period or over other months."""
        chosen = self.selection.during(over or self.period)
        return Question(key, by, chosen, as_of=self.as_of, adjusted_for=adjusted_for)

    def series(self, key: str, over: Period, adjusted_for: str = "") -> Question:
        """A figure by quarter, over those of some months.

        For others all quarters are asked for and the last shown (`shown_of`): each is decided once, and not for every span of several.
        """
        question = self.ask(key, "quarter", over=over, adjusted_for=adjusted_for)
        return replace(question, selection=question.selection.during(None)) if self.gated else question

    def in_both(self, key: str, name: str = "") -> Questions:
        """A figure without a grouping, in the period and in the one before."""
        name = name or key
        return {f"{name}_now": self.ask(key), f"{name}_then": self.ask(key, over=self.earlier)}

    def unfinished(self, grouping: str, over: Period) -> frozenset[str]:
        """Keys of the groups that are cut by the months looked at, or of which somebody's return is not in, with those just before."""
        return not_whole(grouping, over, [*self.not_reported(over), *self.not_reported(self.earlier)])

    def not_reported(self, over: Period) -> tuple[int, ...]:
        """Months that are not in from every provider under contract, or from the one that the meeting is about.

        A month before the first return, or after a contract has ended, is not in either: nobody says that there was nothing in it.
        """
        provider = self.about.provider
        every = (Period(month_start(one), month_end(one)) for one in over.months)
        return tuple(one.first_month for one in every if not self.coverage.has(provider, one))

    def silent(self, over: Period) -> bool:
        """Whether not one return for any of these months is in, so that a count of nought would be nobody's word."""
        provider = self.about.provider
        return not any(
            set(over.months) & months for key, months in self.coverage.months if provider in ("", key)
        )

    @property
    def in_totals(self) -> bool:
        """Whether somebody meant sends totals, which say nothing of single months."""
        return any(
            self.about.provider in ("", provider) and period.overlaps(self.year)
            for provider, period in self.coverage.totals
        )

    def contracts(self) -> tuple[Contract, ...]:
        """The contracts that run at the end of the period and include a number of cases, of which all may be seen.

        None for a single area: the number is for the whole contract. To others they are shown month by month of no provider but the one in
        the room.
        """
        if self.about.area or (self.gated and not self.about.audience.provider):
            return ()
        return tuple(one for one in self._including() if self.about.audience.provider in ("", one.provider))

    @property
    def withholds_contracts(self) -> bool:
        """Whether there are such contracts and the audience is shown none of them."""
        return bool(self.gated and not self.about.area and self._including() and not self.contracts())

    def _including(self) -> tuple[Contract, ...]:
        return tuple(
            one
            for one in self.settings.contracts
            if one.service == self.service.key
            and one.included_cases
            and self.about.provider in ("", one.provider)
            and one.runs_in(self.period)
            and self.viewer.sees_whole(one.service, one.provider)
            and last_day(one, self.coverage.ends()) is not None
        )

    def as_at_of(self, contract: Contract) -> int:
        """The last month of a contract that is looked at: that of the period, or the last one reported before it ends."""
        known = last_day(contract, self.coverage.ends())
        return min(month_of(known), self.period.last_month) if known else self.period.last_month
