"""From rows of the settings workbook to providers and areas; what does not fit is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from data_access.settings_workbook.cells import Row
from domain.problem import Problem
from domain.settings import UNKNOWN_AREA, Area, Provider
from domain.settings_edits import is_the_council, key_from
from domain.vocabulary import plain

Say = Callable[[Problem], None]
"""Takes one problem more."""

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def providers_from(rows: Sequence[Row], say: Say) -> tuple[Provider, ...]:
    """The providers; two may share neither key nor name."""
    found: list[Provider] = []
    for row in rows:
        name, key = row.text("Name"), row.text("Key") or key_from(row.text("Name"))
        if not name:
            continue
        if not _KEY.fullmatch(key) or len(key) > 60:
            say(
                row.problem(
                    "Key",
                    f"We read '{key[:60]}'." if key else f"No key can be made from '{name}'.",
                    "Small letters a to z and numbers, with single hyphens between, at most 60 of them.",
                    "Enter a key such as 'anytown-mediation'.",
                )
            )
        elif is_the_council(key, ""):
            say(
                row.problem(
                    "Key",
                    f"The key '{key}' means the council, which sends its own return.",
                    "A key of the provider's own.",
                    "Enter another key.",
                )
            )
        elif any(plain(key) in (plain(p.key), plain(p.label)) for p in found):
            say(
                row.problem(
                    "Key",
                    f"The key '{key}' is already another provider's.",
                    "A key of its own.",
                    "Enter another key.",
                )
            )
        elif any(plain(name) in (plain(p.key), plain(p.label)) for p in found):
            say(
                row.problem(
                    "Name",
                    f"The name '{name}' is already another provider's.",
                    "A name of its own.",
                    "Delete one of the two rows.",
                )
            )
        else:
            found.append(Provider(key, name, row.yes("Example")))
    if not found:
        first = Row("Providers", 2, {})
        say(
            first.problem(
                "Name",
                "No provider is listed.",
                "At least one provider.",
                "List the providers that send returns.",
            )
        )
    return tuple(found)


def areas_from(rows: Sequence[Row], say: Say) -> tuple[Area, ...]:
    """The areas in their order; no code, name or other spelling may mean two of them."""
    found: list[Area] = []
    taken: dict[str, str] = {plain(UNKNOWN_AREA): "an area that is not known"}
    codes = {row.text("Code") for row in rows}
    for row in rows:
        code, name = row.text("Code"), row.text("Name")
        aliases = tuple(part for text in row.text("Other spellings").split(";") if (part := text.strip()))
        if not code or not name:
            continue
        for column, text in (
            ("Code", code),
            ("Name", name),
            *(("Other spellings", alias) for alias in aliases),
        ):
            if "|" in text or not plain(text):
                say(
                    row.problem(
                        column,
                        f"We read '{text}'.",
                        "Letters and numbers, without the sign |.",
                        "Correct it.",
                    )
                )
            elif taken.setdefault(plain(text), name) != name:
                say(
                    row.problem(
                        column,
                        f"'{text}' already means {taken[plain(text)]}.",
                        "Every spelling means one area.",
                        "Remove it from one of the two rows.",
                    )
                )
        if any(area.key == code or area.label == name for area in found):
            say(
                row.problem(
                    "Code",
                    f"{name} ({code}) is listed twice.",
                    "One row for each area.",
                    "Delete one of the two rows.",
                )
            )
            continue
        successor = row.text("Successor")
        if successor and (successor not in codes or successor == code):
            say(
                row.problem(
                    "Successor",
                    f"We read '{successor}', which is no other area's code.",
                    "A code from the column Code.",
                    "Correct the code, or add the area.",
                )
            )
        in_order(row, "Valid from", "Valid to", say)
        area = Area(code, name, row.text("Kind") or "district", len(found) + 1, aliases)
        found.append(
            replace(area, valid_from=row.day("Valid from"), valid_to=row.day("Valid to"), successor=successor)
        )
    return tuple(found)


def provider_named(row: Row, providers: Sequence[Provider], say: Say) -> str | None:
    """The key of the provider that a row names; None, and said, when there is no such provider."""
    text = row.text("Provider")
    found = next((p.key for p in providers if plain(text) in (plain(p.label), plain(p.key))), None)
    if text and found is None:
        say(
            row.problem(
                "Provider",
                f"We read '{text}', which is not on the sheet Providers.",
                "A name from the sheet Providers.",
                "Correct the name, or add the provider.",
            )
        )
    return found


def in_order(row: Row, first: str, last: str, say: Say) -> None:
    """Say when the later of two dates comes first."""
    start, end = row.day(first), row.day(last)
    if start and end and end < start:
        say(
            row.problem(
                last,
                f"It is before '{first}'.",
                "The same day or a later one.",
                "Correct one of the two dates.",
            )
        )
