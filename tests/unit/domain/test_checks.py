"""Every rule finds the file that breaks it, is silent on a right one, and speaks plainly."""

from __future__ import annotations

import re

import pytest

from data_access.intake import Examined, examine
from data_access.spreadsheets.reading import read_return
from domain.checks import RULES, rules_in_order
from domain.checks.checking import prepare
from domain.grouping import rows_of
from domain.problem import Level, Problem
from tests.upload_files.make import FAIL, FOLDER, PASS, Example, named
from tests.upload_files.more_checks import MORE_FAIL
from tests.upload_files.returns import KNOWN, SETTINGS, a_return, case, with_column
from tests.upload_files.right import RIGHT
from tests.upload_files.totals import totals

FORBIDDEN = (
    "tally|ledger|seq|data version|in force|upload in "
    "hand|suppression|nowcast|XmR|re-base|trial limits|amber edge|promise|ripe|cohort"
)

# Faults that cannot stand alone: the wanted date is blank in the same row, or a month is asked of a return
# that spans a quarter; a number has no meaning because its question is unknown, which is said too; and so is a
# column that may be missing; a sheet that is refused is not read; what replaces another return says so.
ALSO = {
    "error_in_an_older_workbook.xls": {"formulas_read"},
    "error_in_a_spreadsheet.ods": {"formulas_read"},
    "sheet_that_may_be_two.xlsx": {"other_sheets"},
    "lasts_longer_than_the_contract.xlsx": {"wanted_filled"},
    "number_for_an_unknown_question.xlsx": {"question_known"},
    "no_column_of_a_kpi.xlsx": {"optional_columns"},
    "cases_and_totals.xlsx": {"other_sheets"},
    "totals_without_a_number.xlsx": {"rows_without_a_number"},
    "totals_in_place_of_cases.xlsx": {"period_replaces"},
    "cases_in_place_of_totals.xlsx": {"period_replaces"},
}


def look_at(example: Example) -> Examined:
    return examine(example.name, example.data, SETTINGS, example.known, example.mapping, example.told)


def speaking(example: Example) -> set[str]:
    draft = read_return(example.name, example.data)
    checking = prepare(draft, SETTINGS, example.known, example.mapping, example.told)
    return {
        name
        for name, rule in RULES.items()
        if rule.applies(checking) and not rule.why_not(checking) and rule.problems(checking)
    }


@pytest.mark.parametrize("example", PASS, ids=lambda e: e.name)
def test_a_right_file_is_accepted_without_a_word(example: Example) -> None:
    found = look_at(example)
    assert [p.sentence for p in found.problems] == []
    assert found.accepted is not None
    service, provider, _ = RIGHT[example.kind]
    assert found.accepted.key == f"{service}:{provider}:2018-04..2018-06"


@pytest.mark.parametrize("example", FAIL, ids=lambda e: e.name)
def test_a_wrong_file_is_met_by_the_rule_it_breaks_and_no_other(example: Example) -> None:
    assert speaking(example) == {example.rule} | ALSO.get(example.name, set())
    assert (look_at(example).accepted is None) == (RULES[example.rule].level is Level.MUST_FIX)


CELLS: dict[str, tuple[tuple[int, ...], str]] = {
    "lasted_more_than_a_year.xlsx": ((2,), "Outcome date"),
    "longer_than_the_other_cases.xlsx": ((2,), "Outcome date"),
    "ended_on_the_day_of_referral.xlsx": ((4,), "Outcome date"),
    "entered_late.xlsx": ((2,), "Referral date"),
    "lacks_an_open_case.xlsx": ((), "Case reference"),
    "open_again.xlsx": ((4,), "Outcome"),
    "lacks_an_activity_of_what_it_replaces.xlsx": ((), "Activity reference"),
    "repeat_never_said.xlsx": ((2, 3, *range(5, 15)), "Repeat case"),
    "no_column_of_a_kpi.xlsx": ((), "Risk at assessment"),
    "certificates_without_their_start.xlsx": (tuple(range(6, 16)), "Mediation ended"),
    "far_fewer_than_usual.xlsx": ((), "Referral date"),
    "men_where_women_were.xlsx": ((), "Sex"),
    "answer_about_an_unknown_case.xlsx": ((2,), "Case reference"),
    "complaint_about_an_unknown_case.xlsx": ((2,), "Case reference"),
    "mediation_in_resolution.xlsx": ((4,), "Outcome"),
    "meeting_after_the_outcome.xlsx": ((4,), "Meeting date"),
}
"""The rows of the one problem of each file of the checks on many rows and on earlier returns, and its column."""


@pytest.mark.parametrize("example", MORE_FAIL, ids=lambda e: e.name)
def test_a_check_of_many_rows_names_exactly_the_rows_it_is_about(example: Example) -> None:
    (problem,) = [p for p in look_at(example).problems if p.rule == example.rule]
    assert (rows_of(problem), problem.column) == CELLS[example.name]


def test_every_rule_has_a_file_that_breaks_it_and_runs_on_the_right_one() -> None:
    assert {example.rule for example in FAIL} | {"rows_within_limit"} == set(RULES)
    ran = set()
    whole = {kind: a_return(kind=kind) for kind in RIGHT} | {"totals": totals()()}
    for kind, data in whole.items():
        right = prepare(read_return("right.xlsx", data), SETTINGS, KNOWN)
        for rule in rules_in_order():
            assert rule.can_run(right) == rule.applies(right), (kind, rule.title)
            ran |= {rule.title} if rule.can_run(right) else set()
    assert ran == {rule.title for rule in RULES.values()}


def test_all_checks_of_the_list_are_there() -> None:
    assert {rule.id for rule in RULES.values()} == {f"V{number:02}" for number in range(1, 32)}


def test_what_is_kept_of_an_accepted_warning_names_no_row_and_counts_nobody() -> None:
    for problem in (p for p in all_problems() if p.level is Level.CONFIRM):
        kept = problem.general or problem.found
        assert not re.search(r"\brows?:? \d|\d[\d,]* (?:rows?|cases?|activit|answers?)\b|\d of \d", kept), (
            kept
        )


def test_the_folder_holds_exactly_the_files_that_are_declared() -> None:
    for name, examples in (("pass", PASS), ("fail", FAIL)):
        assert {path.name for path in (FOLDER / name).iterdir()} == set(named(examples))


def all_problems() -> list[Problem]:
    return [problem for example in FAIL for problem in look_at(example).problems]


def test_every_problem_is_whole_sentences_without_our_own_words() -> None:
    for problem in all_problems():
        for text in (problem.found, problem.wanted, problem.repair):
            assert text[0].isupper() or text[0] in "'\"0123456789", text
            assert text[-1] in ".?", text
            assert not re.search(rf"\b(?:{FORBIDDEN}|[A-Z]\d_\w+|[a-z]+_[a-z_]+)\b", text, re.IGNORECASE), (
                text
            )
    for rule in RULES.values():
        assert not re.search(rf"\b(?:{FORBIDDEN})\b", rule.title, re.IGNORECASE)


def test_a_problem_names_sheet_row_and_header_as_they_stand_in_the_file() -> None:
    (problem,) = look_at(next(e for e in FAIL if e.name == "day_not_in_calendar.xlsx")).must_fix
    assert (problem.check, problem.sheet, problem.row, problem.column) == (
        "V05",
        "Cases",
        2,
        "Court hearing date",
    )
    assert problem.found == "We read '31/02/2018', which is not a day in the calendar."


def test_the_nearest_answer_is_offered() -> None:
    (problem,) = look_at(next(e for e in FAIL if e.name == "unknown_code.xlsx")).must_fix
    assert problem.repair == "Did you mean 'Female'?"


@pytest.mark.parametrize(
    "personal",
    [
        "jane@example.org",
        "07911 123456",
        "CM1 1QH",
        "943 476 5919",
        "AB 12 34 56 C",
        "A123456789012",
        "03/04/1990",
    ],
)
def test_personal_details_are_never_repeated(personal: str) -> None:
    for key in ("mentor_ref", "sex", "adults_n", "area"):
        found = examine("r.xlsx", a_return(case(2, key, personal)), SETTINGS, KNOWN)
        (problem,) = found.must_fix
        assert problem.check == "V30"
        assert personal not in problem.sentence


def test_rules_that_could_not_run_are_named_not_passed() -> None:
    found = look_at(next(e for e in FAIL if e.name == "password.xlsx"))
    assert len(found.not_run) == len(RULES) - 1
    assert "Dates follow their order" in found.not_run


def test_a_question_is_asked_once_and_names_its_rows() -> None:
    data = a_return(case(2, "referral_date", None), case(4, "referral_date", None))
    (problem,) = examine("r.xlsx", data, SETTINGS, KNOWN).to_confirm
    assert problem.found == "2 rows: 2 and 4 have no referral date."
    (problem,) = examine("r.xlsx", a_return(case(4, "referral_date", None)), SETTINGS, KNOWN).to_confirm
    assert problem.found == "Row 4 has no referral date."


def test_answers_with_commas_between_them_are_told_apart_from_an_unknown_answer() -> None:
    (problem,) = examine(
        "r.xlsx", a_return(case(3, "vulnerabilities", "Young person, Mental health")), SETTINGS, KNOWN
    ).must_fix
    assert problem.repair == "Put ; in place of the commas."
    (problem,) = examine(
        "r.xlsx", a_return(case(3, "vulnerabilities", "Young person, Tall")), SETTINGS, KNOWN
    ).must_fix
    assert problem.repair != "Put ; in place of the commas."


def test_problems_come_in_the_order_of_the_file() -> None:
    data = a_return(case(4, "area", "Nowhere"), case(2, "outcome", "Nothing"), case(2, "area", "Nowhere"))
    assert [(p.row, p.column) for p in examine("r.xlsx", data, SETTINGS, KNOWN).must_fix] == [
        (2, "Area"),
        (2, "Outcome"),
        (4, "Area"),
    ]


def test_an_exact_copy_is_dropped_and_a_dropped_column_leaves_nothing() -> None:
    for name in ("exact_copy.xlsx", "client_name_column.xlsx"):
        found = look_at(next(e for e in FAIL if e.name == name))
        assert found.accepted is not None
        assert len(found.accepted.cases) == 3
        assert "Somebody" not in repr(found)
    assert found.dropped_columns == ("Client name",)


def test_what_looks_personal_is_not_said_again_wherever_it_stands() -> None:
    def without_headers(sheets: dict[str, list[list[object]]]) -> None:
        sheets["Cases"] = [["Jane Imagined", "4 High Street"], ["John Imagined", "5 High Street"]]

    note = "Lives with her aunt Jane Imagined at number five"
    changes = (
        {"changes": (without_headers,)},
        {"changes": (with_column("Cases", "Provider", ["Jane.Imagined@example.org"]),)},
        {"changes": (case(2, "outcome", note),)},
        {"book": lambda b: b.create_sheet("Jane Imagined 07700 900123")},
    )
    for change in changes:
        data = a_return(*change.get("changes", ()), book=change.get("book"))
        found = examine("return.xlsx", data, SETTINGS, KNOWN)
        assert found.problems
        assert "Imagined" not in repr(found.problems) + repr(found.dropped_columns)


def test_a_text_file_without_a_header_that_we_know_is_no_return() -> None:
    for data in (
        b"%PDF-1.4\n1 0 obj",
        b"<html><td>Case reference</td></html>",
        b"Jane Imagined,4 High Street\n",
    ):
        (problem,) = examine("return.csv", data, SETTINGS, KNOWN).problems
        assert problem.level is Level.MUST_FIX
        assert "Imagined" not in problem.sentence


def test_characters_nobody_sees_do_not_make_another_reference() -> None:
    found = examine("return.xlsx", a_return(case(4, "case_ref", "TB-\u200b001")), SETTINGS, KNOWN)
    assert [problem.check for problem in found.must_fix] == ["V03"]


def test_a_file_name_that_looks_personal_is_not_kept() -> None:
    for name, kept in (("Quarter 1.xlsx", "Quarter 1.xlsx"), ("j@example.org.xlsx", "not kept.xlsx")):
        accepted = examine(name, a_return(), SETTINGS, KNOWN).accepted
        assert accepted is not None
        assert accepted.file_name.endswith(kept)
        assert "@" not in accepted.file_name


def test_the_columns_of_another_service_are_one_question_that_names_it() -> None:
    data = a_return(with_column("Cases", "Noise related", ["Y"]), with_column("Cases", "Case opened", []))
    (problem,) = examine("r.xlsx", data, SETTINGS, KNOWN).to_confirm
    assert problem.found == (
        "2 columns 'Noise related', 'Case opened' belong to a return for Housing mediation, and the Cover says "
        "Homelessness-prevention mentoring; we left out what is not ours."
    )
    data = a_return(with_column("Cases", "Noise related", ["Y"]), with_column("Cases", "Our colour", ["x"]))
    assert len(examine("r.xlsx", data, SETTINGS, KNOWN).to_confirm) == 2
