"""What is said of one contract where there is little to say: no post, nothing due, columns of which nothing is wanted yet."""

from datetime import date

import pytest

from components.contracts_duties import (
    LESS,
    PAID,
    UNKNOWN,
    case_reports_panel,
    escalations_panels,
    living_wage_panels,
)
from components.contracts_records import completeness_panel, worst_first
from components.contracts_terms import terms_panel
from domain.settings import Contract
from tests.unit.components.builders import SETTINGS, released

CONTRACT = Contract("housing-a", "housing", "a", date(2018, 4, 1), case_report_days=10)
MENTORING = Contract("mentoring-a", "mentoring", "a", date(2018, 4, 1))


def wages(met: int, base: int, *, missing: int = 0) -> str:
    row = released("living_wage", (), [("", "", met, base)], missing=missing, service="housing")
    (panel,) = living_wage_panels("living_wage", [(201810, row)], CONTRACT, SETTINGS)
    return panel.title


def test_posts_are_told_apart_by_what_they_are_paid_and_a_blank_is_neither() -> None:
    row = released("living_wage", (), [("", "", 3, 4)], missing=2, service="housing")
    (panel,) = living_wage_panels("living_wage", [(201807, row), (201810, row)], CONTRACT, SETTINGS)
    assert panel.title == "75% (3 of 4) of posts are paid at least the London Living Wage where it applies"
    assert panel.table.headers == ("At the end of", PAID, LESS, UNKNOWN)
    assert panel.table.rows == (("31 Jul 2018", 3, 1, 2), ("31 Oct 2018", 3, 1, 2))
    assert panel.basis.base.startswith("n = 4 of 6, 2 missing")


def test_nothing_recorded_and_nothing_that_applies_are_two_things() -> None:
    assert wages(0, 0, missing=2) == "Whether posts are paid at least the London Living Wage was not recorded"
    assert wages(0, 0).startswith("No post to which the London Living Wage applies was recorded")


def test_a_service_in_which_no_kpi_asks_for_the_living_wage_says_nothing_of_no_post() -> None:
    row = released("living_wage", (), [("", "", 0, 0)], service="mentoring")
    assert living_wage_panels("living_wage", [(201810, row)], MENTORING, SETTINGS) == []


def test_the_case_report_is_not_said_to_be_missing_while_none_is_due() -> None:
    none = released(
        "case_report_sent", ("quarter",), [("2018-04..2018-06", "Apr-Jun 2018", 0, 0)], service="housing"
    )
    panel = case_reports_panel("case_reports", none, CONTRACT, SETTINGS, at=201806, unfinished=())
    assert panel.title == "No case report is due yet of the cases closed"


def test_reasons_that_share_the_first_place_are_all_named() -> None:
    quarter = released(
        "escalations", ("quarter",), [("2018-04..2018-06", "Apr-Jun 2018", 5, 5)], service="housing"
    )
    why = released(
        "escalation_reasons",
        ("escalation_reason",),
        [("RISK", "Risk of harm", 2, 5), ("LEGAL", "Legal matter", 1, 5), ("OTHER", "Other", 2, 5)],
        service="housing",
    )
    title = escalations_panels("escalations", quarter, why, SETTINGS, unfinished=())[0].title
    assert title.endswith("; most often for risk of harm and other (2 of 5 each)")


def test_the_worst_filled_column_comes_first_and_one_of_which_nothing_is_wanted_last() -> None:
    rows = [("a", "Whole", 40, 40), ("b", "Not wanted", 0, 0), ("c", "Half", 20, 40), ("d", "Nearly", 39, 40)]
    found = released("completeness", ("field",), rows, service="mentoring")
    assert [row.label for row in worst_first(found)] == ["Half", "Nearly", "Whole", "Not wanted"]
    panel = completeness_panel("completeness", found, SETTINGS)
    assert panel.title == "Least complete: 'Half' is filled in for 50% (20 of 40)"
    assert panel.notes[0].startswith("Below 95%: Half. ")
    assert panel.basis.base.startswith("n = 99 of 120 cells, 21 missing")
    assert panel.table.rows[-1] == ("Not wanted", 0, 0, "nothing wanted yet", 0)


@pytest.mark.parametrize(("filled", "named"), [(19, False), (18, True)])
def test_95_percent_is_enough(filled: int, named: bool) -> None:
    found = released("completeness", ("field",), [("a", "Sex", filled, 20)], service="mentoring")
    notes = completeness_panel("completeness", found, SETTINGS).notes
    assert any(note.startswith("Below 95%: Sex") for note in notes) is named


def test_prices_stand_among_the_terms_only_for_who_may_see_them_and_where_there_is_a_number() -> None:
    def terms(contract: Contract, *, prices: bool) -> list[str]:
        panel = terms_panel(contract, SETTINGS, prices=prices)
        return [str(row[0]) for row in panel.table.rows if "rice" in str(row[0]).replace("fixed price", "")]

    bought = Contract("housing-a", "housing", "a", date(2018, 4, 1), included_cases=3)
    assert terms(bought, prices=True) == ["Fixed price, a contract year", "Price of each extra case"]
    assert terms(bought, prices=False) == []
    assert terms(CONTRACT, prices=True) == []
