"""Where a number is hidden nothing is said of the whole: no total, no commonest, no comparison, no nought."""

from collections.abc import Collection, Sequence
from datetime import date

import pytest

from components.charts.outcome_funnel import funnel_words, outcome_funnel, steps_of
from components.hidden import only_shown
from components.outcome_panels import funnel_panel
from components.panels import before_after_panels, split_panel, trend_panel
from domain.access import Audience
from domain.base_words import as_at_words, base_words
from domain.disclosure import Guard, Released, release
from domain.figure_table import table_of
from domain.hidden_words import IS_HIDDEN, partly
from domain.kpi_words import one_each
from domain.kpis import KpiStatus, kpi
from domain.measures import Count, measure
from domain.messages import (
    commonest_message,
    count_message,
    largest_message,
    latest_message,
    overview_message,
    share_message,
    split_message,
    trend_message,
)
from domain.periods import Period
from domain.selection import Selection
from domain.services import MENTORING
from domain.statistics import wilson_interval
from domain.status import Status
from domain.status_words import hidden_words, statuses_message
from domain.tally import AsAt, Source, Tally, TallyRow
from domain.whose import REST, REST_OF_CONTRACT
from tests.unit.components.builders import SETTINGS

Row = tuple[str, str, int, int]
CHOSEN = Selection("mentoring")
MONTHS = [(f"2018-0{n}", f"Month {n}", 20 + n, 20 + n) for n in range(1, 9)]


def for_public(
    key: str,
    by: Sequence[str],
    rows: Sequence[Row],
    hidden: Collection[str] = (),
    *,
    total: bool = True,
    withheld: str = "",
) -> Released:
    """Figures as everybody may see them: `hidden` are the keys that are not; `total` whether the figure of all is hidden."""
    declared = measure(key, "mentoring")

    def row(group: str, label: str, met: int, base: int) -> TallyRow:
        keys, labels = ((group,), (label,)) if by else ((), ())
        if isinstance(declared, Count):
            return TallyRow(keys, labels, met, base, 0, 0)
        return TallyRow(keys, labels, met, base, 0, 0, met / base, *wilson_interval(met, base))

    tally = Tally(declared, tuple(by), tuple(row(*one) for one in rows), CHOSEN, Source.SHARED, 7)
    keys = frozenset((one,) if by else () for one in hidden)
    return release(
        tally,
        Audience.PUBLIC,
        (),
        Guard(Audience.PUBLIC, key, tuple(by), CHOSEN, 7, keys, total=total, withheld=withheld),
    )


AREAS = [("E1", "Maldon", 20, 20), ("E2", "Harlow", 3, 3), ("E3", "Tendring", 31, 31)]
RISKS = [("A", "Future risk", 40, 60), ("B", "Homeless", 3, 60), ("C", "Threatened", 17, 60)]


def test_a_hidden_total_is_neither_a_nought_nor_no_case() -> None:
    rate = for_public("prevention_rate", (), [("", "", 3, 9)], [""])
    referred = for_public("referrals", (), [("", "", 3, 3)], [""])
    assert share_message(rate) == f"Homelessness prevented: {IS_HIDDEN}"
    assert overview_message(referred, rate) == f"Referrals: {IS_HIDDEN}; homelessness prevented: {IS_HIDDEN}"
    assert base_words(rate) == "1 group is hidden (c), so that nobody can be recognised in a small number"


def test_what_is_shown_of_the_months_is_not_said_to_be_all() -> None:
    months = for_public("referrals", ("month",), MONTHS, ["2018-02"])
    assert count_message(months, "referral", "referrals") == f"Referrals: {IS_HIDDEN}"
    known = for_public("referrals", ("month",), MONTHS, ["2018-02"], total=False)
    assert count_message(known, "referral", "referrals") == "196 referrals"


def test_months_are_compared_only_where_none_of_them_is_hidden() -> None:
    early = for_public("referrals", ("month",), MONTHS, ["2018-01", "2018-02"])
    late = for_public("referrals", ("month",), MONTHS, ["2018-06"])
    assert trend_message(early, (), "referrals").startswith("27 referrals a month in Month 6 to Month 8")
    assert (
        trend_message(late, (), "referrals")
        == "Referrals: not every period may be shown, so none are compared"
    )


def test_most_is_said_of_what_is_shown_alone() -> None:
    areas = for_public("referrals", ("area",), AREAS, ["E2"])
    assert largest_message(areas, "referrals") == "Of what may be shown, Tendring had the most referrals: 31"
    told = for_public("referrals", ("area",), AREAS, ["E2"], total=False)
    assert largest_message(told, "referrals").endswith("had the most referrals: 31 of 54")
    risks = for_public("reasons", ("risk_at_assessment",), RISKS, ["B"])
    assert split_message(risks).endswith("of what may be shown, most often Future risk, 67% (40 of 60)")
    assert commonest_message([risks]) == "What can be shown to this audience"


def test_the_rest_of_a_contract_has_no_most() -> None:
    rows = [("a", "Example provider A", 20, 20), (REST, REST_OF_CONTRACT, 34, 34)]
    shares = for_public("referrals", ("provider",), rows, total=False)
    assert largest_message(shares, "referrals") == "Example provider A: 20 of 54 referrals"


def test_every_group_hidden_is_not_nothing_recorded() -> None:
    areas = for_public("referrals", ("area",), AREAS, ["E1", "E2", "E3"])
    risks = for_public("reasons", ("risk_at_assessment",), RISKS, ["A", "B", "C"])
    quarters = for_public("prevention_rate", ("quarter",), [("2018-Q1", "Q1", 3, 9)], ["2018-Q1"])
    for said in (largest_message(areas, "referrals"), split_message(risks), latest_message(quarters)):
        assert said.endswith(IS_HIDDEN)


def test_what_is_missing_is_not_told_to_others_and_not_said_to_be_none() -> None:
    risks = for_public("reasons", ("risk_at_assessment",), RISKS, total=False)
    assert base_words(risks) == "n = 60"
    assert not {"Missing", "Don't know"} & set(table_of(risks).headers)


def test_a_table_has_the_mark_for_each_hidden_group_and_no_row_without_a_date() -> None:
    table = table_of(for_public("referrals", ("month",), [*MONTHS, ("", "No date", 0, 0)], ["2018-02"]))
    assert [row[1] for row in table.rows] == [21, "c", *range(23, 29)]


def test_shares_with_a_hidden_one_are_said_not_to_make_a_whole() -> None:
    panel = split_panel("p", for_public("reasons", ("risk_at_assessment",), RISKS, ["B"]), SETTINGS)
    assert any("does not add up to all" in note for note in panel.notes)
    assert "Share of all answers" not in panel.table.headers


def test_no_sides_of_a_date_are_added_up_with_a_month_hidden() -> None:
    months = for_public("referrals", ("month",), MONTHS, ["2018-02"])
    assert not before_after_panels(
        "p", months, SETTINGS, first_after="2018-05", words="1 May 2018", unfinished=()
    )


def test_nothing_is_kept_of_a_withheld_panel() -> None:
    why = "Choose whole quarters."
    months = for_public("referrals", ("month",), MONTHS, withheld=why)
    panel = trend_panel("p", months, SETTINGS)
    assert (panel.heading, panel.figure, panel.alt, panel.notes) == ("Referrals by month", None, "", ())
    assert (panel.table.rows, panel.basis.base, panel.basis.withheld) == ((), "", why)


def test_a_panel_that_adds_up_shows_its_table_where_one_of_its_figures_is_hidden() -> None:
    shown = for_public("referrals", ("area",), AREAS, total=False)
    some = for_public("referrals", ("area",), AREAS, ["E2"])
    panel = split_panel("p", for_public("reasons", ("risk_at_assessment",), RISKS, total=False), SETTINGS)
    assert only_shown(panel, SETTINGS, shown) is panel
    assert not partly(shown)
    left = only_shown(panel, SETTINGS, some)
    assert left.figure is None
    assert not left.notes
    assert [row[1] for row in left.table.rows] == [20, "c", 31]
    gone = for_public("referrals", (), [("", "", 54, 54)], withheld="Choose one provider.")
    assert not only_shown(panel, SETTINGS, shown, gone).table.rows


@pytest.mark.parametrize("hidden", [["PREVENTED"], ["WITHDRAWN"]])
def test_a_funnel_draws_no_stage_and_no_way_of_leaving_that_is_hidden(hidden: list[str]) -> None:
    rows = [("PREVENTED", "Prevented", 30, 30), ("WITHDRAWN", "Withdrawn", 13, 13), ("LIVE", "Live", 7, 7)]
    outcomes = for_public("referrals", ("outcome",), rows, hidden)
    stages = {
        stage.measure: for_public(stage.measure, (), [("", "", 50 - 10 * n, 50 - 10 * n)], total=False)
        for n, stage in enumerate(MENTORING.stages)
    }
    steps = steps_of(MENTORING, stages, outcomes)
    gone = [step.label for step in steps if step.hidden]
    assert bool(gone) is (hidden == ["WITHDRAWN"])
    drawn = [
        name for trace in outcome_funnel(steps, outcomes).data if trace.type == "bar" for name in trace.y
    ]
    for label in gone:
        assert f"{label} hidden" in funnel_words(steps)
        assert not any(label in name for name in drawn)
    table = funnel_panel("p", MENTORING, stages, outcomes, SETTINGS).table
    assert [row[2] for row in table.rows if row[0] in gone] == ["c"] * len(gone)


def status_of(key: str, status: Status) -> KpiStatus:
    declared = kpi(key)
    return KpiStatus(
        declared, "", "", "", "", Period(date(2018, 4, 1), date(2018, 6, 30)), True, None, None, None,
        next(iter(declared.starting_targets), None), None, status, "", False, None,
    )  # fmt: skip


def test_hidden_kpis_count_neither_as_met_nor_as_missed() -> None:
    every = [status_of("TB1", Status.GREEN), status_of("TB2", Status.HIDDEN), status_of("TB7", Status.HIDDEN)]
    assert hidden_words(every) == (
        "2 of 3 KPIs are hidden to protect people: counted neither as met nor as missed."
    )
    assert statuses_message(every, "Oct 2018").endswith("3 KPIs, 1 green and 2 hidden")
    assert not hidden_words(every[:1])


def test_no_better_answer_stands_for_a_kpi_of_which_one_is_hidden() -> None:
    green, gone, red = (status_of("TB1", status) for status in (Status.GREEN, Status.HIDDEN, Status.RED))
    assert [one.status for one in one_each([green, gone])] == [Status.HIDDEN]
    assert [one.status for one in one_each([gone, red])] == [Status.RED]


def test_whose_return_is_outstanding_is_told_to_the_commissioning_team_alone() -> None:
    late = AsAt(date(2018, 10, 31), date(2018, 10, 31), ("Example provider B: Oct 2018",))
    assert as_at_words(late) == "data to 31 Oct 2018, 1 return outstanding (Example provider B: Oct 2018)"
    assert as_at_words(late, Audience.PUBLIC) == "data to 31 Oct 2018, 1 return outstanding"


def test_the_latest_period_shown_is_not_said_to_be_the_latest() -> None:
    rows = [("2018-Q1", "Q1", 40, 60), ("2018-Q2", "Q2", 41, 60), ("2018-Q3", "Q3", 2, 9)]
    assert latest_message(for_public("prevention_rate", ("quarter",), rows, ["2018-Q3"])).startswith(
        "Of what may be shown, Q2: 68% (41 of 60), no clear change from Q1"
    )
