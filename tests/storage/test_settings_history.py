"""Settings keep their history: the past has its own, and what was set by a person is never set back."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from data_access.coverage import read_coverage
from data_access.ledger import data_version
from data_access.returns import save_return
from data_access.settings import change_settings, read_settings
from data_access.starting import start
from data_access.stores import Store
from data_access.tallies import Question, read_tally
from domain.access import COMMISSIONER
from domain.kpis import kpis
from domain.periods import Period, PeriodKind
from domain.settings import COUNCIL_INFORMED, Area, Contract, Settings, SurveyQuestion, Target
from tests.builders import NORTH, Q1, SOUTH, a_case, a_return, some_settings
from tests.logos import a_logo
from tests.storage.figures import contents

FULL = replace(
    some_settings(),
    areas=(
        *some_settings().areas,
        Area("E4", "Old Town", "ward", 4, ("Oldtown",), date(2015, 4, 1), date(2018, 3, 31), "E1"),
    ),
    contracts=(
        Contract(
            "c1", "mentoring", NORTH, date(2018, 4, 1), date(2020, 3, 31),
            ((date(2018, 4, 1), PeriodKind.QUARTER), (date(2018, 10, 1), PeriodKind.MONTH)), 15, example=True,
            areas=("E1", "E4"), included_cases=220, fixed_price=Decimal("80000.50"), price_per_extra=Decimal(412),
            clock_start=COUNCIL_INFORMED, counted_exceptions=("SCHOOL_HOL", "LA_UNAVAIL"),
        ),
    ),
    targets=(
        Target("TB1", "mentoring", ">=", Decimal("0.80"), Decimal("0.75"), date(2017, 4, 1), example=True, note="ours"),
        Target(
            "TB2", "mentoring", ">=", Decimal(496), None, date(2017, 4, 1), date(2019, 3, 31), SOUTH,
            Period.parse("2017-04..2019-03"), clause="12.1",
        ),
    ),
    questions=(
        SurveyQuestion("mentoring", "Q1", "Did it help?", "useful", 1),
        SurveyQuestion("mentoring", "Q2", "Were you heard?", "agree", 2, NORTH, date(2018, 4, 1)),
    ),
)  # fmt: skip

OTHER = {
    "contracts": {
        "key": "c9", "service": "housing", "provider": SOUTH, "start": date(2018, 5, 1), "end": None, "reporting": (),
        "due_days": 5, "example": False, "areas": (), "included_cases": None, "fixed_price": Decimal(1),
        "price_per_extra": None, "clock_start": "family_request_date", "counted_exceptions": (), "case_report_days": 10,
        "delivery_model": "integrated",
    },
    "areas": {
        "key": "E9", "label": "Hilltop", "kind": "ward", "order": 9, "aliases": ("Top",), "valid_from": date(2001, 1, 1),
        "valid_to": date(2030, 1, 1), "successor": "E2",
    },
    "providers": {"key": "west", "label": "West Mentors", "example": True},
    "targets": {
        "kpi": "TB4", "service": "housing", "operator": "<", "value": Decimal("0.5"), "tolerance": None,
        "since": date(2018, 1, 1), "until": date(2019, 1, 1), "provider": SOUTH, "profile": Period.parse("2018-04..2019-03"),
        "example": False, "clause": "1.1", "note": "", "judged_on": "adjusted", "variation": "Variation 2",
    },
    "questions": {
        "service": "housing", "code": "Q9", "label": "Would you come again?", "scale": "agree", "order": 9,
        "provider": SOUTH, "since": date(2020, 1, 1),
    },
}  # fmt: skip
"""For each kind of setting another value of every field."""


def test_every_field_of_every_kind_has_another_value_here() -> None:
    assert set(OTHER) == {f.name for f in fields(Settings)} - {
        "council",
        "keep_originals",
        "exceptions_cap",
        "small_number",
        "rounding",
        "colour",
        "logo",
        "reach",
    }
    for kind, values in OTHER.items():
        first = getattr(FULL, kind)[0]
        assert set(values) == {f.name for f in fields(first)}
        assert all(getattr(first, name) != value for name, value in values.items())


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, values in OTHER.items() for name in values]
)
def test_an_earlier_moment_keeps_its_own_value_of_every_field(store: Store, kind: str, name: str) -> None:
    change_settings(store, lambda _: FULL, by=COMMISSIONER.signing("ann"))
    before = data_version(store)
    first, *rest = getattr(FULL, kind)
    after = replace(FULL, **{kind: (replace(first, **{name: OTHER[kind][name]}), *rest)})
    assert change_settings(store, lambda _: after, by=COMMISSIONER.signing("ann"))
    assert read_settings(store, COMMISSIONER, as_of=before) == FULL
    kept = getattr(read_settings(store, COMMISSIONER), kind)
    assert set(kept) == set(getattr(after, kind))


def test_an_earlier_moment_keeps_whether_files_are_kept(store: Store) -> None:
    before = data_version(store)
    for keep in (True, False):
        assert change_settings(
            store, lambda now, keep=keep: replace(now, keep_originals=keep), by=COMMISSIONER.signing("ann")
        )
        assert read_settings(store, COMMISSIONER) == replace(some_settings(), keep_originals=keep)
    assert read_settings(store, COMMISSIONER, as_of=before + 1).keep_originals
    assert not read_settings(store, COMMISSIONER, as_of=before).keep_originals


def test_an_earlier_moment_keeps_its_cap_of_exceptions(store: Store) -> None:
    before = data_version(store)
    for cap in ("0.3", "0.125", "0.25"):
        wanted = Decimal(cap)
        assert change_settings(
            store, lambda now, cap=wanted: replace(now, exceptions_cap=cap), by=COMMISSIONER.signing("ann")
        )
        assert read_settings(store, COMMISSIONER) == replace(some_settings(), exceptions_cap=wanted)
    kept = [read_settings(store, COMMISSIONER, as_of=before + past).exceptions_cap for past in range(4)]
    assert kept == [Decimal(cap) for cap in ("0.25", "0.3", "0.125", "0.25")]


@pytest.mark.parametrize(("name", "values"), [("small_number", (3, 10, 5)), ("rounding", (5, 0, 5))])
def test_an_earlier_moment_keeps_what_others_were_shown(
    store: Store, name: str, values: tuple[int, ...]
) -> None:
    before, usual = data_version(store), getattr(some_settings(), name)
    for value in values:
        assert change_settings(
            store, lambda now, value=value: replace(now, **{name: value}), by=COMMISSIONER.signing("ann")
        )
        assert read_settings(store, COMMISSIONER) == replace(some_settings(), **{name: value})
    kept = [getattr(read_settings(store, COMMISSIONER, as_of=before + past), name) for past in range(4)]
    assert kept == [usual, *values]


@pytest.mark.parametrize(
    ("name", "values"),
    [("colour", ("#1f4e79", "", "#ffd700")), ("logo", (a_logo(), b"", a_logo(mode="L", kind="JPEG")))],
)
def test_an_earlier_moment_keeps_what_packs_wore(
    store: Store, name: str, values: tuple[str | bytes, ...]
) -> None:
    before = data_version(store)
    for value in values:
        assert change_settings(
            store, lambda now, value=value: replace(now, **{name: value}), by=COMMISSIONER.signing("ann")
        )
        assert read_settings(store, COMMISSIONER) == replace(some_settings(), **{name: value})
    kept = [getattr(read_settings(store, COMMISSIONER, as_of=before + past), name) for past in range(1, 4)]
    assert kept == [*values]


def test_everything_that_is_set_comes_back_as_it_was(store: Store) -> None:
    assert read_settings(store, COMMISSIONER) == some_settings()
    change_settings(store, lambda _: FULL, by=COMMISSIONER.signing("ann"))
    assert read_settings(store, COMMISSIONER) == FULL


def test_an_earlier_moment_keeps_its_settings_and_its_labels(store: Store) -> None:
    save_return(store, a_return(NORTH, Q1, [a_case()]), by=COMMISSIONER.signing("ann"))
    renamed = replace(some_settings().areas[0], label="Hill and Dale")
    changed = change_settings(
        store,
        lambda now: replace(now, areas=(renamed, *now.areas[1:]), contracts=()),
        by=COMMISSIONER.signing("ann"),
    )
    assert changed
    assert (read_settings(store, COMMISSIONER, as_of=2), read_settings(store, COMMISSIONER, as_of=0)) == (
        some_settings(),
        Settings(),
    )

    def label(as_of: int | None) -> str:
        tally = read_tally(store, Question("referrals", ("area",), as_of=as_of), COMMISSIONER)
        return tally.rows[0].labels[0]

    assert (label(2), label(3), label(None)) == ("Hill", "Hill and Dale", "Hill and Dale")
    assert read_coverage(store, COMMISSIONER, service="mentoring").outstanding == ()
    assert read_coverage(store, COMMISSIONER, service="mentoring", as_of=2).outstanding == (
        "South Mentors: Apr-Jun 2018 (Q1 2018/19)",
    )


def test_the_same_settings_again_are_no_act(store: Store) -> None:
    before = contents(store)
    assert not change_settings(store, lambda now: now, by=COMMISSIONER.signing("ann"))
    assert not change_settings(store, lambda _: some_settings(), by=COMMISSIONER.signing("ann"))
    assert contents(store) == before


def test_a_setting_put_back_is_a_new_act_and_the_time_between_keeps_its_own(store: Store) -> None:
    change_settings(store, lambda now: replace(now, council="Elsewhere"), by=COMMISSIONER.signing("ann"))
    change_settings(
        store, lambda now: replace(now, council="Anywhere Council"), by=COMMISSIONER.signing("ann")
    )
    assert [read_settings(store, COMMISSIONER, as_of=seq).council for seq in (1, 2, 3)] == [
        "Anywhere Council",
        "Elsewhere",
        "Anywhere Council",
    ]


def declared() -> list[Target]:
    return [target for kpi in kpis() for target in kpi.starting_targets]


def test_starting_targets_are_brought_in_once(empty_store: Store) -> None:
    assert start(empty_store) == ()
    assert list(read_settings(empty_store, COMMISSIONER).targets) == declared()
    before = contents(empty_store)
    assert start(empty_store) == ()
    assert contents(empty_store) == before


def test_a_difference_from_what_was_set_is_told_and_never_applied(empty_store: Store) -> None:
    start(empty_store)
    first, *others = read_settings(empty_store, COMMISSIONER).targets
    ours = replace(first, value=Decimal("0.55"), note="agreed in March")
    change_settings(
        empty_store, lambda now: replace(now, targets=(ours, *others)), by=COMMISSIONER.signing("ann")
    )
    version = data_version(empty_store)
    (said,) = start(empty_store)
    assert all(
        word in said for word in (first.kpi, f"{first.since:%-d %B %Y}", "0.55", f"{first.value:f}", "stays")
    )
    assert ours in read_settings(empty_store, COMMISSIONER).targets
    assert data_version(empty_store) == version


def test_a_target_that_was_taken_out_stays_out(empty_store: Store) -> None:
    start(empty_store)
    change_settings(
        empty_store, lambda now: replace(now, targets=now.targets[1:]), by=COMMISSIONER.signing("ann")
    )
    (said,) = start(empty_store)
    assert "taken out" in said
    assert list(read_settings(empty_store, COMMISSIONER).targets) == declared()[1:]
