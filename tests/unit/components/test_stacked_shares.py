"""Outcomes by group as parts of one bar: every part drawn, named with its base, told apart without colour."""

from components.charts.stacked_shares import in_groups, stacked_shares
from components.outcome_panels import outcomes_by_group_panel
from domain.access import Audience
from domain.disclosure import Released, release
from domain.measures import measure
from domain.selection import Selection
from domain.settings import Settings
from domain.tally import Source, Tally, TallyRow

SPLIT = {"PREVENTED": "Prevented", "UNSUCCESSFUL": "Unsuccessful", "WITHDRAWN": "Withdrawn"}


def released(groups: dict[str, tuple[int, int, int]], by: tuple[str, ...]) -> Released:
    rows = tuple(
        TallyRow((area, code)[2 - len(by) :], (area, SPLIT[code])[2 - len(by) :], met, sum(counts), value=0.5)
        for area, counts in groups.items()
        for code, met in zip(SPLIT, counts, strict=True)
    )
    return release(
        Tally(measure("outcomes"), by, rows, Selection("mentoring"), Source.SHARED, 1), Audience.US
    )


TWO = {"Harlow": (52, 10, 8), "Rochford": (13, 0, 0)}


def test_each_bar_is_whole_and_named_with_its_base() -> None:
    figure = stacked_shares(released(TWO, ("area", "outcome")))
    assert [trace.name for trace in figure.data] == ["Prevented", "Unsuccessful", "Withdrawn"]
    assert list(figure.data[0].y) == ["Harlow (n = 70)", "Rochford (n = 13)"]
    for place in range(2):
        assert abs(sum(trace.x[place] for trace in figure.data) - 1) < 1e-9


def test_the_parts_differ_in_pattern_so_that_grey_is_enough() -> None:
    figure = stacked_shares(released(TWO, ("area", "outcome")))
    patterns = [trace.marker.pattern.shape for trace in figure.data]
    assert len(set(patterns)) == len(patterns)


def test_a_group_in_which_no_case_ended_has_no_bar() -> None:
    assert list(in_groups(released({**TWO, "Maldon": (0, 0, 0)}, ("area", "outcome")))) == [
        "Harlow",
        "Rochford",
    ]


def test_the_panel_says_all_together_and_names_low_bases() -> None:
    panel = outcomes_by_group_panel(
        "k", released({"": (65, 10, 8)}, ("outcome",)), released(TWO, ("area", "outcome")), Settings()
    )
    assert panel.title.startswith("How cases ended, by area. All together: Prevented 78% (65 of 83)")
    assert "Rochford" in panel.notes[0]
    assert "Harlow" not in panel.notes[0]


def test_with_no_case_ended_it_says_so() -> None:
    nothing = released({}, ("area", "outcome"))
    panel = outcomes_by_group_panel("k", released({}, ("outcome",)), nothing, Settings())
    assert panel.title == "No case has ended yet"
    assert panel.figure is None
