"""From rows of the settings workbook to contracts; what does not fit is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from data_access.settings_workbook.cells import Row
from data_access.settings_workbook.rows import Say, in_order, provider_named
from data_access.settings_workbook.sheets import PERIOD_KINDS
from domain.exceptions import reasons_of
from domain.periods import PeriodKind
from domain.services import SERVICES
from domain.settings import DELIVERY_MODELS, FAMILY_REQUEST, UNKNOWN_AREA, Contract, Settings
from domain.settings_words import CLOCK_STARTS, TERMS_OF, has_term, service_label
from domain.vocabulary import plain

DUE_DAYS = 20
_TERMS = {
    "30 days count from": "clock_start",
    "Days for the case report": "case_report_days",
    "Delivered as": "delivery_model",
}
"""The columns that contracts of one service alone fill in, and the term that each holds."""


def contracts_from(rows: Sequence[Row], settings: Settings, say: Say) -> tuple[Contract, ...]:
    """The contracts; rows with the same provider, service and start are one that changes how often its returns come."""
    found: list[Contract] = []
    keys = {row.text("Key") for row in rows}
    for row in rows:
        provider, start = provider_named(row, settings.providers, say), row.day("Start")
        service = next((s.key for s in SERVICES if s.label == row.text("Service")), "")
        in_order(row, "Start", "End", say)
        if not provider or not service or start is None:
            continue
        same = next(
            (c for c in found if (c.provider, c.service, c.start) == (provider, service, start)), None
        )
        if same is None:
            _overlaps(row, found, provider, service, start, say)
            contract = Contract(
                _key(row, found, keys, f"{service}-{provider}", say), service, provider, start
            )
            found.append(_agreed(row, contract, settings, say))
        else:
            found[found.index(same)] = replace(same, reporting=_later(row, same, say))
    return tuple(found)


def _key(row: Row, found: Sequence[Contract], keys: set[str], plain_key: str, say: Say) -> str:
    """The key in the row, or one made from service and provider, with the start when it is taken."""
    given, taken = row.text("Key"), {c.key for c in found}
    if not given:
        start = row.day("Start")
        return plain_key if plain_key not in taken | keys else f"{plain_key}-{start:%Y-%m-%d}"
    if given in taken:
        say(
            row.problem(
                "Key",
                f"The key '{given}' is already another contract's.",
                "A key of its own, or a blank cell.",
                "Clear the cell.",
            )
        )
    return given


def _agreed(row: Row, contract: Contract, settings: Settings, say: Say) -> Contract:
    """The contract with everything else that its first row says."""
    days, included = row.cells.get("Days until due"), row.cells.get("Included cases")
    clock = next((key for key, words in CLOCK_STARTS.items() if words == row.text("30 days count from")), "")
    model = next((key for key, words in DELIVERY_MODELS.items() if words == row.text("Delivered as")), "")
    report = row.cells.get("Days for the case report")
    for label, attribute in _TERMS.items():
        if row.cells.get(label) is not None and not has_term(contract.service, attribute):
            found = f"Only contracts for {service_label(TERMS_OF[attribute])} say this."
            say(row.problem(label, found, "A blank cell.", "Clear the cell."))
    return replace(
        contract,
        end=row.day("End"),
        reporting=_reporting(row, contract.start, say),
        due_days=days if isinstance(days, int) else DUE_DAYS,
        example=row.yes("Example"),
        areas=_areas(row, settings, say),
        included_cases=included if isinstance(included, int) else None,
        fixed_price=_pounds(row, "Fixed price"),
        price_per_extra=_pounds(row, "Price of an extra case"),
        clock_start=clock or FAMILY_REQUEST,
        counted_exceptions=_exceptions(row, contract.service, say),
        case_report_days=report if isinstance(report, int) else None,
        delivery_model=model,
    )


def _pounds(row: Row, label: str) -> Decimal | None:
    value = row.cells.get(label)
    return Decimal(str(value)) if isinstance(value, (int, float)) else None


def _several(row: Row, label: str) -> list[str]:
    return [part for text in row.text(label).split(";") if (part := text.strip())]


def _areas(row: Row, settings: Settings, say: Say) -> tuple[str, ...]:
    keys: list[str] = []
    for name in _several(row, "Areas"):
        key = settings.find_area(name)
        if key is None or key == UNKNOWN_AREA:
            say(
                row.problem(
                    "Areas",
                    f"We read '{name[:80]}', which is not on the sheet Areas.",
                    "Names from the sheet Areas, with ; between them.",
                    "Correct the name, or add the area.",
                )
            )
        elif key not in keys:
            keys.append(key)
    return tuple(keys)


def _exceptions(row: Row, service: str, say: Say) -> tuple[str, ...]:
    known = reasons_of(service)
    keys: list[str] = []
    for text in _several(row, "Exceptions taken out"):
        code = next((c for c in known if plain(text) in (plain(c.key), plain(c.label))), None)
        if code is None:
            labels = "; ".join(c.label for c in known)
            say(
                row.problem(
                    "Exceptions taken out",
                    f"We read '{text[:80]}', which is no reason for an exception in this service.",
                    f"Any of: {labels}." if labels else "A blank cell: the service has no such reasons.",
                    "Correct it." if labels else "Clear the cell.",
                )
            )
        elif code.key not in keys:
            keys.append(code.key)
    return tuple(keys)


def _reporting(row: Row, start: date, say: Say) -> tuple[tuple[date, PeriodKind], ...]:
    kind, since = row.text("Returns"), row.day("From")
    if not kind:
        if since and "Returns" not in row.faulty:
            say(
                row.problem(
                    "Returns",
                    "There is a date in 'From', but not how often returns come.",
                    f"One of: {'; '.join(PERIOD_KINDS)}.",
                    "Choose one, or clear the date.",
                )
            )
        return ()
    return ((since or start, PeriodKind(kind)),)


def _later(row: Row, contract: Contract, say: Say) -> tuple[tuple[date, PeriodKind], ...]:
    """The reporting periods of a contract with the change that a further row of it gives."""
    since, kind = row.day("From"), row.text("Returns")
    if since is None or not kind or any(day == since for day, _ in contract.reporting):
        if not {"From", "Returns"} & row.faulty:
            say(
                row.problem(
                    "From",
                    "This contract stands in a row above, so this row should change how often its returns come.",
                    "How often returns come, and the day from which they do.",
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
