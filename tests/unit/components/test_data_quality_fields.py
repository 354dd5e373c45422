"""The panel on how completely columns are filled in: what is counted where only some months are chosen."""

from __future__ import annotations

import pytest

from components.data_quality_fields import fields_panel
from components.data_quality_words import Shown
from domain.data_quality import Part, Said
from domain.selection import Selection
from domain.tally import AsAt, Source
from tests.unit.components.builders import SETTINGS

OCTOBER = 201810


@pytest.mark.parametrize(
    ("undated", "first", "said"),
    [
        (4, OCTOBER, "4 cases without a date of referral are among them, whatever months are chosen."),
        (1, OCTOBER, "1 case without a date of referral is among them, whatever months are chosen."),
        (0, OCTOBER, ""),
        (4, None, ""),
    ],
)
def test_cases_without_a_date_are_said_to_be_among_those_of_the_months_chosen(
    undated: int, first: int | None, said: str
) -> None:
    parts = [
        Part("area", "a", OCTOBER, {Said.ANSWER: 23}),
        Part("area", "a", None, {Said.ANSWER: undated}),
    ]
    panel = fields_panel(parts, Shown(Selection("mentoring", first=first), SETTINGS, Source.SHARED, AsAt()))
    assert panel.basis.base.startswith(f"n = {23 + undated} cases")
    assert [note for note in panel.notes if "without a date" in note] == ([said] if said else [])
