"""How a printed figure and ours are written, and how repeated reasons become notes."""

from dataclasses import replace

import pytest

from components.published_parts import heading, our_words, printed_words, published_sentence, with_notes
from domain.published import CheckState, document, published_figures
from domain.table import Table
from domain.verification import HeldFigure, Verdict

FIGURES = {figure.fig_id: figure for figure in published_figures()}


@pytest.mark.parametrize(
    ("fig_id", "words"),
    [
        ("ETB190", "387 (82%)"),
        ("ETB249", "471"),
        ("NOR052", "21,613"),
        ("NOR054", "4.0%"),
        ("NOR041", "not printed"),
        ("ETB057", "one in six"),
        ("ETB058", "£1500-3000"),
        ("ETB135", "29.2 cases per month"),
        ("ETB250", "69-100%"),
        ("HMS001", "100%, within 2 weeks"),
        ("HMS003", "at least 90%"),
        ("HMS004", "below 10%"),
        ("HMS005", "at most 5%"),
        ("HMS007", "09:00-17:00"),
        ("SEF004", "3 working days"),
    ],
)
def test_a_printed_figure_is_written_with_its_unit(fig_id: str, words: str) -> None:
    assert printed_words(FIGURES[fig_id]) == words


@pytest.mark.parametrize(
    ("fig_id", "ours", "share", "words"),
    [
        ("ETB190", "387", "82", "387 (82%)"),
        ("ETB053", "16", "3", "16 (3%)"),
        ("ETB057", "6", "", "one in 6"),
        ("ETB136", "32.4", "", "32.4 cases per month"),
        ("ETB250", "69-100", "", "69-100%"),
        ("NOR041", "6", "", "6%"),
        ("HMS004", "10", "", "below 10%"),
        ("HMS004", "<=10", "", "<=10"),
        ("NOR052", "", "", "–"),
    ],
)
def test_ours_is_written_as_the_printed_figure_is(fig_id: str, ours: str, share: str, words: str) -> None:
    verdict = Verdict(CheckState.FROM_CASES, "", ours, "", share)
    assert our_words(HeldFigure(FIGURES[fig_id], verdict)) == words


@pytest.mark.parametrize(
    ("fig_id", "title"),
    [
        ("ETB011", "Section 2.2"),
        ("ETB074", "Table in section 6.2: referral route"),
        ("ETB020", "Table 1: number of adults"),
        ("NOR006", "Chart 'Reasons for Mediation - Calendar year 2024'"),
        ("HMS003", "Section 10.5"),
        ("HEX005", "Poll Q1"),
    ],
)
def test_a_figure_stands_under_the_heading_of_its_document(fig_id: str, title: str) -> None:
    assert heading(FIGURES[fig_id]) == title


def test_a_reason_given_three_times_becomes_one_note() -> None:
    table = Table(
        ("Figure", "State", "Reason"),
        (("a", "✓", "Often"), ("b", "✓", "Often"), ("c", "✓", "Once"), ("d", "✓", "Often"), ("e", "✓", "")),
    )
    shown, notes = with_notes(table)
    assert notes == ("Note 1. Often.",)
    assert shown.headers == ("Figure", "State")
    assert [row[1] for row in shown.rows] == ["✓ (note 1)", "✓ (note 1)", "✓. Once", "✓ (note 1)", "✓"]


def test_the_sentence_counts_every_state_once() -> None:
    states = [CheckState.FROM_CASES, CheckState.FROM_CASES, CheckState.EXPLAINED]
    held = [HeldFigure(replace(FIGURES["ETB190"]), Verdict(state, "", "", "")) for state in states]
    assert published_sentence(document("essex"), held) == (
        "Essex Trailblazers second deep dive report (June 2019): 2 come out again as they are; "
        "1 differs for a stated reason."
    )
