"""What may be kept of a meeting and of an action: how long a text may be, what it must not hold, and which agenda and audience fit.

Every problem is a sentence: where, what was found, and what would be accepted. Whose case references a text must not hold is known to the
database (`data_access.meeting_checks`); which words of a text might be one is told here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from domain.access import Circle
from domain.actions import MOST_OF_A_TEXT, MOST_OF_AN_OWNER, Action
from domain.agenda import AGENDA
from domain.audience import Audience
from domain.kpis import kpis_of
from domain.meetings import MOST_OF_A_COMMENT, About, Remark
from domain.periods import Period
from domain.personal_data import value_kind
from domain.services import SERVICES
from domain.settings import Settings

_KEY = re.compile(r"[\w:.-]{1,80}")
_WORD = re.compile(r"\w+")
_SAID_TO_BE_ONE = re.compile(r"(?:\b(?:case|ref|reference|no|number)\.?:?\s*|#\s?)$", re.IGNORECASE)
_LONGEST_REFERENCE = 6
"""So many words may a case reference be made of, as 'EX/2018/04/041'."""
_YEARS = range(1900, 2101)


def plain_text(text: str) -> str:
    """A text as it is kept: in one line, without what nobody sees."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def text_problems(where: str, text: str, most: int, *, needed: bool = False) -> Iterator[str]:
    """What is wrong with a text that would be kept and shown.

    >>> list(text_problems("The comment", "Ring 943 476 5919", 500))
    ['The comment looks as if it holds an NHS number. Say it without; a day is written as 3 Oct 2026.']
    """
    if needed and not text:
        yield f"{where} is blank. Say it in up to {most} letters."
    if len(text) > most:
        yield f"{where} has {len(text)} letters. Say it in up to {most}, so that it stands on a slide."
    if kind := value_kind(text):
        found = kind.rstrip(",")
        yield f"{where} looks as if it holds {found}. Say it without; a day is written as 3 Oct 2026."


def possible_references(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which parts of a text might be a case reference: those to be found in any case of letters, and those only as they are written.

    A short number or a year is one only after a word that says so ('case 12'): else no comment could say how many.

    >>> possible_references("40 of Ex-7")[0]
    ('40 of', '40 of Ex', '40 of Ex-7', 'of Ex-7', 'Ex-7')
    """
    words = list(_WORD.finditer(text))
    anyhow: dict[str, None] = {}
    as_written: dict[str, None] = {}
    for place, first in enumerate(words):
        for last in words[place : place + _LONGEST_REFERENCE]:
            part = text[first.start() : last.end()]
            if not any(one.isdigit() for one in part):
                as_written[part] = None
            elif not _an_amount(part) or _SAID_TO_BE_ONE.search(text[: first.start()]):
                anyhow[part] = None
    return tuple(anyhow), tuple(as_written)


def _an_amount(part: str) -> bool:
    return part.isdecimal() and not part.startswith("0") and (len(part) < 4 or int(part) in _YEARS)


def about_problems(about: About, settings: Settings) -> Iterator[str]:
    """What a meeting cannot be about, as the settings stand for whoever prepares it."""
    if about.service not in {one.key for one in SERVICES}:
        yield f"The service: there is none called '{about.service}'. Choose one of {_names(one.key for one in SERVICES)}."
        return
    yield from place_problems(about.service, about.provider, about.area, about.audience, settings)


def place_problems(
    service: str, provider: str, area: str, audience: Audience, settings: Settings
) -> Iterator[str]:
    """Whether a provider and an area are known, and whether an audience fits them; blank is all."""
    known = [one.key for one in settings.providers_of(service)]
    if provider and provider not in known:
        yield f"The provider: the settings have none called '{provider}' for this service. Choose one of {_names(known)}, or all."
    if area and settings.area(area) is None:
        yield f"The area: the settings have none with the key '{area}'. Choose one of the list, or all."
    if audience.circle is not Circle.PROVIDER:
        return
    if audience.provider not in known:
        yield f"Who will see this: the settings have no provider called '{audience.provider}' for this service."
    elif provider not in ("", audience.provider):
        theirs, other = (settings.provider_label(key) for key in (audience.provider, provider))
        yield f"Who will see this: {theirs} is in the room, and it is about {other}. Choose one provider for both."


def agenda_problems(agenda: Iterable[str]) -> Iterator[str]:
    """Whether each item is one, and none comes twice."""
    found = tuple(agenda)
    known = [item.key for item in AGENDA]
    if not found:
        yield "The agenda is empty. Choose at least one item."
    if strange := [key for key in found if key not in known]:
        yield f"The agenda: '{strange[0]}' is no item of an agenda. Choose from {_names(known)}."
    if len(set(found)) < len(found):
        yield "The agenda has an item twice. Choose each once."


def plain_remarks(remarks: Mapping[str, Remark]) -> dict[str, Remark]:
    """Remarks as they are kept."""
    return {
        key: Remark(plain_text(one.comment), plain_text(one.quote), plain_text(one.quote_by), one.agreed)
        for key, one in remarks.items()
    }


def remark_problems(remarks: Mapping[str, Remark]) -> Iterator[str]:
    """What stands against keeping comments and quotes."""
    for key, one in remarks.items():
        if not _KEY.fullmatch(key):
            yield "A comment stands beside no screen. Write it beside one."
            continue
        yield from text_problems("The comment", one.comment, MOST_OF_A_COMMENT)
        yield from text_problems("The quote", one.quote, MOST_OF_A_COMMENT)
        yield from text_problems("Whose quote it is", one.quote_by, MOST_OF_AN_OWNER)
        if one.quote and not one.agreed:
            yield "The quote: nobody has said that it may be used. Tick that it is agreed and names nobody, or leave it out."
        if one.quote_by and not one.quote:
            yield "Whose quote it is stands without a quote. Enter the quote, or leave both out."


def remark_texts(remarks: Mapping[str, Remark]) -> Iterator[tuple[str, str]]:
    """Every text of some remarks, each after what it is called."""
    for one in remarks.values():
        yield "The comment", one.comment
        yield "The quote", one.quote
        yield "Whose quote it is", one.quote_by


def action_problems(action: Action, settings: Settings) -> Iterator[str]:
    """What stands against keeping an action that is agreed now."""
    if action.service not in {one.key for one in SERVICES}:
        yield f"The service: there is none called '{action.service}'. Choose one of {_names(one.key for one in SERVICES)}."
        return
    yield from text_problems("The action", action.text, MOST_OF_A_TEXT, needed=True)
    yield from text_problems("Who does it", action.owner, MOST_OF_AN_OWNER, needed=True)
    yield from _kpi_problems(action)
    try:
        audience = Audience.parse(action.audience)
    except ValueError as why:
        yield f"Who will see this: {why}."
    else:
        yield from place_problems(action.service, action.provider, action.area, audience, settings)


def _kpi_problems(action: Action) -> Iterator[str]:
    if bool(action.kpi) != bool(action.kpi_period):
        yield "The KPI that it comes from: name the KPI and its period, or neither."
    if action.kpi and action.kpi not in {one.id for one in kpis_of(action.service)}:
        yield f"The KPI that it comes from: this service has none called '{action.kpi}'."
    if action.kpi_period:
        try:
            Period.parse(action.kpi_period)
        except ValueError as why:
            yield f"The period of the KPI: {why}."


def _names(keys: Iterable[str]) -> str:
    return ", ".join(keys) or "none so far"
