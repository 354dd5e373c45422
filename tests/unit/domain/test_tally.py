"""The rows of a figure before it is released."""

import dataclasses

import pytest

from domain.measures import measure
from domain.selection import Selection
from domain.tally import AsAt, Source, Tally, TallyRow


def test_a_figure_cannot_be_changed_once_counted():
    row = TallyRow(("E1",), ("Hill",), 3, 4)
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.met = 4  # type: ignore[misc]
    assert (row.missing, row.unsure, row.value, row.low, row.high) == (0, 0, None, None, None)


def test_a_figure_carries_its_question_and_how_far_it_reaches():
    tally = Tally(measure("referrals"), (), (), Selection("mentoring"), Source.EXAMPLES, 3)
    assert (tally.as_at, tally.at) == (AsAt(), None)
    assert tally.as_at.outstanding == ()
