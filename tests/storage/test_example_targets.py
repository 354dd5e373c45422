"""The targets of housing mediation on the example returns: what the database says is what a plain loop over the rows says."""

import hashlib
from dataclasses import replace

import pytest

from data_access.kpis import read_kpis
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, Audience
from domain.fields import Sheet
from domain.kpis import kpis
from domain.periods import Period
from domain.returns import Return
from sample_data.housing.plan import QUARTERS
from sample_data.sending import Sending
from sample_data.settings import example_settings
from tests.unit.sample_data.housing_targets import KPIS, PROVIDER_KEYS, SENT, counts, statuses


def as_return(sending: Sending) -> Return:
    rows = {sheet: tuple(found) for sheet, found in sending.sheets.items()}
    return Return(
        service=sending.service,
        provider=sending.provider,
        period=sending.period,
        cases=rows[Sheet.CASES],
        activities=(),
        digest=hashlib.sha256(sending.file_name.encode()).hexdigest(),
        file_name=sending.file_name,
        answers=rows[Sheet.SATISFACTION],
        complaints=rows[Sheet.COMPLAINTS],
        staff=rows[Sheet.STAFF],
    )


@pytest.fixture
def housing(empty_store: Store) -> Store:
    targets = tuple(target for kpi in kpis() for target in kpi.starting_targets)
    change_settings(empty_store, lambda _: replace(example_settings(), targets=targets), user="tests")
    for sending in sorted(SENT, key=lambda s: s.period):
        save_return(empty_store, as_return(sending), user="tests", example=True)
    return empty_store


def test_each_target_has_the_counts_and_the_status_of_a_plain_loop(housing: Store) -> None:
    found = {
        (status.kpi.id, status.provider, period): (status.met, status.base, status.status.value)
        for period in QUARTERS
        for status in read_kpis(
            housing, period, COMMISSIONER, Audience.US, by=("provider",), service="housing"
        )
        if status.kpi.id in KPIS
    }
    wanted: dict[tuple[str, str, Period], tuple[int | None, int | None, str]] = {}
    for kpi in KPIS:
        for provider in PROVIDER_KEYS:
            words = statuses(kpi, provider)
            counted = counts(provider, KPIS[kpi][0])
            for at, period in enumerate(QUARTERS):
                if at < len(words):
                    met, base = counted.get((period.key,), [0, 0])
                    wanted[kpi, provider, period] = (met, base, words[at].replace(" ", "_"))
                else:
                    wanted[kpi, provider, period] = (None, None, "no_return")
    assert found == wanted


def test_a_ward_with_few_cases_keeps_its_status_and_says_so(housing: Store) -> None:
    found = read_kpis(
        housing, QUARTERS[4], COMMISSIONER, Audience.US, by=("provider", "area"), service="housing"
    )
    counted = {provider: counts(provider, KPIS["HM1"][0], "area") for provider in PROVIDER_KEYS}
    few = {(s.provider, s.area): s.few for s in found if s.kpi.id == "HM1"}
    assert few == {
        (provider, area): base < 10
        for provider in PROVIDER_KEYS
        for (quarter, area), (_, base) in counted[provider].items()
        if quarter == QUARTERS[4].key
    }
    assert set(few.values()) == {True, False}
    colours = {"green", "amber", "red"}
    assert {s.status.value for s in found if s.kpi.id == "HM1" and s.few} <= colours
