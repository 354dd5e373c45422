"""Warnings that were accepted: what the checks remember of them, and the footnotes they make on figures."""

from datetime import date

import pytest

from data_access.acceptances import read_accepted
from data_access.examples import ACCEPTED
from data_access.footnotes import read_footnotes
from data_access.known_cases import read_known_rows, read_lengths
from data_access.return_rows import WithReturn
from data_access.returns import known_returns, list_returns, save_return, withdraw_return
from data_access.stores import Store
from domain.accepted import LAST_THREE, NO_FIGURE, AcceptedWarning
from domain.access import COMMISSIONER, Viewer
from domain.fields import Sheet
from domain.periods import Period
from domain.returns import Return
from tests.builders import NORTH, Q1, Q2, Q3, SOUTH, a_case, a_return, an_activity, of_provider

Q4 = "2019-01..2019-03"
NO_DATE = "There is no referral date."


def warning(count: int, *fields: str, rule: str = "wanted_filled", said: str = NO_DATE) -> AcceptedWarning:
    return AcceptedWarning(rule, "V01", said, count, "Not recorded by our system", "", fields)


def sent(store: Store, period: str, *warnings: AcceptedWarning, provider: str = NORTH) -> str:
    new = a_return(provider, period, [a_case()])
    return save_return(store, new, by=COMMISSIONER.signing("ann"), with_it=WithReturn(warnings)).id


def notes(store: Store, measure: str, *, viewer: Viewer = COMMISSIONER, providers: tuple[str, ...] = (),
          months: tuple[int | None, int | None] = (None, None)) -> tuple[str, ...]:  # fmt: skip
    return read_footnotes(store, viewer, "mentoring", providers, *months, measure)


def test_the_last_three_returns_before_a_period_are_remembered_the_latest_first(store: Store) -> None:
    for period, count in (("2018-01..2018-03", 1), (Q1, 2), (Q2, 3), (Q3, 4)):
        sent(store, period, warning(count))
    sent(store, Q4)
    sent(store, Q3, warning(9), provider=SOUTH)
    accepted = known_returns(store, COMMISSIONER, date(2019, 5, 1)).accepted
    assert accepted("mentoring", NORTH, Period.parse(Q4)) == tuple({"wanted_filled": n} for n in (4, 3, 2))
    assert accepted("mentoring", NORTH, Period.parse(Q2)) == ({"wanted_filled": 2}, {"wanted_filled": 1})
    assert accepted("mentoring", NORTH, Period.parse("2019-04..2019-06"))[0] == {}


def test_a_corrected_or_withdrawn_return_is_remembered_as_it_counts_now(store: Store) -> None:
    sent(store, Q1, warning(5))
    corrected = sent(store, Q1, warning(2))
    accepted = known_returns(store, COMMISSIONER, date(2019, 5, 1)).accepted
    assert accepted("mentoring", NORTH, Period.parse(Q2)) == ({"wanted_filled": 2},)
    withdraw_return(store, corrected, by=COMMISSIONER.signing("ann"), why="sent twice")
    assert accepted("mentoring", NORTH, Period.parse(Q2)) == ({"wanted_filled": 5},)


def test_what_stands_beside_cases_is_known_of_the_returns_that_one_replaces(store: Store) -> None:
    case = a_case()
    work = [an_activity(case, activity_ref="A-1"), an_activity(case, activity_ref="A-2")]
    first = a_return(NORTH, Q1, [case], work)
    complaints = ({"complaint_ref": "k-1", "received_date": date(2018, 5, 1)},)
    save_return(store, _with(first, complaints), by=COMMISSIONER.signing("ann"))
    found = read_known_rows(store, COMMISSIONER, "mentoring", NORTH, Period.parse(Q1))
    assert found.replaced[Sheet.ACTIVITIES] == {("A-1",), ("A-2",)}
    assert found.written[Sheet.COMPLAINTS] == ("k-1",)
    later = read_known_rows(store, COMMISSIONER, "mentoring", NORTH, Period.parse(Q2))
    assert later.replaced == {}
    assert later.written[Sheet.COMPLAINTS] == ("k-1",)


def _with(new: Return, complaints: tuple[dict[str, object], ...]) -> Return:
    return Return(
        new.service, new.provider, new.period, new.cases, new.activities, new.digest, new.file_name, complaints=complaints  # type: ignore[arg-type]
    )  # fmt: skip


def test_how_long_cases_lasted_is_counted_over_the_whole_service_once_a_case(store: Store) -> None:
    same = a_case(days=40)
    for period in (Q1, Q2):
        save_return(store, a_return(NORTH, period, [same, a_case(days=10)]), by=COMMISSIONER.signing("ann"))
    save_return(
        store, a_return(SOUTH, Q1, [a_case(days=40), a_case(outcome="LIVE")]), by=COMMISSIONER.signing("ann")
    )
    assert read_lengths(store, COMMISSIONER, "mentoring") == {42: 2, 12: 2}
    assert read_lengths(store, COMMISSIONER, "housing") == {}


def test_a_figure_carries_what_was_accepted_of_the_columns_it_rests_on(store: Store) -> None:
    sent(store, Q1, warning(3, "referral_date"), warning(1, "sex", rule="other", said="Sex is often blank."))
    assert notes(store, "referrals") == (
        "North Mentors, Apr-Jun 2018 (Q1 2018/19): there is no referral date (3 rows; accepted: not recorded by our system).",
    )
    assert notes(store, "prevention_rate") == ()
    assert len(notes(store, "sex")) == 2


def test_a_warning_about_everything_stands_at_every_figure_and_one_about_nothing_at_none(
    store: Store,
) -> None:
    sent(
        store,
        Q1,
        warning(1, said="All of it."),
        warning(1, NO_FIGURE, rule="left", said="A column was left out."),
    )
    assert len(notes(store, "prevention_rate")) == 1
    assert ": all of it (accepted:" in notes(store, "complaints")[0]


def test_footnotes_are_those_of_the_providers_and_months_chosen_and_of_what_the_viewer_may_see(
    store: Store,
) -> None:
    sent(store, Q1, warning(3, "referral_date"))
    sent(store, Q2, warning(2, "referral_date"), provider=SOUTH)
    assert len(notes(store, "referrals")) == 2
    assert [n.split(",")[0] for n in notes(store, "referrals", providers=(SOUTH,))] == ["South Mentors"]
    assert [n.split(",")[0] for n in notes(store, "referrals", months=(201804, 201805))] == ["North Mentors"]
    assert notes(store, "referrals", months=(201901, None)) == ()
    viewer = of_provider("north", NORTH)
    assert [n.split(",")[0] for n in notes(store, "referrals", viewer=viewer)] == ["North Mentors"]


def test_a_withdrawn_return_takes_its_footnotes_with_it_and_a_correction_brings_its_own(store: Store) -> None:
    sent(store, Q1, warning(3, "referral_date"))
    corrected = sent(store, Q1, warning(1, "referral_date"))
    (note,) = notes(store, "referrals")
    assert "there is no referral date (accepted:" in note
    withdraw_return(store, corrected, by=COMMISSIONER.signing("ann"), why="sent twice")
    assert "(3 rows;" in notes(store, "referrals")[0]


def test_the_same_said_in_many_returns_is_one_footnote_with_their_rows_together(store: Store) -> None:
    for period in (Q1, Q2, Q3, Q4):
        sent(store, period, warning(2, "referral_date"))
    (note,) = notes(store, "referrals")
    assert note.startswith("North Mentors, 4 returns from Apr-Jun 2018 (Q1 2018/19) to Jan-Mar 2019")
    assert "(8 rows;" in note


def test_an_unknown_measure_has_no_footnotes_but_an_error(store: Store) -> None:
    with pytest.raises(KeyError):
        notes(store, "no_such_measure")


def test_the_examples_were_accepted_rule_by_rule_and_what_came_four_times_running_only_said(
    examples_store: Store,
) -> None:
    kept = {one.id: one for one in list_returns(examples_store, COMMISSIONER)}
    third, fourth = (kept[f"mentoring:provider-a:{period}:1"] for period in ("2018-01..2018-03", Q1))
    assert {one.rule: one.reason for one in read_accepted(examples_store, COMMISSIONER, third.row)}[
        "referral_in_period"
    ] == ACCEPTED
    again = {one.rule: one for one in read_accepted(examples_store, COMMISSIONER, fourth.row)}
    assert again["referral_in_period"].reason == LAST_THREE
    assert again["referral_in_period"].fields == ("referral_date",)
    own = notes(examples_store, "referrals", providers=("provider-a",))
    (said,) = [note for note in own if "no earlier return" in note]
    assert said.endswith(f"accepted: {ACCEPTED}).")
