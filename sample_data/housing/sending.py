"""What the two housing providers send: eight quarters, of which the last of the second provider never came."""

from __future__ import annotations

from domain.fields import Sheet
from domain.periods import Period
from sample_data.aside import answer_stories, complaint_stories, post_stories
from sample_data.housing.around import STAFF, complaints_of, replies_of
from sample_data.housing.case import story_of
from sample_data.housing.cases import PREFIX, example_cases
from sample_data.housing.settings import CONTRACTS, COUNCIL, LAST_DAY, PROVIDER_LABELS, SERVICE
from sample_data.sending import Sending, all_sheets, cover_of, file_name_of
from sample_data.story import Story, rows_of

CODES_AS_WRITTEN = frozenset({"housing-b"})
NEVER_SENT = frozenset({("housing-b", "2025-01..2025-03")})
"""Provider and period of the returns that did not come, so that this too can be seen."""
ASKED_PER_CASE = 2
"""Both parties are asked when a case closes."""


def sendings() -> tuple[Sending, ...]:
    """Give the 15 example returns, by provider and then by period."""
    found: list[Sending] = []
    for contract in CONTRACTS:
        stories = _stories(contract.provider)
        found += [
            _sending(contract.provider, period, stories)
            for period in contract.expected_periods(LAST_DAY)
            if (contract.provider, period.key) not in NEVER_SENT
        ]
    return tuple(found)


def _stories(provider: str) -> dict[Sheet, list[Story]]:
    cases = [case for case in example_cases() if case.provider == provider]
    prefix = PREFIX[provider]
    return {
        Sheet.CASES: [story_of(case) for case in cases],
        Sheet.SATISFACTION: answer_stories(SERVICE, prefix, replies_of(provider, cases)),
        Sheet.COMPLAINTS: complaint_stories(prefix, complaints_of(provider, cases)),
        Sheet.STAFF: post_stories(STAFF[provider]),
    }


def _sending(provider: str, period: Period, stories: dict[Sheet, list[Story]]) -> Sending:
    rows = {sheet: rows_of(told, period) for sheet, told in stories.items()}
    closed = sum(
        story.ended is not None and period.start <= story.ended <= period.end
        for story in stories[Sheet.CASES]
    )
    cover = cover_of(SERVICE, PROVIDER_LABELS[provider], COUNCIL, period)
    cover |= {
        "cases_n": len(rows[Sheet.CASES]),
        "answers_n": len(rows[Sheet.SATISFACTION]),
        "complaints_n": len(rows[Sheet.COMPLAINTS]),
        "surveys_sent": ASKED_PER_CASE * closed,
    }
    return Sending(
        provider,
        SERVICE,
        period,
        file_name_of(provider, period),
        cover,
        all_sheets(SERVICE, rows),
        as_codes=provider in CODES_AS_WRITTEN,
    )
