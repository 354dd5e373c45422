"""What the Benchmarks page shows of each service: official figures, and ours beside them where we count something like it. Not a page."""

from __future__ import annotations

from collections.abc import Sequence

from components.benchmarks_appeals import appeals_panel, followed_panel
from components.benchmarks_prevention import latest_panel
from components.benchmarks_quarters import six_months_panel, way_over_time_panel
from components.benchmarks_send import beside_panel, editions_of, england_panel
from components.benchmarks_words import sources_panel
from components.homelessness_districts import districts_panel
from components.panel import Panel
from domain.benchmarks import ENGLAND, labels, likely_area, within
from domain.benchmarks_prevention import MEDIATED, duties_of, official_districts, preventions_of
from domain.benchmarks_send import appeals_of, mediation_areas, mediations_of
from domain.messages import share_message
from domain.services import HOMELESSNESS, MENTORING, SEND, Service
from pages._desk import Desk


def offered_areas(service: Service) -> dict[str, str]:
    """The areas of which official figures are held that concern a service: code and name; none where nothing is held."""
    if service == SEND:
        return mediation_areas()
    return official_districts() if service in (HOMELESSNESS, MENTORING) else {}


def first_area(desk: Desk) -> str:
    """The area beside England at first: that of the areas chosen, or of all that the reader may see."""
    may_see = desk.viewer.areas_of(desk.service.key)
    every = [area.key for area in desk.settings.areas_of(desk.service.key)]
    chosen = desk.selection.areas or [key for key in every if may_see is None or key in may_see]
    return likely_area(offered_areas(desk.service), chosen)


def benchmark_panels(desk: Desk, area: str) -> list[Panel]:
    """The panels of the service that is looked at, with one area beside England."""
    return _send_panels(desk, area) if desk.service == SEND else _prevention_panels(desk, area)


def _send_panels(desk: Desk, area: str) -> list[Panel]:
    settings, unfinished = desk.settings, desk.unfinished("calendar_year")
    held, appealed = desk.ask_all(
        ("outcomes", "calendar_year", "outcome"), ("appeal_after_mediation", "calendar_year")
    )
    england, beside, appeals = mediations_of(), mediations_of(area), appeals_of(area)
    council = () if area == ENGLAND else beside
    panels = [england_panel("benchmarks_england", england)]
    if council:
        panels.insert(0, beside_panel("benchmarks_council", council, held, settings, unfinished=unfinished))
    if appeals:
        panels.append(appeals_panel("benchmarks_appeals", appeals, beside))
    panels.append(
        followed_panel("benchmarks_followed", england, council, appealed, settings, unfinished=unfinished)
    )
    found = [*editions_of((*england, *council)), *(one.edition for one in appeals)]
    return [*panels, sources_panel("benchmarks_sources", found)]


def _prevention_panels(desk: Desk, area: str) -> list[Panel]:
    settings, ours = desk.settings, desk.service == HOMELESSNESS
    mediated, secured = (
        desk.ask_all(
            ("prevention_by_mediation", "quarter", "prevention_activity"), ("secured_six_months", "quarter")
        )
        if ours
        else (None, None)
    )
    rate = None if ours else desk.ask("prevention_rate")
    beside = f"Counted here, of what mentors completed: {share_message(rate)}." if rate and rate.total else ""
    panels = [
        latest_panel("benchmarks_latest", area),
        *(
            way_over_time_panel(f"benchmarks_way_{n}", way, area, mediated, settings)
            for n, way in enumerate(MEDIATED)
        ),
        six_months_panel("benchmarks_duty", area, secured, settings, beside=beside),
        *_counties(area),
    ]
    found = [*(one.edition for one in preventions_of(ENGLAND)), *(one.edition for one in duties_of(ENGLAND))]
    return [*panels, sources_panel("benchmarks_sources", found)]


def _counties(area: str) -> Sequence[Panel]:
    """The districts of each county, that of the area first, in the order of the alphabet."""
    counties = sorted(set(within().values()), key=lambda code: (code != within().get(area), labels()[code]))
    found = (
        districts_panel(
            f"benchmarks_districts_{labels()[code].lower()}",
            [key for key in official_districts() if within()[key] == code],
            where=f" of {labels()[code]}",
        )
        for code in counties
    )
    return [panel for panel in found if panel]
