"""Satisfaction: what do the people who answered the survey think, and what is complained of?"""

import streamlit as st

from components.complaints_panels import complaints_panels
from components.frame import page_head, show
from components.navigation import require_shell
from components.satisfaction_answers import Asked
from components.satisfaction_controls import choose_answers, stop_if_clashing
from components.satisfaction_panels import headline, survey_panels
from components.satisfaction_response import response_part
from data_access.survey_responses import read_responses
from domain.disclosure import release
from pages._desk import open_desk, stop_if_empty

MEASURE, WHO, WHAT = "satisfaction_positive", "respondent_type", "question_code"

require_shell()

desk = open_desk()
stop_if_empty(desk, "Satisfaction")

asked = Asked(desk.settings, desk.service.key, desk.selection.providers)
answers, quarters, counts, upheld, subjects = desk.ask_all(
    (MEASURE, WHO, WHAT),
    (MEASURE, "quarter", WHO, WHAT),
    ("complaints", "quarter"),
    ("complaints_upheld", "quarter"),
    ("complaints", "subject_code"),
)
# How many surveys were sent is known of whole returns: for the commissioning team alone.
responses = None if desk.audience.gated else read_responses(desk.store, desk.selection, desk.viewer)

# The title says whose answers are shown, so it is filled after the picker below it.
head = st.container()
if asked.clashes():
    with head:
        page_head("Satisfaction", desk.sentence, presented=False)
    stop_if_clashing(asked.clashes())
chosen = choose_answers(answers, asked)
with head:
    page_head(headline(answers, asked, chosen), desk.sentence)

unfinished = desk.unfinished(chosen.years) | desk.unfinished("quarter")
rate = responses and response_part(
    "satisfaction_response",
    release(responses.tally, desk.audience),
    desk.settings,
    responses.sent,
    areas_chosen=bool(desk.selection.areas),
    unfinished=desk.unfinished("financial_year"),
)
show(
    [
        *survey_panels(
            answers,
            desk.ask(MEASURE, chosen.years, WHO, WHAT),
            quarters,
            asked,
            chosen,
            unfinished=unfinished,
        ),
        *(rate or ()),
        *complaints_panels(
            "complaints", counts, upheld, subjects, desk.settings, unfinished=desk.unfinished("quarter")
        ),
    ]
)
