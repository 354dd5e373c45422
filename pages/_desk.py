"""Where the session meets the data: which figures are open, what is chosen, how a page asks. Not a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.audience import seen_as
from components.banner import show_banner
from components.empty import nothing_of, nothing_saved
from components.filters import choose_selection, choose_service, link_to
from components.frame import page_head
from components.strangers import open_services, refuse_strangers
from data_access.coverage import Coverage, not_whole, read_coverage, read_services
from data_access.footnotes import find_footnotes, read_footnotes
from data_access.kpis import read_kpis
from data_access.questions import Question
from data_access.released import read_released
from data_access.returns import list_returns
from data_access.settings import read_settings
from data_access.sources import close_in_hand, examples_store, opening_store, shared_store
from data_access.stores import Store
from domain.access import Audience, Viewer
from domain.disclosure import Released
from domain.footnotes import Footnote
from domain.kpis import KpiStatus
from domain.measures import Split, measure
from domain.periods import Period, month_end, month_start
from domain.selection import Selection
from domain.services import SERVICES, Service
from domain.settings import Settings
from domain.tally import Source
from pages._audience import audience_of
from pages._views import show_views
from pages._who import viewer_of
from pages._year_end import whole_year_end

_IN_HAND = "store_in_hand"
_CHOSEN = "chosen_source"


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page works at: the open figures, the reader, the settings, and what is chosen.

    `audience` is who will see the page; `offered` are the services with a contract or a return, `reported` those with a provider's.
    """

    store: Store
    viewer: Viewer
    settings: Settings
    coverage: Coverage
    service: Service
    selection: Selection
    offered: tuple[Service, ...]
    reported: tuple[Service, ...]
    audience: Audience = Audience.US

    @property
    def empty(self) -> bool:
        """Whether no return of the chosen service has been saved."""
        return self.coverage.last_month is None

    @property
    def last_month(self) -> int | None:
        """The last month that is shown: the chosen one, else the last reported."""
        return self.selection.last or self.coverage.last_month

    @property
    def sentence(self) -> str:
        """What is chosen, in words."""
        chosen = f"{self.service.label}: {self.selection.sentence(self.settings)}."
        return f"{chosen} {seen_as(self.audience, self.settings)}".rstrip()

    @property
    def link(self) -> dict[str, list[str]]:
        """The address parameters that keep what is chosen on another page."""
        return link_to(self.selection) | ({"for": [self.audience.key]} if self.audience.gated else {})

    def unfinished(self, grouping: str) -> frozenset[str]:
        """Keys of the periods that are cut by the first or last month shown, or that some provider has not reported."""
        first, last = self.selection.first or self.coverage.first_month, self.last_month
        if not first or not last:
            return frozenset()
        over = Period(month_start(first), month_end(last))
        return not_whole(grouping, over, self.not_reported(over, self.selection.providers))

    def not_reported(self, period: Period, providers: Sequence[str] = ()) -> tuple[int, ...]:
        """Months of a period that are not in from every provider under contract, or of those named."""
        return self.coverage.not_reported(period, providers)

    def is_in(self, period: Period) -> bool:
        """Whether all that is wanted of a period has come: from every provider under contract, or from those chosen."""
        chosen = [p for p in self.selection.providers if self.coverage.concerns(p, period)]
        return all(self.coverage.has(p, period) for p in chosen or [""])

    def not_wanted(self, period: Period) -> tuple[int, ...]:
        """Months of a period of which no return was ever wanted, as those before the first contract, and none came."""
        known = {key for key, _, _ in self.coverage.contracts} | {key for key, _ in self.coverage.months}
        return tuple(
            month
            for month in period.months
            if not any(self.coverage.concerns(p, Period(month_start(month), month_end(month))) for p in known)
        )

    @property
    def judged_month(self) -> int:
        """The last month whose twelve months are in from every provider; the last month shown where there is none.

        A return that has not come yet would leave every KPI without a status, though earlier months are all in.
        """
        first = self.selection.first or self.coverage.first_month
        return whole_year_end(self.coverage, first, self.last_month, quarters=self.audience.gated)

    @property
    def judged(self) -> Period:
        """That month as a period."""
        return Period(month_start(self.judged_month), month_end(self.judged_month))

    def ask(
        self, measure: str, *by: str, selection: Selection | None = None, at: int | None = None
    ) -> Released:
        """One figure, as the audience may see it."""
        question = Question(measure, by, self.selection if selection is None else selection, at)
        return self.ask_all(question)[0]

    def ask_all(self, *questions: Question | tuple[str, ...]) -> tuple[Released, ...]:
        """Several figures from one moment. A tuple is a measure and its groupings, for what is chosen."""
        asked = [q if isinstance(q, Question) else Question(q[0], q[1:], self.selection) for q in questions]
        return read_released(self.store, asked, self.viewer, self.audience, self._footnotes)

    def _footnotes(self, question: Question) -> tuple[Footnote, ...]:
        """What was accepted in the returns that a figure rests on."""
        chosen = question.selection
        return find_footnotes(
            self.store,
            self.viewer,
            chosen.service or self.service.key,
            chosen.providers,
            chosen.first,
            chosen.last,
            question.measure,
            by=question.groups,
        )

    def footnotes(self, measure: str) -> tuple[str, ...]:
        """What was accepted in the returns chosen that a measure rests on, in words; it quotes people, so for no other audience."""
        if self.audience.gated:
            return ()
        return read_footnotes(
            self.store,
            self.viewer,
            self.service.key,
            self.selection.providers,
            self.selection.first,
            self.last_month,
            measure,
        )

    def splits(self, keys: Sequence[str]) -> list[tuple[str, ...]]:
        """Questions about measures of the chosen service: a split by its own answers, anything else as it is."""
        declared = [measure(key, self.service.key) for key in keys]
        return [(one.key, one.field) if isinstance(one, Split) else (one.key,) for one in declared]

    def kpis(
        self, period: Period, *by: str, rolling: bool = False, only: Sequence[str] = ()
    ) -> tuple[KpiStatus, ...]:
        """The status of every KPI in a period, or of those named, as the audience may see it.

        The one provider in the room sees its own row; the others stand in the whole programme alone.
        """
        return read_kpis(
            self.store,
            period,
            self.viewer,
            self.audience,
            by=by,
            rolling=rolling,
            service=self.service.key,
            only=only,
        )


def open_desk(*, filters: bool = True, services: bool | None = None, months: bool = True) -> Desk:
    """Open the figures that this session reads, show whose they are, and the pickers.

    Parameters
    ----------
    filters : whether the page has pickers of providers, areas and months.
    services : whether it has a picker of services; as `filters` when it is not said.
    months : whether it has pickers of months; without them one provider and one area may be chosen.
    """
    store = open_source()
    viewer = viewer_of(store)
    settings = read_settings(store, viewer)
    offered, reported = _services(store, viewer, settings)
    refuse_strangers(viewer, settings, open_services(viewer, {one.key for one in offered}))
    first = _first(store, viewer, reported or offered)
    show_banner(store.source, leave=leave_in_hand)
    chosen = choose_service(offered, first) if (filters if services is None else services) else first
    coverage = read_coverage(store, viewer, service=chosen.key)
    selection = Selection(chosen.key)
    audience = audience_of(viewer, settings, chosen.key, coverage.providers, asked=filters)
    if filters and coverage.last_month is not None:
        selection = choose_selection(
            settings,
            service=chosen.key,
            providers=coverage.providers,
            first_month=coverage.first_month if months else None,
            last_month=coverage.last_month,
            within=viewer.areas_of(chosen.key),
            whole_quarters=audience.gated or not months,
        )
    if filters and months:
        show_views(store)
    return Desk(store, viewer, settings, coverage, chosen, selection, offered, reported, audience)


def _services(
    store: Store, viewer: Viewer, settings: Settings
) -> tuple[tuple[Service, ...], tuple[Service, ...]]:
    """The services with a contract or a return, and those with a return of a provider, in the order of their declarations."""
    kept = [version for version in list_returns(store, viewer) if version.state == "current"]
    reported = {version.service for version in kept if not version.from_council}
    known = {contract.service for contract in settings.contracts} | {version.service for version in kept}
    return (
        tuple(one for one in SERVICES if one.key in known),
        tuple(one for one in SERVICES if one.key in reported),
    )


def _first(store: Store, viewer: Viewer, services: Sequence[Service]) -> Service:
    """The service that pages open with: for who may see some areas only, the first with a case there, or all would be nought."""
    limited = any(viewer.areas_of(service.key) is not None for service in services)
    with_rows = read_services(store, viewer) if limited else {service.key for service in services}
    return next(
        (service for service in services if service.key in with_rows), next(iter(services), SERVICES[0])
    )


def stop_if_empty(desk: Desk, title: str) -> None:
    """End the page with what to do next, while the chosen service has no return."""
    if desk.empty:
        page_head(title, presented=False)
        if desk.offered:
            nothing_of(
                desk.service, bought=any(c.service == desk.service.key for c in desk.settings.contracts)
            )
        else:
            nothing_saved()
        st.stop()


def choose_source(source: Source) -> None:
    """Read the shared figures or the examples from now on, in this session."""
    st.session_state[_CHOSEN] = source


def look_at(store: Store) -> None:
    """Read a file in hand from now on, in this session; the one before it is closed."""
    leave_in_hand()
    st.session_state[_IN_HAND] = store


def leave_in_hand() -> None:
    """Close the file in hand and go back to the saved figures."""
    held = st.session_state.pop(_IN_HAND, None)
    if held is not None:
        close_in_hand(held)


def open_source() -> Store:
    """The figures that this session reads."""
    held: Store | None = st.session_state.get(_IN_HAND)
    if held is not None:
        return held
    match st.session_state.get(_CHOSEN):
        case Source.SHARED:
            return shared_store()
        case Source.EXAMPLES:
            return examples_store()
    return opening_store()
