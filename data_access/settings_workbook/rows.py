"""From rows of the settings workbook to providers, areas and contracts; what does not fit is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from data_access.settings_workbook.sheets import PERIOD_KINDS, Row
from domain.periods import PeriodKind
from domain.problem import Problem
from domain.services import SERVICES
from domain.settings import UNKNOWN_AREA, Area, Contract, Provider
from domain.vocabulary import plain

Say = Callable[[Problem], None]
"""Takes one problem more."""

DUE_DAYS = 20
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


def key_from(name: str) -> str:
    """The key made from a name: 'Anytown & District' gives 'anytown-district'."""
    return "-".join(re.findall(r"[a-z0-9]+", name.casefold().replace("'", "")))[:60].strip("-")


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


def contracts_from(rows: Sequence[Row], providers: Sequence[Provider], say: Say) -> tuple[Contract, ...]:
    """The contracts; rows with the same provider, service and start are one that changes its reporting period."""
    found: list[Contract] = []
    for row in rows:
        provider, start = provider_named(row, providers, say), row.day("Start")
        service = next((s.key for s in SERVICES if s.label == row.text("Service")), "")
        in_order(row, "Start", "End", say)
        if not provider or not service or start is None:
            continue
        same = next(
            (c for c in found if (c.provider, c.service, c.start) == (provider, service, start)), None
        )
        if same is None:
            _overlaps(row, found, provider, service, start, say)
            days = row.cells.get("Days until due")
            key = f"{service}-{provider}"
            if any(c.key == key for c in found):
                key += f"-{start:%Y-%m-%d}"
            found.append(
                Contract(
                    key,
                    service,
                    provider,
                    start,
                    row.day("End"),
                    _reporting(row, start, say),
                    days if isinstance(days, int) else DUE_DAYS,
                    row.yes("Example"),
                )
            )
        else:
            found[found.index(same)] = replace(same, reporting=_later(row, same, say))
    return tuple(found)


def _reporting(row: Row, start: date, say: Say) -> tuple[tuple[date, PeriodKind], ...]:
    kind, since = row.text("Reporting period"), row.day("From")
    if not kind:
        if since:
            say(
                row.problem(
                    "Reporting period",
                    "There is a date in 'From' but no reporting period.",
                    f"One of: {'; '.join(PERIOD_KINDS)}.",
                    "Choose one, or clear the date.",
                )
            )
        return ()
    return ((since or start, PeriodKind(kind)),)


def _later(row: Row, contract: Contract, say: Say) -> tuple[tuple[date, PeriodKind], ...]:
    """The reporting periods of a contract with the change that a further row of it gives."""
    since, kind = row.day("From"), row.text("Reporting period")
    if since is None or not kind or any(day == since for day, _ in contract.reporting):
        if not {"From", "Reporting period"} & row.faulty:
            say(
                row.problem(
                    "From",
                    "This contract stands in a row above, so this row should change its reporting period.",
                    "A reporting period, and the day from which it holds.",
                    "Fill in both, or delete the row.",
                )
            )
        return contract.reporting
    return (*contract.reporting, (since, PeriodKind(kind)))


def _overlaps(
    row: Row, found: Sequence[Contract], provider: str, service: str, start: date, say: Say
) -> None:
    last = row.day("End") or date.max
    for other in found:
        if (
            (other.provider, other.service) == (provider, service)
            and other.start <= last
            and start <= (other.end or date.max)
        ):
            say(
                row.problem(
                    "Start",
                    f"The contract overlaps the one that starts on {other.start:%d/%m/%Y}.",
                    "One contract at a time for each provider and service.",
                    "Give the earlier contract its last day in 'End'.",
                )
            )


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
