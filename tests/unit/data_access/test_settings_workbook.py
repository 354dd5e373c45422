"""The settings workbook: what is written is read again, and every fault is said at its cell."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from data_access.settings import with_rest_kept
from data_access.settings_workbook import SettingsRead, read_settings_workbook, write_settings_template
from domain.kpis import kpis
from domain.periods import PeriodKind
from domain.problem import Level
from domain.settings import (
    ADJUSTED,
    COUNCIL_INFORMED,
    Area,
    Contract,
    Provider,
    Settings,
    SurveyQuestion,
    Target,
)
from sample_data.make import SETTINGS, make_settings
from sample_data.settings import example_settings
from tests.logos import a_logo

Change = Callable[[Workbook], None]


@cache
def written(settings: Settings | None = None) -> bytes:
    out = io.BytesIO()
    write_settings_template(out, settings)
    return out.getvalue()


def read_changed(change: Change, settings: Settings | None = None) -> SettingsRead:
    book = load_workbook(io.BytesIO(written(settings or example_settings())))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return read_settings_workbook("settings.xlsx", out.getvalue())


def set_cell(sheet: str, cell: str, value: object) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


def everything() -> Settings:
    """Settings that use every column."""
    ordered = sorted(kpis(), key=lambda kpi: kpi.service != "mentoring")
    targets = tuple(target for kpi in ordered for target in kpi.starting_targets)
    own = Target(
        "TB1", "mentoring", "<", Decimal("0.125"), None, date(2018, 4, 1), None, "b", clause="=4.2", note="Agreed"
    )  # fmt: skip
    judged = Target(
        "HM1", "housing", ">=", Decimal("1"), None, date(2018, 4, 1), provider="b", note="As the board agreed",
        judged_on=ADJUSTED, variation="=Variation 3",
    )  # fmt: skip
    return Settings(
        exceptions_cap=Decimal("0.125"),
        small_number=10,
        rounding=5,
        colour="#1f4e79",
        council="=Anytown & District",
        providers=(Provider("b", "Bright Start", example=True), Provider("kept-key", "Renamed Ltd")),
        areas=(
            Area("X2", "New Town", "ward", 1, ("Newtown", "N. Town"), date(1974, 4, 1), None, ""),
            Area("X1", "Old Town", "district", 2, (), None, date(2019, 3, 31), "X2"),
        ),
        contracts=(
            Contract("mentoring-b", "mentoring", "b", date(2017, 4, 1), date(2018, 3, 31), (), 0),
            Contract(
                "mentoring-b-2018-04-01",
                "mentoring",
                "b",
                date(2018, 4, 1),
                None,
                ((date(2018, 4, 1), PeriodKind.MONTH), (date(2019, 4, 1), PeriodKind.CUMULATIVE)),
                15,
                False,
                ("X2", "X1"),
                220,
                Decimal("80000.50"),
                Decimal("0.5"),
            ),
            Contract(
                "housing-b",
                "housing",
                "b",
                date(2018, 4, 1),
                counted_exceptions=("LATER_DATE", "COUNCIL_UNAVAIL"),
                case_report_days=10,
            ),
            Contract("homes-b", "homelessness", "b", date(2018, 4, 1), delivery_model="integrated"),
        ),
        targets=(*targets, own, judged),
        questions=(
            SurveyQuestion("mentoring", "Q1", "=Did it help?", "useful", 1),
            SurveyQuestion("mentoring", "Q1", "Were you heard?", "agree", 1, "b", date(2018, 4, 1)),
        ),
    )


@pytest.mark.parametrize("settings", [example_settings(), everything()], ids=["examples", "everything"])
def test_what_is_written_is_read_again(settings: Settings) -> None:
    read = read_settings_workbook("settings.xlsx", written(settings))
    assert read.problems == ()
    assert read.settings == settings


def test_what_only_mediation_has_is_read_again() -> None:
    contract = Contract(
        "ours",
        "send",
        "b",
        date(2025, 9, 1),
        clock_start=COUNCIL_INFORMED,
        counted_exceptions=("SCHOOL_HOL",),
    )
    settings = Settings("Anytown", (Provider("b", "Bright Start"),), contracts=(contract,))
    assert read_settings_workbook("settings.xlsx", written(settings)).settings == settings


def test_a_workbook_of_before_leaves_alone_what_it_has_no_column_for() -> None:
    def change(book: Workbook) -> None:
        del book["Survey questions"]
        book["Contracts"]["E1"] = "Reporting period"
        book["Contracts"].delete_cols(9, 9)
        book["Targets"].delete_cols(12, 2)
        book["Council"].delete_cols(2, 4)

    read = read_changed(change, everything())
    assert read.settings is not None
    assert read.settings != everything()
    assert with_rest_kept(read.settings, everything(), read.lacks) == everything()


def test_the_former_name_of_a_column_is_still_read() -> None:
    def change(book: Workbook) -> None:
        book["Contracts"]["O1"] = "Delays taken out"

    read = read_changed(change, everything())
    assert read.settings == everything()
    assert read.lacks == ()


def test_an_area_may_hold_the_sign_that_stands_between_two() -> None:
    settings = Settings(
        "Anytown",
        (Provider("b", "Bright Start"),),
        (Area("X1", "North; West", order=1),),
        (Contract("c", "mentoring", "b", date(2018, 4, 1), areas=("X1",)),),
    )
    assert read_settings_workbook("settings.xlsx", written(settings)).settings == settings


def test_the_kept_example_is_the_examples(tmp_path: Path) -> None:
    read = read_settings_workbook("settings.xlsx", SETTINGS.read_bytes())
    assert read.settings == example_settings()
    first, again = make_settings(tmp_path / "1.xlsx"), make_settings(tmp_path / "2.xlsx")
    assert first.read_bytes() == again.read_bytes()


def test_a_blank_template_says_what_to_fill_in() -> None:
    read = read_settings_workbook("settings.xlsx", written())
    assert read.settings is None
    assert [problem.where for problem in read.problems] == [
        "sheet 'Council', row 2, 'Council'",
        "sheet 'Providers', row 2, 'Name'",
    ]


def test_a_key_is_made_from_the_name_and_kept_when_given() -> None:
    def change(book: Workbook) -> None:
        book["Providers"]["B2"] = "Renamed"
        book["Providers"]["B20"] = "St Anne's Trust & Co"
        book["Contracts"]["A2"] = book["Contracts"]["A3"] = "provider-a"

    read = read_changed(change)
    assert read.settings is not None
    assert read.settings.provider_label("provider-a") == "Renamed"
    assert read.settings.provider("st-annes-trust-co") == Provider(
        "st-annes-trust-co", "St Anne's Trust & Co"
    )


def test_a_blank_cell_keeps_no_files_and_a_workbook_without_the_column_leaves_it_as_it_is() -> None:
    kept = replace(Settings(), keep_originals=True)

    def blank(book: Workbook) -> None:
        book["Council"]["B2"] = None

    def column_gone(book: Workbook) -> None:
        book["Council"].delete_cols(2)

    for change, wanted in ((blank, False), (column_gone, True)):
        read = read_changed(change)
        assert read.settings is not None
        assert with_rest_kept(read.settings, kept, read.lacks).keep_originals is wanted


def test_a_workbook_holds_the_colour_and_leaves_the_logo_as_it_is() -> None:
    worn = replace(Settings(), colour="#1f4e79", logo=a_logo())

    def column_gone(book: Workbook) -> None:
        book["Council"].delete_cols(6)

    for change, wanted in (
        (set_cell("Council", "F2", "FFD700"), "#ffd700"),
        (set_cell("Council", "F2", None), ""),
        (column_gone, "#1f4e79"),
    ):
        read = read_changed(change, replace(example_settings(), colour="#ffffff"))
        assert read.settings is not None
        after = with_rest_kept(read.settings, worn, read.lacks)
        assert (after.colour, after.logo) == (wanted, worn.logo)
    wrong = read_changed(set_cell("Council", "F2", "navy"))
    assert wrong.settings is None
    (problem,) = [p for p in wrong.problems if p.column == "Colour of packs"]
    assert (problem.row, problem.found) == (2, "'navy' is not a colour.")


def test_drop_downs_stand_on_a_sheet_that_can_be_seen() -> None:
    book = load_workbook(io.BytesIO(written()))
    assert book["Lists"].sheet_state == "visible"
    formulas = {rule.formula1 for rule in book["Contracts"].data_validations.dataValidation}
    assert "='Providers'!$B$2:$B$201" in formulas
    assert any(str(formula).startswith("='Lists'!") for formula in formulas)


def test_text_percentages_and_signs_are_understood() -> None:
    def change(book: Workbook) -> None:
        sheet = book["Targets"]
        for column, value in zip("ACDEF", ("TB4", ">=", "45%", "0.4", "01/04/2018"), strict=True):
            sheet[f"{column}2"] = value

    read = read_changed(change)
    assert read.settings is not None
    assert read.settings.targets == (
        Target("TB4", "mentoring", ">=", Decimal("0.45"), Decimal("0.4"), date(2018, 4, 1)),
    )


FAULTS = [
    ("Council", "A3", "Second Council", "Council", 3),
    ("Providers", "A3", "Not A Key", "Key", 3),
    ("Providers", "A3", "provider-a", "Key", 3),
    ("Providers", "A3", "council", "Key", 3),
    ("Providers", "B3", "example provider a", "Name", 3),
    ("Providers", "C3", "maybe", "Example", 3),
    ("Areas", "A3", None, "Code", 3),
    ("Areas", "D3", "Basildon", "Other spellings", 3),
    ("Areas", "D3", "One|Two", "Other spellings", 3),
    ("Areas", "G3", "E99", "Successor", 3),
    ("Contracts", "A2", "Nobody", "Provider", 2),
    ("Contracts", "B2", "Plumbing", "Service", 2),
    ("Contracts", "C2", "31/02/2018", "Start", 2),
    ("Contracts", "D2", date(2016, 1, 1), "End", 2),
    ("Contracts", "E2", "weekly", "Returns", 2),
    ("Contracts", "F3", None, "From", 3),
    ("Contracts", "G2", 1.5, "Days until due", 2),
    ("Contracts", "C3", date(2018, 10, 1), "Start", 3),
    ("Contracts", "I4", "mentoring-provider-a", "Key", 4),
    ("Contracts", "J2", "Basildon; Atlantis", "Areas", 2),
    ("Contracts", "J2", "Unknown", "Areas", 2),
    ("Contracts", "K2", "a few", "Included cases", 2),
    ("Contracts", "L2", "-5", "Fixed price", 2),
    ("Contracts", "M2", "a lot", "Price of an extra case", 2),
    ("Contracts", "N2", "the weather", "30 days count from", 2),
    ("Contracts", "N2", "the day the council was told", "30 days count from", 2),
    ("Contracts", "O2", "School unavailable", "Exceptions taken out", 2),
    ("Contracts", "P2", 10, "Days for the case report", 2),
    ("Contracts", "Q2", "Stand-alone service", "Delivered as", 2),
    ("Contracts", "Q2", "by post", "Delivered as", 2),
    ("Council", "C2", 25, "Warn past share of exceptions", 2),
    ("Council", "D2", 2, "Hide numbers under", 2),
    ("Council", "D2", 11, "Hide numbers under", 2),
    ("Survey questions", "B2", "Nobody", "Provider", 2),
    ("Survey questions", "E2", "out of ten", "Answers", 2),
    ("Survey questions", "D2", None, "Question", 2),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "column", "row"), FAULTS)
def test_a_fault_is_said_at_its_cell(sheet: str, cell: str, value: object, column: str, row: int) -> None:
    questions = (SurveyQuestion("mentoring", "Q1", "Did it help?"),)
    read = read_changed(set_cell(sheet, cell, value), replace(example_settings(), questions=questions))
    assert read.settings is None
    must_fix = [problem for problem in read.problems if problem.level is Level.MUST_FIX]
    assert (sheet, row, column) in [(p.sheet, p.row, p.column) for p in must_fix]
    assert all(p.found and p.wanted and p.repair for p in must_fix)


TARGET_FAULTS = [
    ("A2", "Unheard of", "KPI"),
    ("B3", "Bright Start", "Provider"),
    ("C2", "about", "Operator"),
    ("D2", "many", "Target"),
    ("D2", 80, "Target"),
    ("E2", 75, "Tolerance"),
    ("E2", 0.99, "Tolerance"),
    ("F2", None, "From"),
    ("G2", date(2010, 1, 1), "Until"),
    ("H3", "2019-13 to 2020-01", "Spread over"),
    ("H2", "2017-04 to 2018-03", "Spread over"),
    ("L2", "adjusted", "Judged on"),
    ("L2", "somehow", "Judged on"),
]


@pytest.mark.parametrize(("cell", "value", "column"), TARGET_FAULTS)
def test_a_fault_of_a_target_is_said_at_its_cell(cell: str, value: object, column: str) -> None:
    read = read_changed(set_cell("Targets", cell, value), everything())
    assert read.settings is None
    assert (int(cell[1:]), column) in [(p.row, p.column) for p in read.problems]


def test_every_fault_is_listed_at_once() -> None:
    def change(book: Workbook) -> None:
        book["Providers"]["C2"] = "maybe"
        book["Areas"]["G2"] = "E99"
        book["Contracts"]["B2"] = "Plumbing"
        del book["Targets"]

    read = read_changed(change)
    assert read.settings is None
    assert {problem.sheet for problem in read.problems} == {"Providers", "Areas", "Contracts", ""}


def test_what_is_not_ours_is_left_alone_and_said() -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("My notes")["A1"] = "hello"
        book["Providers"]["D1"] = "Phone"

    read = read_changed(change)
    assert read.settings == example_settings()
    assert [problem.level for problem in read.problems] == [Level.SAID, Level.SAID]


@pytest.mark.parametrize(
    "data", [b"", b"not a workbook", b"PK\x03\x04 broken"], ids=["empty", "text", "broken"]
)
def test_a_file_that_is_no_workbook_is_one_problem(data: bytes) -> None:
    read = read_settings_workbook("settings.xlsx", data)
    assert read.settings is None
    assert len(read.problems) == 1
    assert "settings.xlsx" in read.problems[0].sentence


def test_settings_without_a_contract_can_start() -> None:
    settings = replace(example_settings(), contracts=(), areas=())
    assert read_settings_workbook("settings.xlsx", written(settings)).settings == settings
