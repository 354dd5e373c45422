"""A status of a KPI in words: its figure, its target and whose choice that was, how far from green, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from domain.formats import NOTHING, counted, day, interval, number, percent_of, sentence_case
from domain.how_far import cases_to_green, wanted_count
from domain.kpis import Kpi, KpiStatus
from domain.measures import Average, Count, Measure, Share, measure
from domain.rounding import exact, half_up
from domain.settings import ADJUSTED, Target
from domain.statistics import wilson_interval
from domain.status import Operator, Status
from domain.whose_target import is_from_the_source

_MOST_DIGITS: Final = 3
_OPERATORS: Final = {">=": "at least", ">": "above", "<=": "at most", "<": "below"}
ACCOUNTABLE: Final = {
    "provider": "The provider",
    "council": "The council",
    "shared": "The provider and the council together",
}
"""Who answers for a KPI, in words."""
_JUDGED: Final = (Status.RED, Status.AMBER, Status.GREEN)
_SEVERITY: Final = (*_JUDGED, *(one for one in Status if one not in _JUDGED))
"""From what needs a look first to what needs none; what is hidden comes by its target (see `_severity`)."""


def counted_by(kpi: Kpi) -> Measure:
    """The measure of a KPI, as its service counts it."""
    return measure(kpi.measure, kpi.service)


def councils_own(kpi: Kpi) -> bool:
    """Whether only the council answers for it, so that it never stands in a provider's row."""
    return kpi.accountable == "council"


def says_late(kpi: Kpi) -> bool:
    """Whether it is a legal time limit, which is said as '2 of 5 late'."""
    return kpi.basis == "statute" and counted_by(kpi).when.startswith("due.")


def is_a_share(kpi: Kpi) -> bool:
    """Whether its figure is X out of Y cases."""
    return isinstance(counted_by(kpi), Share) or bool(kpi.by)


def kpi_name(status: KpiStatus) -> str:
    """The name of the KPI, with the answer that the figure is about where it gives several."""
    answer = f": {status.category_label}" if status.category_label else ""
    return f"{status.kpi.name}{answer}"


def one_each(statuses: Iterable[KpiStatus]) -> list[KpiStatus]:
    """One status for each KPI, provider, area and period: of a KPI with several figures, the one that needs a look first."""
    found: dict[tuple[object, ...], KpiStatus] = {}
    for status in statuses:
        key = (status.kpi.id, status.provider, status.area, status.period)
        held = found.get(key)
        if held is None or _severity(status) < _severity(held):
            found[key] = status
    return list(found.values())


def _severity(status: KpiStatus) -> float:
    """How soon it needs a look. A hidden figure with a target may be red, so that no better one stands for the whole KPI."""
    hidden = status.status is Status.HIDDEN and status.target is not None
    return 0.5 if hidden else _SEVERITY.index(status.status)


def value_words(status: KpiStatus) -> str:
    """The raw figure of a KPI: '82% (387 of 471)', '2 of 5 late' for a legal time limit, '387', or a dash."""
    if status.met is None:
        return NOTHING
    kpi, declared = status.kpi, counted_by(status.kpi)
    if isinstance(declared, Average):
        return f"{_plain(status.value)} {declared.unit} ({number(status.base)})"
    if kpi.contract_year:
        return f"{number(status.met)}\u00a0of\u00a0{number(status.base)} included"
    if isinstance(declared, Count):
        due = status.target_to_date
        return f"{number(status.met)}" + (
            "" if due is None else f" since the start ({number(due)} due by then)"
        )
    if (per := getattr(declared, "per", "")) and status.value is not None:
        return f"{_plain(status.value)} for each {per} ({number(status.met)})"
    if not is_a_share(kpi):
        return _plain(status.value)
    return _share_words(status, status.met, status.base)


def adjusted_words(status: KpiStatus) -> str:
    """The figure without what agreed exceptions take out; blank where they take nothing out."""
    other = status.adjusted
    if other is None or other.met is None or not other.left_out:
        return ""
    return _share_words(status, other.met, other.base)


def _share_words(status: KpiStatus, met: int, base: int | None) -> str:
    if not base:
        return NOTHING
    # Spaces that do not break, so that a cell of a table does not part the figure.
    if says_late(status.kpi):
        return f"{number(base - met)}\u00a0of\u00a0{number(base)}\u00a0late"
    return f"{_percent(status, met, base)}\u00a0({number(met)}\u00a0of\u00a0{number(base)})"


def _percent(status: KpiStatus, met: int, base: int) -> str:
    """A share as a whole percentage, or with as many decimals as tell it from a target or tolerance that it does not equal.

    'Amber 5%' of a target of at most 5% would look like a mistake: it is 5.5%.
    """
    target = status.target
    if target is None:
        return percent_of(met, base)
    share = 100 * Fraction(met, base)
    edges = [100 * exact(edge) for edge in (target.value, target.tolerance) if edge is not None]
    digits = 0
    while digits < _MOST_DIGITS and any(
        edge != share and half_up(edge, digits) == half_up(share, digits) for edge in edges
    ):
        digits += 1
    return f"{half_up(share, digits):f}%" if digits else percent_of(met, base)


def raw_and_adjusted(status: KpiStatus) -> str:
    """Both figures side by side, with how many exceptions lie between them; blank for a KPI without exceptions."""
    if status.adjusted is None or status.met is None:
        return ""
    other = adjusted_words(status)
    if not other:
        return f"Raw {value_words(status)}; no case is taken out by an agreed exception."
    out = counted(status.adjusted.left_out, "case")
    which = "adjusted" if status.judged_on == ADJUSTED else "raw"
    return f"Raw {value_words(status)}, adjusted {other}: {out} taken out by agreed exceptions. The status goes by the {which} figure."


def unrecorded_words(status: KpiStatus) -> str:
    """'13 not recorded': what a share leaves out because nobody wrote it down; blank where nothing is left out."""
    return f"{number(status.unrecorded)} not recorded" if status.unrecorded else ""


def beside_words(status: KpiStatus) -> str:
    """What stands small beside a figure: the adjusted one, few cases, and what was not recorded."""
    other = adjusted_words(status)
    parts = (
        f"adjusted {other}" if other else "",
        "few cases" if status.few else "",
        unrecorded_words(status),
    )
    return ", ".join(filter(None, parts))


def _plain(value: float | None) -> str:
    return number(value, 1).removesuffix(".0")


def _shown(kpi: Kpi, value: float) -> str:
    """A value of a target or a reference, as it is written: 85%, 28 days, 10."""
    if is_a_share(kpi):
        return f"{_plain(100 * value)}%"
    return (
        f"{_plain(value)} {counted_by(kpi).unit}" if isinstance(counted_by(kpi), Average) else _plain(value)
    )


def wanted_words(kpi: Kpi, target: Target) -> str:
    """What a target asks for, and nothing else of it: 'at least 85%'."""
    return f"{_OPERATORS[str(target.operator)]} {_shown(kpi, float(target.value))}"


def target_words(status: KpiStatus) -> str:
    """The target, its tolerance, how much of a volume falls due so far, and whether it is an example."""
    target = status.target
    if target is None:
        return "No target is set."
    parts = [wanted_words(status.kpi, target)]
    if status.target_to_date is not None:
        parts.append(f"{number(status.target_to_date)} of them by this period's end")
    by_source = is_from_the_source(status.kpi, target)
    if target.tolerance is None and status.kpi.basis == "statute" and by_source:
        parts.append("the law leaves no tolerance, so there is no amber")
    if target.tolerance is not None:
        counts = isinstance(counted_by(status.kpi), Count)
        edge = (
            f"{number(100 * float(target.tolerance))}% of that"
            if counts
            else _shown(status.kpi, float(target.tolerance))
        )
        parts.append(f"tolerance {edge}")
    if status.adjusted is not None:
        parts.append(f"judged on the {target.judged_on} figure")
    parts.append(f"since {day(target.since)}")
    if target.note:
        parts.append(target.note[:1].lower() + target.note[1:])
    elif target.example:
        parts.append("an example, in no source document")
    return f"{sentence_case(', '.join(parts))}."


def whose_choice(status: KpiStatus) -> str:
    """Who set the target and the tolerance, and where that can be read."""
    target = status.target
    if target is None:
        return "Nobody has set one."
    by_source = is_from_the_source(status.kpi, target)
    parts = [f"clause {target.clause}" if target.clause else ""]
    parts += [f"by the variation '{target.variation}'" if target.variation else ""]
    parts += ["for this provider alone" if target.provider else ""]
    if target.example:
        parts.append("an example, in no source document")
    elif by_source and status.kpi.basis == "statute":
        parts.append("the law")
    elif by_source and not target.clause and not target.variation:
        parts.append(status.kpi.source)
    elif not by_source:
        said = any((target.clause, target.variation, target.note))
        parts.append("the council" if said else "the council, without a clause or a reason")
    return f"{sentence_case(', '.join(filter(None, parts)))}."


def chance_words(status: KpiStatus) -> str:
    """Whether chance alone could explain the distance from the target; blank without a target."""
    if status.clear_of_target is None or status.target is None or not status.base:
        return ""
    if not status.clear_of_target:
        return "Allowing for chance, it cannot be told apart from the target."
    share = status.value if status.value is not None else (status.met or 0) / status.base
    if status.judged_on == ADJUSTED and status.adjusted is not None:
        share = status.adjusted.value or 0.0
    above = share > float(status.target.value)
    return f"Even allowing for chance, {'above' if above else 'below'} target."


def interval_words(status: KpiStatus) -> str:
    """The 95% limits of a share; blank for what is no share."""
    if not is_a_share(status.kpi) or status.met is None or not status.base:
        return ""
    return interval(*wilson_interval(status.met, status.base))


def green_words(status: KpiStatus) -> str:
    """How far it is to green: how many cases would have had to stand otherwise; blank where nothing is judged."""
    if status.status is Status.GREEN and status.target is not None and status.met is not None:
        return "It is green."
    short = short_of_green(status)
    if short is None:
        return ""
    cases, base = short
    if cases == "":
        return f"Out of {counted(base or 0, 'case')} no number would meet it."
    same = f", out of the same {number(base)}," if base is not None else ""
    return f"{cases}{same} would have been green."


def short_of_green(status: KpiStatus) -> tuple[str, int | None] | None:
    """How many cases are lacking for green, as '9 fewer late', and out of how many (None: out of nothing); blank where no number would do.

    None of what is green, is not judged, or is no number of cases.
    """
    target = status.target
    if target is None or status.status not in (Status.RED, Status.AMBER) or status.met is None:
        return None
    held = Operator(target.operator)
    if isinstance(counted_by(status.kpi), Count):
        asked = target.value if status.target_to_date is None else status.target_to_date
        return f"{number(max(wanted_count(held, exact(asked)) - status.met, 0))} more", None
    if not is_a_share(status.kpi):
        return None
    met, base = status.met, status.base or 0
    if status.judged_on == ADJUSTED and status.adjusted is not None:
        met, base = status.adjusted.met or 0, status.adjusted.base or 0
    cases = cases_to_green(met, base, target.operator, target.value)
    if cases is None:
        return "", base
    if says_late(status.kpi):
        return f"{number(cases)} fewer late", base
    return f"{number(cases)} {'more' if held.higher_is_better else 'fewer'}", base


def reference_words(status: KpiStatus) -> str:
    """What the figure may be compared with while it has no target; blank where there is nothing."""
    kpi = status.kpi
    values = " to ".join(_shown(kpi, one) for one in kpi.reference)
    if not values and not kpi.reference_note:
        return ""
    said = ". ".join(part for part in (values, kpi.reference_note) if part)
    return f"{said.removesuffix('.')}. It gives no colour."
