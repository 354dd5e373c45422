"""The part of the Settings page on targets: from which day a KPI is judged by what, and by whose choice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import streamlit as st

from components.frame import section, show_table
from components.problems import personal_words
from components.settings_frame import Step, a_day, attempt, submitted, without_blank
from domain.formats import counted, day, sentence_case, unmarked
from domain.kpis import Kpi, kpis
from domain.measures import Count, measure
from domain.periods import Period, month_end, month_of, month_start
from domain.services import SERVICES
from domain.settings import RAW, Settings, Target
from domain.settings_edits import end_target, put_target, take_out_target
from domain.settings_words import (
    JUDGED_ON,
    OPERATOR_WORDS,
    day_words,
    is_share,
    kpi_name,
    service_label,
    target_words,
    whose,
)
from domain.table import Table

_SET, _END, _OUT = "Set a target from a day on", "Give a target its last day", "Take out (entered by mistake)"
_ALL = "Set those of law and specification"


def targets_part(settings: Settings, turn: int) -> Step | None:
    """Set, end or take out the target of a KPI."""
    section("Targets")
    services = [s.key for s in SERVICES if any(k.service == s.key for k in kpis())]
    bought = {c.service for c in settings.contracts}
    services.sort(key=lambda key: key not in bought)
    service = st.selectbox("Service", services, format_func=service_label, key=f"target_service_{turn}")
    held = [t for t in settings.targets if t.service == service]
    if held:
        show_table(without_blank(targets_table(settings, held)), f"Targets of {service_label(service)}")
    lacking = declared_targets(settings, service)
    ways = [_SET, *([_ALL] if lacking else []), *([_END, _OUT] if held else [])]
    what = st.radio("What to do", ways, horizontal=True, key=f"target_do_{service}_{turn}")
    if what == _SET:
        return _new_target(settings, service, turn)
    if what == _ALL:
        return _all_declared(settings, service, lacking, turn)
    chosen = st.selectbox(
        "Target",
        held,
        format_func=lambda t: target_label(settings, t),
        key=f"target_which_{service}_{turn}",
    )
    place = f"{turn}_{held.index(chosen)}"
    with st.form(f"target_{place}_{what}"):
        last = None
        if what == _END:
            last = a_day("Last day", chosen.until, f"target_until_{place}")
        else:
            st.markdown("Every status that was judged by it is then judged without it.")
        if not submitted():
            return None
    name = kpi_name(chosen.kpi)
    if what == _OUT:
        return attempt(f"Take out a target of {name}", lambda: take_out_target(settings, chosen))
    if last is None:
        st.error("Enter the last day.")
        return None
    return attempt(f"End a target of {name}", lambda: end_target(settings, chosen, last))


def declared_targets(settings: Settings, service: str) -> list[Target]:
    """The targets that KPIs of a service are declared with, where nothing has been set for the KPI; no examples."""
    held = {t.kpi for t in settings.targets}
    return [
        target
        for k in kpis()
        if k.service == service and k.id not in held
        for target in k.starting_targets
        if not target.example
    ]


def _all_declared(settings: Settings, service: str, lacking: list[Target], turn: int) -> Step | None:
    with st.form(f"target_all_{service}_{turn}"):
        st.markdown("These are the targets of the law, of a published specification or of its funding:")
        show_table(without_blank(targets_table(settings, lacking)), "Targets of law and specification")
        if not submitted():
            return None
    title = f"Set {counted(len(lacking), 'target')} of law and specification"
    return attempt(title, lambda: replace(settings, targets=(*settings.targets, *lacking)))


def target_label(settings: Settings, target: Target) -> str:
    """One target in words, for a picker."""
    return (
        f"{kpi_name(target.kpi)}, {whose(settings, target.provider)}, from {day(target.since)}: "
        f"{target_words(target)}"
    )


def targets_table(settings: Settings, held: list[Target]) -> Table:
    """Each target with its days, and where it comes from."""
    order = {k.id: place for place, k in enumerate(kpis())}
    ordered = sorted(held, key=lambda t: (order.get(t.kpi, 999), t.provider, t.since))
    return Table(
        ("KPI", "For", "Target", "From", "Until", "Source"),
        tuple(
            (
                kpi_name(t.kpi),
                whose(settings, t.provider),
                target_words(t),
                day(t.since),
                day(t.until) if t.until else "",
                _source(t),
            )
            for t in ordered
        ),
    )


def _source(target: Target) -> str:
    """Where a target comes from, in words."""
    parts = ("Example" if target.example else "", target.clause, target.variation, target.note)
    return ". ".join(text for text in parts if text)


def _new_target(settings: Settings, service: str, turn: int) -> Step | None:
    left, right = st.columns(2)
    chosen = left.selectbox(
        "KPI",
        [k for k in kpis() if k.service == service],
        format_func=lambda k: k.name,
        key=f"target_kpi_{service}_{turn}",
    )
    bound = [p.key for p in settings.providers_of(service)]
    provider = right.selectbox(
        "For",
        ["", *([] if chosen.programme_only else bound)],
        format_func=lambda key: whose(settings, key),
        key=f"target_for_{chosen.id}_{turn}",
    )
    running = [
        t for t in settings.targets if (t.kpi, t.provider) == (chosen.id, provider) and t.until is None
    ]
    for held in running:
        st.markdown(
            unmarked(
                f"Now: {target_words(held)}, from {day(held.since)}. It keeps the time before the new one. "
                "Say below which variation changes it, and why."
            )
        )
    with st.form(f"target_new_{chosen.id}_{provider}_{turn}"):
        target = _entered(chosen, provider, running[-1] if running else _declared(chosen), turn)
        if not submitted():
            return None
    if target is None:
        st.error(
            "Enter the target and its first day. A number spread over a longer time needs the first and the last day of that "
            "time."
        )
        return None
    if personal := personal_words(target.clause, target.variation, target.note):
        st.error(personal)
        return None
    return attempt(
        f"Target of {chosen.name} from {day_words(target.since)}", lambda: put_target(settings, target)
    )


def _declared(chosen: Kpi) -> Target | None:
    """The target that the KPI is declared with, where it is no example."""
    return next((t for t in chosen.starting_targets if not t.example), None)


def is_statutory(chosen: Kpi) -> bool:
    """Whether the law sets the KPI's target: then every miss counts, and there is no tolerance."""
    return "statut" in chosen.basis


def _entered(chosen: Kpi, provider: str, now: Target | None, turn: int) -> Target | None:
    """The target that the form holds; None while something is lacking."""
    place = f"{chosen.id}_{provider}_{turn}"
    operators = list(OPERATOR_WORDS)
    unit = " (%)" if is_share(chosen.id) else ""
    # Row by row, so that a telephone and the Tab key take them in the order in which they are read.
    left, right = st.columns(2)
    operator = left.selectbox(
        "The figure should be",
        operators,
        index=operators.index(now.operator) if now else 0,
        format_func=OPERATOR_WORDS.__getitem__,
        key=f"target_operator_{place}",
    )
    with right:
        value = _figure(f"Target{unit}", chosen, now.value if now else None, f"target_value_{place}")
    tolerance = None
    if is_statutory(chosen):
        st.caption("Set by law, so there is no tolerance: every miss is red.")
    else:
        label = f"Tolerance{unit}: a miss is amber up to this figure (blank: every miss is red)"
        tolerance = _figure(label, chosen, now.tolerance if now else None, f"target_tolerance_{place}")
    judged_on = _judged_on(now, place) if chosen.exceptions else RAW
    since = a_day("First day", None, f"target_since_{place}")
    words = _why(place)
    first = last = None
    if isinstance(measure(chosen.measure, chosen.service), Count):
        st.caption(
            "A number to reach over a longer time: its first and last day. Blank for a number each period."
        )
        left, right = st.columns(2)
        with left:
            first = a_day("Spread from", None, f"target_first_{place}")
        with right:
            last = a_day("Spread to", None, f"target_last_{place}")
    found = _checked(chosen, provider, operator, value, tolerance, since, (first, last), words)
    return replace(found, judged_on=judged_on) if found else None


def _judged_on(now: Target | None, place: str) -> str:
    """The figure that gives the status of a KPI with agreed exceptions."""
    ways = list(JUDGED_ON)
    return st.selectbox(
        "The status goes by",
        ways,
        index=ways.index(now.judged_on) if now else 0,
        format_func=lambda key: sentence_case(JUDGED_ON[key]),
        key=f"target_judged_{place}",
        help="The contract says which. Both figures are shown; every case that missed a deadline of the law stays listed.",
    )


def _why(place: str) -> tuple[str, str, str]:
    """Where the target stands, which variation brought it, and why."""
    left, right = st.columns(2)
    clause = left.text_input("Clause of the contract or law", max_chars=200, key=f"target_clause_{place}")
    variation = right.text_input(
        "Reference of the variation",
        max_chars=200,
        key=f"target_variation_{place}",
        help="Such as: Variation 3 of 1 April, or the meeting that agreed it.",
    )
    note = st.text_input("Why", max_chars=200, key=f"target_note_{place}", help="No personal details.")
    return clause.strip(), variation.strip(), note.strip()


def _checked(
    chosen: Kpi,
    provider: str,
    operator: str,
    value: Decimal | None,
    tolerance: Decimal | None,
    since: date | None,
    spread: tuple[date | None, date | None],
    words: tuple[str, str, str],
) -> Target | None:
    first, last = spread
    if since is None or value is None or bool(first) != bool(last) or (first and last and last < first):
        return None
    months = (month_start(month_of(first)), month_end(month_of(last))) if first and last else None
    period = Period(*months) if months else None
    clause, variation, note = words
    return Target(
        chosen.id, chosen.service, operator, value, tolerance, since,
        provider=provider, profile=period, clause=clause, variation=variation, note=note,
    )  # fmt: skip


def _figure(label: str, chosen: Kpi, value: Decimal | None, key: str) -> Decimal | None:
    """A target or tolerance: a percentage where the KPI is a share, else a number."""
    share = is_share(chosen.id)
    shown = None if value is None else float(value * 100 if share else value)
    found = st.number_input(label, 0.0, 100.0 if share else 1e9, shown, step=1.0, format="%g", key=key)
    if found is None:
        return None
    return Decimal(str(round(found, 4))) / (100 if share else 1)
