"""Several ways to arrive at a number, side by side."""

from domain.procurement.expected import own_volumes
from domain.procurement.show_ways import Way, ways_screens


def way(label, low, likely, high, **more):
    return Way(label, own_volumes((low, likely, high), (), 202604, 1), **more)


def test_ways_stand_beside_each_other_with_what_their_limits_hold_in_common():
    (screen,) = ways_screens(
        [
            way("The history", 500, 600, 700, chosen=True),
            way("Decisions", 620, 660, 720),
            Way("Years", None, "There is 1 year."),
        ]
    )
    assert "2 ways to arrive at Apr 2026 to Mar 2027 expect 600 to 660" in screen.takeaway.what
    first, second = screen.table.rows
    assert first[:2] == ("The history (this scenario)", 600)
    assert second[4] == "no: scenario, not validated"
    assert screen.takeaway.sure == f"All of their 95% limits hold {second[2]} to {first[3]}"
    assert "Years: nothing, because there is 1 year." in screen.notes


def test_limits_without_a_number_in_common_are_said():
    (screen,) = ways_screens([way("A", 100, 110, 120), way("B", 300, 310, 320)])
    assert screen.takeaway.sure == "Their 95% limits hold no number in common"


def test_one_way_alone_is_no_comparison():
    assert ways_screens([way("A", 1, 2, 3), Way("B", None, "No history.")]) == ()
