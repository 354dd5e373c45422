"""Satisfaction: what those say who used the service and answered, question by question. Kinds of people are never added together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from domain.disclosure import Figure, Released
from domain.figure_table import HIDDEN
from domain.formats import NOTHING, limits_of, listed, number, share_of
from domain.hidden_words import hidden_message, of_shown, partly
from domain.messages import NO_CLEAR_CHANGE
from domain.pack import PackFigure, Screen, Takeaway
from domain.rounding import percent
from domain.screens.marks import (
    marks_notes,
    screen_of,
    share_bars,
    shown_share,
    with_notes,
)
from domain.share_rows import LOW_BASE, ShareRow, drawn
from domain.survey_answers import (
    OTHER_SCALE,
    Asked,
    answers_base,
    figures_of,
    hidden_of,
    most_answers,
    positive_words,
    question_rows,
    respondents,
)
from domain.survey_words import changed_questions, positive_message
from domain.table import Cell, Table

ITEM: Final = "satisfaction"
NOT_COVERED: Final = "The limits cover chance alone: those who did not answer are not covered by them, and nobody knows what they think."
ONE_BY_ONE: Final = (
    "In the table each question is held against itself alone: a change is called one where the 95% interval of the difference leaves out "
    "zero. Of many questions some differ by chance, and one person answers several, so they often move together."
)
_SCALES: Final = {
    "agree": "",
    "useful": "On another scale, how useful: ",
    OTHER_SCALE: "Questions that the survey in Settings does not have: ",
}


@dataclass(frozen=True, slots=True)
class Before:
    """The answers of the period or year before, and its name. Not `comparable` where one of the two is not all in."""

    answers: Released
    label: str
    comparable: bool = True


def satisfaction_screens(answers: Released, asked: Asked, before: Before | None = None) -> tuple[Screen, ...]:
    """What the main kind of people who answered say: a screen for each scale, because the scales are not alike.

    Parameters
    ----------
    answers : positive answers by who answered, then by question, of the months of the meeting. before : the same of the time before.
    """
    if clashes := asked.clashes():
        apart = Takeaway("The answers are not added up: providers do not ask the same under one code")
        screen = screen_of(ITEM, ITEM, apart, answers, table=Table(("Providers do not ask the same",), ()))
        return (with_notes(screen, *(f"{clash}." for clash in clashes)),)
    people = respondents(answers)
    if answers.withheld or not people:
        said = (
            hidden_message(answers)
            if partly(answers)
            else "No survey answer has been recorded in these months"
        )
        return (screen_of(ITEM, ITEM, Takeaway(said), answers),)
    main = most_answers(answers)
    return tuple(
        screen for scale in _SCALES for screen in _of_scale(answers, asked, before, main, people, scale)
    )


def _of_scale(
    answers: Released,
    asked: Asked,
    before: Before | None,
    main: str,
    people: Mapping[str, str],
    scale: str,
) -> tuple[Screen, ...]:
    lines = [f for f in figures_of(answers, respondent_type=main) if asked.scale(f.keys[1]) == scale]
    gone = [
        one.keys[1] for one in hidden_of(answers, respondent_type=main) if asked.scale(one.keys[1]) == scale
    ]
    if not lines and not gone:
        return ()
    who, rows = people[main], question_rows(lines, 1, asked)
    then = _before(before, asked, main, scale)
    takeaway = Takeaway(
        f"{_SCALES[scale] if len(drawn(rows)) > 1 else ''}{of_shown(answers) if gone else ''}{positive_message(who, rows)}",
        _how_sure(rows),
        _against(rows, then, before),
    )
    screen = screen_of(ITEM, ITEM, takeaway, answers, table=_table(lines, gone, asked, then, before))
    names = [asked.label(code) for code in gone]
    drawn_as = share_bars(
        rows, names, f"Positive answers to each question, {who}", "Positive answers", takeaway
    )
    others = [words for key, words in people.items() if key != main]
    words = positive_words(scale)
    most = "of whom most may be shown" if answers.hidden else "who gave the most"
    return (
        with_notes(
            replace(
                screen,
                key=ITEM if scale == "agree" else f"{ITEM}_{scale}",
                chart=drawn_as,
                base=answers_base(answers, lines, who),
                figures=_figures(answers, lines, gone, asked, main),
            ),
            f"These are the answers of one kind of people: {who}, {most}.",
            f"{listed(others)} answered too: the answers of different people are never added together."
            if others
            else "",
            f"Positive: {words}. The order is that of the survey." if words else "",
            NOT_COVERED,
            ONE_BY_ONE if then else "",
            *marks_notes(rows, "answer"),
        ),
    )


def _before(before: Before | None, asked: Asked, main: str, scale: str) -> dict[str, ShareRow]:
    """The same questions in the time before; empty where there is none, or it is not all in."""
    if before is None or not before.comparable or before.answers.withheld:
        return {}
    figures = [f for f in figures_of(before.answers, respondent_type=main) if asked.scale(f.keys[1]) == scale]
    return {row.key: row for row in question_rows(figures, 1, asked)}


def _how_sure(rows: Sequence[ShareRow]) -> str:
    """The limits of what the title says, which is the lowest of several; that few answered, where it rests on few."""
    shown = drawn(rows)
    if not shown:
        return ""
    lowest = min(shown, key=lambda row: row.met / row.base)
    alone = sum(row.met * lowest.base == lowest.met * row.base for row in shown) == 1
    caution = f", of fewer than {LOW_BASE} answers" if alone and lowest.low_base else ""
    if not alone:
        return "Who did not answer is not known"
    which = "95% limits" if len(shown) == 1 else "95% limits of the lowest"
    return f"{which} {limits_of(lowest.met, lowest.base)}{caution}; who did not answer is not known"


def _against(rows: Sequence[ShareRow], then: Mapping[str, ShareRow], before: Before | None) -> str:
    """Which questions changed, once it is allowed for that of many some would by chance."""
    if before is None or before.answers.withheld:
        return ""
    if not before.comparable:
        return f"not compared with {before.label}, because not every return is in"
    shown = drawn(rows)
    if not shown:
        return ""
    pairs = [(row, then[row.key]) for row in shown if row.key in then and then[row.key].drawn]
    if not pairs:
        return f"too few answers in {before.label} to compare"
    return f"against {before.label}: {changed_questions(pairs)}"


def _table(
    lines: Sequence[Figure],
    gone: Sequence[str],
    asked: Asked,
    then: Mapping[str, ShareRow],
    before: Before | None,
) -> Table:
    heads: tuple[str, ...] = ("Question", "Positive", "Out of", "Share", "95% from", "95% to")
    compared = before is not None and bool(then)
    if compared and before is not None:
        heads = (*heads, before.label, "Change")

    def row(figure: Figure) -> tuple[Cell, ...]:
        code = figure.keys[1]
        share = f"{percent(figure.met, figure.base, 1)}%" if figure.base else NOTHING
        limits = [
            NOTHING if edge is None else f"{number(100 * edge, 1)}%" for edge in (figure.low, figure.high)
        ]
        cells: tuple[Cell, ...] = (asked.label(code), figure.met, figure.base, share, *limits)
        return (*cells, *_then_cells(figure, then.get(code))) if compared else cells

    hidden = [(asked.label(code), *(HIDDEN for _ in heads[1:])) for code in gone]
    return Table(heads, (*(row(f) for f in lines), *hidden))


def _then_cells(figure: Figure, old: ShareRow | None) -> tuple[str, str]:
    if old is None:
        return NOTHING, NOTHING
    said = share_of(old.met, old.base)
    new = ShareRow(figure.keys[1], "", figure.met, figure.base)
    if not (old.drawn and new.drawn):
        return said, "too few to compare"
    change = new.against(old)
    return said, ("higher" if change.value > 0 else "lower") if change.clear else NO_CLEAR_CHANGE


def _figures(
    answers: Released, lines: Sequence[Figure], gone: Sequence[str], asked: Asked, main: str
) -> tuple[PackFigure, ...]:
    def key(code: str) -> str:
        return f"{answers.measure.key}:{main}:{code}"

    return (
        *(shown_share(key(f.keys[1]), asked.label(f.keys[1]), f) for f in lines),
        *(shown_share(key(code), asked.label(code), None, hidden=True) for code in gone),
    )
