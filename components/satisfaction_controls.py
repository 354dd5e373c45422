"""The pickers of the Satisfaction page: who answered, which years to compare, and which question to follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from components.address import allow, fill, one_of, write
from components.satisfaction_answers import Asked, figures_of, most_answers, question_rows, respondents
from components.settings_links import to_settings
from domain.disclosure import Released
from domain.formats import unmarked

_YEARS = {"financial_year": "Financial years", "calendar_year": "Calendar years"}
_BLANK = "blank"
"""What stands in the address for those of whom it is not recorded who they are."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whose answers are shown (key and words), the question that is followed, and the grouping of the years."""

    respondent: str = ""
    who: str = ""
    question: str = ""
    years: str = "financial_year"


def choose_answers(released: Released, asked: Asked) -> Chosen:
    """Show the pickers of the page. `released` is by who answered, then by question."""
    people = respondents(released)
    if not people:
        return Chosen()
    respondent = choose_respondent(people, most_answers(released))
    rows = question_rows(figures_of(released, respondent_type=respondent), 1, asked)
    question = choose_question({row.key: row.label for row in rows})
    return Chosen(respondent, people[respondent], question, choose_years())


def choose_respondent(options: Mapping[str, str], first: str) -> str:
    """Whose answers are shown: one kind of person at a time. Not asked where only one kind answered."""
    if len(options) < 2:
        return first
    keys = list(options)
    fill("answered_by", one_of(keys, _in_address, first), first)
    allow("answered_by", keys, first)
    chosen = st.radio(
        "Who answered",
        keys,
        format_func=options.__getitem__,
        key="answered_by",
        horizontal=True,
        help="The answers of different people are never added together.",
    )
    write("answered_by", [] if chosen == first else [_in_address(chosen)])
    return chosen


def choose_years() -> str:
    """The grouping of the years that stand side by side."""
    fill("years", one_of(list(_YEARS), str, "financial_year"), "financial_year")
    allow("years", list(_YEARS), "financial_year")
    chosen = st.radio("Years", list(_YEARS), format_func=_YEARS.__getitem__, key="years", horizontal=True)
    write("years", [] if chosen == "financial_year" else [chosen])
    return chosen


def choose_question(questions: Mapping[str, str]) -> str:
    """The question that is followed over time and over those who answered; blank while none has an answer."""
    keys = list(questions)
    if len(keys) < 2:
        return keys[0] if keys else ""
    fill("question", one_of(keys, str, keys[-1]), keys[-1])
    allow("question", keys, keys[-1])
    chosen = st.selectbox(
        "Question to follow", keys, format_func=lambda key: f"{key}: {questions[key]}", key="question"
    )
    write("question", [] if chosen == keys[-1] else [chosen])
    return chosen


def stop_if_clashing(clashes: Sequence[str]) -> None:
    """End the page where providers ask different things under one code: their answers must not be added up."""
    if clashes:
        st.warning(
            unmarked(
                f"These providers do not ask the same: {'; '.join(clashes)}. "
                "Choose one provider at the side, or give the questions different codes in Settings."
            )
        )
        to_settings("Settings")
        st.stop()


def _in_address(key: str) -> str:
    return key or _BLANK
