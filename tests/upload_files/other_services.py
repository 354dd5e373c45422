"""The files of SEND, housing and homelessness mediation and of the council's supplement; as those of `make`."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from domain.drafts import KnownCases, KnownReturns, RawCell
from domain.mapping import NO_MAPPING, Mapping
from tests.upload_files.returns import (
    KNOWN,
    TODAY,
    Change,
    case,
    cell,
    cover,
    later,
    right_return,
    with_column,
)
from tests.upload_files.right import HOUSING, day


@dataclass(frozen=True)
class Example:
    """One file, the rule that must speak (by its function), and what is known when it is read.

    `mapping` is what a person confirmed of it, `told` what was said beside it.
    """

    name: str
    content: bytes | Callable[[], bytes]
    rule: str = ""
    known: KnownReturns = KNOWN
    kind: str = "mentoring"
    mapping: Mapping = NO_MAPPING
    told: AnyMapping[str, RawCell] = field(default_factory=dict)

    @cached_property
    def data(self) -> bytes:
        """The bytes of the file, made once."""
        return self.content if isinstance(self.content, bytes) else self.content()


def _changed(kind: str, name: str, rule: str, *changes: Change) -> Example:
    return Example(name, later(*changes, kind=kind), rule, kind=kind)


def _with_meeting(meeting: date) -> KnownReturns:
    """The council's supplement is checked against what the provider has sent."""
    case = {"case_ref": "S-1", "family_request_date": date(2018, 4, 4), "meeting_date": meeting}
    case["adviser_contact_date"] = date(2018, 4, 3)
    known = KnownCases({"S-1": case | {"outcome": "MED_HELD"}, "s-2": {"case_ref": "s-2"}})
    return KnownReturns(TODAY, find_cases=lambda service, provider, replaced: known)


IN_TIME, LATE = _with_meeting(date(2018, 5, 2)), _with_meeting(date(2018, 5, 20))


def _with_sheet(kind: str, sheet: str) -> Change:
    """Add a sheet of another kind of return."""

    def change(sheets: dict[str, list[list[object]]]) -> None:
        sheets[sheet] = right_return(kind)[sheet]

    return change


def _renamed(sheet: str, name: str) -> Change:
    def change(sheets: dict[str, list[list[object]]]) -> None:
        sheets[name] = sheets.pop(sheet)

    return change


_HOUSING_DATES = {key: values[1] for key, values in HOUSING["Cases"].items() if isinstance(values[1], date)}
"""Every date of the housing case that is closed with an agreement."""

OTHERS_PASS: tuple[Example, ...] = (
    *(Example(f"{k}_right.xlsx", later(kind=k), kind=k) for k in ("send", "housing", "homelessness")),
    Example("supplement_right.xlsx", later(kind="supplement"), "", IN_TIME, "supplement"),
    Example(
        "supplement_that_names_the_council.xlsx",
        later(lambda sheets: sheets["Cover"].append(["Provider", "Council"]), kind="supplement"),
        "",
        IN_TIME,
        "supplement",
    ),
    Example(
        "other_names_of_sheets.xlsx",
        later(_renamed("Satisfaction", "survey answers"), _renamed("Complaints", "Complaint log")),
    ),
    _changed(
        "send",
        "certificate_before_a_later_meeting.xlsx",
        "",
        case(5, "reason", "Refusal to assess"),
        case(5, "certificate_date", day(6, 27)),
        case(5, "certificate_type", "DEEMED"),
    ),
)

SEND_FAIL: tuple[Example, ...] = (
    _changed(
        "send", "adviser_after_the_request.xlsx", "dates_in_order", case(2, "adviser_contact_date", day(4, 5))
    ),
    _changed(
        "send",
        "certificate_before_its_meeting.xlsx",
        "dates_in_order",
        case(2, "certificate_date", day(5, 1)),
    ),
    _changed("send", "meeting_far_ahead.xlsx", "planned_date_ahead", case(5, "meeting_date", day(9, 3))),
    _changed(
        "send", "agreement_of_an_unknown_case.xlsx", "case_is_known", cell("Agreements", 3, "case_ref", "S-9")
    ),
    _changed(
        "send",
        "action_done_before_it_was_agreed.xlsx",
        "dates_in_order",
        cell("Agreements", 2, "action_done", day(5, 1)),
    ),
    _changed(
        "send",
        "certificate_for_resolution.xlsx",
        "no_certificate_without_mediation",
        case(4, "certificate_date", day(5, 11)),
    ),
    _changed("send", "held_without_a_date.xlsx", "held_meeting_dated", case(2, "meeting_date", None)),
    _changed("send", "held_in_the_future.xlsx", "held_meeting_dated", case(4, "meeting_date", day(7, 20))),
    _changed(
        "send",
        "changed_after_a_meeting.xlsx",
        "meeting_before_change_of_mind",
        case(3, "meeting_date", day(4, 30)),
    ),
    _changed(
        "send",
        "section_i_with_a_certificate.xlsx",
        "section_i_without_certificate",
        case(5, "certificate_date", day(6, 28)),
    ),
    _changed(
        "send",
        "answer_on_another_scale.xlsx",
        "answer_on_scale",
        cell("Satisfaction", 2, "answer_code", "Extremely useful"),
    ),
    _changed(
        "send",
        "number_for_an_unknown_question.xlsx",
        "answer_on_scale",
        cell("Satisfaction", 4, "question_code", "Q7"),
    ),
    _changed(
        "send", "unknown_question.xlsx", "question_known", cell("Satisfaction", 2, "question_code", "Q7")
    ),
    _changed("send", "more_answered_than_asked.xlsx", "answered_of_asked", cover("Surveys sent", 1)),
    _changed(
        "send",
        "same_question_answered_twice.xlsx",
        "reference_once",
        cell("Satisfaction", 5, "question_code", "Q1"),
    ),
    _changed(
        "send",
        "what_the_council_knows.xlsx",
        "councils_columns",
        with_column("Cases", "Appeal registered", ["N"]),
    ),
    _changed(
        "send", "supplement_of_a_provider.xlsx", "councils_columns", _with_sheet("supplement", "Supplement")
    ),
    _changed("send", "more_than_full_time.xlsx", "number_within_limits", cell("Staff", 2, "fte", 1.5)),
    _changed(
        "send",
        "in_post_to_before_from.xlsx",
        "dates_in_order",
        cell("Staff", 2, "in_post_to", day(1, 1).replace(year=2017)),
    ),
    _changed("send", "sheet_of_another_service.xlsx", "other_sheets", _with_sheet("mentoring", "Activities")),
)

HOUSING_FAIL: tuple[Example, ...] = (
    _changed(
        "housing", "consent_after_the_referral.xlsx", "dates_in_order", case(2, "consent_date", day(4, 4))
    ),
    _changed("housing", "area_of_another_contract.xlsx", "area_of_contract", case(3, "area", "Harlow")),
    _changed(
        "housing", "agreement_not_signed.xlsx", "agreement_signed", case(3, "good_neighbour_agreement", "N")
    ),
    _changed(
        "housing", "evidence_without_a_report.xlsx", "evidence_reported", case(4, "case_report_date", None)
    ),
    _changed(
        "housing",
        "reopened_after_two_years.xlsx",
        "reopened_in_time",
        *(case(3, key, value.replace(year=2017)) for key, value in _HOUSING_DATES.items()),
        case(3, "reopened_date", day(6, 5)),
    ),
    _changed(
        "housing",
        "satisfied_without_an_answer.xlsx",
        "feedback_recorded",
        cell("Satisfaction", 2, "answer_code", 3),
    ),
    _changed("housing", "outcome_of_another_service.xlsx", "answer_in_list", case(2, "outcome", "Prevented")),
)

SUPPLEMENT_FAIL: tuple[Example, ...] = (
    _changed("supplement", "supplement_before_its_cases.xlsx", "supplement_case_known"),
    Example(
        "supplement_of_an_unknown_provider.xlsx",
        later(cell("Supplement", 2, "provider", "Example provider Z"), kind="supplement"),
        "sender_known",
        IN_TIME,
        "supplement",
    ),
    Example(
        "supplement_without_a_contract.xlsx",
        later(cell("Supplement", 2, "provider", "Example provider B"), kind="supplement"),
        "supplement_of_contract",
        IN_TIME,
        "supplement",
    ),
    Example(
        "notice_after_the_contact.xlsx",
        later(cell("Supplement", 2, "decision_notice_date", day(4, 4)), kind="supplement"),
        "notice_first",
        IN_TIME,
        "supplement",
    ),
    Example("delay_not_explained.xlsx", later(kind="supplement"), "delay_explained", LATE, "supplement"),
    Example(
        "delay_explained_though_on_time.xlsx",
        later(cell("Supplement", 2, "delay_exception", "School holidays"), kind="supplement"),
        "delay_explained",
        IN_TIME,
        "supplement",
    ),
    _changed(
        "supplement", "supplement_of_another_service.xlsx", "contract_known", cover("Service", "housing")
    ),
)
