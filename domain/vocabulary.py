"""The code lists: which answers a field may hold, with their labels, order, groups and aliases.

One list is one CSV beside this file (`codelists/<key>.csv`), so that a council officer can read and correct it.
What may not live here: areas and providers, which are settings and differ by council.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

DONT_KNOW = "DK"
"""The code for 'asked, and the answer was don't know': counted apart from a blank, never in a base."""

_ABSENT_LABELS = {
    "DK": "Don't know",
    "REF": "Declined to answer",
    "NA": "Not applicable",
    "LC": "Lost contact",
}
"""Short labels of the codes that any coded field accepts beside its own list (codelists/missing_value.csv)."""


@dataclass(frozen=True, slots=True)
class Code:
    """One answer of a list: its stored key, what a person reads, and the group it belongs to.

    `heading` marks a group that is shown but never entered (such as 'Fixed accommodation'). A code that is no longer used keeps its line,
    with the last day in `valid_to`: earlier cases hold it, so it is still read and has its label.
    """

    key: str
    label: str
    parent: str = ""
    heading: bool = False
    aliases: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class CodeList:
    """The answers a field may hold, in the order in which they are shown."""

    key: str
    codes: tuple[Code, ...]

    def get(self, key: str) -> Code | None:
        """The code with this key, or None."""
        return _by_key(self).get(key)

    def label(self, key: str) -> str:
        """What a person reads for a key; the key itself when the list does not know it."""
        code = self.get(key)
        return code.label if code else _ABSENT_LABELS.get(key, key)

    def order(self, key: str) -> int:
        """Position in the list; unknown keys come last."""
        keys = [*_by_key(self), *(key for key in _ABSENT_LABELS if key not in _by_key(self))]
        return keys.index(key) if key in keys else len(keys)

    @property
    def entries(self) -> tuple[Code, ...]:
        """The codes that may be entered (headings left out)."""
        return tuple(code for code in self.codes if not code.heading)

    def children(self, key: str) -> tuple[str, ...]:
        """The keys that belong to a group; empty for a code that is no group."""
        return tuple(code.key for code in self.codes if code.parent == key)

    def find(self, text: str) -> str | None:
        """The key meant by a typed code, label or alias; None when nothing in the list means it.

        Case, spaces and punctuation are ignored: 'b & b' finds 'B&B'.
        """
        return _spellings(self).get(plain(text))


def plain(text: str) -> str:
    """A text without case, spaces and punctuation, for comparing what people type.

    >>> plain(" Self-referral  into SERVICE ")
    'selfreferralintoservice'
    """
    return re.sub(r"[\W_]+", "", text.casefold())


@cache
def _by_key(codes: CodeList) -> dict[str, Code]:
    return {code.key: code for code in codes.codes}


@cache
def _spellings(codes: CodeList) -> dict[str, str]:
    found = {plain(alias): code.key for code in codes.entries for alias in code.aliases}
    found |= {plain(code.label): code.key for code in codes.entries}
    return found | {plain(code.key): code.key for code in codes.entries}


@cache
def code_list(key: str) -> CodeList:
    """The list with this key.

    Raises
    ------
    FileNotFoundError
        When no such list exists; a field names a list that nobody wrote.
    """
    text = resources.files("domain").joinpath("codelists", f"{key}.csv").read_text(encoding="utf-8")
    return CodeList(
        key,
        tuple(
            Code(
                key=row["code"],
                label=row["label"],
                parent=row["parent"],
                heading=row["heading"] == "Y",
                aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
                note=row["note"],
                source=row["source"],
                valid_from=_day(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
            )
            for row in csv.DictReader(text.splitlines())
        ),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def union(key: str, lists: tuple[str, ...]) -> CodeList:
    """Several lists as one, for a field whose list depends on the service: labels and order for cases of all services together.

    Parameters
    ----------
    key : the key of the new list. lists : the keys of the lists, in order; of a code that stands in several, the first counts.
        A cell is read with the list of its own service: 'Open' may mean another code elsewhere.
    """
    found: dict[str, Code] = {}
    for name in lists:
        for code in code_list(name).codes:
            found.setdefault(code.key, code)
    return CodeList(key, tuple(found.values()))


def absent_codes() -> dict[str, str]:
    """Codes that any coded field accepts beside its own list, with their labels."""
    return dict(_ABSENT_LABELS)


def rolled_up(codes: CodeList, key: str) -> str:
    """The group under which an answer is shown: its parent when that is an answer too, else itself.

    The nineteen ethnic groups are shown as the six; 'Social rented sector' stays itself, because 'Fixed accommodation' is only a heading.
    """
    code = codes.get(key)
    parent = codes.get(code.parent) if code and code.parent else None
    return parent.key if parent and not parent.heading else key
