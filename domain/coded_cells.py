"""Reading a cell that holds a key: an answer from a list, a question of the survey, an area, a provider or a service."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from domain.cell_text import Fault, as_text, quoted
from domain.drafts import RawCell
from domain.field_kinds import Field, Sheet
from domain.mapping import LEFT_OUT, NO_MAPPING, Mapping
from domain.returns import COUNCIL, Value
from domain.services import SERVICES
from domain.settings import Settings, SurveyQuestion
from domain.vocabulary import CodeList, absent_codes, plain

QUESTION_LIMIT = 120
"""The longest text kept for a question that the survey does not have: a code or its wording, never a note."""

_OTHER_SPELLINGS = {"n/a": "NA", "refused": "REF", "do not know": "DK"}
_POINT = re.compile(r"[1-5]")
_NUMBERED = re.compile(r"(?:q|question)?\.? ?0*(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose return a cell stands in: the settings, and what its Cover says; None where that could not be read.

    `mapping` is what a person said that the sender's answers mean.
    """

    settings: Settings
    service: str | None = None
    provider: str | None = None
    mapping: Mapping = NO_MAPPING
    used: set[tuple[str, str, str, str]] = field(default_factory=set, compare=False)
    """What of the mapping's answers was asked for so far."""
    until: date | None = None
    """The last day that a date of the return can be, a year after its period; None while the period is not known."""

    def codes(self, field: Field) -> CodeList:
        """The answers of a field in the return's service, or in every service while that is not known."""
        if self.service and self.service in dict(field.codes_by):
            return field.code_list_for(self.service)
        return field.code_list

    def questions(self) -> tuple[SurveyQuestion, ...]:
        """The questions of the provider's survey; none while service or provider is not known."""
        if self.service is None or self.provider is None:
            return ()
        return self.settings.survey(self.service, self.provider)

    def meant(self, field: Field, text: str) -> str | None:
        """The key that a person said an answer means; `LEFT_OUT`, or None when nothing was said of it."""
        if not self.mapping.values or not plain(text):
            return None
        found = self.mapping.value(field.sheet, field.key, text)
        if found is not None:
            self.used.add((str(field.sheet), field.key, plain(text), found))
        return found


def read_code(field: Field, raw: RawCell, sender: Sender) -> Value | Fault:
    """The key of one answer."""
    return _one_code(field, as_text(raw), sender.codes(field), sender) or None


def _one_code(field: Field, text: str, known: CodeList, sender: Sender | None) -> str | Fault:
    """The key of one answer; `LEFT_OUT` where a person said that it is none.

    What a person said goes before an alias, but not before a code or label of the list: those say themselves what they mean.
    """
    key = known.find(text) or absent_answer(text)
    meant = sender.meant(field, text) if sender and not (key and is_own(known, key, text)) else None
    if meant == LEFT_OUT or (meant and enterable(known, meant)):
        return meant
    if key:
        return key
    spellings = {
        s.casefold(): code.label for code in known.entries for s in (code.key, code.label, *code.aliases)
    }
    labels = [code.label for code in known.entries]
    return _not_in_list(text, spellings, labels)


def enterable(known: CodeList, key: str) -> bool:
    """Whether a key may stand in a cell: of the list, and no heading of it; or one of those that every list accepts."""
    code = known.get(key)
    return not code.heading if code else key in absent_codes()


def is_own(known: CodeList, key: str, text: str) -> bool:
    """Whether a text is the code or the label itself of what it means, and no other spelling."""
    return plain(text) in (plain(key), plain(known.label(key)))


def absent_answer(text: str) -> str | None:
    """The key of an answer that every list accepts, such as 'don't know'; None for any other."""
    folded = " ".join(text.casefold().replace("'", "").replace("\u2019", "").split())
    for key, label in absent_codes().items():
        if folded in (key.casefold(), label.casefold().replace("'", "")):
            return key
    return _OTHER_SPELLINGS.get(folded)


def read_codes(field: Field, raw: RawCell, sender: Sender) -> Value | Fault:
    """The keys of several answers, in the order of the list."""
    known = sender.codes(field)
    keys: list[str] = []
    for part in parts_of(raw):
        key = _one_code(field, part, known, sender)
        if isinstance(key, Fault):
            return _with_commas(known, part) or key
        keys += [key] if key else []
    alone = next((key for key in keys if key == "NONE" or key in absent_codes()), None)
    if alone and len(set(keys)) > 1:
        return Fault(
            "V04",
            f"{quoted(known.label(alone))} stands together with other answers.",
            "Either that answer alone, or the others.",
            "Remove one of them.",
        )
    return tuple(sorted(set(keys), key=known.order)) or None


def parts_of(raw: RawCell) -> list[str]:
    """The answers in a cell that may hold several."""
    text = str(raw) if isinstance(raw, str) else as_text(raw)
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def _with_commas(known: CodeList, text: str) -> Fault | None:
    """The fault of answers that are all in the list, with commas between them; None for any other text."""
    keys = [known.find(part) for part in text.split(",") if part.strip()]
    if len(keys) < 2 or None in keys:
        return None
    return Fault(
        "V04",
        f"We read {quoted(text)}: several answers with commas between them.",
        "Several answers with ; between them, since an answer may hold a comma.",
        "Put ; in place of the commas.",
    )


def read_answer(
    field: Field, raw: RawCell, question: SurveyQuestion | None, sender: Sender | None = None
) -> Value | Fault:
    """The key of a survey answer, on the scale of its question; None stands for a question the survey does not have.

    A number from 5 (best) to 1 means a point of that scale, so that without a known question it means nothing.
    """
    text, known = as_text(raw), field.code_list
    if question is None:
        if not _POINT.fullmatch(text):
            return _one_code(field, text, known, sender) or None
        return Fault(
            "V26",
            f"We read {quoted(text)}, and do not know the scale of its question.",
            "The answer in words, or a question of the survey.",
            "Write the answer in words, or correct the question.",
        )
    scale = question.scale[0].upper()
    if _POINT.fullmatch(text):
        return f"{scale}{text}"
    found = _one_code(field, text, known, sender)
    if not found:
        return None
    if isinstance(found, Fault) or found in absent_codes() or found.startswith(scale):
        return found
    labels = "; ".join(code.label for code in known.entries if code.key.startswith(scale))
    return Fault(
        "V26",
        f"We read {quoted(known.label(found))}, which is not on the scale of the question {quoted(question.code)}.",
        f"One of: {labels}.",
        "Choose one of them, or correct the question.",
    )


def read_question(field: Field, raw: RawCell, sender: Sender) -> Value | Fault:
    """The code of a question of the survey; one that the survey does not have is kept as it is written."""
    text, asked = as_text(raw), sender.questions()
    for question in asked:
        if plain(text) in (plain(question.code), plain(question.label)):
            return question.code
    if match := _NUMBERED.fullmatch(text):
        numbered = [q.code for q in asked if re.sub(r"\D+0*", "", q.code) == match[1]]
        if len(numbered) == 1:
            return numbered[0]
    meant = sender.meant(field, text)
    if meant is not None and (meant == LEFT_OUT or any(q.code == meant for q in asked)):
        return meant or None
    if len(text) > QUESTION_LIMIT:
        return Fault(
            "V20",
            f"The text has {len(text)} characters.",
            f"The code of a question, or its wording of at most {QUESTION_LIMIT} characters.",
            "Enter the code of the question.",
        )
    return text


def _not_in_list(text: str, spellings: dict[str, str], labels: list[str]) -> Fault:
    """The fault of an answer that no list knows, with the nearest one that it does."""
    close = get_close_matches(text.casefold(), list(spellings), n=1, cutoff=0.6)
    shown = "; ".join(labels[:12]) + ("; and others" if len(labels) > 12 else "")
    repair = f"Did you mean {quoted(spellings[close[0]])}?" if close else "Choose one of them."
    # A long text that is like no answer is a note, and notes hold names: it is not shown again.
    what = quoted(text) if close or len(text) <= 40 else f"a text of {len(text)} characters"
    return Fault("V04", f"We read {what}, which is not in the list.", f"One of: {shown}.", repair)


def read_area(field: Field, raw: RawCell, sender: Sender) -> Value | Fault:
    """The key of an area."""
    text, settings = as_text(raw), sender.settings
    if key := settings.find_area(text):
        return key
    meant = sender.meant(field, text)
    if meant is not None and (meant == LEFT_OUT or settings.area(meant)):
        return meant or None
    offered = settings.areas_of(sender.service) if sender.service else settings.areas
    spellings = {s.casefold(): area.label for area in settings.areas for s in (area.label, *area.aliases)}
    fault = _not_in_list(text, spellings, [*(area.label for area in offered), "UNK when it is not known"])
    return Fault("V04", fault.found, fault.wanted, _or_add(fault), _lacking("area", text))


def read_provider(field: Field, raw: RawCell, sender: Sender) -> Value | Fault:
    """The key of a provider; on the Cover also the council, which sends a supplement."""
    text, settings = as_text(raw), sender.settings
    if key := settings.find_provider(text) or _provider_meant(field, text, sender):
        return key
    if field.sheet is Sheet.COVER and plain(text) in (COUNCIL, plain(settings.council)):
        return COUNCIL
    names = [provider.label for provider in settings.providers]
    fault = _not_in_list(
        text, {name.casefold(): name for name in names}, names or ["a provider that is in Settings"]
    )
    return _unknown(fault, text, "provider", _lacking("provider", text))


def _provider_meant(field: Field, text: str, sender: Sender) -> str | None:
    meant = sender.meant(field, text)
    council = meant == COUNCIL and field.sheet is Sheet.COVER
    return meant if meant and (sender.settings.provider(meant) or council) else None


def read_service(field: Field, raw: RawCell, sender: Sender) -> Value | Fault:
    """The key of a service."""
    text = as_text(raw)
    names = {
        plain(spelling): service.key for service in SERVICES for spelling in (service.key, service.label)
    }
    if key := names.get(plain(text)) or names.get(plain(sender.meant(field, text) or "")):
        return key
    labels = [service.label for service in SERVICES]
    fault = _not_in_list(text, {label.casefold(): label for label in labels}, labels)
    nearest = fault.repair if fault.repair.startswith("Did") else "Choose one of them."
    return Fault(
        "V02", f"We read {quoted(text)}, which is not a service that we know.", fault.wanted, nearest
    )


def _unknown(fault: Fault, text: str, what: str, lacks: tuple[tuple[str, str], ...]) -> Fault:
    found = f"We read {quoted(text)}, which is not a {what} that we know."
    return Fault("V02", found, fault.wanted, _or_add(fault), lacks)


def _or_add(fault: Fault) -> str:
    nearest = f"{fault.repair} " if fault.repair.startswith("Did") else ""
    return f"{nearest}Correct it, or ask an administrator to add it in Settings."


def _lacking(what: str, text: str) -> tuple[tuple[str, str], ...]:
    """What Settings may be offered; a long text is a note and no name, and is not handed on."""
    return ((what, text),) if len(text) <= 60 else ()
