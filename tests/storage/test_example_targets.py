"""The targets of housing mediation on the example returns: what the database says is what a plain loop over the rows says."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

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
    change_settings(
        empty_store, lambda _: replace(example_settings(), targets=targets), by=COMMISSIONER.signing("tests")
    )
    for sending in sorted(SENT, key=lambda s: s.period):
        save_return(empty_store, as_return(sending), by=COMMISSIONER.signing("tests"), example=True)
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


def every_status(store: Store) -> dict[tuple[str, str, str], str]:
    """The status of each target, provider and quarter."""
    return {
        (s.kpi.id, s.provider, period.key): s.status.value
        for period in QUARTERS
        for s in read_kpis(store, period, COMMISSIONER, Audience.US, by=("provider",), service="housing")
    }


def test_one_contact_made_a_day_late_changes_one_status_and_no_other(housing: Store) -> None:
    quarter, provider, late = QUARTERS[4], "housing-b", timedelta(days=15)
    theirs = [sending for sending in SENT if sending.provider == provider]
    last_reported = {row["case_ref"]: row for sending in theirs for row in sending.sheets[Sheet.CASES]}
    changed = next(
        ref
        for ref, row in sorted(last_reported.items(), key=lambda item: str(item[0]))
        if row.get("first_contact_date")
        and isinstance(day := row["referral_date"], date)
        and quarter.start <= day + timedelta(days=14) <= quarter.end
    )
    before = every_status(housing)
    for sending in theirs:
        was = as_return(sending)
        now = tuple(
            {**row, "first_contact_date": row["referral_date"] + late} if row["case_ref"] == changed else row  # type: ignore[operator]
            for row in was.cases
        )
        if now != was.cases:
            corrected = replace(was, cases=now, digest=was.digest[::-1])
            assert save_return(housing, corrected, by=COMMISSIONER.signing("tests"), example=True).changed
    after = every_status(housing)
    moved = {key: (before[key], after[key]) for key in before if before[key] != after[key]}
    assert moved == {("HM1", provider, quarter.key): ("green", "amber")}
