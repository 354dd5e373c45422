"""How near two wordings are: 'Date of referral' and 'Referral date', 'Client Ref' and 'Case reference', 'ASD' and what it stands for.

A guess, for a person to confirm. What may not live here: what is known by name, which is the lists' and fields' own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeVar

from domain.field_kinds import Field, Kind
from domain.vocabulary import CodeList, plain

Anything = TypeVar("Anything")

NEAR = 0.72
"""From here on a wording is proposed."""
CLOSE = 0.06
"""Two wordings that are nearer to each other than this cannot be told apart."""
_REF = re.compile(r"\bref\b", re.IGNORECASE)
"""'Ref' is a reference before a number and a referral before a date."""
_FEWEST = 4
"""A wording of fewer letters is near to too much by its letters alone."""

_SAME: dict[str, str] = {
    word: meaning
    for meaning, words in {
        "": "a an and at by for from her his if in is it its of on or our s that the their this to was were when which with your",
        "reference": "ref refs reference references id identifier number no num",
        "case": "case cases client clients household households family families applicant applicants customer customers file",
        "area": "area areas district districts ward wards locality town borough parish lad",
        "date": "date dates day dt on",
        "refer": "referral referrals referred refer referring",
        "contact": "contact contacted contacts",
        "first": "first 1st initial",
        "visit": "visit visits visited",
        "assess": "assess assessed assessment assessments",
        "meet": "meeting meetings meet session sessions",
        "mediate": "mediation mediations mediate mediated med",
        "start": "start started starts starting begin began begun commenced commencement",
        "end": "end ended ending ends finish finished conclude concluded completed completion complete close closed closing closure",
        "certificate": "certificate certificates cert certs",
        "issue": "issue issued",
        "outcome": "outcome outcomes result results",
        "reason": "reason reasons cause why grounds ground",
        "type": "type types kind category",
        "need": "need needs sen send",
        "main": "main primary principal",
        "council": "council la authority lea",
        "inform": "inform informed notified told",
        "request": "request requested requests asked",
        "accept": "accept accepted acceptance",
        "adviser": "adviser advisor advisers advisors",
        "provider": "provider organisation supplier",
        "age": "age ages",
        "band": "band bands group groups bracket range",
        "sex": "sex gender",
        "ethnic": "ethnic ethnicity ethnicities",
        "child": "child children childrens cyp",
        "respondent": "respondent respondents responder",
        "answer": "answer answers answered response responses",
        "complain": "complaint complaints complained",
        "receive": "received receive receipt",
        "previous": "previous earlier prior former",
        "enter": "entered entry enter recorded logged",
        "arrange": "arranged arrange booked",
        "agree": "agreement agreements agreed agree",
        "due": "due deadline",
        "support": "support supported",
        "accommodation": "accommodation housing home",
        "learn": "learning",
        "difficulty": "difficulty difficulties disability disabilities",
        "speech": "speech",
        "autism": "autism autistic asd asc",
    }.items()
    for word in words.split()
}


@lru_cache(maxsize=4096)
def meanings(text: str) -> frozenset[str]:
    """The words of a text without order, endings and filling words, those of one meaning as one.

    >>> meanings("Date of referral") == meanings("Referral date")
    True
    """
    words = re.split(
        r"[\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text.replace("'", "").replace("\u2019", ""))
    )
    found = (
        _SAME.get(word, word.removesuffix("s") if len(word) > 3 else word)
        for word in map(str.casefold, words)
    )
    return frozenset(word for word in found if word)


@lru_cache(maxsize=20_000)
def likeness(one: str, other: str) -> float:
    """How near two wordings are, from 0 to 1: by what their words mean, or by their letters where that says more.

    >>> likeness("Client Ref", "Case reference"), likeness("Ward", "Outcome") < 0.5
    (0.98, True)
    """
    first, second = meanings(one), meanings(other)
    shared = len(first & second)
    by_words = 0.98 * 2 * shared / (len(first) + len(second)) if shared else 0.0
    letters, others = plain(one), plain(other)
    if min(len(letters), len(others)) < _FEWEST:
        return by_words
    return max(by_words, SequenceMatcher(None, letters, others, autojunk=False).ratio() - 0.04)


def initials(text: str) -> str:
    """The first letters of a text's words, without those that only join: 'ASD' of 'Autistic spectrum disorder'."""
    words = [word for word in re.split(r"[\W_]+", text.casefold()) if word]
    return "".join(
        word[0] for word in words if word not in ("and", "or", "of", "the", "a", "an", "for", "in", "to")
    )


def nearest_fields(header: str, fields: Iterable[Field], *, dated: bool = False) -> list[tuple[float, Field]]:
    """Fields by how near their names are to a header, the nearest first; each by the nearest of its names.

    `dated` says that the column holds dates, which a header such as 'Referred' then need not say.
    """
    scored = []
    for field in fields:
        wording = header if field.kind is Kind.TEXT else _REF.sub("referral", header)
        wordings = [wording, f"{wording} date"] if dated and field.kind is Kind.DATE else [wording]
        names = (field.label, *field.aliases)
        scored.append((max(likeness(one, name) for one in wordings for name in names), field))
    return sorted(scored, key=lambda pair: -pair[0])


def near_field(header: str, fields: Iterable[Field], *, dated: bool = False) -> Field | None:
    """The one field that a header is near to; None when none is, or two are."""
    return the_nearest(nearest_fields(header, fields, dated=dated))


def nearest_codes(text: str, codes: CodeList) -> list[tuple[float, str]]:
    """The keys of a list by how near one of their names is to an answer, the nearest first."""
    short = plain(text)
    words = {word for word in re.split(r"[\W_]+", text.casefold()) if len(word) > 2}
    found: list[tuple[float, str]] = []
    for code in codes.entries:
        names = (code.label, *code.aliases)
        score = max(likeness(text, name) for name in (*names, code.key))
        if code.key.casefold() in words:
            score = max(score, 0.9)
        if 2 <= len(short) <= 6 and any(initials(name) == short for name in names):
            score = max(score, 0.9)
        if len(short) >= _FEWEST and any(_begins(text, name) for name in names):
            score = max(score, 0.85)
        found.append((score, code.key))
    return sorted(found, key=lambda pair: -pair[0])


def _begins(text: str, name: str) -> bool:
    """Whether one of the two is the other's beginning, word for word."""
    one, other = text.casefold().split(), name.casefold().split()
    short, long = sorted((one, other), key=len)
    return bool(short) and long[: len(short)] == short


def the_nearest(scored: Sequence[tuple[float, Anything]]) -> Anything | None:
    """The first of what was scored, nearest first; None when it is not near, or the next is as near."""
    if not scored or scored[0][0] < NEAR:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < CLOSE:
        return None
    return scored[0][1]
