"""The screens that a room is shown: what has nothing to show stands in one of them, and nothing else is lost."""

from dataclasses import replace

from domain.pack import Screen, Takeaway
from domain.presented import GATHERED, is_silent, presented
from domain.table import Table
from tests.packs import a_pack, chart_of_columns

TABLE = Table(("What", "Number"), (("Delay", 3),))
FULL = Screen("volumes", "volumes", "Volumes", Takeaway("3 referrals"), TABLE)
NONE = Screen(
    "complaints", "complaints", "Complaints", Takeaway("No complaint recorded"), Table(("Complaints",), ())
)
AGREED = replace(NONE, key="new_actions", item="new_actions", heading="New actions")


def test_what_has_nothing_to_show_stands_in_one_screen_before_what_is_agreed() -> None:
    other = replace(NONE, key="actions", item="actions", heading="Actions", takeaway=Takeaway("None"))
    agreed = replace(FULL, key="new_actions", item="new_actions")
    found = presented((other, FULL, NONE, agreed))
    assert [one.key for one in found] == ["volumes", GATHERED, "new_actions"]
    assert found[1].takeaway.what == "Nothing to report on 2 points"
    assert found[1].table.rows == (("Actions", "None"), ("Complaints", "No complaint recorded"))


def test_screens_of_one_heading_are_one_point_and_what_is_hidden_is_not_nothing_to_report() -> None:
    withheld = replace(NONE, key="complaints_upheld", takeaway=Takeaway("Upheld: not shown"), withheld="No.")
    (found,) = presented((NONE, withheld))
    assert found.takeaway.what == "Nothing to show on 1 point"
    assert found.table.rows == (("Complaints", "No complaint recorded. Upheld: not shown"),)


def test_nothing_is_gathered_of_screens_that_all_show_something_or_are_to_stay() -> None:
    assert presented((FULL,)) == (FULL,)
    assert presented((FULL, AGREED), keep=("new_actions",)) == (FULL, AGREED)
    assert all(one in presented(a_pack().screens) for one in a_pack().screens if not one.withheld)


def test_a_screen_is_silent_without_chart_figure_and_comment() -> None:
    noughts = Table(("How it ended", "Number", "Share"), (("Prevented", 0, "–"), ("Live", "c", "c")))
    assert is_silent(NONE)
    assert is_silent(replace(NONE, table=noughts))
    assert is_silent(replace(FULL, withheld="Not for others."))
    assert is_silent(replace(NONE, table=Table(("Outstanding return",), (("None",),))))
    assert not is_silent(replace(NONE, table=Table(("Outstanding return",), (("Provider A, Q2",),))))
    assert not is_silent(FULL)
    assert not is_silent(replace(NONE, chart=chart_of_columns()))
    assert not is_silent(replace(NONE, comment="We asked twice."))
    assert not is_silent(replace(NONE, quote="They rang."))
