"""The panels of the Satisfaction page: the questions of one kind of person, two years, one question over time, and who answered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from components.basis import basis_of
from components.charts.canvas import FEW_NOTE
from components.charts.share_rows import (
    LEAST_BASE,
    Series,
    ShareRow,
    drawn,
    low_base_notes,
    rows_in_words,
    share_rows,
    shares_beside,
)
from components.panel import Panel
from components.satisfaction_answers import (
    NOT_RECORDED,
    OTHER_SCALE,
    Asked,
    answers_table,
    figures_of,
    hidden_of,
    positive_words,
    question_rows,
    rows_by,
)
from components.satisfaction_basis import answers_basis
from components.satisfaction_controls import Chosen
from domain.disclosure import Released
from domain.figure_table import table_of
from domain.formats import counted, listed
from domain.hidden_words import hidden_message, partly
from domain.survey_words import (
    latest_answers_message,
    positive_message,
    span_message,
    types_message,
    years_message,
)

NOT_COVERED = "The limits cover chance alone: those who did not answer are not covered by them, and nobody knows what they think."
_NO_TWO_YEARS = (
    f"Years are not compared: fewer than two complete ones have {LEAST_BASE} answers to a question."
)
_SCALES = {
    "agree": "Statements to agree with",
    "useful": "On another scale, how useful",
    OTHER_SCALE: "Questions that the survey in Settings does not have",
}


def headline(released: Released, asked: Asked, chosen: Chosen) -> str:
    """The title of the page: who answered, and how their answers to the first kind of question span."""
    figures = figures_of(released, respondent_type=chosen.respondent)
    if not figures and partly(released):
        return hidden_message(released)
    if not figures:
        return "No survey answer has been recorded"
    first = next((s for s in _SCALES if question_rows(figures, 1, asked, s)), "agree")
    return span_message(chosen.who, question_rows(figures, 1, asked, first))


def survey_panels(
    answers: Released,
    years: Released,
    quarters: Released,
    asked: Asked,
    chosen: Chosen,
    *,
    unfinished: Collection[str],
) -> list[Panel]:
    """Every panel of the survey for what is chosen; none while nobody has answered.

    Parameters
    ----------
    answers : by who answered, then by question. years, quarters : the same by time first.
    unfinished : keys of the years and quarters that are not complete.
    """
    if not chosen.who:
        return [_nothing_shown("satisfaction", answers, asked)] if partly(answers) else []
    respondent, who = chosen.respondent, chosen.who
    side_by_side = [
        panel
        for scale in _SCALES
        for panel in years_panel(
            f"satisfaction_years_{scale}", years, asked, chosen, scale, unfinished=unfinished
        )
    ]
    over_time = over_quarters_panel(
        "satisfaction_quarters", quarters, asked, respondent, who, chosen.question, unfinished=unfinished
    )
    if not side_by_side:
        over_time = replace(over_time, notes=(*over_time.notes, _NO_TWO_YEARS))
    return [
        *question_panels("satisfaction", answers, asked, respondent, who),
        *side_by_side,
        over_time,
        *who_answered_panel("satisfaction_who", answers, asked, chosen.question),
    ]


def _nothing_shown(key: str, released: Released, asked: Asked) -> Panel:
    return Panel(key, hidden_message(released), table_of(released), basis_of(released, asked.settings))


def question_panels(key: str, released: Released, asked: Asked, respondent: str, who: str) -> list[Panel]:
    """The share of positive answers to each question: a panel for each scale, because the scales are not alike.

    Parameters
    ----------
    released : by who answered, then by question. respondent, who : whose answers, as key and in words.
    """
    figures = figures_of(released, respondent_type=respondent)
    gone = hidden_of(released, respondent_type=respondent)
    found = []
    for scale, name in _SCALES.items():
        rows = question_rows(figures, 1, asked, scale)
        lines = [f for f in figures if asked.scale(f.keys[1]) == scale]
        hidden = [one.keys[1] for one in gone if asked.scale(one.keys[1]) == scale]
        if not lines and not hidden:
            continue
        title = positive_message(who, rows)
        words = positive_words(scale)
        unanswered = [
            f"'{q.label}'"
            for q in asked.questions.values()
            if q.scale == scale and q.code not in {*hidden, *(row.key for row in rows)}
        ]
        found.append(
            Panel(
                key=f"{key}_{scale}",
                title=title if scale == "agree" else f"{name}. {title}",
                figure=share_rows(rows, released.source, named_bases=True) if drawn(rows) else None,
                undrawn=any(row.base for row in rows),
                alt=f"{name}, share of positive answers by question, {who}: {rows_in_words(rows)}.",
                table=answers_table(
                    ("Question",),
                    [((asked.label(f.keys[1]),), f) for f in lines],
                    [(asked.label(code),) for code in hidden],
                    shut=released.shut,
                ),
                basis=answers_basis(released, asked, lines, who),
                notes=(
                    *([f"Positive: {words}. The order is that of the survey."] if words else []),
                    NOT_COVERED,
                    *([f"No answer to: {listed(unanswered, len(unanswered))}."] if unanswered else []),
                    *low_base_notes(rows, "answer"),
                    *_few(rows),
                ),
            )
        )
    return found


def years_panel(
    key: str,
    released: Released,
    asked: Asked,
    chosen: Chosen,
    scale: str,
    *,
    unfinished: Collection[str],
) -> list[Panel]:
    """The questions of one scale in the last two complete years, side by side; none where fewer have enough answers.

    `released` is by year, then by who answered, then by question.
    """
    who = chosen.who
    every_scale = figures_of(released, respondent_type=chosen.respondent)
    figures = [f for f in every_scale if asked.scale(f.keys[2]) == scale]
    years = {f.keys[0]: f.labels[0] for f in figures if f.keys[0] and f.keys[0] not in unfinished}
    series = [
        Series(label, question_rows([f for f in figures if f.keys[0] == year], 2, asked))
        for year, label in years.items()
    ]
    with_rows = [one for one in series if drawn(one.rows)]
    if len(with_rows) < 2:
        return []
    pair = with_rows[-2:]
    every = [row for one in pair for row in one.rows]
    lines = [f for f in figures if f.labels[0] in {one.name for one in pair} and f.base]
    lines.sort(key=lambda f: list(asked.questions).index(f.keys[2]) if f.keys[2] in asked.questions else 99)
    undated = sum(f.missing for f in figures if not f.keys[0])
    several = len({row.key for row in every}) > 1
    panel = Panel(
        key=key,
        title=years_message(who, *pair)
        if scale == "agree"
        else f"{_SCALES[scale]}. {years_message(who, *pair)}",
        figure=shares_beside(pair, released.source),
        alt="; ".join(f"{one.name}, {who}: {rows_in_words(one.rows)}" for one in pair) + ".",
        table=answers_table(
            ("Question", "Year"),
            [((asked.label(f.keys[2]), f.labels[0]), f) for f in lines],
            [
                (asked.label(one.keys[2]), one.labels[0])
                for one in hidden_of(released, respondent_type=chosen.respondent)
                if asked.scale(one.keys[2]) == scale and one.keys[0] in years
            ],
            shut=released.shut,
        ),
        basis=answers_basis(released, asked, lines, who),
        notes=(
            "A change is called one only where the 95% interval of the difference leaves out zero."
            + (" One person answers several questions, so they often move together." if several else ""),
            *([f"{counted(undated, 'answer')} without a date are in neither year."] if undated else []),
            *(["! fewer than 30 answers: read with caution."] if any(r.low_base for r in every) else []),
            *_few(every),
        ),
    )
    return [panel]


def over_quarters_panel(
    key: str,
    released: Released,
    asked: Asked,
    respondent: str,
    who: str,
    question: str,
    *,
    unfinished: Collection[str],
) -> Panel:
    """One question, quarter by quarter. `released` is by quarter, then by who answered, then by question."""
    figures = figures_of(released, respondent_type=respondent, question_code=question)
    gone = hidden_of(released, respondent_type=respondent, question_code=question)
    lines = [f for f in figures if f.base]
    rows = rows_by([f for f in lines if f.keys[0]], 0)
    label = asked.label(question)
    part = [row.label for row in rows if row.key in unfinished]
    return Panel(
        key=key,
        title=latest_answers_message(who, label, rows, unfinished),
        figure=share_rows(rows, released.source, named_bases=True) if drawn(rows) else None,
        undrawn=any(row.base for row in rows),
        alt=f"'{label}', {who}, by quarter: {rows_in_words(rows)}.",
        table=answers_table(
            ("Quarter",),
            [((f.labels[0],), f) for f in lines],
            [(one.labels[0],) for one in gone if one.keys[0]],
            shut=released.shut,
        ),
        basis=answers_basis(released, asked, lines, who),
        notes=(
            *([f"Not complete, so not compared: {listed(part)}."] if part else []),
            *low_base_notes(rows, "answer"),
            *_few(rows),
        ),
    )


def who_answered_panel(key: str, released: Released, asked: Asked, question: str) -> list[Panel]:
    """One question by who answered, never added up; no panel where only one kind of person did."""
    lines = [f for f in figures_of(released, question_code=question) if f.base]
    rows = rows_by(lines, 0, blank=NOT_RECORDED)
    if len(rows) < 2:
        return []
    label = asked.label(question)
    panel = Panel(
        key=key,
        title=types_message(rows, label),
        figure=share_rows(rows, released.source, named_bases=True) if drawn(rows) else None,
        undrawn=any(row.base for row in rows),
        alt=f"'{label}' by who answered: {rows_in_words(rows)}.",
        table=answers_table(
            ("Who answered",),
            [((row.label,), f) for row, f in zip(rows, lines, strict=True)],
            [(one.labels[0] or NOT_RECORDED,) for one in hidden_of(released, question_code=question)],
            shut=released.shut,
        ),
        basis=answers_basis(released, asked, lines, "each kind of person apart"),
        notes=(
            "There is no figure of all together: who answers more often would decide it.",
            *low_base_notes(rows, "answer"),
            *_few(rows),
        ),
    )
    return [panel]


def _few(rows: Sequence[ShareRow]) -> tuple[str, ...]:
    return (
        (FEW_NOTE.replace("cases", "answers"),)
        if any(row.small and row.base >= LEAST_BASE for row in rows)
        else ()
    )
