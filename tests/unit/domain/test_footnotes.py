"""Footnotes say how many rows to the commissioning team alone."""

from __future__ import annotations

from dataclasses import replace

from domain.accepted import AcceptedWarning
from domain.access import Audience
from domain.footnotes import Footnote, in_words
from domain.periods import Period

NOTE = Footnote(
    "North Mentors",
    Period.parse("2018-04..2018-06"),
    AcceptedWarning("r", "V12", "'Risk' is often blank.", 3, "Not known yet", "From May", ("risk",)),
)


def test_only_the_commissioning_team_is_told_how_many_rows() -> None:
    (ours,) = in_words([NOTE], Audience.US)
    assert (
        ours
        == "North Mentors, Apr-Jun 2018 (Q1 2018/19): 'Risk' is often blank (3 rows; accepted: not known yet: From May)."
    )
    (theirs,) = in_words([NOTE], Audience.with_provider("north"))
    assert "3" not in theirs
    assert "(accepted: not known yet: From May)" in theirs


def test_a_warning_about_the_whole_file_is_not_said_to_be_about_one_row() -> None:
    whole = replace(NOTE, warning=replace(NOTE.warning, said="There are fewer than usual.", count=1))
    (words,) = in_words([whole, replace(whole, period=Period.parse("2018-07..2018-09"))], Audience.US)
    assert "row" not in words
