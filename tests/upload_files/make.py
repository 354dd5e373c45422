"""The files of pass/ and fail/.

Each broken one is named after its one fault, with the rule that must find it.

`python -m tests.upload_files.make` writes them again.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook

from domain.drafts import KnownCases, KnownReturns
from domain.periods import Period
from tests.upload_files.matchings import FAIL_MATCHINGS, PASS_MATCHINGS
from tests.upload_files.more_checks import MORE_FAIL, MORE_PASS
from tests.upload_files.other_services import (
    HOUSING_FAIL,
    OTHERS_PASS,
    SEND_FAIL,
    SUPPLEMENT_FAIL,
    Example,
)
from tests.upload_files.readings import FAIL_READINGS, PASS_READINGS
from tests.upload_files.returns import (
    KNOWN,
    PERIOD,
    TODAY,
    a_return,
    case,
    cell,
    cover,
    later,
    rewrite,
    right_return,
    with_column,
    with_row,
    with_stored_value,
    without_column,
    without_sheet,
)
from tests.upload_files.right import day
from tests.upload_files.totals import FAIL_TOTALS, PASS_TOTALS

FOLDER = Path(__file__).parent


def _what_is_replaced(service: str, provider: str, replaced: Period | None) -> KnownCases:
    """One case that another return has, and one that only the return for the same period has."""
    stays = {"TB-098": {"case_ref": "TB-098"}}
    return KnownCases(stays if replaced else stays | {"TB-099": {"case_ref": "TB-099"}})


def _knowing(*periods: str) -> KnownReturns:
    return KnownReturns(TODAY, tuple(("mentoring", "provider-a", Period.parse(p)) for p in periods))


def _hide_row(book: Workbook) -> None:
    book["Cases"].row_dimensions[3].hidden = True


def _prefixed(name: str, text: str) -> str:
    """Sheets as some other programs write them, every element with a prefix."""
    if not name.startswith("xl/worksheets/"):
        return text
    text = text.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    return text.replace('xmlns="http', 'xmlns:x="http')


def _nil(sheets: dict[str, list[list[object]]]) -> None:
    for name in [name for name in sheets if name != "Cover"]:
        del sheets[name]
    cover("Nil return", "Y")(sheets)
    for what in ("cases", "activities", "answers", "complaints"):
        cover(f"Number of {what}", 0)(sheets)


def _across(sheets: dict[str, list[list[object]]]) -> None:
    sheets["Cover"] = [list(column) for column in zip(*sheets["Cover"], strict=True)]


COPY = right_return()["Cases"][1]

PASS: tuple[Example, ...] = (
    Example("right.xlsx", later()),
    Example("cover_in_one_row.xlsx", later(_across)),
    Example("written_by_another_program.xlsx", rewrite(a_return(), _prefixed)),
    Example("nothing_to_report.xlsx", later(_nil)),
    Example(
        "lists_and_blank_rows.xlsx",
        later(with_row("Cases", [None, " "]), book=lambda b: b.create_sheet("Lists").append(["x"])),
    ),
    *OTHERS_PASS,
    *PASS_MATCHINGS,
    *PASS_READINGS,
    *MORE_PASS,
    *PASS_TOTALS,
)

FAIL: tuple[Example, ...] = (
    Example("not_a_workbook.xlsx", b"%PDF-1.7\x00\x01\x02 not a workbook", "file_opens"),
    Example(
        "password.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "EncryptedPackage".encode("utf-16-le"),
        "file_opens",
    ),
    Example("damaged.xlsx", a_return()[:3000], "file_opens"),
    Example("no_activities_sheet.xlsx", later(without_sheet("Activities")), "sheets_there"),
    Example(
        "cases_on_two_sheets.xlsx",
        later(book=lambda b: b.create_sheet("Case").append(["Case reference", "Area"])),
        "sheets_once",
    ),
    Example("no_area_column.xlsx", later(without_column("Cases", "Area")), "columns_there"),
    Example("area_twice.xlsx", later(with_column("Cases", "District", ["Harlow"])), "columns_there"),
    Example("area_blank.xlsx", later(case(3, "area", None)), "required_filled"),
    Example("provider_blank.xlsx", later(cover("Provider", None)), "required_filled"),
    Example(
        "unknown_column.xlsx", later(with_column("Cases", "Our own code", ["x", "y"])), "unknown_columns"
    ),
    Example(
        "client_name_column.xlsx",
        later(with_column("Cases", "Client name", ["Somebody", "Someone"])),
        "personal_columns",
    ),
    Example(
        "emails_under_a_plain_header.xlsx",
        later(with_column("Cases", "Link", ["a@example.org"])),
        "personal_columns",
    ),
    Example("no_sex_column.xlsx", later(without_column("Cases", "Sex")), "optional_columns"),
    Example("no_referral_date.xlsx", later(case(3, "referral_date", None)), "wanted_filled"),
    Example("unknown_provider.xlsx", later(cover("Provider", "Example provider Z")), "sender_known"),
    Example(
        "provider_without_contract.xlsx", later(cover("Provider", "Example provider B")), "contract_known"
    ),
    Example(
        "a_month_where_a_quarter_is_expected.xlsx",
        later(cover("Period start", date(2018, 6, 1))),
        "period_expected",
    ),
    Example("period_not_over.xlsx", later(), "period_over", KnownReturns(date(2018, 6, 29))),
    Example("period_across_another.xlsx", later(), "period_apart", _knowing("2018-04", "2018-05")),
    Example(
        "replaces_its_months.xlsx", later(), "period_replaces", _knowing("2018-04", "2018-05", "2018-06")
    ),
    Example("replaces_itself.xlsx", later(), "period_replaces", _knowing(PERIOD.key)),
    Example(
        "lacks_a_case_of_what_it_replaces.xlsx",
        later(),
        "replaced_cases_kept",
        KnownReturns(TODAY, find_cases=_what_is_replaced),
    ),
    Example(
        "another_provider_in_cases.xlsx",
        later(with_column("Cases", "Provider", ["Example provider B"])),
        "rows_agree",
    ),
    Example("same_reference_twice.xlsx", later(case(4, "case_ref", " tb-001 ")), "reference_once"),
    Example("exact_copy.xlsx", later(with_row("Cases", list(COPY))), "copies_dropped"),
    Example("unknown_code.xlsx", later(case(3, "sex", "Femal")), "answer_in_list"),
    Example(
        "none_with_others.xlsx", later(case(3, "vulnerabilities", "NONE; Young person")), "answer_in_list"
    ),
    Example("day_not_in_calendar.xlsx", later(case(2, "hearing_date", "31/02/2018")), "date_is_real"),
    Example("slip_of_the_year.xlsx", later(case(4, "referral_date", date(1918, 6, 20))), "date_is_real"),
    Example("date_as_number.xlsx", later(case(2, "hearing_date", 20180402)), "date_is_real"),
    Example("two_digit_year.xlsx", later(case(2, "hearing_date", "03/04/18")), "date_is_real"),
    Example("date_after_the_period.xlsx", later(case(3, "outcome_date", date(2018, 9, 1))), "date_not_ahead"),
    Example("date_after_today.xlsx", later(case(3, "outcome_date", date(2018, 7, 11))), "date_not_ahead"),
    Example("hearing_far_ahead.xlsx", later(case(3, "hearing_date", date(2018, 9, 1))), "planned_date_ahead"),
    Example(
        "referred_before_the_contract.xlsx",
        later(case(4, "referral_date", date(2017, 3, 1))),
        "referral_before_contract",
    ),
    Example(
        "assessed_after_the_outcome.xlsx",
        later(case(2, "assessment_date", date(2018, 6, 1))),
        "dates_in_order",
    ),
    Example("outcome_without_date.xlsx", later(case(3, "outcome_date", None)), "ending_complete"),
    Example("live_with_a_date.xlsx", later(case(4, "outcome_date", date(2018, 6, 26))), "ending_complete"),
    Example("date_without_outcome.xlsx", later(case(3, "outcome", None)), "ending_complete"),
    Example(
        "lasts_longer_than_the_contract.xlsx",
        later(
            case(2, "assessment_date", date(2016, 1, 1)),
            *(
                case(2, key, None)
                for key in ("entered_date", "first_contact_date", "initial_visit_date", "referral_date")
            ),
        ),
        "duration_possible",
    ),
    Example("negative_number.xlsx", later(case(2, "adults_n", -1)), "number_within_limits"),
    Example("more_cases_on_the_cover.xlsx", later(cover("Number of cases", 5)), "control_totals"),
    Example("nil_return_with_rows.xlsx", later(cover("Nil return", "Y")), "nil_return_agrees"),
    Example("row_without_reference.xlsx", later(case(4, "case_ref", None)), "row_has_reference"),
    Example("formula_without_result.xlsx", later(case(2, "adults_n", "=1+1")), "formula_has_value"),
    Example(
        "formula_with_result.xlsx",
        with_stored_value(a_return(case(2, "adults_n", "=1+1")), "1+1", "2"),
        "formulas_read",
    ),
    Example("hidden_row.xlsx", later(book=_hide_row), "hidden_read"),
    Example("totals_row.xlsx", later(with_row("Cases", ["Total", None, 3])), "totals_left_out"),
    Example(
        "another_sheet.xlsx", later(book=lambda b: b.create_sheet("Charts").append(["x"])), "other_sheets"
    ),
    Example(
        "macros.xlsm",
        rewrite(a_return(), lambda _, text: text, {"xl/vbaProject.bin": b"x"}),
        "programs_not_run",
    ),
    Example("text_like_a_formula.xlsx", later(case(2, "mentor_ref", "@M1")), "marks_kept_as_text"),
    Example(
        "name_as_reference.xlsx", later(case(2, "mentor_ref", "Somebody, A. N.")), "reference_like_a_name"
    ),
    Example("nhs_number_as_reference.xlsx", later(case(2, "mentor_ref", "943 476 5919")), "nothing_personal"),
    Example("no_staff_sheet.xlsx", later(without_sheet("Staff")), "optional_sheets"),
    Example("more_answers_on_the_cover.xlsx", later(cover("Number of answers", 4)), "control_totals"),
    Example(
        "activity_of_an_unknown_case.xlsx",
        later(cell("Activities", 3, "case_ref", "TB-099")),
        "case_is_known",
    ),
    Example(
        "activity_before_the_referral.xlsx",
        later(cell("Activities", 3, "activity_date", day(4, 8))),
        "activity_while_open",
    ),
    Example(
        "activity_long_after_the_end.xlsx",
        later(cell("Activities", 3, "activity_date", day(6, 16))),
        "activity_while_open",
    ),
    Example("administrative_not_said.xlsx", later(cell("Activities", 2, "is_admin", None)), "admin_said"),
    Example(
        "prevented_without_an_activity.xlsx",
        later(
            case(3, "outcome", "Prevented"),
            case(3, "risk_at_assessment", None),
            cell("Activities", 3, "case_ref", "TB-001"),
        ),
        "help_recorded",
    ),
    Example("homeless_and_prevented.xlsx", later(case(3, "outcome", "Prevented")), "risk_fits_outcome"),
    Example(
        "vulnerabilities_blank.xlsx", later(case(2, "vulnerabilities", None)), "vulnerabilities_recorded"
    ),
    Example(
        "children_not_among_vulnerabilities.xlsx",
        later(case(2, "dependent_children_n", 2)),
        "vulnerabilities_recorded",
    ),
    *SEND_FAIL,
    *HOUSING_FAIL,
    *SUPPLEMENT_FAIL,
    *FAIL_MATCHINGS,
    *FAIL_READINGS,
    *MORE_FAIL,
    *FAIL_TOTALS,
)


def files(examples: tuple[Example, ...]) -> list[Example]:
    """Those examples that say by themselves, or with what was confirmed of them, what they show."""
    return [example for example in examples if example.known is KNOWN and not example.told]


def named(examples: tuple[Example, ...]) -> dict[str, bytes]:
    """The files of a folder by name, with what was confirmed beside each of which anything was."""
    found = {example.name: example.data for example in files(examples)}
    said = {example.name: example.mapping for example in files(examples) if example.mapping}
    return found | {f"{name}.json": f"{mapping.to_json()}\n".encode() for name, mapping in said.items()}


def main() -> None:
    """Write the files again.

    One that is only wrong beside other returns or on another day is right by itself, and stays out.
    """
    for folder, examples in (("pass", PASS), ("fail", FAIL)):
        (FOLDER / folder).mkdir(exist_ok=True)
        for name, data in named(examples).items():
            (FOLDER / folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
