"""The KPIs: a measure, a target and whose it is. A status is the verdict on one figure of one period."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from importlib import resources
from typing import Any

from domain.disclosure import Figure
from domain.issued import Issue
from domain.measures import Average, Count, Rate, about_posts, measure
from domain.periods import Period, month_start, next_month
from domain.rounding import exact
from domain.settings import RAW, Target
from domain.status import Status, Verdict, clear_of_target, judge, profiled_target


@dataclass(frozen=True, slots=True)
class Kpi:
    """One KPI of the catalogue.

    Parameters
    ----------
    id : the catalogue's id, such as 'TB1'.
    accountable : 'provider', 'council' or 'shared'.
    basis : why it is measured: contract, statute, funding target or monitoring.
    minimum_base : below it no colour is given.
    programme_only : judged for the whole programme, never for a provider or area alone.
    by : the grouping of which it gives a figure for each answer, such as the questions of a survey; blank for one figure.
    contract_year : counted from the start of each provider's contract year, out of the cases that the contract includes.
    exceptions : whether agreed exceptions give it an adjusted figure beside the raw one.
    reference : values drawn as lines, never a colour, until a council adopts a target. `reference_note` : where they come from.
    beside : keys of measures that it must not stand without.
    display : why it has no figure; blank for one that has.
    starting_targets : loaded into the settings once, when a database is made.
    """

    id: str
    name: str
    measure: str
    service: str
    accountable: str
    basis: str
    minimum_base: int
    source: str
    programme_only: bool = False
    by: str = ""
    contract_year: bool = False
    exceptions: bool = False
    reference: tuple[float, ...] = ()
    reference_note: str = ""
    beside: tuple[str, ...] = ()
    display: str = ""
    starting_targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A figure without the cases for which an agreed exception counts, and the verdict on it. `left_out` is how many those are."""

    met: int | None
    base: int | None
    value: float | None
    status: Status
    why: str
    left_out: int
    few: bool = False


@dataclass(frozen=True, slots=True)
class KpiStatus:
    """One KPI for one provider, area or the whole programme, over one period.

    `met` and `base` are whole numbers, None where there is no figure; `value` a share or a count, not rounded. `target_to_date` is
    what a volume target asks for by the period's end. `why` is a sentence that a reader can check. `unrecorded` cases would count,
    but what the KPI asks of them was left blank or is not known. `category` is the answer that it is about, of a KPI that gives a
    figure for each. `met`, `base` and `value` are raw; `adjusted` is there where the KPI has agreed exceptions. `status` is the verdict
    on the one of the two that the target names, and so is `why`. `divisor` is what a rate is divided by where `base` is not: full-time
    posts. `issue` is what a file with it gives away to others than the commissioning team.
    """

    kpi: Kpi
    provider: str
    area: str
    provider_label: str
    area_label: str
    period: Period
    rolling: bool
    met: int | None
    base: int | None
    value: float | None
    target: Target | None
    target_to_date: float | None
    status: Status
    why: str
    few: bool
    clear_of_target: bool | None
    unrecorded: int = 0
    category: str = ""
    category_label: str = ""
    adjusted: Adjusted | None = None
    divisor: float | None = None
    issue: Issue | None = field(default=None, compare=False, repr=False)

    @property
    def judged_on(self) -> str:
        """The figure that gives the status: 'raw' or 'adjusted'."""
        return self.target.judged_on if self.target and self.adjusted else RAW

    @property
    def where(self) -> str:
        """Whose figure it is, in words."""
        return ", ".join(part for part in (self.provider_label, self.area_label) if part) or "Whole programme"


def _target(kpi: dict[str, Any], block: dict[str, Any]) -> Target:
    return Target(
        kpi=kpi["id"],
        service=kpi["service"],
        operator=block["operator"],
        value=Decimal(block["value"]),
        tolerance=Decimal(block["tolerance"]) if "tolerance" in block else None,
        since=block["since"],
        until=block.get("until"),
        profile=Period.parse(block["profile"]) if "profile" in block else None,
        example=block.get("example", False),
        clause=block.get("clause", ""),
        note=block.get("note", ""),
        judged_on=block.get("judged_on", RAW),
    )


def _said(block: dict[str, Any]) -> dict[str, Any]:
    """What a block says apart from its targets."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in block.items()
        if name != "target"
    }


@lru_cache
def catalogue() -> tuple[Kpi, ...]:
    """Every KPI, in the order of the catalogue; also those that give a date for each case and no figure."""
    text = resources.files("domain").joinpath("kpis.toml").read_text(encoding="utf-8")
    return tuple(
        Kpi(**_said(block), starting_targets=tuple(_target(block, one) for one in block.get("target", ())))
        for block in tomllib.loads(text)["kpi"]
    )


@lru_cache
def kpis() -> tuple[Kpi, ...]:
    """Every KPI that gives a figure, in the order of the catalogue."""
    return tuple(one for one in catalogue() if not one.display)


def kpis_of(service: str) -> tuple[Kpi, ...]:
    """The KPIs of a service, in the order of the catalogue."""
    return tuple(k for k in kpis() if k.service == service)


def kpi(key: str) -> Kpi:
    """The KPI with this id. Raises KeyError when there is none."""
    for declared in catalogue():
        if declared.id == key:
            return declared
    raise KeyError(f"'{key}' is not a KPI; there is {', '.join(k.id for k in kpis())}")


def rolling_year(period: Period) -> Period:
    """The twelve months that end with a period."""
    return Period(month_start(next_month(period.last_month, -11)), period.end)


def target_for(targets: tuple[Target, ...], kpi: Kpi, provider: str, day: date) -> Target | None:
    """The target that holds on a day: the provider's own before the programme's, the latest before earlier ones.

    One that is spread over a programme holds from the programme's start: nothing is due before.
    """
    held = [
        t for t in targets
        if t.kpi == kpi.id and t.service == kpi.service and t.provider in ("", provider)
        and t.since <= day and (t.until is None or day <= t.until) and (t.profile is None or t.profile.start <= day)
    ]  # fmt: skip
    return max(held, key=lambda t: (t.provider != "", t.since), default=None)


def wanted_of(kpi: Kpi, target: Target | None, period: Period) -> tuple[Decimal, Decimal | None] | None:
    """The value and the tolerance that a target asks for by the end of a period: the part due by then of a volume that is spread."""
    if target is None:
        return None
    if not target.profile or not isinstance(measure(kpi.measure, kpi.service), Count):
        return target.value, target.tolerance
    to_date = profiled_target(target.value, target.profile.start, target.profile.end, period.end)
    return Decimal(str(to_date)), Decimal(str(to_date)) * (target.tolerance or 1)


def judged(
    kpi: Kpi, figure: Figure | None, target: Target | None, period: Period, *, returned: bool
) -> tuple[Verdict, float | None]:
    """The verdict on one released figure, and what a volume target asks for by the end of the period.

    Parameters
    ----------
    figure : None where the measure gave no row for the group: nothing was due.
    returned : False while the return for the period is outstanding.
    """
    declared = measure(kpi.measure, kpi.service)
    if isinstance(declared, Average):
        base = figure.base if figure else 0
        value = exact(figure.value) if figure and figure.value is not None else None
        return _against(kpi, value, target, base, returned, "number", f" {declared.unit}"), None
    if isinstance(declared, Rate):
        return _rated(kpi, declared, figure, target, returned=returned), None
    if isinstance(declared, Count):
        wanted, tolerance = wanted_of(kpi, target, period) or (None, None)
        to_date = float(wanted) if wanted is not None and target and target.profile else None
        verdict = judge(
            Fraction(figure.met) if figure else Fraction(0),
            target=wanted,
            operator=target.operator if target else None,
            tolerance=tolerance,
            base=None,
            minimum_base=kpi.minimum_base,
            returned=returned,
            unit="number",
        )
        return verdict, to_date
    share = Fraction(figure.met, figure.base) if figure and figure.base else None
    verdict = _against(kpi, share, target, figure.base if figure else 0, returned, "share")
    blank = figure.missing + figure.unsure if figure and not figure.base else 0
    if blank and verdict.status is Status.NOT_DUE:
        one = "post" if about_posts(declared) else "case"
        whose = f"the one {one}" if blank == 1 else f"any of the {blank} {one}s"
        return replace(verdict, why=f"It was not recorded for {whose}, so nothing can be said."), None
    if declared.at_a_date and verdict.status is Status.NOT_DUE:
        return replace(verdict, why="The returns name no such post at the end of the period."), None
    return verdict, None


def _rated(
    kpi: Kpi, declared: Rate, figure: Figure | None, target: Target | None, *, returned: bool
) -> Verdict:
    """The verdict on a rate: its sentence gives the two counts."""
    divisor = Fraction(0)
    if figure is not None:
        divisor = exact(figure.base if figure.divisor is None else Decimal(str(figure.divisor)))
    if not returned or figure is None or not divisor:
        verdict = _against(kpi, None, target, 0, returned, "number")
        lacking = f"There is no {declared.of.unit.removesuffix('s')} to divide by: the returns name none."
        return replace(verdict, why=lacking) if returned else verdict
    value = figure.met * declared.times / divisor
    # Cases and never posts are what there may be too few of.
    base = figure.base if figure.divisor is None else max(figure.met, 1)
    verdict = _against(kpi, value, target, base, returned, "number", f" for each {declared.per}")
    among = (
        f"{float(divisor):g} full-time {declared.of.unit}"
        if figure.divisor is not None
        else (f"{figure.base:,} {declared.of.unit}")
    )
    return replace(verdict, why=f"{figure.met:,} {declared.over.unit}, {among}: {verdict.why}")


def _against(
    kpi: Kpi,
    value: Fraction | None,
    target: Target | None,
    base: int,
    returned: bool,
    unit: Any,
    of: str = "",
) -> Verdict:
    return judge(
        value,
        target=target.value if target else None,
        operator=target.operator if target else None,
        tolerance=target.tolerance if target else None,
        base=base,
        minimum_base=kpi.minimum_base,
        returned=returned,
        unit=unit,
        of=of,
    )


def is_clear(kpi: Kpi, figure: Figure | None, target: Target | None) -> bool | None:
    """Whether a share is above or below its target even allowing for chance; None where that cannot be said."""
    if figure is None or target is None or not figure.base or figure.value is None or figure.low is None:
        return None
    if isinstance(measure(kpi.measure, kpi.service), Rate):
        return figure.high is not None and not figure.low <= float(target.value) <= figure.high
    return clear_of_target(figure.met, figure.base, target.value)
