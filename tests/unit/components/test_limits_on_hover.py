"""Wherever a mark says a share or a rate when it is pointed at, it says the 95% limits with it, in words."""

from dataclasses import replace

import plotly.graph_objects as go
import pytest

from components.charts.band_line import Point as Month
from components.charts.band_line import band_line
from components.charts.before_after import before_after
from components.charts.causes_over_time import causes_over_time
from components.charts.certificate_parts import Parts, certificate_parts
from components.charts.compliance import compliance
from components.charts.kpi_trend import Point, kpi_trend
from components.charts.outcome_funnel import Step, outcome_funnel
from components.charts.rate_rows import rate_rows
from components.charts.several_shares import several_shares
from components.charts.share_lines import ShareLine, share_lines
from components.charts.share_rows import ShareRow, share_rows
from components.charts.shares_by_group import shares_by_group
from components.charts.split_bars import split_bars
from components.charts.stacked_shares import stacked_shares
from components.charts.support_bands import support_bands
from components.outcome_panels import funnel_panel
from domain.disclosure import Figure
from domain.exceptions import Cause
from domain.exceptions_kept import Causes
from domain.kept_words import Kept
from domain.services import MENTORING
from domain.stretch import Stretch
from domain.tally import Source
from tests.unit.components.builders import SETTINGS, released

AREAS = [("E1", "Maldon", 45, 48), ("E2", "Harlow", 52, 70)]
BY_AREA = released("prevention_rate", ("area",), AREAS)
MALDON, HARLOW = BY_AREA.figures
RATE = Figure(("q",), ("Q1",), 6, 240, 0, 0, 2.5, 0.9, 5.4, small=False)
COUNTED = tuple(
    Figure((key,), (key,), met, met, 0, 0, None, None, None, small=False)
    for key, met in (("a", 45), ("b", 3))
)
ENDINGS = tuple(
    Figure(("E1", key), ("Maldon", key), met, 48, 0, 0, met / 48, None, None, small=False)
    for key, met in (("Prevented", 45), ("Withdrew", 3))
)
FUNNEL = (Step("referred", "Referred", 48, 0), Step("prevented", "Prevented", 45, 0))
MALDON_SAYS = "94% (45 of 48), 95% limits 83% to 98%"
HERE = Source.SHARED


def said(figure: go.Figure) -> list[str]:
    return [
        words for trace in figure.data for words in (trace.customdata if trace.customdata is not None else ())
    ]


@pytest.mark.parametrize(
    "figure",
    [
        pytest.param(shares_by_group(BY_AREA), id="shares_by_group"),
        pytest.param(
            several_shares([released("prevention_rate", (), [("", "", 45, 48)])]), id="several_shares"
        ),
        pytest.param(share_lines(["2018"], [ShareLine("Maldon", ((45, 48),))], HERE), id="share_lines"),
        pytest.param(share_rows([ShareRow("E1", "Maldon", 45, 48)], HERE), id="share_rows"),
        pytest.param(split_bars(released("reasons", ("risk_at_assessment",), AREAS)), id="split_bars"),
        pytest.param(stacked_shares(replace(BY_AREA, figures=ENDINGS)), id="stacked_shares"),
        pytest.param(compliance([Kept("q", "Q1", MALDON, HARLOW, None, False)], HERE), id="compliance"),
        pytest.param(certificate_parts([Parts("y", "2024", 45, 2, 48)], HERE), id="certificate_parts"),
        pytest.param(
            causes_over_time([Causes(("q",), ("Q1",), 48, 3, {Cause.FAMILY: 45})], 0.1, HERE),
            id="causes_over_time",
        ),
        pytest.param(support_bands(COUNTED, HERE), id="support_bands"),
        pytest.param(outcome_funnel(FUNNEL, BY_AREA), id="outcome_funnel"),
        pytest.param(
            kpi_trend([Point("Q1", 45 / 48, "94% (45 of 48)", 0.831, 0.978)], HERE, share=True),
            id="kpi_trend",
        ),
    ],
)
def test_a_share_says_its_limits(figure: go.Figure) -> None:
    words = said(figure)
    assert MALDON_SAYS in words
    # The whole that others are out of has no limits.
    assert [one for one in words if "limits" not in one] in ([], ["48"])


def test_the_table_of_the_funnel_gives_limits_beside_each_share() -> None:
    reached = {"referrals": 540, "completed_cases": 471, "prevented_of_referred": 387}
    stages = {key: released(key, (), [("", "", count, count)]) for key, count in reached.items()}
    ended = [("PREVENTED", "Prevented", 387), ("WITHDRAWN", "Withdrawn", 84), ("LIVE", "Live", 69)]
    outcomes = released("referrals", ("outcome",), [(key, label, n, n) for key, label, n in ended])
    table = funnel_panel("funnel", MENTORING, stages, outcomes, SETTINGS).table
    assert table.headers[-2:] == ("Of all referred", "95% limits")
    assert table.rows[-1][-2:] == ("72%", "68% to 75%")


def test_what_is_no_sample_says_no_limits() -> None:
    assert said(share_rows([ShareRow("E1", "Maldon", 45, 48)], HERE, limits=False)) == ["94% (45 of 48)"]


def test_a_rate_says_its_limits() -> None:
    assert said(rate_rows([RATE], HERE)) == ["2.5 (6 : 240), 95% limits 0.9 to 5.4"]
    months = [Month("Oct 2018", 6.9, 5.4, 8.7, "69 cases, 10 mentors"), Month("Nov 2018", None)]
    assert said(band_line(months, HERE, name="Live cases")) == [
        "69 cases, 10 mentors: 6.9, 95% limits 5.4 to 8.7",
        "",
    ]


def test_counts_a_month_that_are_compared_say_their_limits() -> None:
    assert said(before_after(Stretch("Before", 12, 275), Stretch("After", 7, 265), HERE)) == [
        "22.9 a month, 95% limits 20.3 to 25.8",
        "37.9 a month, 95% limits 33.4 to 42.7",
    ]
