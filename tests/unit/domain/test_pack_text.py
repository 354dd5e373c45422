"""A pack that is kept as text comes back as it was."""

import json
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any

import pytest

from domain.actions import ShownAction
from domain.pack import Chart, Line, MeetingPack, PackFigure, Screen, Series, Takeaway
from domain.pack_text import parse_pack, write_pack
from domain.periods import Period
from domain.table import Table
from tests.packs import a_pack, chart_of_bars


def test_a_pack_comes_back_as_it_was() -> None:
    assert parse_pack(write_pack(a_pack())) == a_pack()


def test_what_its_files_give_away_is_not_part_of_the_text() -> None:
    assert "issue" not in json.loads(write_pack(a_pack()))


def test_a_cell_keeps_its_kind() -> None:
    back = parse_pack(write_pack(a_pack()))
    assert [[type(cell) for cell in row] for screen in back.screens for row in screen.table.rows] == [
        [type(cell) for cell in row] for screen in a_pack().screens for row in screen.table.rows
    ]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"council": 1}'])
def test_a_text_that_is_no_pack_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        parse_pack(text)


def test_a_chart_whose_parts_do_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="each of its categories"):
        replace(chart_of_bars(), words=("80%",))


def test_a_chart_that_holds_a_hidden_number_is_refused() -> None:
    with pytest.raises(ValueError, match="hidden"):
        replace(chart_of_bars(), hidden=(0,))


WANTED = {
    MeetingPack: "council service service_label provider area about period audience audience_words version stood as_at selection link "
    "example breath screens",
    Screen: "key item heading takeaway table",
    Chart: "form categories series share words alt",
    Series: "name values",
    Line: "value words",
    Takeaway: "what",
    PackFigure: "key label shown",
    ShownAction: "id text owner due status overdue",
    Table: "headers rows",
    Period: "start end",
}
"""What a pack must say to be read: what the first one that was ever frozen said."""


def test_a_part_that_a_pack_gets_later_has_a_default_so_that_what_was_frozen_before_still_opens() -> None:
    for kind, names in WANTED.items():
        assert is_dataclass(kind)
        needed = [
            one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING
        ]
        assert needed == names.split(), kind


def test_a_pack_of_an_older_or_a_newer_program_is_read_as_far_as_it_goes() -> None:
    screens = tuple(replace(one, comment="", quote="", notes=()) for one in a_pack().screens)
    pack = replace(a_pack(), held_on=None, screens=screens)
    text = json.loads(write_pack(pack))
    del text["held_on"]
    for one in text["screens"]:
        del one["comment"], one["quote"], one["notes"]
    assert parse_pack(json.dumps(_with_more(text))) == pack


def _with_more(part: Any) -> Any:
    """The same text with a field in each of its parts that no program knows."""
    if isinstance(part, list):
        return [_with_more(one) for one in part]
    if isinstance(part, dict):
        return {name: _with_more(one) for name, one in part.items()} | {"not_yet": 1}
    return part
