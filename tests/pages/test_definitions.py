"""The Definitions page: everything that is declared is there, and can be found."""

import pytest

from components.definitions import PARTS, matching
from data_access.stores import Store
from domain.checks import rules_in_order
from domain.fields import CASES
from domain.kpis import catalogue, kpis_of
from domain.measures import MEASURES
from domain.vocabulary import code_list
from sample_data.settings import example_settings
from tests.pages.opening import heading, opened, words_on

DECLARED = {
    "KPIs": [kpi.name for kpi in catalogue()],
    "Figures": [measure.label for measure in MEASURES],
    "Columns of a return": [field.label for field in CASES],
    "Answers": [code.label for field in CASES if field.coded for code in field.code_list.entries],
    "Time limits": [code.label for code in code_list("agreed_action").entries],
    "Checks of a file": [rule.title for rule in rules_in_order()],
}


@pytest.mark.parametrize("part", PARTS)
def test_everything_declared_is_defined(part: str) -> None:
    cells = {cell for row in PARTS[part](example_settings()).rows for cell in row}
    assert set(DECLARED[part]) <= cells


def test_a_search_finds_rows_of_every_part(shared: Store) -> None:
    page = opened("definitions.py", search="withdrew")
    words = words_on(page)
    assert heading(page) == "Definitions"
    assert "leaving out those who withdrew" in words
    assert "Days of support" not in words


def test_one_part_is_shown_until_somebody_searches(shared: Store) -> None:
    page = opened("definitions.py")
    assert [header.value for header in page.header] == [f"KPIs ({len(kpis_of('send')) + 1})"]
    assert "later of two months from the decision notice" in words_on(page), (
        "the one that is a date, not a figure"
    )
    page.text_input(key="search").set_value("no such word anywhere").run()
    assert "Nothing matches" in page.info[0].value


def test_each_service_is_defined_by_what_it_declares(shared: Store) -> None:
    words = words_on(opened("definitions.py", service="housing", part="Figures"))
    assert "First visit within two weeks" in words
    assert "Families who changed their mind" not in words


def test_time_limits_are_those_of_the_service_and_one_that_has_none_says_so(shared: Store) -> None:
    words = words_on(opened("definitions.py", service="send", part="Time limits"))
    assert "5 weeks from the agreement, where no other time was agreed in writing" in words
    assert "3 working days from 'Family decided not to mediate'" in words
    assert "Initial contact within 2 weeks" not in words
    page = opened("definitions.py", service="mentoring", part="Time limits")
    assert page.info[0].value == "Homelessness-prevention mentoring has none of these."


def test_answers_of_a_column_are_those_of_the_service() -> None:
    def answers(service: str) -> set[object]:
        return {row[1] for row in PARTS["Answers"](example_settings(), service).rows if row[0] == "Outcome"}

    assert "Mediation meeting held" in answers("send")
    assert "Mediation meeting held" not in answers("housing")


def test_a_search_wants_every_word_in_any_case() -> None:
    table = PARTS["Figures"](example_settings())
    assert matching(table, "MEDIAN support").rows
    assert not matching(table, "median unicorn").rows
