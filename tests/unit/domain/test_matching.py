"""What is proposed for a sender's own spreadsheet: guesses are shown, never acted on, and never show anything personal."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.spreadsheets.reading import read_return
from domain.checks import check_draft
from domain.drafts import Draft, SheetDraft
from domain.fields import Sheet, fields_of
from domain.mapping import LEFT_OUT, NO_MAPPING, Mapping
from domain.matching import Chosen, ColumnMatch, How, Proposal, ValueMatch, mapping_of, propose, whose
from tests.upload_files.make import PASS, Example
from tests.upload_files.matchings import PASS_MATCHINGS, TOLD, headers, in_two_rows, named
from tests.upload_files.returns import (
    KNOWN,
    SETTINGS,
    TODAY,
    Change,
    a_return,
    case,
    cover,
    with_column,
    without_column,
    without_sheet,
)
from tests.upload_files.right import RIGHT


def proposed(*changes: Change, kind: str = "mentoring", mapping: Mapping = NO_MAPPING) -> Proposal:
    return propose(read_return("r.xlsx", a_return(*changes, kind=kind)), SETTINGS, mapping, today=TODAY)


def column(proposal: Proposal, header: str, sheet: Sheet = Sheet.CASES) -> ColumnMatch:
    (found,) = (one for one in proposal.columns if one.header == header and one.sheet is sheet)
    return found


def answer(proposal: Proposal, text: str) -> ValueMatch:
    (found,) = (one for one in proposal.values if one.text == text)
    return found


def every_guess(proposal: Proposal) -> Chosen:
    """As a person would who agrees with all of it, and leaves out what is not known."""
    chosen: dict[object, str] = {}
    chosen |= {one.name: str(one.sheet or LEFT_OUT) for one in proposal.sheets if one.choices}
    chosen |= {
        (one.sheet_name, one.header): one.field.key if one.field else LEFT_OUT
        for one in proposal.columns
        if one.choices
    }
    return chosen | {(one.sheet, one.field.key, one.text): one.code for one in proposal.values if one.code}  # type: ignore[return-value]


@pytest.mark.parametrize("kind", RIGHT)
def test_the_template_is_understood_without_a_question(kind: str) -> None:
    found = proposed(kind=kind)
    assert not found.unsure
    assert found.asks_cover == ()
    assert {one.how for one in found.columns} == {How.EXACT}
    assert {one.how for one in found.sheets} == {How.EXACT}
    assert not mapping_of(found, {})


@pytest.mark.parametrize("example", [*PASS, *PASS_MATCHINGS], ids=lambda e: e.name)
def test_a_file_that_is_right_with_what_was_confirmed_of_it_asks_nothing(example: Example) -> None:
    draft = read_return(example.name, example.data)
    assert not propose(draft, SETTINGS, example.mapping, example.told, TODAY).unsure


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("Case reference", "Client Ref"),
        ("Area", "Town"),
        ("Referral date", "Ref. Dt"),
        ("Referral route", "Source of referral route"),
        ("Outcome", "Final result"),
        ("Outcome date", "Case ended on"),
        ("First contact date", "Date of 1st contact"),
        ("Age band", "Age range"),
        ("Risk at assessment", "Assessed risk"),
    ],
)
def test_a_header_in_other_words_is_guessed(own: str, other: str) -> None:
    found = proposed(headers("Cases", {own: other}))
    match = column(found, other)
    assert match.field is not None
    assert (match.field.label, match.how) == (own, How.NEAR)
    assert found.unsure


def test_a_guess_counts_for_nothing_until_it_is_confirmed() -> None:
    draft = read_return("r.xlsx", a_return(headers("Cases", {"Area": "Town", "Sex": "Sex of person"})))
    found = propose(draft, SETTINGS, today=TODAY)
    unsaid = check_draft(draft, SETTINGS, KNOWN, mapping_of(found, {}))
    assert unsaid.accepted is None
    assert next(p.repair for p in unsaid.to_confirm if p.column == "Town").startswith("Did you mean 'Area'?")
    said = check_draft(draft, SETTINGS, KNOWN, mapping_of(found, every_guess(found)))
    assert said.accepted is not None
    assert [row.get("area") for row in said.accepted.cases] == ["E07000066", "E07000073", "UNK"]


def test_what_was_confirmed_is_not_asked_again() -> None:
    changes = (
        headers("Cases", {"Case reference": "Client Ref", "Area": "Town"}),
        case_in(3, "Sex", "Femal"),
        with_column("Cases", "Ward code", ["x1", "x2"]),
    )
    first = proposed(*changes)
    assert first.unsure
    mapping = mapping_of(first, every_guess(first))
    again = proposed(*changes, mapping=mapping)
    assert not again.unsure
    assert column(again, "Town").how is How.REMEMBERED
    assert column(again, "Ward code").how is How.LEFT_OUT
    assert answer(again, "Femal").how is How.REMEMBERED
    assert mapping_of(again, {}) == mapping


def case_in(row: int, header: str, value: object) -> Change:
    """Set one cell of Cases by whatever header its column has now."""

    def change(sheets: dict[str, list[list[object]]]) -> None:
        sheets["Cases"][row - 1][sheets["Cases"][0].index(header)] = value

    return change


def test_no_field_is_proposed_for_two_columns() -> None:
    found = proposed(
        headers("Cases", {"Outcome date": "Case ended on"}), with_column("Cases", "Ended", [date(2018, 6, 1)])
    )
    meant = [one.field.key for one in found.columns if one.field and one.sheet is Sheet.CASES]
    assert len(meant) == len(set(meant))
    assert found.unsure


def test_a_second_column_of_the_same_name_can_be_left_out() -> None:
    change = with_column("Cases", "District", ["Harlow"])
    draft = read_return("r.xlsx", a_return(change))
    assert check_draft(draft, SETTINGS, KNOWN).accepted is None
    found = proposed(change)
    assert (column(found, "District").field, column(found, "Area").how) == (None, How.EXACT)
    assert found.unsure
    mapping = mapping_of(found, {("Cases", "District"): LEFT_OUT})
    said = check_draft(draft, SETTINGS, KNOWN, mapping)
    assert said.accepted is not None
    assert said.accepted.cases[0]["area"] == "E07000066"


def test_dates_are_no_outcomes_and_outcomes_no_dates() -> None:
    found = proposed(without_column("Cases", "Outcome"), headers("Cases", {"Outcome date": "Result"}))
    match = column(found, "Result")
    assert match.field is None or match.field.key == "outcome_date"
    assert "outcome" not in [f.key for f in match.choices[:1]]


def test_a_column_is_guessed_by_its_values_where_its_header_says_nothing() -> None:
    found = proposed(headers("Cases", {"Risk at assessment": "Column X"}))
    match = column(found, "Column X")
    assert match.field is not None
    assert (match.field.key, match.how) == ("risk_at_assessment", How.NEAR)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Autistc Spectrum Disorder", "ASD"),
        ("autism (diagnosed)", "ASD"),
        ("Speech and lang.", "SLCN"),
        ("SEMH needs", "SEMH"),
    ],
)
def test_an_answer_in_other_words_is_guessed(text: str, code: str) -> None:
    match = answer(proposed(case(2, "sen_need", text), kind="send"), text)
    assert (match.code, match.how, match.rows) == (code, How.NEAR, 1)
    assert match.choices[0][0] == code


@pytest.mark.parametrize("text", ["ASD", "Autistic Spectrum Disorder", "autism", "Autism Spectrum Condition"])
def test_spellings_of_a_list_need_no_question(text: str) -> None:
    found = proposed(case(2, "sen_need", text), kind="send")
    assert not found.unsure


def test_an_answer_that_may_be_two_is_asked_about() -> None:
    found = proposed(case(2, "reason", "Refusal of the plan"), kind="send")
    match = answer(found, "Refusal of the plan")
    assert match.code is None or match.how is How.NEAR
    assert len(match.choices) > 2


def test_nothing_personal_is_shown() -> None:
    found = proposed(
        with_column("Cases", "Client name", ["Jo Bloggs", "Ann Other"]),
        with_column("Cases", "Contact", ["jo@example.org"]),
        with_column("Cases", "Worker", ["Jo Bloggs", "Ann Other"]),
        with_column("Cases", "Born", ["03/04/1990"]),
        with_column("Cases", "Story", ["She came with her two children and her mother"]),
        with_column("Cases", "943 476 5919", ["x"]),
        case(2, "sex", "943 476 5919"),
    )
    text = repr(found)
    for personal in ("Bloggs", "example.org", "03/04/1990", "mother", "943"):
        assert personal not in text
    assert column(found, "Client name").personal == "a name"
    assert column(found, "Contact").choices == ()


def test_at_most_three_different_samples_are_shown() -> None:
    found = proposed(
        headers("Cases", {"Mentor reference": "Who"}), with_column("Cases", "Band", [*"aabbccdd"])
    )
    assert all(len(one.samples) <= 3 for one in found.columns)
    assert all(len(set(one.samples)) == len(one.samples) for one in found.columns)
    assert column(found, "Outcome date").samples == ("30/05/2018", "01/06/2018")


def test_a_sheet_under_another_name_is_known_by_its_headers_or_asked_about() -> None:
    found = proposed(named("Cases", "Client list"))
    assert [(one.name, one.sheet, one.how) for one in found.sheets if one.how is not How.EXACT] == [
        ("Client list", Sheet.CASES, How.HEADERS)
    ]
    assert not found.unsure
    other = proposed(named("Complaints", "Feedback log"))
    (match,) = (one for one in other.sheets if one.name == "Feedback log")
    assert (match.sheet, match.how) == (Sheet.COMPLAINTS, How.NEAR)
    assert other.unsure


def test_a_sheet_with_headers_of_its_own_is_guessed_with_its_columns() -> None:
    own = {"Case reference": "Client Ref", "Area": "Town", "Referral date": "Referral Dt"}
    rows = [["Client Ref", "Town", "Referral Dt"], ["TB-1", "Harlow", date(2018, 4, 3)]]
    found = proposed(without_sheet("Cases"), lambda sheets: sheets.update({"Clients": rows}))
    (match,) = (one for one in found.sheets if one.name == "Clients")
    assert (match.sheet, match.how) == (Sheet.CASES, How.NEAR)
    guessed = {one.header: one.field.label for one in found.columns if one.field and one.how is How.NEAR}
    assert guessed == {header: label for label, header in own.items()}


def test_a_file_without_a_cover_asks_whose_it_is_and_for_when() -> None:
    draft = read_return("r.xlsx", a_return(without_sheet("Cover")))
    found = propose(draft, SETTINGS, today=TODAY)
    assert [f.key for f in found.asks_cover] == ["service", "provider", "period_start", "period_end"]
    assert found.unsure
    half = propose(draft, SETTINGS, NO_MAPPING, {"service": "mentoring", "provider": "provider-a"}, TODAY)
    assert [f.key for f in half.asks_cover] == ["period_start", "period_end"]
    assert (half.service, half.provider) == ("mentoring", "provider-a")
    assert not propose(draft, SETTINGS, NO_MAPPING, TOLD, TODAY).unsure


def test_a_provider_written_otherwise_is_guessed_and_then_known() -> None:
    change = cover("Provider", "Exampel provider A")
    found = proposed(change)
    match = answer(found, "Exampel provider A")
    assert (match.sheet, match.code, match.how) == (Sheet.COVER, "provider-a", How.NEAR)
    mapping = mapping_of(found, every_guess(found))
    draft = read_return("r.xlsx", a_return(change))
    examined = check_draft(draft, SETTINGS, KNOWN, mapping)
    assert examined.accepted is not None
    assert examined.accepted.provider == "provider-a"


def test_a_group_above_the_header_helps_to_guess() -> None:
    groups = {"Referral date": ("Dates", "Referral"), "Date entered on system": ("Dates", "Put on system")}
    found = proposed(in_two_rows("Cases", groups))
    match = column(found, "Dates Referral")
    assert match.field is not None
    assert match.field.key == "referral_date"


def test_headers_are_never_sought_in_a_row_of_data() -> None:
    rows = (("Jo Bloggs", "Basildon", "Accepted"), ("Ann Other", "Harlow", "Accepted"))
    draft = Draft("r.csv", "", (SheetDraft("Cases", rows),))
    assert "Bloggs" not in repr(propose(draft, SETTINGS, today=TODAY))
    text = " ".join(problem.sentence for problem in check_draft(draft, SETTINGS, KNOWN).problems)
    assert "Bloggs" not in text


def test_only_what_no_name_says_goes_into_the_mapping() -> None:
    found = proposed(headers("Cases", {"Area": "District", "Sex": "Gendre"}), case(2, "referral_route", "LA"))
    mapping = mapping_of(found, every_guess(found))
    assert mapping == Mapping(columns=(("Cases", "gendre", "sex"),))


def test_whose_a_file_is_stands_on_its_cover() -> None:
    assert whose(read_return("r.xlsx", a_return(kind="send")), SETTINGS, TODAY) == ("send", "provider-d")
    assert whose(read_return("r.xlsx", b"no workbook"), SETTINGS, TODAY) == ("", "")


def test_a_refused_file_asks_nothing() -> None:
    assert propose(read_return("r.xlsx", b"%PDF"), SETTINGS, today=TODAY) == Proposal()


def test_what_was_told_wrongly_stands_at_no_row_of_the_file() -> None:
    draft = read_return("r.xlsx", a_return(without_sheet("Cover")))
    (problem,) = check_draft(draft, SETTINGS, KNOWN, NO_MAPPING, TOLD | {"provider": "Nobody"}).must_fix
    assert (problem.sheet, problem.row, problem.column) == ("Cover", None, "Provider")


@pytest.mark.parametrize(
    ("header", "key", "value"),
    [
        ("Client name", "mentor_ref", "Jo Bloggs"),
        ("DOB", "hearing_date", date(1990, 4, 3)),
        ("Comments", "previous_case_ref", "x"),
    ],
)
def test_no_mapping_makes_a_personal_column_one_that_is_kept(header: str, key: str, value: object) -> None:
    mapping = Mapping(columns=(("Cases", header.replace(" ", "").casefold(), key),))
    changes = (without_column("Cases", label_of(key)), with_column("Cases", header, [value]))
    draft = read_return("r.xlsx", a_return(*changes))
    examined = check_draft(draft, SETTINGS, KNOWN, mapping)
    assert [p.column for p in examined.to_confirm if p.rule == "personal_columns"] == [header]
    assert examined.accepted is not None
    assert all(row.get(key) is None for row in examined.accepted.cases)
    assert "Bloggs" not in repr(propose(draft, SETTINGS, mapping, today=TODAY))


def label_of(key: str) -> str:
    return next(f.label for f in fields_of(Sheet.CASES) if f.key == key)
