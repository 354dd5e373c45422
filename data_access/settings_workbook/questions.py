"""From rows of the settings workbook to the questions of a survey; what does not fit is said."""

from __future__ import annotations

from collections.abc import Sequence

from data_access.settings_workbook.cells import Row
from data_access.settings_workbook.rows import Say, provider_named
from domain.services import SERVICES
from domain.settings import Provider, SurveyQuestion
from domain.settings_words import SCALES
from domain.vocabulary import plain


def questions_from(
    rows: Sequence[Row], providers: Sequence[Provider], say: Say
) -> tuple[SurveyQuestion, ...]:
    """The questions in their order; a code means one question of a survey."""
    found: list[SurveyQuestion] = []
    for row in rows:
        service = next((s.key for s in SERVICES if s.label == row.text("Service")), "")
        provider = provider_named(row, providers, say) if row.text("Provider") else ""
        code, label = row.text("Code"), row.text("Question")
        if not service or provider is None or not code or not label:
            continue
        asked = [q for q in found if (q.service, q.provider) == (service, provider)]
        if any(plain(q.code) == plain(code) for q in asked):
            say(
                row.problem(
                    "Code",
                    f"The code '{code}' is already another question's.",
                    "A code of its own in each survey.",
                    "Enter another code, or delete one of the two rows.",
                )
            )
        scale = next((key for key, words in SCALES.items() if words == row.text("Answers")), "agree")
        found.append(SurveyQuestion(service, code, label, scale, len(asked) + 1, provider, row.day("From")))
    return tuple(found)
