"""How different from average: the limits and tests of the published district table (E22), and what may be said of it and of others.

The counts are those of the report's table in s6.3, with the two cases of no district in the average: 387 of 471.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from importlib import resources

import pytest

from components.differences_panels import differences_panel
from components.differences_words import (
    COLUMN,
    difference_message,
    difference_sentence,
    funnel_of,
    with_standing,
)
from components.panels import groups_panel
from domain.chance import chance_of_as_many
from domain.disclosure import Hidden, Released
from domain.funnel import Funnel, Group, Standing, exact_limits, funnel, funnel_limits, normal_limits
from domain.settings import UNKNOWN_AREA
from tests.unit.components.builders import SETTINGS, released

AVERAGE = 0.80642448
ESSEX = 387 / 471


def outcomes() -> list[tuple[str, int, int]]:
    text = resources.files("domain").joinpath("published", "figures_essex.csv").read_text(encoding="utf-8")
    return [
        (row["area"], int(row["count"]), int(row["denominator"]))
        for row in csv.DictReader(text.splitlines())
        if (row["measure"], row["category"]) == ("case_outcome", "Prevented")
        and not row["area"].startswith("Greater")
    ]


def essex() -> Funnel:
    return funnel([Group(area, area, met, base) for area, met, base in outcomes()], 387, 471)


@pytest.mark.parametrize(
    ("average", "size", "confidence", "low", "high", "digits"),
    [
        (AVERAGE, 2, 0.95, 25.885383, None, 6),
        (AVERAGE, 10, 0.95, 56.154344, 100, 6),
        (AVERAGE, 10, 0.998, 42.03259, None, 5),
        (ESSEX, 70, 0.95, 73.198, 91.133, 3),
        (ESSEX, 70, 0.998, 68.027, 96.305, 3),
        (ESSEX, 48, 0.95, None, 92.99, 2),
        (ESSEX, 22, 0.95, None, 98.2, 1),
    ],
)
def test_normal_limits_have_the_printed_values(
    average: float, size: int, confidence: float, low: float | None, high: float | None, digits: int
) -> None:
    found = normal_limits(average, size, confidence=confidence)
    for wanted, edge in zip((low, high), found, strict=True):
        assert wanted is None or round(100 * edge, digits) == wanted


def test_limits_are_exact_under_thirty_cases_and_normal_from_there_on() -> None:
    low, high = exact_limits(ESSEX, 22, confidence=0.95)
    assert (round(100 * low, 1), round(100 * high, 1)) == (63.6, 95.5)
    assert funnel_limits(ESSEX, 29, confidence=0.95) == pytest.approx(
        exact_limits(ESSEX, 29, confidence=0.95)
    )
    assert funnel_limits(ESSEX, 30, confidence=0.95) == pytest.approx(
        normal_limits(ESSEX, 30, confidence=0.95)
    )


def test_where_nearly_all_are_seen_chance_puts_no_more_outside_than_is_said() -> None:
    from scipy.stats import binom

    for average, size in ((0.997, 400), (0.004, 1_000), (0.9995, 9_000)):
        for confidence in (0.95, 0.998):
            low, high = funnel_limits(average, size, confidence=confidence)
            beyond = binom.cdf(round(low * size) - 1, size, average) + binom.sf(
                round(high * size), size, average
            )
            assert beyond <= 1 - confidence
    # Fewer than 1 in 500 are said to be outside the 99.8% limits; of this share normal ones put four times as many there.
    low, _ = normal_limits(0.997, 400, confidence=0.998)
    assert binom.cdf(int(low * 400), 400, 0.997) > 0.007


def test_beyond_an_exact_limit_lies_at_most_half_of_what_is_left() -> None:
    from scipy.stats import binom

    for size in (1, 2, 9, 22, 29):
        for average in (0.02, 0.5, ESSEX):
            low, high = exact_limits(average, size, confidence=0.95)
            at_low, at_high = round(low * size), round(high * size)
            assert binom.cdf(at_low - 1, size, average) < 0.025 <= binom.cdf(at_low, size, average)
            assert binom.sf(at_high, size, average) <= 0.025 < binom.sf(at_high - 1, size, average)


def test_the_published_districts_differ_a_little_more_than_chance() -> None:
    found = essex()
    assert len(found.placed) == 14
    assert round(found.chi_square, 1) == 23.3
    assert round(found.dispersion, 2) == 1.79
    # Two million deals give 0.0375.
    assert round(found.chance, 3) == 0.037
    assert found.differ
    assert round(found.expected, 1) == 0.7
    assert round(chance_of_as_many(1, 14, 0.05), 2) == 0.51


def test_maldon_is_outside_the_plain_limits_and_inside_the_widened_ones() -> None:
    found = essex()
    (maldon,) = found.outside_plain
    assert (maldon.group.label, maldon.above, round(maldon.chance, 3)) == ("Maldon", True, 0.036)
    assert round(100 * maldon.plain.high, 2) == 92.99
    assert maldon.plainly is Standing.OUTSIDE_95
    assert found.widened
    # 82.166 + 1.959964 x root(0.14654 / 48) x root(1.7912), by hand.
    assert round(100 * maldon.used.high, 1) == 96.7
    assert found.outside == found.clear == ()
    placed = {one.group.label: one for one in found.placed}
    assert (placed["Harlow"].plainly, placed["Castle Point"].plainly) == (Standing.INSIDE, Standing.INSIDE)


def of_areas(*rows: tuple[str, int, int]) -> Released:
    return released("prevention_rate", ("area",), [(label, label, met, base) for label, met, base in rows])


def test_the_words_of_the_published_districts_are_those_of_the_finding() -> None:
    shown = of_areas(*outcomes(), (UNKNOWN_AREA, 2, 2))
    found = funnel_of(shown)
    assert found is not None
    assert (found.met, found.base) == (387, 471)
    assert difference_message(shown, "district") == (
        "districts differ a little more than chance, and no single one stands clear"
    )
    assert difference_sentence(found, shown) == (
        "1 of 14 is outside the plain 95% limits (Maldon), 0.7 expected; "
        "none once they are widened for dispersion 1.8; none outside 99.8%"
    )
    panel = differences_panel("k", shown, SETTINGS)
    said = {str(row[0]): row for row in panel.table.rows}
    place = panel.table.headers.index("Different from average?")
    assert said["Maldon"][place] == "no: above the plain limits, inside the widened ones"
    assert said["Harlow"][place] == "no: inside the limits for its size"
    assert said[UNKNOWN_AREA][place] == "not compared, but in the average"
    assert [row[0] for row in panel.table.rows] == [area for area, _, _ in outcomes()] + [UNKNOWN_AREA]


def test_a_group_that_stands_clear_is_named_with_its_direction_and_no_praise() -> None:
    shown = of_areas(("One", 80, 100), ("Two", 82, 100), ("Three", 40, 100), ("Four", 79, 100))
    assert difference_message(shown, "area") == "Three (below) stands clear of the average of 70%"
    table = with_standing(groups_panel("k", shown, SETTINGS, what="area").table, shown)
    assert "yes: below, outside the 99.8% limits" in table.rows[2]
    panel = differences_panel("k", shown, SETTINGS)
    every = " ".join((panel.title, *panel.notes, panel.alt)).lower()
    assert "best" not in every
    assert "worst" not in every
    # Of fewer than ten groups one alone makes the dispersion, and would hide behind it.
    found = funnel_of(shown)
    assert found is not None
    assert found.differ
    assert not found.widened


def test_where_some_are_hidden_nothing_is_said_of_all_together() -> None:
    hidden = (("Maldon",), ("Rochford",))
    whole = of_areas(*outcomes(), (UNKNOWN_AREA, 2, 2))
    left = tuple(one for one in whole.figures if one.keys not in hidden)
    names = tuple(Hidden(keys, keys, place) for keys, place in zip(hidden, (8, 9), strict=True))
    shown = replace(whole, figures=left, hidden=names)
    assert difference_message(shown, "district") == (
        "none of the 12 districts shown stands clear of the average of 82%"
    )
    panel = differences_panel("k", shown, SETTINGS)
    said = " ".join(panel.notes)
    assert "is not said, because the hidden ones are missing" in said
    assert not {"chi-square", "dispersion", "expected"} & set(said.replace(";", " ").split())
    assert [row[1] for row in panel.table.rows if row[0] in ("Maldon", "Rochford")] == ["c", "c"]
    assert panel.figure is not None
    assert not {"Maldon", "Rochford"} & {text for t in panel.figure.data for text in t.text or ()}


def test_where_most_stand_clear_it_is_said_of_how_many() -> None:
    shown = of_areas(("One", 9_000, 10_000), ("Two", 8_000, 10_000), ("Three", 5_000, 10_000))
    assert difference_message(shown, "area") == (
        "3 of 3 areas stand clear of the average of 73%: One (above), Two (above) and Three (below)"
    )


def test_where_some_are_hidden_it_is_said_of_those_shown() -> None:
    def shown(*rows: tuple[str, int, int]) -> str:
        left = of_areas(*rows, ("Hidden", 3, 4))
        names = (Hidden(("Hidden",), ("Hidden",), len(rows)),)
        return difference_message(replace(left, figures=left.figures[:-1], hidden=names), "area")

    assert shown(("One", 9_000, 10_000), ("Two", 8_000, 10_000), ("Three", 5_000, 10_000)).startswith(
        "3 of 3 areas shown stand clear of the average"
    )
    assert shown(("One", 6, 9), ("Two", 5, 9), ("Three", 5, 9)) == (
        "of what may be shown, too few cases to tell areas apart: the largest has 9 cases"
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "no case to compare by area yet"),
        ([("One", 3, 4)], "only One has cases to compare: 75% (3 of 4)"),
        (
            [("One", 30, 40), ("Two", 28, 40)],
            "no clear difference between One and Two: 75% (30 of 40) and 70% (28 of 40)",
        ),
        ([("One", 0, 1), ("Two", 0, 2)], "too few cases to tell areas apart: the largest has 2 cases"),
        (
            [("One", 38, 40), ("Two", 12, 40)],
            "One is above Two, by more than chance gives: 95% (38 of 40) and 30% (12 of 40)",
        ),
        (
            [("One", 3, 9), ("Two", 0, 2), ("Three", 1, 1)],
            "too few cases to tell areas apart: the largest has 9 cases",
        ),
        (
            [("One", 30, 40), ("Two", 28, 40), ("Three", 31, 40)],
            "areas differ no more than chance could give",
        ),
        (
            [("One", 40, 40), ("Two", 20, 20), ("Three", 30, 30)],
            "areas differ no more than chance could give",
        ),
    ],
)
def test_no_more_is_said_than_the_cases_bear(rows: list[tuple[str, int, int]], said: str) -> None:
    assert difference_message(of_areas(*rows), "area") == said


def test_what_cannot_be_compared_is_not_drawn_and_has_its_table() -> None:
    panel = differences_panel("k", of_areas(("One", 30, 40), ("Two", 28, 40)), SETTINGS)
    assert panel.figure is None
    assert panel.undrawn
    assert len(panel.table.rows) == 2
    assert differences_panel("k", of_areas(), SETTINGS).table.rows == ()
    few = differences_panel("k", of_areas(("One", 3, 9), ("Two", 0, 2), ("Three", 1, 1)), SETTINGS)
    assert few.figure is None
    assert COLUMN in few.table.headers
    assert {row[few.table.headers.index(COLUMN)] for row in few.table.rows} == {""}


@pytest.mark.parametrize("bases", [(9, 9, 9, 30), (30, 30, 30), (9, 200, 10_000), (10_000, 9_000, 12_000)])
def test_every_group_lies_on_the_drawing(bases: tuple[int, ...]) -> None:
    shown = of_areas(*((f"Area {n}", round(base * (0.7 + n / 40)), base) for n, base in enumerate(bases)))
    figure = differences_panel("k", shown, SETTINGS).figure
    assert figure is not None
    low, high = figure.layout.yaxis.range
    drawn = [(x, y) for t in figure.data if t.mode == "markers+text" for x, y in zip(t.x, t.y, strict=True)]
    assert sorted(x for x, _ in drawn) == sorted(bases)
    assert all(low < y < high for _, y in drawn)
    lines = [t for t in figure.data if t.mode == "lines" and t.name.endswith("limits")]
    assert all(max(x for x in line.x if x is not None) >= max(bases) for line in lines)
