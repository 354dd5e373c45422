"""A receipt keeps what was received and how the figures stood; two versions can be compared; a file that came before is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from data_access.effects import read_effect
from data_access.receipts import already_saved, read_original, read_receipt
from data_access.return_rows import WithReturn
from data_access.returns import Refused, save_return, withdraw_return
from data_access.settings import change_settings
from data_access.stores import Store
from data_access.versions_between import read_difference
from domain.accepted import AcceptedWarning
from domain.access import COMMISSIONER, Audience, OutOfReach
from domain.effects import Effect
from domain.fields import Sheet
from domain.mapping import Mapping
from domain.returns import Return
from domain.settings import Target
from tests.builders import (
    NORTH,
    Q1,
    Q2,
    SOUTH,
    a_case,
    a_return,
    a_send_case,
    a_supplement,
    a_supplement_row,
    an_activity,
    of_provider,
)

OF_SOUTH = of_provider("sam", SOUTH)
WARNING = AcceptedWarning(
    "late_rows", "V19", "2 cases came late.", 2, "They were found later", "By the audit"
)
MAPPING = Mapping(columns=(("Cases", "district", "area"),))


def quarter(*, prevented: int, lost: int, period: str = Q1) -> Return:
    cases = [a_case(f"p{n}") for n in range(prevented)] + [
        a_case(f"u{n}", "UNSUCCESSFUL") for n in range(lost)
    ]
    return a_return(NORTH, period, cases)


@pytest.fixture
def judged(store: Store) -> Store:
    """A prevention rate of at least 80% is green, of 70% amber."""
    target = Target("TB1", "mentoring", ">=", Decimal("0.8"), Decimal("0.7"), date(2017, 4, 1))
    change_settings(store, lambda now: replace(now, targets=(target,)), by=COMMISSIONER.signing("tests"))
    return store


def rate(store: Store, return_id: str) -> tuple[str, int | None, int | None]:
    found = next(k for k in read_receipt(store, COMMISSIONER, return_id).kpis if k.kpi.id == "TB1")
    return found.status.value, found.met, found.base


def effect_of(store: Store, new: Return) -> Effect:
    return read_effect(store, new, COMMISSIONER, Audience.US)


def test_a_receipt_keeps_what_was_received_and_the_figures_as_they_stood(judged: Store) -> None:
    first = save_return(judged, quarter(prevented=6, lost=5), by=COMMISSIONER.signing("ann"))
    beside = WithReturn((WARNING,), MAPPING)
    second = save_return(
        judged, quarter(prevented=9, lost=2), by=COMMISSIONER.signing("Ben Okri"), with_it=beside
    )
    save_return(judged, a_return(NORTH, Q2, [a_case("p0", "UNSUCCESSFUL")]), by=COMMISSIONER.signing("ann"))
    assert rate(judged, first.id) == ("red", 6, 11)
    assert rate(judged, second.id) == ("green", 9, 11)  # as it stood then, though another return counts since
    found = read_receipt(judged, COMMISSIONER, second.id)
    assert (found.provider_label, found.state, found.previous) == ("North Mentors", "current", first.id)
    assert (found.version.accepted_by, found.version.version) == ("Ben Okri", 2)
    assert dict(found.version.counts)[Sheet.CASES] == 11
    assert (found.warnings, found.mapping, found.original_kept) == ((WARNING,), MAPPING, False)
    assert [figure.total.met for figure in found.figures if figure.total] == [11, 9, 0]
    assert found.digest == quarter(prevented=9, lost=2).digest


def test_a_version_in_place_of_a_withdrawn_one_names_the_one_before_it(judged: Store) -> None:
    first = save_return(judged, quarter(prevented=1, lost=0), by=COMMISSIONER.signing("ann"))
    second = save_return(judged, quarter(prevented=2, lost=0), by=COMMISSIONER.signing("ann"))
    withdraw_return(judged, second.id, by=COMMISSIONER.signing("ann"), why="sent in error")
    third = save_return(judged, quarter(prevented=3, lost=0), by=COMMISSIONER.signing("ann"))
    assert read_receipt(judged, COMMISSIONER, third.id).previous == first.id
    assert read_receipt(judged, COMMISSIONER, second.id).state == "withdrawn"


def test_nobody_reads_of_another_provider_s_returns(judged: Store) -> None:
    one = save_return(judged, quarter(prevented=1, lost=0), by=COMMISSIONER.signing("ann"))
    new = quarter(prevented=1, lost=0)
    for reading in (
        lambda: read_receipt(judged, OF_SOUTH, one.id),
        lambda: read_difference(judged, OF_SOUTH, "", one.id),
        lambda: read_original(judged, OF_SOUTH, one.id),
        lambda: read_effect(judged, new, OF_SOUTH, Audience.US),
    ):
        with pytest.raises(OutOfReach) as refused:
            reading()
        assert refused.value.provider == NORTH
    assert already_saved(judged, new.digest, viewer=OF_SOUTH) is None


def test_the_difference_of_two_versions_is_told_row_by_row_and_kpi_by_kpi(judged: Store) -> None:
    first = save_return(judged, quarter(prevented=8, lost=3), by=COMMISSIONER.signing("ann"))
    cases = [a_case(f"p{n}") for n in range(1, 8)] + [a_case("u0"), a_case("u1", "LIVE"), a_case("new")]
    second = save_return(
        judged, a_return(NORTH, Q1, cases, [an_activity(cases[0])]), by=COMMISSIONER.signing("ann")
    )
    found = read_difference(judged, COMMISSIONER, first.id, second.id)
    assert (found.rows.added, found.rows.removed, found.rows.same) == (("new",), ("p0", "u2"), 7)
    assert {c.ref: c.fields for c in found.rows.changed} == {
        "u0": (("Outcome", "Unsuccessful", "Prevented"),),
        "u1": (("Outcome", "Unsuccessful", "Live"), ("Outcome date", "22 May 2018", "blank")),
    }
    assert found.rows.reopened == ("u1",)
    assert [(o.sheet, o.added) for o in found.rows.others] == [(Sheet.ACTIVITIES, 1)]
    kpi = next(k for k in found.kpis if k.after.kpi.id == "TB1")
    assert kpi.before is not None
    assert (kpi.before.met, kpi.before.base, kpi.after.met, kpi.after.base) == (8, 11, 9, 9)
    assert kpi.changed
    assert (
        read_difference(judged, COMMISSIONER, "", second.id) == found
    )  # blank: the one it took the place of
    assert read_difference(judged, COMMISSIONER, "", first.id).earlier is None
    back = read_difference(judged, COMMISSIONER, second.id, first.id)
    assert (back.rows.added, back.rows.removed) == (("p0", "u2"), ("new",))


def test_between_two_periods_nothing_is_removed_but_open_cases_may_be_missing(judged: Store) -> None:
    first = save_return(
        judged,
        a_return(NORTH, Q1, [a_case("closed"), a_case("open", "LIVE")]),
        by=COMMISSIONER.signing("ann"),
    )
    second = save_return(
        judged, a_return(NORTH, Q2, [a_case("other", "LIVE")]), by=COMMISSIONER.signing("ann")
    )
    rows = read_difference(judged, COMMISSIONER, first.id, second.id).rows
    assert (rows.added, rows.removed, rows.vanished) == (("other",), (), ("open",))
    south = save_return(judged, a_return(SOUTH, Q1, [a_case()]), by=COMMISSIONER.signing("ann"))
    with pytest.raises(Refused, match="one provider"):
        read_difference(judged, COMMISSIONER, first.id, south.id)


def test_a_file_that_came_before_is_known_whatever_became_of_it(judged: Store) -> None:
    first, second = quarter(prevented=1, lost=0), quarter(prevented=2, lost=0)
    for new in (first, second):
        save_return(judged, new, by=COMMISSIONER.signing("ann"))

    def known(new: Return, provider: str = "") -> tuple[int, str] | None:
        kept = already_saved(judged, new.digest, "mentoring", provider, viewer=COMMISSIONER)
        return (kept.version, kept.state) if kept else None

    assert (known(first), known(second)) == ((1, "replaced"), (2, "current"))
    assert known(second, SOUTH) is None
    withdraw_return(judged, f"mentoring:{NORTH}:{Q1}:2", by=COMMISSIONER.signing("ann"), why="sent in error")
    assert (known(first), known(second)) == ((1, "current"), (2, "withdrawn"))
    assert known(quarter(prevented=5, lost=0)) is None


def test_the_same_file_matched_as_before_changes_no_row(judged: Store) -> None:
    new = quarter(prevented=3, lost=0)
    save_return(judged, new, by=COMMISSIONER.signing("ann"), with_it=WithReturn(mapping=MAPPING))
    found = read_effect(judged, new, COMMISSIONER, Audience.US, with_it=WithReturn(mapping=MAPPING))
    assert (found.rows.same, found.rows.moved, found.changed, found.first) == (3, False, False, False)


def test_late_cases_are_counted_by_month_and_what_they_move_is_named(judged: Store) -> None:
    save_return(judged, quarter(prevented=9, lost=2), by=COMMISSIONER.signing("ann"))
    late = [a_case(f"late{n}", "UNSUCCESSFUL", referred=date(2018, 5, 3)) for n in range(2)]
    found = effect_of(judged, a_return(NORTH, Q2, [*late, a_case("now", "LIVE", referred=date(2018, 7, 2))]))
    assert (found.rows.late, found.rows.late_n) == (((201805, 2),), 2)
    (earlier,) = found.moved_elsewhere
    assert earlier.period.key == Q1
    changed = {c.after.measure.key: c for c in earlier.figures}
    before, after = changed["referrals"].before.total, changed["referrals"].after.total
    assert before is not None
    assert after is not None
    assert (before.met, after.met) == (11, 13)
    kpi = next(k for k in earlier.kpis if k.kpi.id == "TB1")
    assert (kpi.before.status, kpi.after.status) == ("green", "red")
    assert kpi.reach == "to reach amber: 1 more of the 13; to reach green: 2 more of the 13"


def test_a_green_kpi_says_what_it_has_to_spare(judged: Store) -> None:
    found = effect_of(judged, quarter(prevented=10, lost=1))
    kpi = next(k for k in found.kpis if k.kpi.id == "TB1")
    assert (kpi.after.status, kpi.reach) == ("green", "to stay green: at most 1 fewer of the 11")


def test_a_row_that_a_later_return_has_does_not_count_and_is_said(judged: Store) -> None:
    save_return(judged, a_return(NORTH, Q2, [a_case("both", "UNSUCCESSFUL")]), by=COMMISSIONER.signing("ann"))
    found = effect_of(judged, a_return(NORTH, Q1, [a_case("both"), a_case("own")]))
    assert (found.rows.added, found.rows.changed, found.rows.passed_over) == (("own",), (), 1)


def test_the_council_s_supplement_is_told_by_provider_and_case(all_services: Store) -> None:
    case = a_send_case("S1")
    save_return(all_services, a_return(NORTH, Q1, [case], service="send"), by=COMMISSIONER.signing("ann"))
    save_return(all_services, a_supplement(Q1, [a_supplement_row(case)]), by=COMMISSIONER.signing("ann"))
    told = a_supplement(Q1, [a_supplement_row(case, la_decision_maker="N"), a_supplement_row("S2")])
    rows = effect_of(all_services, told).rows
    assert rows.sheet is Sheet.SUPPLEMENT
    assert rows.added == ("North Mentors: S2",)
    assert [(c.ref, c.fields[0][1:]) for c in rows.changed] == [("North Mentors: S1", ("Yes", "No"))]
