"""Telling personal data that must not be kept: by the words of a header, and by the shape of a value.

What is found is only ever named by its kind ('an e-mail address'); the value itself is never handed on.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

HEADER_WORDS = {
    "a name": (
        "name",
        "names",
        "forename",
        "forenames",
        "surname",
        "firstname",
        "lastname",
        "fullname",
        "initials",
    ),
    "a date of birth": ("dob", "birth", "birthday", "birthdate"),
    "an address": ("address", "street", "postcode", "postcodes", "uprn"),
    "an e-mail address": ("email", "emails", "mail"),
    "a phone number": ("phone", "telephone", "mobile", "tel"),
    "an NHS number": ("nhs",),
    "a National Insurance number": ("ni", "nino", "insurance"),
    "a unique pupil number": ("upn", "pupil"),
    "free text": ("comment", "comments", "note", "notes", "narrative"),
}
"""Words of a header, matched whole, and what a column so named would hold."""

_WORD_KINDS = {word: kind for kind, words in HEADER_WORDS.items() for word in words}

_POSTCODE_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|"
    "HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|"
    "PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# A hyphen before the digits makes them part of a reference ('EX-2018040001'), of which one in eleven would
# pass as an NHS number.
_PHONE = re.compile(r"(?<![\w-])(?:\+44 ?(?:\(0\) ?)?|0044 ?|\(?0)(?=[1-37-9])(?:[ -]?\(?\d\)?){9,10}(?!\w)")
_POSTCODE = re.compile(
    rf"(?<!\w)(?:{_POSTCODE_AREAS})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{{2}}(?!\w)", re.IGNORECASE
)
_NHS = re.compile(r"(?:(?<![\w-])|(?<=NHS-)|(?<=nhs-))\d{3}[ -]?\d{3}[ -]?\d{4}(?!\w)")
_NINO = re.compile(r"(?<!\w)[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)", re.IGNORECASE)
_UPN = re.compile(r"(?<!\w)[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z](?!\w)", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(?<![\w/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?![\w/.-])")
_YEAR_FIRST = re.compile(r"(?<![\w/.-])(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?![\w/.-])")

_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS = 6
"""All that is looked for has so many digits or more, but for a postcode."""


def header_kind(header: str) -> str:
    """What a column named so would hold that is personal, such as 'a name'; blank when nothing.

    Words are matched whole after splitting at spaces, _ and -, and where a small letter meets a capital: 'ni'
    is in 'community'.

    >>> header_kind("ClientName"), header_kind("Community trigger")
    ('a name', '')
    """
    words = re.split(r"[\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header))
    folded = [word.casefold() for word in words if word]
    if any((one, two) in {("e", "mail"), ("date", "birth")} for one, two in pairwise(folded)):
        return "an e-mail address" if "mail" in folded else "a date of birth"
    return next((_WORD_KINDS[word] for word in folded if word in _WORD_KINDS), "")


def value_kind(text: str, *, dates: bool = True) -> str:
    """What a text holds that is personal, such as 'an NHS number'; blank when nothing was recognised.

    `dates` False leaves dates of birth alone, for a column that should hold dates.

    >>> value_kind("943 476 5919"), value_kind("TB-0001")
    ('an NHS number', '')
    """
    if len(text) < 5:
        return ""
    if "@" in text and _EMAIL.search(text):
        return "an e-mail address"
    digits = len(_DIGIT.findall(text))
    if digits < _FEWEST_DIGITS:
        return "a full postcode" if digits and _POSTCODE.search(text) else ""
    if any(_nhs_check_digit_holds(found[0]) for found in _NHS.finditer(text)):
        return "an NHS number"
    if _PHONE.search(text):
        return "a phone number"
    if _NINO.search(text):
        return "a National Insurance number"
    if _UPN.search(text):
        return "a unique pupil number"
    if _POSTCODE.search(text):
        return "a full postcode"
    return "a date, perhaps of birth," if dates and _holds_a_day(text) else ""


def _nhs_check_digit_holds(text: str) -> bool:
    """Whether ten digits end in the check digit of an NHS number (modulus 11, NHS Data Dictionary)."""
    digits = [int(character) for character in text if character.isdigit()]
    check = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return len(set(digits)) > 1 and digits[9] == (0 if check == 11 else check)


def _holds_a_day(text: str) -> bool:
    days = [(int(y), int(m), int(d)) for d, m, y in _DAY_FIRST.findall(text)]
    days += [(int(y), int(m), int(d)) for y, m, d in _YEAR_FIRST.findall(text)]
    for year, month, day in days:
        try:
            date(year, month, day)
        except ValueError:
            continue
        return True
    return False
