"""The housing and homelessness mediation examples pass the checks that every return must pass, sent in their order."""

from __future__ import annotations

from datetime import date

from data_access.intake import examine
from domain.drafts import KnownCases, KnownReturns
from domain.fields import Sheet
from domain.periods import Period
from sample_data.homelessness.sending import sendings as homelessness
from sample_data.housing.sending import sendings as housing
from sample_data.sending import Sending
from sample_data.settings import example_settings
from sample_data.workbook import workbook_bytes
from tests.unit.sample_data import sent as plain

TODAY = date(2025, 6, 1)


def known_before(sent: list[Sending]) -> KnownReturns:
    """What the dashboard would know from the returns of the provider that came before."""
    cases = plain.latest(sent)
    answers = [row for sending in sent for row in plain.rows(sending, Sheet.SATISFACTION)]
    satisfied = {
        row["case_ref"] for row in answers if row["answer_code"] in ("A4", "A5") and "case_ref" in row
    }

    def find(service: str, provider: str, period: Period | None) -> KnownCases:
        folded = {ref.casefold(): row for ref, row in cases.items()}
        return KnownCases(folded, satisfied=frozenset(ref.casefold() for ref in satisfied))

    return KnownReturns(TODAY, tuple((s.service, s.provider, s.period) for s in sent), find)


def test_nothing_has_to_be_put_right_and_only_late_entries_and_reopenings_are_asked_about() -> None:
    settings = example_settings()
    asked: set[tuple[str, str]] = set()
    came: dict[str, list[Sending]] = {}
    for sending in sorted((*housing(), *homelessness()), key=lambda s: s.period):
        before = came.setdefault(sending.provider, [])
        found = examine(sending.file_name, workbook_bytes(sending), settings, known_before(before))
        assert found.must_fix == (), sending.file_name
        assert found.accepted is not None
        read = [found.accepted.cases, found.accepted.answers, found.accepted.complaints, found.accepted.staff]
        sheets = (Sheet.CASES, Sheet.SATISFACTION, Sheet.COMPLAINTS, Sheet.STAFF)
        assert read == [tuple(sending.sheets[sheet]) for sheet in sheets], sending.file_name
        asked |= {(sending.service, problem.check) for problem in found.to_confirm}
        before.append(sending)
    assert asked == {("housing", "V18"), ("housing", "V10"), ("homelessness", "V10")}
