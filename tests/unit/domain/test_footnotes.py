"""Footnotes say how many rows to the commissioning team alone."""

from __future__ import annotations

from typing import cast

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
    (theirs,) = in_words([NOTE], cast(Audience, "someone else"))
    assert "3" not in theirs
    assert "(accepted: not known yet: From May)" in theirs
