from dataclasses import replace

import pytest

from components.charts.before_after import before_after
from components.charts.canvas import (
    LETTER_WIDTH,
    count_steps,
    draw,
    enlarge,
    in_lines,
    name_axis,
    text_column,
)
from components.charts.kpi_trend import Point, kpi_trend
from components.charts.outcome_funnel import funnel_words, outcome_funnel, steps_of
from components.charts.ranked_bars import ranked_bars
from components.charts.shares_by_group import shares_by_group
from components.charts.split_bars import split_bars
from components.charts.spread_bars import spread_bars
from components.charts.stacked_shares import _LOOKS
from components.charts.trend import trend
from components.outcome_panels import funnel_panel
from components.panel import Panel
from domain.services import MENTORING, SEND, SERVICES
from domain.stretch import Stretch
from domain.tally import Source
from tests.unit.components.builders import SETTINGS, months, released


def test_a_trend_has_a_bar_a_month_and_the_mean_of_three() -> None:
    figure = trend(months(20, 31, 28, 36))
    bars, mean = figure.data
    assert list(bars.y) == [20, 31, 28, 36]
    assert [None if y is None else round(y, 2) for y in mean.y] == [None, None, 26.33, 31.67]


def test_an_unfinished_month_is_hatched_and_outside_the_mean() -> None:
    figure = trend(months(20, 31, 28, 3), unfinished={"2018-07"})
    whole, part, mean = figure.data
    assert list(whole.y) == [20, 31, 28]
    assert part.marker.pattern.shape == "/"
    assert list(part.y) == [3]
    assert mean.y[3] is None


def test_a_date_that_matters_is_a_line_before_its_month() -> None:
    figure = trend(months(20, 31, 28), mark_key="2018-05", mark_words="May 2018")
    assert figure.layout.shapes[0].x0 == 0.5
    assert figure.layout.annotations[-1].text == "May 2018"


def test_cases_without_a_date_are_not_a_bar() -> None:
    assert list(trend(months(20, 31, undated=4)).data[0].y) == [20, 31]


def test_charts_of_examples_and_of_unsaved_files_are_marked() -> None:
    for source, words in ((Source.EXAMPLES, "Example data"), (Source.IN_HAND, "Not saved")):
        (mark,) = trend(months(1, 2, 3, source=source)).layout.images
        assert (mark.name, mark.layer) == (words, "above")
    assert not trend(months(1, 2, 3)).layout.images


def test_ranked_bars_put_the_largest_first_and_the_unknown_last() -> None:
    rows = [("E1", "Maldon", 16, 16), ("UNK", "Unknown area", 99, 99), ("E2", "Harlow", 72, 72)]
    (bars,) = ranked_bars(released("referrals", ("area",), rows)).data
    assert list(bars.y) == ["Harlow", "Maldon", "Unknown area"]
    assert list(bars.marker.pattern.shape) == ["", "", "/"]


def test_split_bars_say_share_and_base_and_keep_list_order() -> None:
    rows = [("FUTURE", "Future risk", 226, 508), ("HOMELESS", "Homeless", 282, 508)]
    bars, words = split_bars(released("reasons", ("risk_at_assessment",), rows)).data
    assert list(bars.y) == ["Future risk", "Homeless"]
    assert words.text[0].strip() == "44% (226 of 508)"
    assert bars.error_x.array[0] > 0


def test_groups_keep_list_order_and_a_diamond_marks_a_clear_difference() -> None:
    rows = [("E1", "Maldon", 50, 100), ("E2", "Harlow", 99, 100)]
    points, words = shares_by_group(released("prevention_rate", ("area",), rows)).data
    assert list(points.y) == ["Maldon", "Harlow"]
    assert set(points.marker.symbol) == {"diamond"}
    assert words.text[1].strip() == "99% (99 of 100)*"


def test_one_case_can_be_drawn_by_every_chart() -> None:
    share = released("prevention_rate", ("area",), [("E1", "Maldon", 1, 1)])
    assert shares_by_group(share).data
    assert split_bars(released("reasons", ("risk_at_assessment",), [("FUTURE", "Future risk", 1, 1)])).data
    assert ranked_bars(released("referrals", ("area",), [("E1", "Maldon", 1, 1)])).data
    assert trend(months(1)).data
    assert before_after(Stretch("Before", 1, 0), Stretch("After", 1, 1), Source.SHARED).data


def test_nothing_can_be_drawn_by_every_chart() -> None:
    for figure in (
        trend(released("referrals", ("month",))),
        ranked_bars(released("referrals", ("area",))),
        split_bars(released("reasons", ("risk_at_assessment",))),
        shares_by_group(released("prevention_rate", ("area",))),
        spread_bars(released("days_of_support", ("days_of_support_band",))),
    ):
        assert sum(len(trace.x or ()) for trace in figure.data) == 0


def test_the_funnel_counts_live_cases_as_live_and_exits_by_kind() -> None:
    stages = {
        "referrals": released("referrals", (), [("", "", 540, 540)]),
        "completed_cases": released("completed_cases", (), [("", "", 471, 471)]),
        "prevented_of_referred": released("prevented_of_referred", (), [("", "", 387, 387)]),
    }
    counts = [
        ("PREVENTED", "Prevented", 387),
        ("UNSUCCESSFUL", "Unsuccessful", 26),
        ("WITHDRAWN", "Withdrawn", 58),
    ]
    counts += [("LIVE", "Live", 60), ("", "Not recorded", 9)]
    outcomes = released("referrals", ("outcome",), [(key, label, n, n) for key, label, n in counts])
    steps = steps_of(MENTORING, stages, outcomes)
    assert [(step.label, step.count, step.start) for step in steps] == [
        ("Referred", 540, 0),
        ("Still open", 69, 471),
        ("Case completed", 471, 0),
        ("Withdrew", 58, 413),
        ("Unsuccessful", 26, 387),
        ("Homelessness prevented", 387, 0),
    ]
    drawn = {trace.name: trace for trace in outcome_funnel(steps, outcomes).data}
    assert drawn["Still open"].marker.pattern.shape == "/"
    assert list(drawn["Left"].x) == [58, 26]
    assert "Still open 69 (13%, still open)" in funnel_words(steps)


def test_the_funnel_tells_a_good_ending_from_a_drop_out() -> None:
    """Norfolk 2024: 366 of 630 resolved or held, 275 of them held; support and guidance is no drop-out."""
    counts = {
        "CHANGED_CERT": 23, "CHANGED": 196, "LA_DECLINED": 9, "RESOLVED_PRE": 91, "SUPPORT_ONLY": 36, "DR_HELD": 5,
        "MED_HELD": 270,
    }  # fmt: skip
    reached = {"referrals": 630, "closed_cases": 630, "resolved_or_held": 366, "held": 275}
    stages = {
        key: released(key, (), [("", "", count, count)], service="send") for key, count in reached.items()
    }
    outcomes = released(
        "referrals", ("outcome",), [(key, key, n, n) for key, n in counts.items()], service="send"
    )
    kinds = {step.label: (step.count, step.kind) for step in steps_of(SEND, stages, outcomes)}
    assert kinds["Resolved before mediation"] == (91, "Ended well")
    assert kinds["Support and guidance only"] == (36, "Ended another way")
    assert kinds["Changed their mind"] == (196, "Left")
    drawn = outcome_funnel(steps_of(SEND, stages, outcomes), outcomes).data
    looks = {(t.marker.color, t.marker.pattern.shape) for t in drawn if t.type == "bar"}
    assert len({pattern for _, pattern in looks}) == len([t for t in drawn if t.type == "bar"]) == 5
    panel = funnel_panel("funnel", SEND, stages, outcomes, SETTINGS)
    assert panel.title.startswith(
        "Resolved or held: 58% (366 of 630) of those referred so far; meeting held: 275"
    )


def test_the_funnel_never_sets_cases_against_stages_that_count_totals_as_well() -> None:
    """Totals of 45 referrals without their outcomes: 60 of 100 is 60%, and 60 of 145 would be nobody's share."""

    def funnel(reached: dict[str, int], *lacking: str) -> Panel:
        stages = {key: released(key, (), [("", "", count, count)]) for key, count in reached.items()}
        for key in lacking:
            stages[key] = replace(stages[key], not_given=("South",))
        outcomes = released(
            "referrals", ("outcome",), [("PREVENTED", "Prevented", 60, 60), ("LIVE", "Live", 40, 40)]
        )
        return funnel_panel("funnel", MENTORING, stages, replace(outcomes, not_given=("South",)), SETTINGS)

    mixed = funnel(
        {"referrals": 145, "completed_cases": 60, "prevented_of_referred": 60},
        "completed_cases",
        "prevented_of_referred",
    )
    assert (mixed.figure, mixed.table.rows, mixed.basis.without) == (None, (), ("South",))
    assert "145" not in mixed.title
    alike = {"referrals": 100, "completed_cases": 60, "prevented_of_referred": 60}
    assert "60% (60 of 100)" in funnel(alike, *alike).title


def test_every_service_has_a_look_for_every_ending() -> None:
    for service in SERVICES:
        assert len(service.final) <= len(_LOOKS)


@pytest.mark.parametrize(("most", "divided"), [(1, {"dtick": 1}), (6, {"dtick": 1}), (37, {"nticks": 6})])
def test_a_scale_of_counts_is_never_divided_into_parts_of_a_case(most: int, divided: dict[str, int]) -> None:
    assert count_steps(most, 6) == {"tickformat": ",d", **divided}


def test_bars_that_fill_the_screen_keep_their_marks() -> None:
    figure = trend(months(20, 31, 28))
    before = [trace.type for trace in figure.data]
    enlarge(figure)
    assert "bar" in before
    assert [trace.type for trace in figure.data] == before


def test_names_have_longer_lines_where_a_chart_fills_the_screen() -> None:
    name = "The LA/Health representative(s) listened to my views and responded (n = 117)"
    figure = draw([], Source.SHARED, xaxis={}, yaxis=name_axis([name]))
    assert [len(in_lines(name)), figure.layout.yaxis.ticktext[0].count("<br>")] == [5, 4]
    enlarge(figure)
    assert figure.layout.yaxis.ticktext[0].count("<br>") == 1


def test_words_beside_a_mark_stand_on_one_line_where_a_chart_fills_the_screen() -> None:
    beside = text_column(["a"], [1.0], ["86% (57 of 66)<br>93% (57 of 61)"])
    figure = draw(
        [beside], Source.SHARED, xaxis={}, yaxis=name_axis(["a"]), margin={"l": 8, "r": 99, "t": 12}
    )
    enlarge(figure)
    (said,) = figure.data[0].text
    assert said.strip() == "86% (57 of 66) 93% (57 of 61)"
    assert figure.layout.margin.r >= LETTER_WIDTH * len(said), "with room for all of it"


def test_the_words_of_a_kpi_over_time_keep_clear_of_a_target_above_all_of_it() -> None:
    points = [Point("Q1", 0.8, "80%", 0.7, 0.88), Point("Q2", 0.9, "90%", 0.8, 0.95)]
    for target, side in ((1.0, "bottom center"), (0.85, "top center"), (None, "top center")):
        figure = kpi_trend(points, Source.SHARED, share=True, target=target)
        (words,) = [trace for trace in figure.data if trace.mode == "text"]
        clear = [
            y < p.low if side.startswith("bottom") else y > p.high
            for y, p in zip(words.y, points, strict=True)
        ]
        assert (words.textposition, clear) == (side, [True, True])
