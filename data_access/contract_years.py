"""The KPI that counts cases against a contract: from the start of each provider's contract year, out of the cases it includes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from data_access.judging import Judging, why_hidden
from data_access.questions import Question
from data_access.released import release_in
from data_access.stores import Store
from data_access.tallies import tallies_in
from domain.access import Audience, Viewer
from domain.disclosure import Figure, is_small
from domain.issued import Issue, together
from domain.kpis import Kpi, KpiStatus
from domain.periods import Period
from domain.selection import Selection
from domain.settings import Contract
from domain.status import Status, Verdict


def contract_year_statuses(
    connection: Connection,
    store: Store,
    kpi: Kpi,
    judging: Judging,
    viewer: Viewer,
    audience: Audience,
    as_of: int | None,
) -> Iterable[KpiStatus]:
    """One status a provider, or one for all of them; none by area, because the number is for the whole contract."""
    if "area" in judging.by:
        return
    contracts = [c for c in _contracts(kpi, judging) if viewer.sees_whole(c.service, c.provider)]
    used, issue = _used(connection, store, kpi, contracts, judging, viewer, audience, as_of)
    included = {contract.provider: contract.included_cases or 0 for contract in contracts}
    if "provider" in judging.by:
        for provider, (number, returned, why) in used.items():
            named = {"provider": provider}
            if why:
                yield _hidden(kpi, judging, named, why)
            else:
                yield _status(kpi, judging, named, number, included[provider], returned=returned, issue=issue)
    elif why := next((why for _, _, why in used.values() if why), ""):
        yield _hidden(kpi, judging, {}, why)
    elif used:
        number, returned = sum(n for n, _, _ in used.values()), all(found for _, found, _ in used.values())
        yield _status(kpi, judging, {}, number, sum(included.values()), returned=returned, issue=issue)


def _used(
    connection: Connection,
    store: Store,
    kpi: Kpi,
    contracts: Sequence[Contract],
    judging: Judging,
    viewer: Viewer,
    audience: Audience,
    as_of: int | None,
) -> tuple[dict[str, tuple[int, bool, str]], Issue | None]:
    """How many cases each provider has used since its contract year began, whether all its returns are in, and why that is hidden.

    With what all of it gives away to others. Contract years that begin on one day are asked about together.
    """
    end = judging.period.end
    starts = list(dict.fromkeys(contract.year_start(end) for contract in contracts))
    years = [Period(start, end) for start in starts]
    questions = [
        Question(kpi.measure, ("provider",), Selection(kpi.service).during(year), as_of=as_of)
        for year in years
    ]
    tallies = tallies_in(connection, store, questions, viewer)
    shown = release_in(connection, store, questions, tallies, viewer, audience)
    asked = dict(zip(years, shown, strict=True))
    found: dict[str, tuple[int, bool, str]] = {}
    for contract in contracts:
        year = Period(contract.year_start(end), end)
        figure = asked[year].figure(contract.provider)
        lacks = judging.settings.provider_label(contract.provider) in asked[year].not_given
        returned = judging.coverage.has(contract.provider, year) and not lacks
        why = why_hidden([asked[year]], (contract.provider,))
        if not why and audience.provider not in ("", contract.provider):
            why = "It is counted contract by contract, and those of other providers are not shown."
        found[contract.provider] = (figure.met if figure else 0, returned, why)
    return found, together([one.issue for one in shown])


def _contracts(kpi: Kpi, judging: Judging) -> list[Contract]:
    """The contract of each provider at the end of the period, where it includes a number of cases."""
    settings = judging.settings
    held = (
        settings.contract(kpi.service, p.key, judging.period.end) for p in settings.providers_of(kpi.service)
    )
    return [c for c in held if c is not None and c.included_cases and c.runs_in(judging.period)]


def _status(
    kpi: Kpi,
    judging: Judging,
    named: dict[str, str],
    used: int,
    included: int,
    *,
    returned: bool,
    issue: Issue | None,
) -> KpiStatus:
    shown = Figure((), (), used, included, 0, 0, used / included, None, None, small=is_small(used, used))
    verdict = (
        Verdict(
            Status.NO_TARGET,
            f"{used} of {included} included cases used since the contract year began; no target is set.",
        )
        if returned
        else Verdict(Status.NO_RETURN, "Not every return since the contract year began has arrived.")
    )
    found = judging.status(kpi, named, shown if returned else None, None, None, verdict)
    return replace(found, value=used / included if returned else None, issue=issue)


def _hidden(kpi: Kpi, judging: Judging, named: dict[str, str], why: str) -> KpiStatus:
    return judging.status(kpi, named, None, None, None, Verdict(Status.HIDDEN, why))
