"""A pack that is kept as text comes back as it was."""

import json
from dataclasses import replace

import pytest

from domain.pack_text import parse_pack, write_pack
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
