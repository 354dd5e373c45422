"""Nobody reads without saying who reads, and a person limited to some rows is told of no other."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from data_access.audit import read_audit
from data_access.coverage import read_coverage
from data_access.effects import read_effect
from data_access.kpis import read_kpis
from data_access.ledger import data_version
from data_access.prefilled import write_prefilled
from data_access.previews import preview_return
from data_access.returns import list_returns, save_return, withdraw_return
from data_access.settings import change_settings, read_settings
from data_access.settings_history import read_settings_history, save_settings
from data_access.stores import Store
from data_access.tallies import Question, read_tally
from domain.access import COMMISSIONER, LOCAL_USER, Audience, Duty, Grant, OutOfReach, Role, Viewer
from domain.audit import Act
from domain.measures import measures_of
from domain.periods import Period
from domain.selection import Selection
from domain.settings import Settings, Target
from tests.builders import (
    HILL,
    NORTH,
    Q1,
    Q2,
    SOUTH,
    VALE,
    a_case,
    a_return,
    an_activity,
    of_area,
    of_provider,
)

OF_NORTH = of_provider("nora", NORTH)
OF_VALE = of_area("val", VALE)
OF_NOTHING = Viewer("nobody")
QUARTER = Period.parse(Q1)


@pytest.fixture
def loaded(store: Store) -> Store:
    """North: two cases in Hill and one in Vale, then a second quarter. South: three in Vale."""
    for provider, areas in ((NORTH, (HILL, HILL, VALE)), (SOUTH, (VALE, VALE, VALE))):
        cases = [a_case(area=area) for area in areas]
        save_return(
            store,
            a_return(provider, Q1, cases, [an_activity(case) for case in cases]),
            by=COMMISSIONER.signing("ann"),
        )
    save_return(store, a_return(SOUTH, Q2, [a_case(area=HILL)]), by=COMMISSIONER.signing("ann"))
    return store


def test_tallies_hold_only_the_viewer_s_rows(loaded: Store) -> None:
    def rows(viewer: Viewer, by: str) -> dict[str, int]:
        return {r.keys[0]: r.met for r in read_tally(loaded, Question("referrals", (by,)), viewer).rows}

    assert rows(COMMISSIONER, "provider") == {NORTH: 3, SOUTH: 4}
    assert rows(OF_NORTH, "provider") == {NORTH: 3}
    assert rows(OF_VALE, "area") == {VALE: 4}
    with pytest.raises(OutOfReach):
        rows(OF_NOTHING, "provider")


def test_asking_for_another_provider_is_refused_whatever_the_measure(loaded: Store) -> None:
    for one in measures_of("mentoring"):
        named = (
            Selection("mentoring", providers=(SOUTH,)),
            Selection("mentoring", where=(("provider", SOUTH),)),
        )
        for selection in named:
            with pytest.raises(OutOfReach) as refused:
                read_tally(loaded, Question(one.key, selection=selection, at=201809), OF_NORTH)
            assert (refused.value.duty, refused.value.provider) == (Duty.FIGURES, SOUTH)


def test_another_service_is_refused(loaded: Store) -> None:
    with pytest.raises(OutOfReach):
        read_tally(
            loaded,
            Question("referrals", selection=Selection("housing")),
            of_provider("n", NORTH, "mentoring"),
        )


def test_the_answer_for_one_viewer_is_not_remembered_for_another(loaded: Store) -> None:
    asked = Question("referrals")
    answers = [
        read_tally(loaded, asked, viewer).rows for viewer in (COMMISSIONER, OF_NORTH, OF_VALE, COMMISSIONER)
    ]
    assert [sum(row.met for row in rows) for rows in answers] == [7, 3, 4, 7]


def test_the_list_of_returns_holds_only_the_viewer_s(loaded: Store) -> None:
    assert {kept.provider for kept in list_returns(loaded, OF_NORTH)} == {NORTH}
    assert len(list_returns(loaded, COMMISSIONER)) == 3
    assert list_returns(loaded, OF_NOTHING) == ()


def test_coverage_tells_of_the_viewer_s_own_returns_only(loaded: Store) -> None:
    seen = read_coverage(loaded, OF_NORTH, service="mentoring")
    assert (seen.providers, seen.periods, seen.last_month) == ((NORTH,), (QUARTER,), 201806)
    assert seen.outstanding == ()
    everything = read_coverage(loaded, COMMISSIONER, service="mentoring")
    assert everything.outstanding == ("North Mentors: Jul-Sep 2018 (Q2 2018/19)",)
    assert read_tally(loaded, Question("referrals"), OF_NORTH).as_at == seen.as_at


def test_kpis_are_judged_on_the_viewer_s_rows(loaded: Store) -> None:
    seen = read_kpis(loaded, QUARTER, OF_NORTH, Audience.US, service="mentoring", by=("provider",))
    assert {status.provider for status in seen} == {NORTH}
    whole = {
        viewer: next(
            s.base
            for s in read_kpis(loaded, QUARTER, viewer, Audience.US, service="mentoring")
            if s.kpi.id == "TB1"
        )
        for viewer in (COMMISSIONER, OF_NORTH, OF_VALE)
    }
    assert whole == {COMMISSIONER: 7, OF_NORTH: 3, OF_VALE: 4}


def test_kpis_of_a_part_say_of_which_and_are_judged_by_its_own_target(loaded: Store) -> None:
    own = [
        Target("TB1", "mentoring", ">=", Decimal(value), None, date(2018, 4, 1), provider=provider)
        for value, provider in (("0.5", ""), ("0.9", NORTH))
    ]
    change_settings(loaded, lambda now: replace(now, targets=tuple(own)), by=COMMISSIONER)
    for viewer, where, value in (
        (COMMISSIONER, "Whole programme", "0.5"),
        (OF_NORTH, "North Mentors", "0.9"),
        (OF_VALE, "Vale", "0.5"),
    ):
        seen = read_kpis(loaded, QUARTER, viewer, Audience.US, service="mentoring")
        assert {status.where for status in seen} == {where}
        (judged,) = (status for status in seen if status.kpi.id == "TB1")
        assert judged.target is not None
        assert judged.target.value == Decimal(value)


def test_a_return_of_another_provider_is_neither_previewed_nor_saved_nor_withdrawn(loaded: Store) -> None:
    new, version = a_return(SOUTH, Q1, [a_case(area=VALE)]), data_version(loaded)
    for attempt in (
        lambda: preview_return(loaded, new, [Question("referrals")], OF_NORTH),
        lambda: read_effect(loaded, new, OF_NORTH, Audience.US),
        lambda: save_return(loaded, new, by=OF_NORTH),
        lambda: withdraw_return(loaded, f"mentoring:{SOUTH}:{Q1}:1", by=OF_NORTH, why="not mine"),
    ):
        with pytest.raises(OutOfReach):
            attempt()
    assert data_version(loaded) == version


def test_its_own_return_is_previewed_saved_and_withdrawn(loaded: Store) -> None:
    new = a_return(NORTH, Q2, [a_case(area=VALE)])
    preview = preview_return(loaded, new, [Question("referrals")], OF_NORTH)
    assert [row.met for row in (*preview.before[0].rows, *preview.after[0].rows)] == [3, 4]
    saved = save_return(loaded, new, by=OF_NORTH, expected=preview.version)
    assert [k.accepted_by for k in list_returns(loaded, OF_NORTH) if k.id == saved.id] == ["nora"]
    assert withdraw_return(loaded, saved.id, by=OF_NORTH, why="sent too early").id == saved.id
    acts = [(e.act, e.person, e.provider) for e in read_audit(loaded, LOCAL_USER)]
    assert acts[:2] == [(Act.WITHDREW, "nora", NORTH), (Act.UPLOADED, "nora", NORTH)]


def test_who_may_only_look_sends_nothing(loaded: Store) -> None:
    looking = Viewer("vic", (Grant(Role.VIEWER),))
    with pytest.raises(OutOfReach):
        save_return(loaded, a_return(NORTH, Q2, [a_case()]), by=looking)
    with pytest.raises(OutOfReach):
        read_effect(loaded, a_return(NORTH, Q2, [a_case()]), looking, Audience.US)


def test_settings_hold_no_other_provider_and_no_price(loaded: Store) -> None:
    def priced(settings: Settings) -> Settings:
        contracts = tuple(
            replace(c, fixed_price=Decimal(1000), price_per_extra=Decimal(50)) for c in settings.contracts
        )
        own = (replace(settings.targets[0], provider=SOUTH),) if settings.targets else ()
        return replace(settings, contracts=contracts, targets=(*settings.targets, *own))

    change_settings(loaded, priced, by=COMMISSIONER)
    seen, everything = read_settings(loaded, OF_NORTH), read_settings(loaded, COMMISSIONER)
    assert {p.key for p in seen.providers} == {NORTH} == {c.provider for c in seen.contracts}
    assert {t.provider for t in seen.targets} <= {"", NORTH}
    assert {(c.fixed_price, c.price_per_extra) for c in seen.contracts} == {(None, None)}
    assert all(c.fixed_price for c in everything.contracts)
    with pytest.raises(OutOfReach):
        change_settings(loaded, lambda now: now, by=OF_NORTH)
    with pytest.raises(OutOfReach):
        save_settings(loaded, seen, seen, by=OF_NORTH, why="mine")
    with pytest.raises(OutOfReach):
        read_settings_history(loaded, OF_NORTH)


def test_an_area_gives_figures_and_nothing_of_whole_returns(loaded: Store) -> None:
    for asked in (
        lambda: write_prefilled(loaded, "mentoring", NORTH, QUARTER, BytesIO(), OF_VALE),
        lambda: read_effect(loaded, a_return(NORTH, Q2, [a_case()]), OF_VALE, Audience.US),
        lambda: read_tally(loaded, Question("referrals", as_of=1), OF_VALE),
    ):
        with pytest.raises(OutOfReach):
            asked()
    assert read_coverage(loaded, OF_VALE, service="mentoring").last_month == 201809
