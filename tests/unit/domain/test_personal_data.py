"""Personal data is told by the words of a header and the shape of a value, and references are left alone."""

from __future__ import annotations

import pytest

from domain.personal_data import header_kind, value_kind


@pytest.mark.parametrize(
    "header",
    [
        "Client name",
        "client_forename",
        "DOB",
        "Date of birth",
        "ClientName",
        "E-mail",
        "NI no",
        "nhs-number",
        "UPN",
        "Home postcode",
        "Comments",
    ],
)
def test_a_header_that_names_personal_data_is_told(header: str) -> None:
    assert header_kind(header)


@pytest.mark.parametrize(
    "header", ["Community trigger", "Unit", "Renamed", "Phonetic", "Opinion", "Our code"]
)
def test_words_are_matched_whole(header: str) -> None:
    assert header_kind(header) == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("call jane.o'hara@example.co.uk", "an e-mail address"),
        ("07911 123456", "a phone number"),
        ("+44 (0)20 7946 0958", "a phone number"),
        ("sw1a 1aa", "a full postcode"),
        ("CM11QH", "a full postcode"),
        ("9434765919", "an NHS number"),
        ("AB123456C", "a National Insurance number"),
        ("A123456789012", "a unique pupil number"),
        ("born 3/4/1990", "a date, perhaps of birth,"),
        ("1990-04-03", "a date, perhaps of birth,"),
    ],
)
def test_a_personal_value_is_told_by_its_kind(text: str, kind: str) -> None:
    assert value_kind(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "TB-0001",
        "EX-2018040001",
        "9434765918",
        "0001-000123",
        "TB123AB",
        "2018/19-0042",
        "31/02/1990",
        "Mentor 3",
        "1111111111",
        "12345678",
        "TB-2018-04-001",
        "Q1 2018",
    ],
)
def test_a_reference_is_left_alone(text: str) -> None:
    assert value_kind(text) == ""
