"""The KPI that counts cases against a contract: from the start of each provider's contract year, out of the cases it includes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from data_access.judging import Judging
from data_access.questions import Question
from data_access.stores import Store
from data_access.tallies import tallies_in
from domain.access import Audience, Viewer
from domain.disclosure import Figure, is_small, release
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
    found = []
    for contract in contracts:
        year = Period(contract.year_start(judging.period.end), judging.period.end)
        asked = Selection(kpi.service, providers=(contract.provider,)).during(year)
        question = Question(kpi.measure, (), asked, as_of=as_of)
        (tally,) = tallies_in(connection, store, [question], viewer)
        released = release(tally, audience)
        used = sum(figure.met for figure in released.figures)
        returned = judging.coverage.has(contract.provider, year) and not released.not_given
        found.append((contract, used, returned))
    if "provider" in judging.by:
        for contract, used, returned in found:
            named = {"provider": contract.provider}
            yield _status(kpi, judging, named, used, contract.included_cases or 0, returned=returned)
    elif found:
        used, included = sum(n for _, n, _ in found), sum(c.included_cases or 0 for c, _, _ in found)
        yield _status(kpi, judging, {}, used, included, returned=all(returned for *_, returned in found))


def _contracts(kpi: Kpi, judging: Judging) -> list[Contract]:
    """The contract of each provider at the end of the period, where it includes a number of cases."""
    settings = judging.settings
    held = (
        settings.contract(kpi.service, p.key, judging.period.end) for p in settings.providers_of(kpi.service)
    )
    return [c for c in held if c is not None and c.included_cases and c.runs_in(judging.period)]


def _status(
    kpi: Kpi, judging: Judging, named: dict[str, str], used: int, included: int, *, returned: bool
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
    return replace(found, value=used / included if returned else None)
