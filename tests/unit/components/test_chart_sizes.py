"""Every form of chart stands on no case, on one, on few and on very many: it is drawn, and says nothing that nobody can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from pathlib import Path

import plotly.graph_objects as go
import pytest

import components.charts
from components.panel import Panel
from tests.unit.components.chart_figures import SIZES
from tests.unit.components.chart_forms import FORMS, figure_of

NO_WORDS = re.compile(r"\b(nan|None(?! of\b)|inf|null|undefined|NaN|Infinity)\b")
NO_FORMS = {"canvas", "latest_words"}
"""What the charts share."""
SHARES = ("tickformat", ".0%")


def texts_in(value: object, at: str = "") -> Iterator[str]:
    """Every text of a chart; the places of gaps in a line are no texts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_in(inner, key)
    elif isinstance(value, list | tuple):
        for inner in value:
            if at in ("text", "customdata", "ticktext") and not isinstance(inner, str):
                yield str(inner)
            else:
                yield from texts_in(inner, at)


def words_of(made: Panel | go.Figure | None) -> list[str]:
    figure = figure_of(made)
    words = [] if figure is None else list(texts_in({**figure.to_dict(), "template": ""}))
    if isinstance(made, Panel):
        cells = [str(cell) for row in made.table.rows for cell in row]
        words += [made.title, made.alt, *made.notes, made.basis.base, *cells]
    return words


@pytest.mark.parametrize("form", FORMS)
def test_it_is_drawn_of_any_number_of_cases_and_says_only_what_can_be_read(form: str) -> None:
    for cases in SIZES:
        made = FORMS[form](cases)
        assert [words for words in words_of(made) if NO_WORDS.search(words)] == [], cases
        figure = figure_of(made)
        if figure is None:
            assert not isinstance(made, Panel) or made.title
            continue
        for axis in (figure.layout.xaxis, figure.layout.yaxis):
            if axis.range is not None:
                low, high = axis.range
                assert isfinite(low), cases
                assert low < high < 1e6, cases
            if axis.tickformat == ",d" and axis.range is not None and axis.range[1] < 2:
                assert axis.dtick == 1, "no scale of cases has parts of one"


@pytest.mark.parametrize("form", FORMS)
def test_with_many_cases_it_is_drawn_unless_too_much_is_hidden(form: str) -> None:
    figure = figure_of(FORMS[form](SIZES[-1]))
    assert (figure is None) == (form == "funnel_plot_hidden")


def test_no_form_of_chart_is_left_out() -> None:
    """Whoever adds a chart draws it here too."""
    drawn = Path(__file__).with_name("chart_forms.py").read_text("utf-8")
    folder = Path(components.charts.__file__).parent
    every = {file.stem for file in folder.glob("*.py")} - {"__init__"} - NO_FORMS
    by_a_panel = {
        "ranked_bars", "split_bars", "shares_by_group", "spread_bars", "support_bands", "middle_rows", "funnel_plot",
        "stacked_shares", "several_shares", "outcome_funnel", "compliance", "length_bands", "unusual", "causes_over_time",
    }  # fmt: skip
    assert {name for name in every if f"charts.{name} " not in drawn} == by_a_panel


def test_a_month_without_a_case_says_so() -> None:
    bars = figure_of(FORMS["trend_quarters"](1))
    assert bars is not None
    assert [*zip(bars.data[0].text, bars.data[0].textposition, strict=True)] == [
        ("0", "outside"),
        ("1", "auto"),
        *[("0", "outside")] * 3,
    ]


def test_less_than_one_case_a_month_is_not_called_none() -> None:
    made = FORMS["trend_months"](9)
    assert isinstance(made, Panel)
    assert made.title.startswith("0.3 referrals a month in May 2018 to Jul 2018")
