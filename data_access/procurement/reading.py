"""All that one procurement scenario leads to: read once, as its audience may see it, for the page and for every file alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from data_access.coverage import Coverage, read_coverage
from data_access.ledger import data_version
from data_access.meeting_checks import references_in
from data_access.procurement.drivers import read_drivers
from data_access.procurement.history import read_history
from data_access.procurement.work import read_work
from data_access.released import all_released
from data_access.settings import read_settings
from data_access.stores import Store, reading
from data_access.tables import ledger
from domain.access import THE_DASHBOARD, Audience, Viewer
from domain.base_words import as_at_words
from domain.disclosure import Released
from domain.example_words import example_statuses
from domain.formats import sentence_case
from domain.issued import together
from domain.pack import Screen
from domain.procurement.bands import last_year_of
from domain.procurement.drivers import DriverFigures, driver_volumes, why_not
from domain.procurement.expected import own_volumes, volumes_of, with_assumptions
from domain.procurement.for_bidders import without_ours
from domain.procurement.history import MONTHS_IN, History
from domain.procurement.needs import PARTS, Needs, NeedsPack
from domain.procurement.outlook import Outlook, outlook_of
from domain.procurement.printed import printed_history
from domain.procurement.said import EVERY, assumption_rows, definition_rows, source_rows
from domain.procurement.scenario import Basis, Scenario
from domain.procurement.show_bands import band_screens
from domain.procurement.show_forecast import forecast_screens
from domain.procurement.show_prices import price_screens
from domain.procurement.show_ways import Way, ways_screens
from domain.procurement.show_why import why_screens
from domain.procurement.show_work import work_screens
from domain.procurement.simulate import Cost, cost_of
from domain.procurement.volumes import Volumes
from domain.procurement.who_may import check_may_prepare
from domain.procurement.work import Work, WorkFigures, work_of
from domain.returns_calendar import CLOCK
from domain.selection import Selection
from domain.services import service as service_of
from domain.settings import Settings
from domain.tally import Source
from domain.whose import everybody, everywhere, for_whom

_ATTEMPTS = 5
"""So often it is read again where the data change meanwhile."""


def read_needs(
    store: Store,
    viewer: Viewer,
    scenario: Scenario,
    audience: Audience,
    *,
    as_of: int | None = None,
    address: str = "",
) -> Needs:
    """All that a scenario leads to, of one moment.

    Parameters
    ----------
    audience : the commissioning team, or everybody: what bidders may have. Nobody between them: no provider sees it alone.
    as_of : an earlier moment, for the commissioning team; None for now.
    address : the server's own, which stands before the link.

    Raises
    ------
    OutOfReach
        For whom may not see all figures and prices of the service.
    ValueError
        For any other audience, or an earlier moment for others than the team.
    RuntimeError
        Where the data change again and again while they are read.
    """
    check_may_prepare(viewer, scenario.service)
    if audience not in (Audience.US, Audience.PUBLIC) or (as_of is not None and audience.gated):
        raise ValueError(
            "A needs assessment is for the commissioning team or for everybody, as things are now."
        )
    for _ in range(_ATTEMPTS):
        version = data_version(store)
        found = _Reading(store, viewer, scenario, audience, as_of if as_of != version else None).needs(
            version if as_of is None else as_of, address
        )
        if data_version(store) == version:
            return found
    raise RuntimeError("The figures changed while they were read. Try again in a moment.")


class _Reading:
    """One attempt, between two acts."""

    def __init__(
        self, store: Store, viewer: Viewer, scenario: Scenario, audience: Audience, as_of: int | None
    ) -> None:
        self._store, self._viewer, self._audience, self._as_of = store, viewer, audience, as_of
        # What bidders get is made of a scenario that holds nothing of ours, so that none of it can slip into a figure or a text.
        self._scenario = self._theirs(scenario) if audience.gated else scenario
        self._settings: Settings = read_settings(store, viewer, as_of=as_of)
        self._coverage: Coverage = read_coverage(store, viewer, service=scenario.service, as_of=as_of)
        self._selection = Selection(
            scenario.service,
            providers=scenario.providers,
            areas=scenario.areas,
            first=scenario.first,
            last=scenario.last,
        )

    def _theirs(self, scenario: Scenario) -> Scenario:
        """The scenario as bidders get it. One that was never saved was not searched for references of cases until now."""
        with reading(self._store, self._viewer) as connection:
            return without_ours(
                scenario, lambda words: bool(references_in(connection, scenario.service, [("", words)]))
            )

    def needs(self, version: int, address: str) -> Needs:
        """The whole of it."""
        said = self._scenario
        asked = (self._store, self._viewer, self._audience, self._selection)
        with all_released() as released:
            outlook = outlook_of(self._history(said), said.starts, said.years)
            drivers = read_drivers(*asked, said, as_of=self._as_of)
            figures = read_work(*asked, said, as_of=self._as_of)
        plain, why = _expected(said, outlook, drivers)
        volumes = with_assumptions(plain, said.assumptions) if plain else None
        work = work_of(volumes, figures.lines, figures.ended) if volumes and figures.ended else None
        costs = self._costs(work)
        screens = self._screens(outlook, drivers, figures, plain, volumes, work, costs, why)
        pack = self._pack(screens, released, version, address)
        pack = replace(
            pack,
            assumptions=assumption_rows(said, bidders=pack.bidders),
            sources=source_rows(said, outlook, drivers),
            definitions=definition_rows(released, bidders=pack.bidders),
        )
        return Needs(said, outlook, drivers, figures, plain, volumes, work, costs, why, pack)

    def _history(self, said: Scenario) -> History:
        if said.published and (printed := printed_history(said.service)) is not None:
            return printed
        return read_history(
            self._store, self._viewer, self._audience, self._selection, said.grouping, as_of=self._as_of
        )

    def _ways(self, outlook: Outlook, drivers: DriverFigures) -> Iterator[Way]:
        """Every way to arrive at the first contract year: the history by each kind of period, the decisions, and own numbers."""
        said = self._scenario
        for grouping in MONTHS_IN:
            one = replace(said, grouping=grouping, published=False)
            chosen = said.basis is Basis.FORECAST and not said.published and said.grouping == grouping
            carried = outlook if chosen else outlook_of(self._history(one), said.starts, said.years)
            volumes = volumes_of(carried) if carried.forecast else None
            yield Way(f"The history {EVERY[grouping]}", volumes, carried.why_not, chosen)
        if said.published and outlook.forecast:
            yield Way("The printed series", volumes_of(outlook), chosen=said.basis is Basis.FORECAST)
        by_decisions = driver_volumes(drivers, said)
        yield Way("The council's decisions", by_decisions, chosen=said.basis is Basis.DECISIONS)
        if said.own is not None:
            own = own_volumes(said.own, (), said.starts, said.years)
            yield Way("The council's own numbers", own, chosen=said.basis is Basis.OWN)

    def _costs(self, work: Work | None) -> tuple[Cost, ...]:
        """What the offers cost: nothing of it is worked out for anybody but the commissioning team."""
        if work is None or self._audience.gated:
            return ()
        return tuple(cost_of(offer, work) for offer in self._scenario.offers)

    def _screens(
        self,
        outlook: Outlook,
        drivers: DriverFigures,
        figures: WorkFigures,
        plain: Volumes | None,
        volumes: Volumes | None,
        work: Work | None,
        costs: Sequence[Cost],
        why: str,
    ) -> tuple[Screen, ...]:
        """The sections, those of one part together, in the order of the parts."""
        said, bidders = self._scenario, self._audience.gated
        carried = outlook if said.basis is Basis.FORECAST else None
        found = [
            *why_screens(drivers, said),
            *forecast_screens(carried, volumes, plain, said.assumptions, history=outlook.history),
            *(() if bidders else ways_screens(tuple(self._ways(outlook, drivers)))),
            *work_screens(figures, work, said, volumes=volumes),
            *(() if bidders else price_screens(costs, work, said)),
            *band_screens(
                volumes,
                said,
                bidders=bidders,
                last_year=last_year_of(outlook.history),
                withheld=why,
            ),
        ]
        order = [part.key for part in PARTS if part.bidders or not bidders]
        return tuple(
            sorted((one for one in found if one.item in order), key=lambda one: order.index(one.item))
        )

    def _pack(
        self, screens: tuple[Screen, ...], released: Sequence[Released], version: int, address: str
    ) -> NeedsPack:
        said, settings, audience = self._scenario, self._settings, self._audience
        kept = f"{address.rstrip('/')}/procurement?scenario={said.id}" if said.id else ""
        return NeedsPack(
            council=settings.council,
            service=said.service,
            service_label=service_of(said.service).label,
            about=self._about(),
            # What the commissioning team calls a scenario, and where it is kept, is not for bidders.
            scenario="" if audience.gated else said.name,
            audience=audience.key,
            audience_words=for_whom(audience, settings, said.service),
            bidders=audience.gated,
            version=version,
            stood=self._stood(version),
            as_at=sentence_case(as_at_words(self._coverage.as_at, audience)),
            example=self._example(),
            number=0 if audience.gated else said.id,
            link="" if audience.gated else kept,
            screens=screens,
            issue=together([one.issue for one in released]) if audience.gated else None,
        )

    def _about(self) -> str:
        said, settings = self._scenario, self._settings
        whom = ", ".join(map(settings.provider_label, said.providers)) or everybody(settings, said.service)
        where = ", ".join(map(settings.area_label, said.areas)) or everywhere(settings, said.service)
        return f"{whom}, {where}"

    def _example(self) -> str:
        match self._store.source:
            case Source.EXAMPLES:
                return example_statuses(self._scenario.service)
            case Source.IN_HAND:
                return "Your file, not saved."
        return ""

    def _stood(self, version: int) -> datetime | None:
        """When the last act before these figures was done, by the clock of England."""
        with reading(self._store, THE_DASHBOARD) as connection:
            at = connection.execute(select(ledger.c.at).where(ledger.c.seq == version)).scalar()
        return at.astimezone(CLOCK) if at else None


def _expected(said: Scenario, outlook: Outlook, drivers: DriverFigures) -> tuple[Volumes | None, str]:
    """The contract years by what the scenario goes by, without assumptions; or why there are none."""
    match said.basis:
        case Basis.FORECAST:
            return (volumes_of(outlook), "") if outlook.forecast else (None, outlook.why_not)
        case Basis.DECISIONS:
            found = driver_volumes(drivers, said)
            return found, "" if found else why_not(drivers, said)
        case Basis.OWN:
            if said.own is None:
                return None, "The three numbers of a year, low, likely and high, are not entered yet"
            return own_volumes(said.own, (), said.starts, said.years), ""
