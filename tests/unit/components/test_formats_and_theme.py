import tomllib
from pathlib import Path

import pytest

from components.theme import LINE, MAIN, PROVIDER_COLOURS, QUIET, STATUS_COLOURS, provider_colours
from domain import formats
from domain.status import Status

ROOT = Path(__file__).resolve().parents[3]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]


def test_numbers_round_half_up_and_carry_separators() -> None:
    assert formats.number(1234.5) == "1,235"
    assert formats.number(26.25, 1) == "26.3"
    assert formats.number(None) == formats.number(float("nan")) == "–"


def test_a_share_comes_in_as_a_fraction_and_goes_out_as_a_percentage() -> None:
    assert formats.percent(0.825) == "83%"
    assert formats.percent_of(387, 471) == "82%"
    assert formats.percent_of(0, 0) == "–"
    assert formats.share_of(387, 471) == "82% (387 of 471)"


def test_lists_and_counts_read_as_english() -> None:
    assert formats.listed([]) == ""
    assert formats.listed(["a", "b"]) == "a and b"
    assert formats.listed(list("abcdefgh"), 3) == "a, b, c and 5 more"
    assert formats.counted(1, "case") == "1 case"
    assert formats.counted(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_cell_of_a_file_is_never_a_formula(text: str) -> None:
    assert formats.csv_cell(text) == f"'{text}"
    assert formats.csv_cell(-1) == -1


def test_names_that_people_typed_are_not_markdown() -> None:
    assert formats.unmarked("*A* [x](y) :red[z]") == r"\*A\* \[x\](y) \:red\[z\]"


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("colour", [MAIN, QUIET, LINE, *PROVIDER_COLOURS])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_fixed_colour_stands_out_in_both_modes(colour: str, mode: str) -> None:
    one, other = luminance(colour), luminance(THEME[mode]["backgroundColor"])
    assert (max(one, other) + 0.05) / (min(one, other) + 0.05) >= 3


def test_every_status_has_a_colour_and_every_provider_keeps_its_own() -> None:
    assert set(STATUS_COLOURS) == set(Status)
    many = provider_colours([str(i) for i in range(9)])
    assert many["0"] == many["8"] != many["1"]
