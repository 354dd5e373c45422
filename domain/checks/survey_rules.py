"""Rules on the survey: the questions that were asked, and how many people answered."""

from __future__ import annotations

from collections.abc import Iterable

from domain.cells import quoted
from domain.checks.checking import Checking, folded
from domain.checks.rule import Finding, Stage, rows_in_words, rule, several, the_only
from domain.fields import Sheet
from domain.problem import Level


@rule(
    "V26",
    Level.CONFIRM,
    "Questions are those of the survey in Settings",
    stage=Stage.ROWS,
    needs=(Sheet.SATISFACTION, "service", "provider"),
)
def question_known(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the rows with a question that the provider's survey does not have."""
    table = checking.found[Sheet.SATISFACTION]
    survey = checking.settings.survey(checking.service or "", checking.provider or "")
    asked = {question.code for question in survey}
    unknown = [
        (row.number, question)
        for row in checking.kept(table)
        if isinstance(question := row.values.get("question_code"), str) and question not in asked
    ]
    if unknown:
        names = tuple(dict.fromkeys(question for _, question in unknown))
        rows = [number for number, _ in unknown]
        yield Finding(
            f"The survey has no question {', '.join(map(quoted, names))} ({rows_in_words(rows)}).",
            f"One of the questions of the survey: {'; '.join(f'{q.code} {q.label}' for q in survey)}.",
            "Correct it, ask an administrator to add it in Settings and upload the file again, or confirm "
            "that it is kept as written.",
            table.name,
            the_only(rows),
            table.header("question_code"),
            tuple(("question", name) for name in names),
            several(rows),
            ("question_code", "answer_code"),
            "The survey has no such question.",
        )


@rule(
    "V26",
    Level.CONFIRM,
    "No more people answered than were asked",
    stage=Stage.WHOLE,
    needs=("cover", Sheet.SATISFACTION),
)
def answered_of_asked(checking: Checking) -> Iterable[Finding]:
    """Yield the number of surveys sent where more people answered than that."""
    cover, table = checking.cover, checking.found[Sheet.SATISFACTION]
    sent = cover.values.get("surveys_sent") if cover else None
    answered = len({folded(row.values.get("response_ref")) for row in checking.kept(table)} - {""})
    if cover and isinstance(sent, int) and answered > sent:
        place = cover.place("surveys_sent")
        yield Finding(
            f"{answered:,} {'person' if answered == 1 else 'people'} answered, and the Cover says that "
            f"{sent:,} {'survey was' if sent == 1 else 'surveys were'} sent.",
            "As many surveys sent as answered, or more.",
            "Correct the Cover or the sheet; or confirm, such as where answers came to surveys of an earlier period.",
            cover.draft.name,
            place.row or None,
            place.header,
            fields=("response_ref",),
            general="More people answered than surveys were sent.",
        )
