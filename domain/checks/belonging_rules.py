"""Rules on whether the rows of a return belong to it: to its service, its provider and the areas of its contract."""

from __future__ import annotations

from collections.abc import Iterable

from domain.cells import as_text, quoted
from domain.checks.checking import Checking
from domain.checks.rule import Finding, Stage, rows_in_words, rule, several, the_only
from domain.fields import Sheet
from domain.personal_data import value_kind
from domain.problem import Level
from domain.services import service
from domain.settings import UNKNOWN_AREA
from domain.vocabulary import plain


@rule(
    "V02",
    Level.MUST_FIX,
    "Rows repeat the service and provider of the Cover",
    stage=Stage.CELLS,
    needs=("readable", "service", "provider"),
)
def rows_agree(checking: Checking) -> Iterable[Finding]:
    """Yield every filled cell that names another service or provider than the Cover."""
    declared = service(checking.service or "")
    provider = checking.settings.provider(checking.provider or "")
    labels = {
        "service": declared.label,
        "service_type": declared.label,
        "provider": provider.label if provider else "",
    }
    same = {plain(text) for text in (declared.key, declared.label)}
    accepted = {
        "service": same,
        "service_type": same,
        "provider": {plain(t) for t in (provider.key, provider.label)} if provider else set(),
    }
    for table in checking.tables:
        for place, repeats, raw in table.repeated:
            text = as_text(raw)
            if plain(text) not in accepted[repeats]:
                kind = value_kind(text).rstrip(",")
                yield Finding(
                    f"We read {kind or quoted(text)}, and the Cover says {quoted(labels[repeats])}.",
                    "The same as on the Cover, or a blank cell.",
                    "Correct the cell or the Cover; send each provider and service in a return of its own.",
                    table.name,
                    place.row,
                    place.header,
                )


@rule(
    "V02",
    Level.CONFIRM,
    "Cases lie in the areas of the contract",
    stage=Stage.CELLS,
    needs=(Sheet.CASES, "contract"),
)
def area_of_contract(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the rows whose area the contract is not for; an unknown area is no other area."""
    contract, table = checking.contract, checking.found[Sheet.CASES]
    if contract is None or not contract.areas:
        return
    elsewhere = [
        (row.number, str(area))
        for row in checking.kept(table)
        if (area := row.values.get("area")) and area not in (*contract.areas, UNKNOWN_AREA)
    ]
    if elsewhere:
        rows = [number for number, _ in elsewhere]
        names = dict.fromkeys(checking.settings.area_label(area) for _, area in elsewhere)
        yield Finding(
            f"The contract is not for {', '.join(names)} ({rows_in_words(rows)}).",
            "An area that the contract is for, or UNK when it is not known.",
            "Correct the area, or confirm that the cases belong to this contract.",
            table.name,
            the_only(rows),
            table.header("area"),
            rows=several(rows),
            general=f"The contract is not for {', '.join(names)}.",
        )
