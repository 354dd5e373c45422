"""What cannot be kept of a meeting or an action is said: where, what was found, and what would be accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.access import Audience
from domain.actions import MOST_OF_A_TEXT, Action
from domain.agenda import AGENDA, DEFAULT_AGENDA
from domain.kpis import kpis_of
from domain.meeting_checks import (
    about_problems,
    action_problems,
    agenda_problems,
    plain_remarks,
    possible_references,
    remark_problems,
)
from domain.meetings import MOST_OF_A_COMMENT, About, Remark
from domain.periods import Period
from tests.builders import HILL, NORTH, Q1, SERVICE, SOUTH, some_settings

SETTINGS = some_settings()
WITH_NORTH = Audience.with_provider(NORTH)
ABOUT = About(SERVICE, Period.parse(Q1), WITH_NORTH, NORTH, HILL)


@pytest.mark.parametrize(
    "about",
    [
        ABOUT,
        replace(ABOUT, provider="", area=""),
        *(replace(ABOUT, audience=one, provider=SOUTH) for one in (Audience.US, Audience.PROVIDERS, Audience.PUBLIC)),
    ],
)  # fmt: skip
def test_a_meeting_is_about_what_the_settings_know(about: About) -> None:
    assert list(about_problems(about, SETTINGS)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"service": "none"}, "The service: there is none called 'none'. Choose one of send, housing"),
        ({"audience": Audience.US, "provider": "x"}, "none called 'x' for this service. Choose one of north, south, or all."),
        ({"area": "E9"}, "The area: the settings have none with the key 'E9'. Choose one of the list, or all."),
        ({"provider": SOUTH}, "North Mentors is in the room, and it is about South Mentors. Choose one provider for both."),
        ({"audience": Audience.with_provider("x"), "provider": ""}, "Who will see this: the settings have no provider called 'x'"),
        # Under contract, but not for this service.
        ({"service": "send", "provider": ""}, "Who will see this: the settings have no provider called 'north' for this service"),
    ],
)  # fmt: skip
def test_what_a_meeting_cannot_be_about(change: dict[str, object], said: str) -> None:
    (problem,) = about_problems(replace(ABOUT, **change), SETTINGS)  # type: ignore[arg-type]
    assert said in problem


def test_an_agenda_has_items_that_there_are_each_once() -> None:
    assert list(agenda_problems(DEFAULT_AGENDA)) == list(agenda_problems([AGENDA[-1].key])) == []
    assert list(agenda_problems([])) == ["The agenda is empty. Choose at least one item."]
    (strange,) = agenda_problems(["kpis", "tea"])
    assert strange.startswith("The agenda: 'tea' is no item of an agenda. Choose from actions, kpis, ")
    assert list(agenda_problems(["kpis", "kpis"])) == ["The agenda has an item twice. Choose each once."]


@pytest.mark.parametrize(
    ("remark", "said"),
    [
        (Remark("x" * (MOST_OF_A_COMMENT + 1)), "The comment has 501 letters. Say it in up to 500"),
        (Remark("Write to a.b@example.org"), "The comment looks as if it holds an e-mail address"),
        (
            Remark("Born 3/4/2011"),
            "holds a date, perhaps of birth. Say it without; a day is written as 3 Oct 2026.",
        ),
        (Remark("They moved to CM1 1QH"), "The comment looks as if it holds a full postcode"),
        (Remark("Ring 07700 900123"), "The comment looks as if it holds a phone number"),
        (
            Remark(quote="I am a.b@example.org", agreed=True),
            "The quote looks as if it holds an e-mail address",
        ),
        (Remark(quote="Yes", quote_by="x" * 81, agreed=True), "Whose quote it is has 81 letters"),
        (Remark(quote="Thank you"), "nobody has said that it may be used"),
        (Remark(quote_by="a tenant"), "stands without a quote"),
    ],
)
def test_what_cannot_be_said_beside_a_screen(remark: Remark, said: str) -> None:
    (problem,) = remark_problems({"volumes": remark})
    assert said in problem


def test_a_remark_is_one_line_beside_a_screen() -> None:
    said = {"kpis:SM1b": Remark(" Busier\n than\x00 planned ", "It\thelped", "a tenant ", agreed=True)}
    kept = plain_remarks(said)
    assert kept == {"kpis:SM1b": Remark("Busier than planned", "It helped", "a tenant", agreed=True)}
    assert list(remark_problems(kept)) == []
    assert list(remark_problems({"a screen?": Remark("x")})) == [
        "A comment stands beside no screen. Write it beside one."
    ]


def test_an_action_has_a_text_an_owner_and_whom_it_is_for() -> None:
    kpi = kpis_of(SERVICE)[0].id
    right = Action(SERVICE, "Ring them", "Manager", date(2030, 1, 1), NORTH, HILL, WITH_NORTH.key, kpi, Q1)
    assert list(action_problems(right, SETTINGS)) == []
    for change, said in (
        ({"service": "none"}, "The service: there is none called 'none'"),
        ({"text": ""}, f"The action is blank. Say it in up to {MOST_OF_A_TEXT} letters."),
        ({"text": "x" * 301}, "The action has 301 letters"),
        ({"owner": ""}, "Who does it is blank"),
        ({"owner": "a.b@example.org"}, "Who does it looks as if it holds an e-mail address"),
        ({"audience": "them"}, "Who will see this: 'them' is not an audience"),
        ({"provider": SOUTH}, "Choose one provider for both"),
        ({"area": "E9"}, "The area: "),
        ({"kpi_period": ""}, "name the KPI and its period, or neither"),
        ({"kpi": "SM99"}, "this service has none called 'SM99'"),
        ({"kpi_period": "summer"}, "The period of the KPI: 'summer' is not a month"),
    ):
        (problem,) = action_problems(replace(right, **change), SETTINGS)  # type: ignore[arg-type]
        assert said in problem


def test_a_number_is_a_reference_only_where_a_word_says_so_or_it_can_be_no_amount() -> None:
    def parts(text: str) -> set[str]:
        return {part for part in possible_references(text)[0] if " " not in part}

    assert parts("40 cases: 12 were late in 2018, 3 more") == set()
    for text in ("case 12", "Case: 12", "ref. 12", "No 12", "#12"):
        assert parts(text) == {"12"}, text
    assert parts("007 and 4711 and EX/2018/04/041, TB-1") >= {"007", "4711", "EX/2018/04/041", "TB-1"}
    assert "HILL" in possible_references("It is HILL again")[1]
