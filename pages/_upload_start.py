"""What the start of an upload asks of the data: the periods still wanted, and the workbooks to fill in. Not a page."""

from __future__ import annotations

import io
from collections.abc import Mapping

from components.upload_start import Form, Start
from data_access import clock
from data_access.prefilled import write_prefilled
from data_access.returns import known_returns
from data_access.spreadsheets.template import write_template
from data_access.spreadsheets.totals_template import write_totals_template
from data_access.stores import Store
from domain.access import Viewer
from domain.periods import Period
from domain.returns import COUNCIL
from domain.settings import Settings
from pages._who import sender


def periods_of(store: Store, settings: Settings, service: str) -> Mapping[str, tuple[Period, ...]]:
    """The periods that each provider may report: those still wanted, the earliest first, then those received, the latest first."""
    today = clock.today()
    known = known_returns(store, sender(), today)
    found: dict[str, tuple[Period, ...]] = {}
    for provider in (one.key for one in settings.providers_of(service)):
        contracts = [c for c in settings.contracts if (c.service, c.provider) == (service, provider)]
        expected = sorted({period for contract in contracts for period in contract.expected_periods(today)})
        received = known.of(service, provider)
        lacking = [period for period in expected if not any(other.covers(period) for other in received)]
        found[provider] = (*lacking, *(period for period in reversed(expected) if period not in lacking))
    return found


def sent_before(store: Store, start: Start) -> bool:
    """Whether the provider has a return that counts, so that the next one can go on from it."""
    return bool(known_returns(store, sender(), clock.today()).of(start.service.key, start.provider))


def workbook(store: Store, settings: Settings, by: Viewer, form: Form, start: Start) -> bytes:
    """The workbook to fill in, in the form that was chosen.

    It is made after the run of the page is over, where nobody can be asked who is here: so `by` is said.
    """
    out = io.BytesIO()
    service, provider, period = start.service.key, start.provider, start.period
    match form:
        case Form.FILLED if period is not None:
            write_prefilled(store, service, provider, period, out, by)
        case Form.TOTALS:
            write_totals_template(service, settings, out, provider=provider, period=period)
        case Form.SUPPLEMENT if period is not None:
            write_prefilled(store, service, COUNCIL, period, out, by)
        case Form.SUPPLEMENT:
            write_template(service, settings, out, provider=COUNCIL)
        case _:
            write_template(service, settings, out, provider=provider, period=period)
    return out.getvalue()
