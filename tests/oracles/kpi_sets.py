"""Five hundred small data sets for the KPI table: each is one provider's return, so that one question gives all their tables."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import insert, update

from data_access.ledger import record_act, take_number
from data_access.return_rows import insert_rows
from data_access.settings import change_settings
from data_access.stores import Store, writing
from data_access.tables import TABLE_OF, agreed_exceptions, returns
from domain.access import COMMISSIONER
from domain.exceptions import CAUSE_OF, KPIS_OF, AgreedException, Cause, reasons_of
from domain.fields import COUNCIL_FIELDS, Sheet
from domain.kpis import kpis
from domain.periods import Period
from domain.returns import Record, Return
from domain.settings import Contract, Provider, Settings, Target
from tests.builders import NORTH, SOUTH, a_return, a_supplement, a_supplement_row, settings_of_all
from tests.oracles.generated import SHEET_NAMES, _answer, _rows

SERVICES = ("send", "housing", "mentoring", "homelessness")
A_SERVICE = 125
PERIOD = Period.parse("2018-04..2018-06")
PROVIDERS = (NORTH, SOUTH, *(f"provider-{number:03d}" for number in range(2, A_SERVICE)))
COUNTED = {
    "send": ((), ("LA_UNAVAIL", "FAMILY_REQ"), ("SCHOOL_HOL", "PROVIDER_UNAVAIL", "LA_UNAVAIL")),
    "housing": ((), ("LATER_DATE", "OPENED_IN_ERROR"), ("CONSENT_WITHDRAWN", "UNRELATED_DISPUTE", "LATER_DATE")),
}  # fmt: skip
"""The reasons that contracts count, provider by provider in turn."""


@dataclass(frozen=True, slots=True)
class Sets:
    """What was made up: the settings, a return of each provider, the council's supplement, and what was agreed."""

    service: str
    settings: Settings
    sent: tuple[Return, ...]
    agreed: tuple[AgreedException, ...]


def some_sets(service: str) -> Sets:
    """A data set for each provider, the same every time."""
    drawn = random.Random(f"kpis {service}")
    sent = []
    for provider in PROVIDERS:
        sheets = {name: _rows(drawn, sheet, service, PERIOD.end) for sheet, name in SHEET_NAMES.items()}
        cases = _rows(drawn, Sheet.CASES, service, PERIOD.end)
        sent.append(a_return(provider, PERIOD, cases, service=service, **sheets))
    if service == "send":
        sent.append(_supplement(drawn, sent))
    return Sets(service, _settings(service), tuple(sent), tuple(_agreed(drawn, service, sent)))


def _supplement(drawn: random.Random, sent: Sequence[Return]) -> Return:
    rows: list[Record] = []
    for one in sent:
        rows += [
            a_supplement_row(
                str(record["case_ref"]),
                one.provider,
                **{field.key: _answer(drawn, field, "send", PERIOD.end) for field in COUNCIL_FIELDS},
            )
            for record in one.cases
            if drawn.random() < 0.5
        ]
    return a_supplement(PERIOD, rows)


def _settings(service: str) -> Settings:
    start = date(2018, 4, 1)
    reasons = COUNTED.get(service, ((),))
    contracts = tuple(
        Contract(
            key=f"{service}-{provider}",
            service=service,
            provider=provider,
            start=start,
            included_cases=10 if number % 2 else None,
            counted_exceptions=reasons[number % len(reasons)],
            case_report_days=7 if number % 3 == 0 else None,
        )
        for number, provider in enumerate(PROVIDERS)
    )
    some = settings_of_all()
    return replace(
        some,
        providers=tuple(Provider(key, key.title()) for key in PROVIDERS),
        contracts=contracts,
        targets=tuple(_targets(service)),
        questions=(),
    )


def _targets(service: str) -> list[Target]:
    """The targets that every KPI starts with; every fifth provider has its own, judged on the adjusted figure."""
    starting = [target for one in kpis() if one.service == service for target in one.starting_targets]
    adjusted = {one.id for one in kpis() if one.exceptions}
    own = [
        replace(target, provider=provider, judged_on="adjusted")
        for target in starting
        if target.kpi in adjusted
        for provider in PROVIDERS[::5]
    ]
    return [*starting, *own]


def _agreed(drawn: random.Random, service: str, sent: Sequence[Return]) -> list[AgreedException]:
    found: list[AgreedException] = []
    with_exceptions = [one.id for one in kpis() if one.service == service and one.exceptions]
    for one in sent:
        for record in one.cases:
            if not reasons_of(service) or drawn.random() < 0.1:
                continue
            reason = drawn.choice(reasons_of(service)).key
            cause = CAUSE_OF[reason] if drawn.random() < 0.8 else drawn.choice(list(Cause))
            agreed_on = PERIOD.end - timedelta(days=drawn.randint(0, 60))
            found.append(
                AgreedException(
                    service, one.provider, str(record["case_ref"]),
                    drawn.choice(KPIS_OF.get(reason, tuple(with_exceptions))), reason, cause, "Contract manager", agreed_on,
                    drawn.choice((None, None, agreed_on, PERIOD.end, PERIOD.end + timedelta(days=1))),
                )
            )  # fmt: skip
    return found


def enter(store: Store, sets: Sets) -> None:
    """Write the sets with the code that writes returns, all in one act: five hundred acts would only take longer."""
    change_settings(store, lambda _: sets.settings, by=COMMISSIONER.signing("test"))
    with writing(store, COMMISSIONER) as connection:
        seq = take_number(connection)
        record_act(connection, seq, who="test", kind="return accepted", subject="all of them")
        for new in sets.sent:
            made = connection.execute(
                insert(returns).values(
                    service=new.service, provider=new.provider, period_start=new.period.start, period_end=new.period.end,
                    version=1, seq=seq, digest=new.digest, file_name=new.file_name, reason="", nil=False, mapping="",
                    **{f"{table.name}_n": len(new.rows(sheet)) for sheet, table in TABLE_OF.items()},
                )
            )  # fmt: skip
            (row,) = made.inserted_primary_key or (0,)
            insert_rows(connection, new, row)
        for table in TABLE_OF.values():
            connection.execute(update(table).where(table.c.service == sets.service).values(in_force=True))
        if sets.agreed:
            connection.execute(
                insert(agreed_exceptions),
                [
                    {"seq": seq, "service": one.service, "provider": one.provider, "case_ref": one.case_ref, "kpi": one.kpi,
                     "reason": one.reason, "caused_by": str(one.caused_by), "agreed_by": one.agreed_by,
                     "agreed_on": one.agreed_on, "ends_on": one.ends_on}
                    for one in sets.agreed
                ],
            )  # fmt: skip
