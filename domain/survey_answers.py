"""The answers to a survey: who asks what, who answered, and which answers are positive; one kind of person, one question, at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.base_words import as_at_words
from domain.disclosure import Figure, Hidden, Released
from domain.formats import number
from domain.hidden_words import NO_WHOLE, partly
from domain.settings import Settings, SurveyQuestion
from domain.share_rows import ShareRow
from domain.vocabulary import code_list

NOT_RECORDED = "Not recorded who answered"
OTHER_SCALE = "unknown"
"""Stands for the scale of a question that no survey in the settings has."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of whom: the service, the providers chosen (none: all), and what each of them asks."""

    settings: Settings
    service: str
    providers: tuple[str, ...] = ()

    @property
    def surveys(self) -> dict[str, tuple[SurveyQuestion, ...]]:
        """The questions of each provider."""
        keys = self.providers or tuple(p.key for p in self.settings.providers_of(self.service))
        return {key: self.settings.survey(self.service, key) for key in keys}

    @property
    def questions(self) -> dict[str, SurveyQuestion]:
        """The questions by code, in the order of the survey."""
        found: dict[str, SurveyQuestion] = {}
        for survey in self.surveys.values():
            for question in survey:
                found.setdefault(question.code, question)
        return found

    def label(self, code: str) -> str:
        """What a person reads for a question: the words of the providers chosen; its code where no survey has it."""
        known = self.questions.get(code)
        return (known.label if known else self.settings.question_label(self.service, code)).rstrip(".")

    def scale(self, code: str) -> str:
        """The scale of a question: 'agree' or 'useful', or `OTHER_SCALE`."""
        known = self.questions.get(code)
        return known.scale if known else OTHER_SCALE

    def clashes(self) -> tuple[str, ...]:
        """Codes under which providers ask different things, each as a sentence; their answers must not be added up."""
        found: dict[str, dict[tuple[str, str], list[str]]] = {}
        for provider, survey in self.surveys.items():
            for question in survey:
                same = found.setdefault(question.code, {}).setdefault((question.label, question.scale), [])
                same.append(self.settings.provider_label(provider))
        return tuple(
            f"{code} is "
            + ", but ".join(f"'{label}' for {' and '.join(who)}" for (label, _), who in asked.items())
            for code, asked in found.items()
            if len(asked) > 1
        )


def respondents(released: Released) -> dict[str, str]:
    """Who answered, by key: their words, in list order. `released` is grouped by who answered first."""
    place = released.by.index("respondent_type")
    return {
        figure.keys[place]: figure.labels[place] if figure.keys[place] else NOT_RECORDED
        for figure in released.figures
        if figure.base
    }


def most_answers(released: Released) -> str:
    """The key of those who gave the most answers; blank while there is none."""
    place = released.by.index("respondent_type")
    counts: dict[str, int] = {}
    for figure in released.figures:
        counts[figure.keys[place]] = counts.get(figure.keys[place], 0) + figure.base
    return max(counts, key=lambda key: counts[key], default="")


def figures_of(released: Released, **wanted: str) -> tuple[Figure, ...]:
    """The figures of some groups: grouping and key, such as `respondent_type="PARENT"`."""
    places = [(released.by.index(grouping), key) for grouping, key in wanted.items()]
    return tuple(f for f in released.figures if all(f.keys[place] == key for place, key in places))


def hidden_of(released: Released, **wanted: str) -> tuple[Hidden, ...]:
    """The hidden groups among some groups, as `figures_of` gives the others."""
    places = [(released.by.index(grouping), key) for grouping, key in wanted.items()]
    return tuple(one for one in released.hidden if all(one.keys[place] == key for place, key in places))


def positive_words(scale: str) -> str:
    """Which answers of a scale count as positive, in words: 'Strongly agree' or 'Agree'."""
    letter = {"agree": "A", "useful": "U"}.get(scale, "")
    answers = code_list("survey_answer")
    best = [answers.label(key) for key in answers.children("positive") if key.startswith(letter)]
    return " or ".join(f"'{label}'" for label in best)


def question_rows(figures: Sequence[Figure], place: int, asked: Asked, *scales: str) -> tuple[ShareRow, ...]:
    """A row for each question with an answer, in the order of the survey.

    `place` is where its code stands in the keys. `scales` limits the questions; none takes all.
    """
    return tuple(
        ShareRow(figure.keys[place], asked.label(figure.keys[place]), figure.met, figure.base)
        for figure in figures
        if figure.base and (not scales or asked.scale(figure.keys[place]) in scales)
    )


def answers_base(released: Released, figures: Sequence[Figure], who: str) -> str:
    """The base line of the answers of some people: each question has a base of its own."""
    bases = [f.base for f in figures if f.base]
    span = number(min(bases, default=0))
    if bases and min(bases) != max(bases):
        span = f"{span} to {number(max(bases))} for each figure"
    blank, unsure = sum(f.missing for f in figures), sum(f.unsure for f in figures)
    # How many were left blank is not told where small numbers are hidden: none would be untrue.
    none_blank = [] if released.shut else ["none left blank"]
    parts = [
        f"n = {span} ({who})" if bases or not partly(released) else "",
        *([f"{number(blank)} left blank"] if blank else none_blank),
        *([f"{number(unsure)} don't know, not applicable or refused"] if unsure else []),
        NO_WHOLE.removesuffix(".") if released.hidden else "",
        as_at_words(released.as_at, released.audience),
    ]
    return ", ".join(part for part in parts if part)
