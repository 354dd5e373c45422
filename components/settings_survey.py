"""The part of the Settings page on the survey: which questions a service or a provider asks."""

from __future__ import annotations

import streamlit as st

from components.frame import section, show_table
from components.settings_frame import Step, a_day, attempt, choose_one, submitted, without_blank
from domain.formats import day
from domain.services import SERVICES
from domain.settings import Settings, SurveyQuestion
from domain.settings_edits import put_question, take_out_question
from domain.settings_words import SCALES, service_label, whose
from domain.table import Table

_CHANGE, _OUT = "Change it", "Take it out (entered by mistake)"


def survey_part(settings: Settings, turn: int) -> Step | None:
    """Add, change or take out a question of a survey."""
    section("Survey questions")
    left, right = st.columns(2)
    service = left.selectbox(
        "Service", [s.key for s in SERVICES], format_func=service_label, key=f"survey_service_{turn}"
    )
    provider = right.selectbox(
        "Asked by",
        ["", *(p.key for p in settings.providers_of(service))],
        format_func=lambda key: whose(settings, key),
        key=f"survey_for_{service}_{turn}",
    )
    asked = [q for q in settings.questions if (q.service, q.provider) == (service, provider)]
    if asked:
        show_table(without_blank(questions_table(asked)), "Survey questions")
    else:
        general = settings.survey(service, provider)
        words = "; ".join(f"{q.code} '{q.label}'" for q in general)
        st.markdown(f"None of its own, so this is asked: {words}.")
    which = choose_one(
        "Question",
        asked,
        lambda q: f"{q.code}: {q.label}",
        new="Add a new question",
        key=f"survey_which_{service}_{provider}_{turn}",
    )
    place = f"{service}_{provider}_{which.code if which else ''}_{turn}"
    what = (
        st.radio("What to do", (_CHANGE, _OUT), horizontal=True, key=f"survey_do_{place}")
        if which
        else _CHANGE
    )
    with st.form(f"survey_{place}_{what}"):
        question = which
        if what == _CHANGE:
            question = _entered(which or SurveyQuestion(service, "", "", provider=provider), place)
        if not submitted() or question is None:
            return None
    if what == _OUT and which:
        return attempt(f"Take out {which.code}", lambda: take_out_question(settings, which))
    title = f"Change {which.code}" if which else f"Add {question.code}"
    return attempt(title, lambda: put_question(settings, question, was=which.code if which else ""))


def _entered(held: SurveyQuestion, place: str) -> SurveyQuestion:
    code = held.code or st.text_input(
        "Code of the question, as returns give it", max_chars=20, key=f"survey_code_{place}"
    )
    label = st.text_input("The question", held.label, max_chars=200, key=f"survey_label_{place}")
    scale = st.selectbox(
        "Answers",
        list(SCALES),
        index=list(SCALES).index(held.scale),
        format_func=SCALES.__getitem__,
        key=f"survey_scale_{place}",
    )
    since = a_day("Asked from (blank: always)", held.since, f"survey_since_{place}")
    return SurveyQuestion(held.service, code.strip(), label.strip(), scale, held.order, held.provider, since)


def questions_table(asked: list[SurveyQuestion]) -> Table:
    """Each question with its answers."""
    return Table(
        ("Code", "Question", "Answers", "Asked from"),
        tuple((q.code, q.label, SCALES[q.scale], day(q.since) if q.since else "") for q in asked),
    )
