"""The settings as rows of their tables, both ways."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, Table

from data_access import tables
from domain.periods import Period, PeriodKind
from domain.settings import OF_COUNCIL, Area, Contract, Provider, Settings, SurveyQuestion, Target


def settings_of(rows: Mapping[Table, Sequence[RowMapping]]) -> Settings:
    """The settings that the rows of one moment make."""
    councils = rows[tables.councils]
    return Settings(
        council=councils[-1]["label"] if councils else "",
        providers=tuple(_provider(row) for row in rows[tables.providers]),
        areas=tuple(sorted((_area(row) for row in rows[tables.areas]), key=lambda a: a.order)),
        contracts=tuple(_contract(row) for row in rows[tables.contracts]),
        targets=tuple(_target(row) for row in rows[tables.targets]),
        questions=tuple(
            sorted((_question(row) for row in rows[tables.survey_questions]), key=lambda q: q.order)
        ),
        **(_of_council(councils[-1]) if councils else {}),
    )


def _of_council(row: RowMapping) -> dict[str, Any]:
    return {name: row[name] for name in OF_COUNCIL} | {
        "exceptions_cap": Decimal(row["exceptions_cap"]),
        "logo": b64decode(row["logo"]),
    }


def _provider(row: RowMapping) -> Provider:
    return Provider(row["key"], row["label"], row["example"])


def _area(row: RowMapping) -> Area:
    aliases = tuple(alias for alias in row["aliases"].split("|") if alias)
    return Area(
        row["key"],
        row["label"],
        row["kind"],
        row["position"],
        aliases,
        row["valid_from"],
        row["valid_to"],
        row["successor"],
    )


def _contract(row: RowMapping) -> Contract:
    reporting = tuple(
        (date.fromisoformat(since), PeriodKind(kind)) for since, kind in json.loads(row["reporting"])
    )
    return Contract(
        row["key"],
        row["service"],
        row["provider"],
        row["start_on"],
        row["end_on"],
        reporting,
        row["due_days"],
        row["example"],
        tuple(json.loads(row["areas"] or "[]")),
        row["included_cases"],
        _number(row["fixed_price"]),
        _number(row["price_per_extra"]),
        row["clock_start"],
        tuple(json.loads(row["counted_exceptions"] or "[]")),
        row["case_report_days"],
        row["delivery_model"],
    )


def _target(row: RowMapping) -> Target:
    return Target(
        kpi=row["kpi"], service=row["service"], operator=row["operator"], value=Decimal(row["value"]),
        tolerance=_number(row["tolerance"]), since=row["since"], until=row["until"],
        provider=row["provider"], profile=Period.parse(row["profile"]) if row["profile"] else None, example=row["example"],
        clause=row["clause"], note=row["note"],
        judged_on=row["judged_on"], variation=row["variation"],
    )  # fmt: skip


def _question(row: RowMapping) -> SurveyQuestion:
    return SurveyQuestion(
        row["service"],
        row["code"],
        row["label"],
        row["scale"],
        row["position"],
        row["provider"],
        row["since"],
    )


def rows_of(settings: Settings) -> Mapping[Table, list[dict[str, Any]]]:
    """The rows that settings make, by their table."""
    return {
        tables.councils: [
            {"label": settings.council, "keep_originals": settings.keep_originals,
             "exceptions_cap": _written(settings.exceptions_cap),
             "small_number": settings.small_number, "rounding": settings.rounding,
             "colour": settings.colour, "logo": b64encode(settings.logo).decode()}
        ]
        if settings.council or settings.council_set
        else [],
        tables.providers: [{"key": p.key, "label": p.label, "example": p.example} for p in settings.providers],
        tables.areas: [
            {"key": a.key, "label": a.label, "kind": a.kind, "position": a.order, "aliases": "|".join(a.aliases),
             "valid_from": a.valid_from, "valid_to": a.valid_to, "successor": a.successor}
            for a in settings.areas
        ],
        tables.contracts: [
            {"key": c.key, "service": c.service, "provider": c.provider, "start_on": c.start, "end_on": c.end,
             "reporting": json.dumps([[since.isoformat(), str(kind)] for since, kind in c.reporting]),
             "due_days": c.due_days, "example": c.example, "areas": _listed(c.areas), "included_cases": c.included_cases,
             "fixed_price": _written(c.fixed_price), "price_per_extra": _written(c.price_per_extra),
             "clock_start": c.clock_start, "counted_exceptions": _listed(c.counted_exceptions),
             "case_report_days": c.case_report_days, "delivery_model": c.delivery_model}
            for c in settings.contracts
        ],
        tables.targets: [
            {"kpi": t.kpi, "service": t.service, "provider": t.provider, "operator": t.operator, "value": _written(t.value),
             "tolerance": _written(t.tolerance), "since": t.since, "until": t.until,
             "profile": t.profile.key if t.profile else "", "example": t.example, "clause": t.clause, "note": t.note,
             "judged_on": t.judged_on, "variation": t.variation}
            for t in settings.targets
        ],
        tables.survey_questions: [
            {"service": q.service, "provider": q.provider, "code": q.code, "label": q.label, "scale": q.scale,
             "position": q.order, "since": q.since}
            for q in settings.questions
        ],
    }  # fmt: skip


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _written(number: Decimal | None) -> str | None:
    """A number the same way however it was typed, so that 0.8 for 0.80 is no change."""
    return None if number is None else f"{number.normalize():f}"


def _listed(keys: Sequence[str]) -> str:
    return json.dumps(list(keys)) if keys else ""
