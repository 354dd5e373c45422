"""What is asked of the cases for one status of a KPI: the questions behind a cell of the KPI page, for its cases and its workings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from data_access.kpis import question_of
from data_access.questions import Question
from domain.kpis import Kpi, KpiStatus, rolling_year
from domain.periods import Period, month_end, month_start
from domain.selection import Selection
from domain.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """Which status is meant: a KPI for a provider, an area or everybody, over a period; `category` of a KPI with several answers.

    `period` is the one judged: of a status over twelve months, the month or quarter that they end with.
    """

    kpi: Kpi
    period: Period
    provider: str = ""
    area: str = ""
    rolling: bool = False
    category: str = ""
    as_of: int | None = None

    @classmethod
    def about(cls, status: KpiStatus, as_of: int | None = None) -> Asked:
        """The status itself; the twelve months of one end with the month that it was judged in."""
        last = status.period.last_month
        period = Period(month_start(last), month_end(last)) if status.rolling else status.period
        return cls(status.kpi, period, status.provider, status.area, status.rolling, status.category, as_of)

    @property
    def over(self) -> Period:
        """The months that are judged."""
        return rolling_year(self.period) if self.rolling else self.period


def questions_behind(asked: Asked, settings: Settings) -> tuple[Question, ...]:
    """The questions whose figures the status is; several where contract years differ, none where no contract includes cases."""
    if asked.kpi.contract_year:
        return _of_contract_years(asked, settings)
    by = (asked.kpi.by,) if asked.kpi.by else ()
    question = question_of(asked.kpi, asked.over, (), settings, asked.kpi.service, asked.as_of)
    return (replace(_narrowed(question, asked), by=by),)


def _narrowed(question: Question, asked: Asked) -> Question:
    """The same question of the provider and the area of the status."""
    selection = replace(
        question.selection,
        providers=(asked.provider,) if asked.provider else (),
        areas=(asked.area,) if asked.area else (),
    )
    return replace(question, selection=selection)


def _of_contract_years(asked: Asked, settings: Settings) -> tuple[Question, ...]:
    """One for each contract that includes cases, from the start of its year."""
    day = asked.period.end
    whose = [p.key for p in settings.providers_of(asked.kpi.service) if asked.provider in ("", p.key)]
    found = [settings.contract(asked.kpi.service, key, day) for key in whose]
    question = Question(asked.kpi.measure, as_of=asked.as_of)
    return tuple(
        replace(
            question,
            selection=Selection(asked.kpi.service, (c.provider,)).during(Period(c.year_start(day), day)),
        )
        for c in found
        if c is not None and c.included_cases and c.runs_in(asked.period)
    )
