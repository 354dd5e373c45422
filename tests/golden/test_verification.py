"""How one published figure is held against what the cases say, and what is said of each source document."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from importlib import resources

import pytest

from domain.findings import findings, findings_of
from domain.published import (
    DOCUMENTS,
    CheckState,
    Part,
    PublishedCheck,
    PublishedFigure,
    document,
    published_figures,
)
from domain.verification import Answer, AnswerRow, Verdict, compare

ROUTES = (AnswerRow("LA", 25, 43), AnswerRow("OTHER", 9, 43), AnswerRow("SELF", 9, 43))
FIGURES = {figure.fig_id: figure for figure in published_figures()}


def judged(figure: PublishedFigure, *rows: AnswerRow, over: int | None = None) -> Verdict:
    return compare(figure, lambda check: Answer(rows, over))


def test_a_count_with_its_base_and_percentage_is_reproduced() -> None:
    verdict = judged(FIGURES["ETB074"], *ROUTES)
    assert verdict == Verdict(CheckState.FROM_CASES, "25", "25", "", "58")


def test_a_right_count_of_a_wrong_base_differs() -> None:
    verdict = judged(FIGURES["ETB074"], AnswerRow("LA", 25, 44))
    assert verdict.state is CheckState.DIFFERS
    assert "out of 44, published out of 43" in verdict.why


def test_one_case_more_differs_and_says_both_numbers() -> None:
    verdict = judged(FIGURES["ETB075"], AnswerRow("LA", 24, 43), AnswerRow("OTHER", 10, 43))
    assert (verdict.state, verdict.published, verdict.ours) == (CheckState.DIFFERS, "9", "10")
    assert verdict.why == "10 from the cases, published 9; 23%, published 21%"


def test_an_explained_difference_must_be_the_one_that_is_explained() -> None:
    figure = FIGURES["ETB136"]
    assert judged(figure, AnswerRow("", 227, 227)).state is CheckState.EXPLAINED
    assert judged(figure, AnswerRow("", 230, 230)).state is CheckState.DIFFERS


def test_a_percentage_that_its_own_count_contradicts_is_told_with_the_count() -> None:
    figure = FIGURES["ETB053"]
    assert judged(figure, AnswerRow("HOMELESS", 16, 508)).state is CheckState.FROM_CASES
    assert "E1" in judged(figure, AnswerRow("HOMELESS", 16, 508)).why
    assert judged(figure, AnswerRow("HOMELESS", 17, 508)).state is CheckState.DIFFERS


def test_a_half_is_rounded_up() -> None:
    check = PublishedCheck(CheckState.FROM_CASES, "sex", part=Part.PERCENT)
    figure = replace(FIGURES["ETB011"], denominator=200, percent=Decimal(13), check=check)
    assert judged(figure, AnswerRow("", 25, 200)).state is CheckState.FROM_CASES


def test_whole_values_are_added_up_over_a_range() -> None:
    rows = tuple(AnswerRow(str(n), 10, 50) for n in (0, 3, 4, 5, 11))
    check = PublishedCheck(CheckState.FROM_CASES, "adults", part=Part.MET, rows=("4..", "0"))
    figure = replace(FIGURES["ETB028"], count=40, denominator=50, percent=None, check=check)
    assert judged(figure, *rows).state is CheckState.FROM_CASES


def test_the_base_over_dated_cases_leaves_out_the_undated_ones() -> None:
    rows = (AnswerRow("2018-10", 23, 23), AnswerRow("2018-09", 513, 513), AnswerRow("", 4, 4))
    assert judged(FIGURES["ETB133"], *rows).state is CheckState.FROM_CASES


def test_no_cases_at_all_is_a_difference_and_no_failure() -> None:
    for figure in published_figures():
        if figure.check.declared:
            continue
        verdict = judged(figure)
        expected = CheckState.DIFFERS if figure.check.asks_cases else figure.check.state
        if figure.printed != "0":
            assert verdict.state is expected, figure.fig_id


def test_what_does_not_come_from_cases_is_never_asked() -> None:
    def refuse(check: PublishedCheck) -> Answer:
        raise AssertionError(check)

    verdict = compare(FIGURES["ETB251"], refuse)
    assert (verdict.state, verdict.published) == (CheckState.AS_PUBLISHED, "496")


def test_every_figure_that_needs_a_reason_has_one() -> None:
    for figure in published_figures():
        if figure.check.state is not CheckState.FROM_CASES:
            assert figure.check.why, figure.fig_id


def test_every_figure_of_the_five_documents_is_there() -> None:
    counted = Counter(figure.document for figure in published_figures())
    assert counted == {
        "norfolk": 62,
        "essex": 265,
        "exchange_note": 14,
        "send_factsheet": 8,
        "housing_specification": 8,
    }
    assert len({figure.fig_id for figure in published_figures()}) == 357
    for figure in published_figures():
        assert figure.source.startswith(f"{document(figure.document).title}: "), figure.fig_id


DECLARED = [figure for figure in published_figures() if figure.check.declared]


@pytest.mark.parametrize("figure", DECLARED, ids=lambda figure: figure.fig_id)
def test_a_printed_target_or_time_limit_is_the_one_that_is_judged_by(figure: PublishedFigure) -> None:
    verdict = judged(figure)
    assert (verdict.state, verdict.ours) == (CheckState.AS_PUBLISHED, verdict.published), verdict.why


@pytest.mark.parametrize(
    ("fig_id", "changed"),
    [
        ("HMS003", {"value": ">90"}),
        ("HMS004", {"value": "<=10"}),
        ("HMS005", {"value": "<=6"}),
        ("HMS001", {"value": "3"}),
        ("HMS002", {"percent": Decimal(95)}),
        ("SEF004", {"unit": "days"}),
        ("SEF003", {"value": "28"}),
        ("ETB251", {"count": 500}),
    ],
)
def test_another_target_time_limit_or_operator_differs(fig_id: str, changed: dict[str, object]) -> None:
    verdict = judged(replace(FIGURES[fig_id], **changed))  # type: ignore[arg-type]
    assert verdict.state is CheckState.DIFFERS
    assert "the dashboard judges by" in verdict.why


def test_a_difference_in_law_shows_what_the_law_says() -> None:
    verdict = judged(FIGURES["SEF006"])
    assert (verdict.state, verdict.published) == (CheckState.EXPLAINED, "30")
    assert "1 month from the certificate" in verdict.ours


def test_every_finding_with_evidence_has_plain_words_of_the_same_severity() -> None:
    checks = resources.files("domain").joinpath("published", "CHECKS.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([A-Z]\d+) \| ([HML]) \|", checks, flags=re.MULTILINE)
    assert [(found.id, found.severity.name) for found in findings()] == listed
    assert len(listed) == 48


def test_a_finding_stands_with_the_document_that_it_is_about() -> None:
    for source in DOCUMENTS:
        assert findings_of(source.key)
        assert all(found.id.startswith(source.findings) for found in findings_of(source.key))


def test_a_check_that_names_a_finding_says_so_to_the_reader() -> None:
    known = {found.id for found in findings()}
    for figure in published_figures():
        named = set(re.findall(r"\(([A-Z]\d+)[,)]", figure.check.why))
        if figure.check.check_id:
            assert figure.check.check_id in named, figure.fig_id
        assert named <= known, figure.fig_id
