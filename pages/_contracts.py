"""What the page of contracts asks, of one contract at a time. Not a page."""

from __future__ import annotations

from dataclasses import replace

from components.cases_used import cases_used_panel
from components.complaints_panels import complaints_panels
from components.contracts_duties import (
    case_reports_panel,
    complaints_rate_panel,
    escalations_panels,
    living_wage_panels,
)
from components.contracts_records import completeness_panel
from components.contracts_terms import terms_panel
from components.panel import Panel
from components.present import presenting
from data_access.questions import Question
from domain.access import Duty
from domain.contract_use import beside, contracts_of, first_month_needed, last_day, months_of
from domain.measures import services_with
from domain.periods import month_of, months_between, next_month
from domain.selection import Selection
from domain.settings import Contract
from pages._desk import Desk
from pages._who import viewer

_STANDINGS = 5
"""So many dates at which posts are looked at: the last one reported, and the ends of the quarters before it."""


def contracts_to_choose(desk: Desk) -> tuple[Contract, ...]:
    """The contracts of the chosen service that the reader may see, of the providers chosen; those that run come first."""
    room = desk.audience.provider
    chosen = (room,) if room else desk.selection.providers
    return contracts_of(desk.settings.contracts, desk.service.key, desk.coverage.ends(), chosen)


def sees_whole(desk: Desk, contract: Contract) -> bool:
    """Whether the reader may see every area of a contract: what is counted for all of it says nothing of some of them."""
    return desk.viewer.sees_whole(contract.service, contract.provider)


def of_contract(desk: Desk, contract: Contract) -> Desk:
    """The same desk with that contract's provider alone, and with no month of another contract of it."""
    chosen = desk.selection
    first, last = months_of(contract, desk.settings.contracts)
    return replace(
        desk,
        selection=replace(
            chosen,
            providers=(contract.provider,),
            first=max(filter(None, (first, chosen.first)), default=None),
            last=min(filter(None, (last, chosen.last)), default=None),
        ),
    )


def contract_panels(desk: Desk, contract: Contract) -> list[Panel]:
    """Everything about one contract: its terms, the cases used, and what else it asks for.

    To be called below the head of the page, whose switch alone knows whether the page is being presented.
    """
    # Providers sit in the room while a page is presented.
    others = presenting() or desk.audience.gated
    prices = viewer().may(Duty.PRICES, contract.service, contract.provider) and not others
    panels = [terms_panel(contract, desk.settings, prices=prices, audience=desk.audience)]
    if last_day(contract, desk.coverage.ends()) is None:
        return panels
    own = of_contract(desk, contract)
    return [
        *panels,
        *_cases_used(desk, contract, prices=prices),
        *_complaints(own),
        *_living_wage(own, contract),
        *_reports_and_escalations(own, contract),
        *(
            []
            if desk.audience.gated
            else [completeness_panel("completeness", own.ask("completeness", "field"), desk.settings)]
        ),
    ]


def _cases_used(desk: Desk, contract: Contract, *, prices: bool) -> list[Panel]:
    """Cases used in the contract year; areas and months chosen do not narrow it, because the number is for the whole contract."""
    if not contract.included_cases or not sees_whole(desk, contract):
        return []
    as_at = last_day(contract, desk.coverage.ends())
    if as_at is None:
        return []
    service = contract.service
    # A service whose returns say nothing of accepting counts every referral.
    counted = "accepted_cases" if service in services_with("accepted_cases") else "referrals"
    selection = Selection(
        service,
        providers=(contract.provider,),
        # Two contracts of one provider are told apart by their areas; one alone counts cases of unknown area too.
        areas=contract.areas if beside(contract, desk.settings.contracts) else (),
        first=first_month_needed(contract, as_at),
        last=month_of(as_at),
    )
    accepted = desk.ask(counted, "month", selection=selection)
    reported = dict(desk.coverage.months)[contract.provider]
    return [
        cases_used_panel(
            f"cases_used_{contract.key}",
            contract,
            accepted,
            desk.settings,
            as_at=as_at,
            reported=reported - _in_totals(desk, contract.provider) if accepted.not_given else reported,
            prices=prices,
        )
    ]


def _in_totals(desk: Desk, provider: str) -> frozenset[int]:
    """The months that a provider reported in totals: a quarter in totals says nothing of its months."""
    return frozenset(
        month for key, period in desk.coverage.totals if key == provider for month in period.months
    )


def _complaints(own: Desk) -> list[Panel]:
    unfinished = own.unfinished("quarter")
    whole, rates, counts, upheld, subjects = own.ask_all(
        ("complaints_rate",),
        ("complaints_rate", "quarter"),
        ("complaints", "quarter"),
        ("complaints_upheld", "quarter"),
        ("complaints", "subject_code"),
    )
    _, *what_came_of_them = complaints_panels(
        "complaints", counts, upheld, subjects, own.settings, unfinished=unfinished
    )
    # How many there were in each quarter stands in the rate; their chart is on the page Satisfaction.
    return [
        complaints_rate_panel("complaints_rate", whole, rates, own.settings, unfinished=unfinished),
        *what_came_of_them,
    ]


def _living_wage(own: Desk, contract: Contract) -> list[Panel]:
    """Posts are of a provider and of no area: nothing is said of them to who sees some areas only, nor to others than the team."""
    months = standing_months(own)
    if not months or not sees_whole(own, contract) or own.audience.gated:
        return []
    anywhere = replace(own.selection.during(None), areas=())
    asked = own.ask_all(*(Question("living_wage", (), anywhere, at) for at in months))
    standings = list(zip(months, asked, strict=True))
    return living_wage_panels("living_wage", standings, contract, own.settings)


def standing_months(own: Desk) -> tuple[int, ...]:
    """The last month of those shown that the provider has reported, after the ends of the quarters before it."""
    reported = dict(own.coverage.months).get(own.selection.providers[0], frozenset())
    first, last = own.selection.first, own.selection.last
    shown = [m for m in reported if (not first or m >= first) and (not last or m <= last)]
    if not shown:
        return ()
    now = max(shown)
    quarters = [
        m for m in months_between(next_month(now, 1 - 3 * _STANDINGS), now) if m % 100 % 3 == 0 and m in shown
    ]
    return tuple(dict.fromkeys([*quarters, now]))[-_STANDINGS:]


def _reports_and_escalations(own: Desk, contract: Contract) -> list[Panel]:
    """Only of a service whose returns say them."""
    if own.service.key not in services_with("case_report_sent"):
        return []
    unfinished = own.unfinished("quarter")
    reports, escalated, reasons = own.ask_all(
        ("case_report_sent", "quarter"),
        ("escalations", "quarter"),
        ("escalation_reasons", "escalation_reason"),
    )
    at = own.last_month or month_of(contract.start)
    return [
        case_reports_panel("case_reports", reports, contract, own.settings, at=at, unfinished=unfinished),
        *escalations_panels("escalations", escalated, reasons, own.settings, unfinished=unfinished),
    ]
