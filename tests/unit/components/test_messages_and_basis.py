from components.basis import basis_of
from components.panel import as_csv
from components.panels import before_after_panels, split_panel, trend_panel
from domain.base_words import base_and_missing, base_words, source_words
from domain.figure_table import table_of
from domain.messages import (
    change_message,
    commonest_message,
    count_message,
    largest_message,
    latest_message,
    overview_message,
    share_message,
    split_message,
    spread_message,
    trend_message,
)
from domain.stretch import Stretch
from domain.tally import Source
from tests.unit.components.builders import SETTINGS, months, released


def test_a_share_is_said_with_what_it_is_made_of() -> None:
    rate = released("prevention_rate", (), [("", "", 387, 471)])
    assert share_message(rate) == "Homelessness prevented: 82% (387 of 471)"
    assert "no case to count yet" in share_message(released("prevention_rate", (), [("", "", 0, 0)]))


def test_a_direction_is_said_only_where_it_is_clear() -> None:
    clear = change_message(Stretch("Before", 12, 275), Stretch("After", 7, 265), "referrals")
    assert clear == "More referrals a month after than before: 22.9 a month before, 37.9 after"
    unclear = change_message(Stretch("Before", 12, 275), Stretch("After", 7, 170), "referrals")
    assert unclear == "Referrals: no clear change, 22.9 a month before, 24.3 after"


def test_the_latest_period_is_compared_with_its_interval() -> None:
    def said(*rows: tuple[str, str, int, int]) -> str:
        return latest_message(released("prevention_rate", ("quarter",), rows))

    first, second = ("q1", "Q1", 255, 549), ("q2", "Q2", 270, 630)
    assert said(first, second) == "Q2: 43% (270 of 630), no clear change from Q1, 46%"
    assert "higher than Q0, 2%" in said(("q0", "Q0", 10, 549), second)
    assert "lower than Q1, 46%" in said(first, ("q2", "Q2", 10, 549))
    assert said(first) == "Q1: 46% (255 of 549)"
    assert "no case to count yet" in said()


def test_a_comparison_names_its_months_where_one_between_them_is_left_out() -> None:
    counts = months(18, 17, 19, 12, 11, 13, 18, 17, 19)
    keys = [figure.keys[0] for figure in counts.figures if figure.keys[0]]
    labels = [figure.label for figure in counts.figures if figure.keys[0]]
    assert trend_message(counts, (), "referrals").endswith("in the 3 months before")
    with_a_gap = trend_message(counts, keys[3:6], "referrals")
    assert with_a_gap.endswith(f"no clear change from 18 in {labels[0]} to {labels[2]}")
    broken = trend_message(counts, keys[7:8], "referrals")
    assert f"in {labels[5]}, {labels[6]} and {labels[8]}," in broken


def test_rounded_shares_that_do_not_make_100_say_why() -> None:
    thirds = [("A", "One", 1, 3), ("B", "Two", 1, 3), ("C", "Three", 1, 3)]
    halves = [("A", "One", 1, 2), ("B", "Two", 1, 2)]

    def notes(rows: list[tuple[str, str, int, int]]) -> str:
        return " ".join(split_panel("p", released("reasons", ("risk_at_assessment",), rows), SETTINGS).notes)

    assert "do not make 100%" in notes(thirds)
    assert "do not make 100%" not in notes(halves)
    assert "do not make 100%" not in notes([("A", "One", 3, 3), ("B", "Two", 2, 3)])


def test_most_is_said_of_what_is_reported_while_a_return_is_outstanding() -> None:
    rows = [("E1", "Maldon", 20, 20), ("E2", "Harlow", 16, 16)]
    counts = released("referrals", ("area",), rows, outstanding=("A: Oct 2018",))
    assert largest_message(counts, "referrals") == "Maldon had the most referrals reported so far: 20 of 36"


def test_the_two_figures_of_the_service_carry_their_base() -> None:
    rate = released("prevention_rate", (), [("", "", 387, 471)])
    every, one = (released("referrals", (), [("", "", n, n)]) for n in (540, 1))
    assert overview_message(every, rate) == "540 referrals; homelessness prevented: 387 of 471 (82%)"
    nothing = released("prevention_rate", (), [("", "", 0, 0)])
    assert overview_message(one, nothing) == "1 referral; no case has ended yet"


def test_figures_that_no_report_prints_say_that_they_are_invented() -> None:
    def said(key: str, *by: str) -> str:
        return source_words(released(key, by, [("E1", "Maldon", 3, 9)], source=Source.EXAMPLES))

    assert "invented" in said("referrals", "area")
    assert "invented" in said("referrals", "financial_year")
    assert "invented" in said("age_band", "age_band")
    assert "invented" not in said("prevention_rate", "area")


def test_equal_groups_are_all_named() -> None:
    rows = [("E1", "Maldon", 16, 16), ("E2", "Harlow", 16, 16)]
    message = largest_message(released("referrals", ("area",), rows), "referrals")
    assert message == "Maldon and Harlow had the most referrals: 16 of 32 each"
    assert largest_message(released("referrals", ("area",)), "referrals") == "No referrals to show by group"


def test_the_commonest_answer_is_said_with_its_base() -> None:
    rows = [("FUTURE", "Future risk", 226, 508), ("HOMELESS", "Homeless", 100, 508)]
    message = split_message(released("reasons", ("risk_at_assessment",), rows))
    assert message == "Risk at assessment: most often Future risk, 44% (226 of 508)"
    assert (
        split_message(released("reasons", ("risk_at_assessment",)))
        == "Risk at assessment: nothing recorded yet"
    )


def test_the_middle_of_a_length_is_said_in_plain_words() -> None:
    mean = released("mean_days_of_support", (), [("", "", 389, 389)], value=56.6)
    median = released("median_days_of_support", (), [("", "", 389, 389)], value=47.0)
    assert (
        spread_message(median, mean) == "Days of support: half of the cases took 47 or less; the mean is 57"
    )
    assert spread_message(median) == "Days of support: half of the cases took 47 or less"
    nothing = released("median_days_of_support", (), [("", "", 0, 0)])
    assert "no case" in spread_message(nothing)


def test_the_base_line_says_base_missing_reach_and_outstanding() -> None:
    share = released(
        "identified_early",
        (),
        [("", "", 226, 508)],
        missing=29,
        unsure=3,
        outstanding=("A: Oct 2018", "B: Oct 2018"),
    )
    assert base_words(share) == (
        "n = 508 of 540, 29 missing, 3 don't know, data to 31 Oct 2018, "
        "2 returns outstanding (A: Oct 2018 and B: Oct 2018)"
    )


def test_the_base_of_a_split_is_counted_once() -> None:
    rows = [("FUTURE", "Future risk", 226, 508), ("HOMELESS", "Homeless", 100, 508)]
    assert base_and_missing(released("reasons", ("risk_at_assessment",), rows, missing=32)) == (508, 32, 0)


def test_small_cells_are_marked_in_the_table() -> None:
    table = table_of(released("prevention_rate", ("area",), [("E1", "Maldon", 3, 9)]))
    assert table.rows[0][-1] == "few cases (3)"
    assert table.headers[0] == "Area"
    counts = table_of(released("referrals", ("area",), [("E1", "Maldon", 2, 2)]))
    assert counts.rows[0] == ("Maldon", 2, "few cases (2)")


def test_a_file_carries_its_title_basis_and_audience() -> None:
    rows = [("x", "=SUM(A1)", 5, 9)]
    panel = split_panel(
        "p", released("reasons", ("risk_at_assessment",), rows, source=Source.EXAMPLES), SETTINGS
    )
    text = as_csv(panel).decode("utf-8-sig")
    assert "Example data, not your figures." in text
    assert "For the commissioning team only" in text
    assert "'=SUM(A1)" in text


def test_a_synthetic_breakdown_says_so() -> None:
    basis = basis_of(months(1, 2, source=Source.EXAMPLES), SETTINGS)
    assert "invented for the examples" in basis.example


def test_undated_cases_and_unfinished_months_are_said_under_the_trend() -> None:
    panel = trend_panel("t", months(20, 31, undated=4), SETTINGS, unfinished={"2018-05"})
    assert panel.notes[0].startswith("4 cases without a date")
    assert "May 2018" in panel.notes[1]
    assert panel.title == "Referrals: 20 in Apr 2018"


def test_a_trend_names_a_direction_only_where_it_is_clear() -> None:
    assert trend_message(months(20, 31, 28, 36, 30, 29), (), "referrals") == (
        "32 referrals a month in Jul 2018 to Sep 2018, no clear change from 26 in the 3 months before"
    )
    assert "more than 10 in the" in trend_message(months(10, 10, 10, 36, 30, 29), (), "referrals")
    assert "fewer than 32 in the" in trend_message(months(36, 30, 29, 10, 10, 10), (), "referrals")
    assert trend_message(months(1, 0, 2), (), "referrals") == (
        "Referrals: 1 in Apr 2018, 0 in May 2018 and 2 in Jun 2018"
    )
    assert trend_message(months(5), {"2018-04"}, "referrals") == "No period of referrals is complete yet"


def test_the_head_of_a_page_counts_undated_cases_too() -> None:
    assert count_message(months(20, 31, undated=4), "referral", "referrals") == (
        "55 referrals, 51 of them dated Apr 2018 to May 2018"
    )
    assert count_message(months(1), "referral", "referrals") == "1 referral, Apr 2018"


def test_the_commonest_answers_are_named_together() -> None:
    risk = released("reasons", ("risk_at_assessment",), [("FUTURE", "Future risk", 226, 508)])
    nothing = released("vulnerabilities", ("vulnerabilities",))
    assert commonest_message([risk, nothing]) == "Most often: Future risk 44% (226 of 508)"
    assert commonest_message([nothing]) == "Nothing recorded yet"


def test_a_title_does_not_set_a_share_of_meetings_beside_a_share_of_referrals() -> None:
    reason = released("reasons", ("reason",), [("CON", "Contents", 756, 2129)], service="send")
    mode = released("meeting_mode", ("meeting_mode",), [("ONLINE", "Online", 800, 935)], service="send")
    assert commonest_message([reason, mode]) == "Most often: Contents 36% (756 of 2,129)"


def test_before_and_after_need_a_month_on_each_side() -> None:
    figures = months(20, 31, 28)
    assert not before_after_panels("b", figures, SETTINGS, first_after="2018-04", words="x", unfinished=())
    (panel,) = before_after_panels("b", figures, SETTINGS, first_after="2018-05", words="x", unfinished=())
    assert "Before: 1 month, n = 20. After: 2 months, n = 59." in panel.notes[0]
