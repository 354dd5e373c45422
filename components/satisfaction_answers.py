"""The answers to a survey, cut so that nothing is added up that must not be: one kind of person, one question, at a time."""

from __future__ import annotations

from collections.abc import Sequence

from components.charts.share_rows import ShareRow, row_of
from domain.disclosure import Figure
from domain.figure_table import HIDDEN
from domain.formats import NOTHING, few_cases, number
from domain.rounding import percent
from domain.survey_answers import NOT_RECORDED as NOT_RECORDED
from domain.survey_answers import OTHER_SCALE as OTHER_SCALE
from domain.survey_answers import Asked as Asked
from domain.survey_answers import figures_of as figures_of
from domain.survey_answers import hidden_of as hidden_of
from domain.survey_answers import most_answers as most_answers
from domain.survey_answers import positive_words as positive_words
from domain.survey_answers import question_rows as question_rows
from domain.survey_answers import respondents as respondents
from domain.table import Table

HEADERS = (
    "Positive",
    "Out of",
    "Share",
    "95% from",
    "95% to",
    "Left blank",
    "Don't know, not applicable or refused",
    "Note",
)
_BLANK = ("Left blank", "Don't know, not applicable or refused")


def rows_by(figures: Sequence[Figure], place: int, *, blank: str = "") -> tuple[ShareRow, ...]:
    """A row for each group that has a base, named after the grouping at this place of the keys."""
    return tuple(
        ShareRow(
            f.keys[place], (f.labels[place] if f.keys[place] else blank or f.labels[place]), f.met, f.base
        )
        for f in figures
        if f.base
    )


def answers_table(
    heads: Sequence[str],
    rows: Sequence[tuple[tuple[str, ...], Figure]],
    hidden: Sequence[tuple[str, ...]] = (),
    *,
    shut: bool = False,
) -> Table:
    """A table with the words of each row before its numbers.

    `hidden` are the words of the rows whose numbers may not be shown; `shut` leaves out how many were blank, which others are not told.
    """
    kept = [place for place, name in enumerate(HEADERS) if not (shut and name in _BLANK)]
    told = [(*words, *(_cells(figure)[place] for place in kept)) for words, figure in rows]
    gone = [(*words, *(HIDDEN for _ in kept)) for words in hidden]
    return Table((*heads, *(HEADERS[place] for place in kept)), (*told, *gone))


def _cells(figure: Figure) -> tuple[str | int, ...]:
    share = f"{percent(figure.met, figure.base, 1)}%" if figure.base else NOTHING
    limits = [NOTHING if edge is None else f"{number(100 * edge, 1)}%" for edge in (figure.low, figure.high)]
    row = row_of(figure)
    caution = "" if not row.low_base or not row.base else "few answers" if row.drawn else "too few to draw"
    note = ", ".join(part for part in (caution, few_cases(figure)) if part)
    return (figure.met, figure.base, share, *limits, figure.missing, figure.unsure, note)
