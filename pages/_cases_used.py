"""The panels of cases used, for every page that shows them. Not a page."""

from __future__ import annotations

from components.cases_used import cases_used_panel
from components.panel import Panel
from data_access.questions import Question
from domain.access import Duty
from domain.contract_use import contracts_in_use, first_month_needed
from domain.measures import services_with
from domain.periods import month_of
from domain.selection import Selection
from domain.settings import Contract
from pages._desk import Desk
from pages._who import viewer


def cases_used_panels(desk: Desk) -> list[Panel]:
    """A panel for each contract of the chosen service that includes a number of cases; none where no contract does.

    None is shown of a contract of which the reader sees some areas only: the number is for all of them.
    The providers chosen limit the contracts; areas and months do not, because the number is for the whole contract.
    """
    ends = desk.coverage.ends()
    reported = dict(desk.coverage.months)
    service, chosen = desk.service.key, desk.selection.providers
    found = [
        c for c in contracts_in_use(desk.settings.contracts, service, ends, chosen) if _is_whole(desk, c)
    ]
    holders = [contract.provider for contract in found]
    # A service whose returns say nothing of accepting counts every referral.
    counted = "accepted_cases" if service in services_with("accepted_cases") else "referrals"
    questions = [
        Question(
            counted,
            ("month",),
            Selection(
                service,
                providers=(c.provider,),
                # Two contracts of one provider are told apart by their areas; one alone counts cases of unknown area too.
                areas=c.areas if holders.count(c.provider) > 1 else (),
                first=first_month_needed(c, ends[c.provider]),
                last=month_of(ends[c.provider]),
            ),
        )
        for c in found
    ]
    return [
        cases_used_panel(
            f"cases_used_{contract.key}",
            contract,
            accepted,
            desk.settings,
            as_at=ends[contract.provider],
            reported=_by_month(desk, contract.provider)
            if accepted.not_given
            else reported[contract.provider],
            prices=viewer().may(Duty.PRICES, service, contract.provider),
        )
        for contract, accepted in zip(found, desk.ask_all(*questions), strict=True)
    ]


def sees_part_only(desk: Desk) -> bool:
    """Whether a contract of the chosen service includes a number of cases, of which the reader sees those of some areas only."""
    ends, chosen = desk.coverage.ends(), desk.selection.providers
    found = contracts_in_use(desk.settings.contracts, desk.service.key, ends, chosen)
    return any(not _is_whole(desk, contract) for contract in found)


def _is_whole(desk: Desk, contract: Contract) -> bool:
    return desk.viewer.sees_whole(contract.service, contract.provider)


def _by_month(desk: Desk, provider: str) -> frozenset[int]:
    """The months that a provider reported in cases: a quarter in totals says nothing of its months."""
    in_totals = {month for key, period in desk.coverage.totals if key == provider for month in period.months}
    return dict(desk.coverage.months)[provider] - in_totals
