"""What the page about people asks beside its profile: smaller groups, kinds of household, and one answer compared. Not a page."""

from __future__ import annotations

from components.panel import Panel
from components.who_is_helped_compare import compare_panel
from components.who_is_helped_controls import Comparison
from components.who_is_helped_groups import Part, parts_of, smaller_groups
from components.who_is_helped_household import household_panel
from data_access.questions import Question
from domain.access import Audience, Duty
from domain.disclosure import Released
from domain.measures import Split
from pages._desk import Desk

_MOST = 20
"""So many dependent children a return may say at most (domain.case_fields)."""


def smaller_parts(desk: Desk, released: Released) -> tuple[Part, ...]:
    """The smaller groups within each answer: each is a small number of its own, so for who may see single cases, in the team alone."""
    measure = released.measure
    if released.audience != Audience.US or not isinstance(measure, Split) or not _sees_every_case(desk):
        return ()
    wanted = [key for keys in smaller_groups(released, desk.service.key).values() for key in keys]
    asked = [Question(measure.key, (), desk.selection.only(measure.field, key)) for key in wanted]
    return parts_of(released, dict(zip(wanted, desk.ask_all(*asked), strict=True)), desk.service.key)


def _sees_every_case(desk: Desk) -> bool:
    """Whether the reader may see the single cases of every provider that is counted."""
    counted = desk.selection.providers or desk.coverage.providers
    return all(desk.viewer.may(Duty.CASES, desk.service.key, one) for one in counted)


def household_panels(desk: Desk, referrals: Released) -> list[Panel]:
    """The kinds of household, where the service asks for both numbers; worked out from several figures, so for the team alone."""
    if "dependent_children" not in desk.service.profile or referrals.audience != Audience.US:
        return []
    some = [str(number) for number in range(1, _MOST + 1)]
    without, with_children = desk.ask_all(
        *(
            Question("adults", ("adults",), desk.selection.only("dependent_children_n", *children))
            for children in (["0"], some)
        )
    )
    total = referrals.total.met if referrals.total else 0
    return [household_panel("who_is_helped_household", without, with_children, total, desk.settings)]


def groups_offered(desk: Desk) -> dict[str, int]:
    """How many providers and areas may be compared."""
    chosen, service = desk.selection, desk.service.key
    within = desk.viewer.areas_of(service)
    areas = [a.key for a in desk.settings.areas_of(service) if within is None or a.key in within]
    return {
        "provider": len(chosen.providers or desk.coverage.providers),
        "area": len(chosen.areas or areas),
    }


def compared_panels(desk: Desk, shown: tuple[Released, ...], comparison: Comparison | None) -> list[Panel]:
    """One answer in each provider or area; none where nothing is compared."""
    whole = next((one for one in shown if comparison and one.measure.key == comparison.measure), None)
    if comparison is None or whole is None or not isinstance(whole.measure, Split):
        return []
    by_group = desk.ask(comparison.measure, comparison.by, whole.measure.field)
    return [
        compare_panel(
            "who_is_helped_compared", by_group, whole, comparison.answer, desk.settings, desk.service,
            what=comparison.by,
        )
    ]  # fmt: skip
