"""What the returns of the four services and the council's supplement give, beyond single rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data_access.intake import Examined, examine
from domain.checks.checking import SHEET_SPELLINGS, sheet_of
from domain.checks.tables import spellings
from domain.drafts import KnownCases, KnownReturns
from domain.fields import KEY_OF, Sheet, fields_of
from domain.periods import Period, PeriodKind
from domain.returns import COUNCIL
from domain.services import SERVICES
from domain.settings import Settings
from domain.vocabulary import plain
from tests.upload_files.make import PASS
from tests.upload_files.returns import (
    KNOWN,
    SETTINGS,
    TODAY,
    Change,
    a_return,
    case,
    cell,
    cover,
    with_column,
    without_sheet,
)
from tests.upload_files.right import RIGHT


def look_at(
    *changes: Change, kind: str = "mentoring", settings: Settings = SETTINGS, known: KnownReturns = KNOWN
) -> Examined:
    return examine("r.xlsx", a_return(*changes, kind=kind), settings, known)


def test_no_header_means_two_columns_of_a_sheet_in_a_service() -> None:
    for service in SERVICES:
        for sheet in Sheet:
            fields = fields_of(sheet, service.key)
            written = [{plain(text) for text in (field.key, field.label, *field.aliases)} for field in fields]
            assert len(spellings(fields)) == sum(map(len, written)), (service.key, sheet)


def test_every_sheet_is_known_by_its_name_and_no_name_means_two() -> None:
    names = [plain(name) for names in SHEET_SPELLINGS.values() for name in names]
    assert len(set(names)) == len(names)
    assert all(sheet_of(sheet.upper()) is sheet for sheet in Sheet)


@pytest.mark.parametrize("example", [e for e in PASS if "right" in e.name], ids=lambda e: e.kind)
def test_a_return_holds_every_row_of_every_sheet_and_the_surveys_sent(example) -> None:  # type: ignore[no-untyped-def]
    found = examine(example.name, example.data, SETTINGS, example.known).accepted
    assert found is not None
    for name, columns in RIGHT[example.kind][2].items():
        length = len(next(iter(columns.values())))
        assert len(found.rows(Sheet(name))) == length
        keys = {tuple(row[key] for key in KEY_OF[Sheet(name)]) for row in found.rows(Sheet(name))}
        assert len(keys) == length
    assert found.surveys_sent == 12


def test_the_supplement_is_the_councils_whether_or_not_its_cover_says_so() -> None:
    for example in (e for e in PASS if e.kind == "supplement"):
        found = examine(example.name, example.data, SETTINGS, example.known).accepted
        assert found is not None
        assert (found.provider, found.cases) == (COUNCIL, ())
        assert found.supplement[0] == {
            "provider": "provider-d",
            "case_ref": "S-1",
            "decision_notice_date": date(2018, 3, 20),
            "la_decision_maker": "Y",
            "agreement_done": "Y",
            "appeal_registered": "N",
        }


def test_what_a_provider_says_in_a_councils_field_is_kept_nowhere() -> None:
    found = look_at(with_column("Cases", "Appeal registered", ["N", "Y"]), kind="send")
    (problem,) = found.to_confirm
    assert problem.found == "Only the council can say what stands in 'Appeal registered'; we did not read it."
    assert found.accepted is not None
    assert all("appeal_registered" not in row for row in found.accepted.cases)
    assert found.dropped_columns == ("Appeal registered",)


def test_an_empty_column_of_the_council_is_no_question() -> None:
    assert look_at(with_column("Cases", "Appeal registered", [None]), kind="send").problems == ()


def test_references_are_written_as_where_the_case_was_first_met() -> None:
    here = look_at(cell("Activities", 3, "case_ref", " tb-002"), case(4, "previous_case_ref", "tb-001"))
    assert here.accepted is not None
    assert here.accepted.activities[1]["case_ref"] == "TB-002"
    assert here.accepted.cases[2]["previous_case_ref"] == "TB-001"
    earlier = KnownCases({"Tb-002": {"case_ref": "Tb-002"}})
    found = look_at(known=replace(KNOWN, find_cases=lambda s, p, replaced: earlier)).accepted
    assert found is not None
    assert found.cases[1]["case_ref"] == found.activities[1]["case_ref"] == "Tb-002"


def test_a_reference_keeps_the_spelling_in_which_it_first_came_even_where_no_current_return_has_it() -> None:
    # From a replaced return, or from a row of the council that still waits for its case: a sheet in other capitals must meet it.
    earlier = KnownCases(written=("Tb-002", "TB-002", "tb-003"))
    found = look_at(known=replace(KNOWN, find_cases=lambda s, p, replaced: earlier)).accepted
    assert found is not None
    assert [case["case_ref"] for case in found.cases[:3]] == ["TB-001", "Tb-002", "tb-003"]


def test_an_activity_of_an_earlier_case_is_known_and_so_is_earlier_help() -> None:
    earlier = KnownCases(
        {"TB-099": {"case_ref": "TB-099", "referral_date": date(2018, 1, 2)}}, helped=frozenset({"tb-001"})
    )
    known = replace(KNOWN, find_cases=lambda s, p, replaced: earlier)
    assert look_at(cell("Activities", 2, "case_ref", "TB-099"), known=known).problems == ()
    checks = [p.check for p in look_at(cell("Activities", 2, "case_ref", "TB-099")).problems]
    assert checks == ["V13", "V11"]


def test_a_satisfied_answer_of_an_earlier_return_counts() -> None:
    no_answer = cell("Satisfaction", 2, "case_ref", None)
    assert [p.check for p in look_at(no_answer, kind="housing").problems] == ["V31"]
    earlier = KnownCases(satisfied=frozenset({"h-1"}))
    known = replace(KNOWN, find_cases=lambda s, p, replaced: earlier)
    assert look_at(no_answer, kind="housing", known=known).problems == ()


def test_what_settings_lacks_is_handed_on_by_name() -> None:
    for changes, kind, lacks in (
        ((cover("Provider", "New Mentors"),), "mentoring", ("provider", "New Mentors")),
        ((case(2, "area", "New Town"),), "mentoring", ("area", "New Town")),
        ((cell("Satisfaction", 2, "question_code", "Q7"),), "send", ("question", "Q7")),
    ):
        (problem,) = [p for p in look_at(*changes, kind=kind).problems if p.lacks]
        assert problem.lacks == (lacks,)
        assert "in Settings" in problem.repair


def test_a_note_in_place_of_an_area_is_offered_to_nobody() -> None:
    note = "Lives with her aunt Jane Imagined at number five, which is not far away"
    (problem,) = look_at(case(2, "area", note)).must_fix
    assert problem.lacks == ()
    assert "Imagined" not in problem.sentence


def test_a_sheet_that_may_be_missing_is_said_and_its_numbers_are_not_nought() -> None:
    found = look_at(without_sheet("Complaints"), without_sheet("Staff"), cover("Number of complaints", 2))
    assert found.accepted is not None
    assert "'Complaints' or 'Staff'" in found.said[0].found
    assert [p.check for p in found.to_confirm] == ["V22"]


def cumulative(*current: str) -> tuple[Settings, KnownReturns]:
    contracts = tuple(replace(c, reporting=((c.start, PeriodKind.CUMULATIVE),)) for c in SETTINGS.contracts)
    periods = tuple(("mentoring", "provider-a", Period.parse(p)) for p in current)
    return replace(SETTINGS, contracts=contracts), KnownReturns(date(2018, 12, 1), periods)


@pytest.mark.parametrize(
    ("first", "last", "current", "checks"),
    [
        ("2018-04", "2018-06", (), []),
        ("2018-04", "2018-08", (), []),
        ("2018-04", "2018-09", ("2018-04..2018-06",), ["V02 said"]),
        ("2018-04", "2018-09", ("2018-01..2018-03", "2018-04", "2018-05..2018-06"), ["V02 said"]),
        ("2018-07", "2018-09", (), ["V02 must"]),
        ("2018-04", "2018-06", ("2018-04..2018-09",), ["V02 must"]),
        ("2018-04", "2018-06", ("2018-03..2018-04",), ["V02 must"]),
        ("2017-04", "2018-06", (), ["V02 must"]),
    ],
)
def test_a_cumulative_return_covers_its_contract_year_to_date(
    first: str, last: str, current: tuple[str, ...], checks: list[str]
) -> None:
    period = Period.parse(f"{first}..{last}")
    settings, known = cumulative(*current)
    found = look_at(
        cover("Period start", period.start), cover("Period end", period.end), settings=settings, known=known
    )
    levels = {"must fix": "must", "for your information": "said"}
    assert [f"{p.check} {levels[p.level]}" for p in found.problems] == checks


def test_the_supplement_replaces_only_supplements_that_lie_inside_its_period() -> None:
    example = next(e for e in PASS if e.kind == "supplement")
    for current, said in (("2018-05", "will replace"), ("2018-05..2018-07", "there is already")):
        periods = (("send", COUNCIL, Period.parse(current)),)
        known = KnownReturns(TODAY, periods, example.known.find_cases)
        (problem,) = examine("r.xlsx", example.data, SETTINGS, known).problems
        assert said in problem.found
