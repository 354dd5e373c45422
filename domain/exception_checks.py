"""What must hold before an exception is kept: each fault says what was found, what would be accepted and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.cell_text import write_day
from domain.exceptions import CAUSE_OF, DONE, KPIS_OF, AgreedException, Cause, reasons_of
from domain.kpis import Kpi, catalogue, kpis
from domain.people import NotPossibleRole, checked_title
from domain.personal_data import value_kind
from domain.problem import Level, Problem
from domain.vocabulary import Code

CHECK: Final = "exceptions"
PROVIDER, CASE, KPI, REASON, CAUSED_BY, AGREED_BY, AGREED_ON, UNTIL = (
    "Provider", "Case reference", "KPI", "Reason", "Caused by", "Agreed by (job title)", "Agreed on", "Until",
)  # fmt: skip
"""What a person reads over each part of an exception: in the form, in a file and in a list alike."""
NOT_A_TITLE: Final = re.compile(r"\b(mr|mrs|ms|miss|mx|dr|prof|sir|dame|rev)\b\.?\s+\S", re.IGNORECASE)
_NAMES_THE_PARTY: Final = ("LA_UNAVAIL", "COUNCIL_UNAVAIL", "PROVIDER_UNAVAIL")
"""The reasons that say themselves who caused it."""
A_TITLE: Final = "A job title such as Commissioning manager; not a name."

Identity = tuple[str, str, str, str, str, str, date]


@dataclass(frozen=True, slots=True)
class KnownCases:
    """What exceptions are checked against.

    `today` is the day of the check; `cases` the service, provider and reference of every case that is named and known; `held` what is
    agreed already, as `identity` gives it.
    """

    today: date
    cases: frozenset[tuple[str, str, str]]
    held: frozenset[Identity] = frozenset()


def identity(one: AgreedException) -> Identity:
    """What two exceptions share that are the same: agreed again on another day it is another one."""
    return (
        one.service,
        one.provider,
        one.case_ref,
        one.kpi,
        one.reason,
        str(one.caused_by),
        one.agreed_on,
    )


def kpis_with_exceptions(service: str = "") -> tuple[Kpi, ...]:
    """The KPIs for which an exception may be agreed, of one service or of all."""
    return tuple(k for k in kpis() if k.exceptions and k.service == (service or k.service))


def reasons_for(kpi: Kpi) -> tuple[Code, ...]:
    """The reasons that may be agreed for a KPI."""
    return tuple(
        code
        for code in reasons_of(kpi.service)
        if (kpi.id in KPIS_OF[code.key] if code.key in KPIS_OF else kpi.id in DONE)
    )


def all_problems(found: Iterable[AgreedException], known: KnownCases) -> Iterator[tuple[int, Problem]]:
    """Everything that is wrong with several exceptions: the place of each from 0, and the problem."""
    seen: set[Identity] = set()
    for place, one in enumerate(found):
        yield from ((place, problem) for problem in problems_of(one, known))
        if identity(one) in seen:
            yield (
                place,
                problem(
                    CASE,
                    "The same exception stands here twice.",
                    "Each exception once.",
                    "Take one of the two out.",
                ),
            )
        seen.add(identity(one))


def problems_of(one: AgreedException, known: KnownCases) -> list[Problem]:
    """Everything that is wrong with one exception; empty where nothing is."""
    return [*_of_the_case(one, known), *_of_the_kpi(one), *_of_the_agreement(one, known)]


def problem(column: str, found: str, wanted: str, repair: str) -> Problem:
    """Something that must be mended; nothing is kept before it is."""
    return Problem(CHECK, Level.MUST_FIX, found, wanted, repair, column=column)


def _of_the_case(one: AgreedException, known: KnownCases) -> Iterator[Problem]:
    if not one.case_ref:
        yield problem(
            CASE,
            "No case is named.",
            "The case reference of a return.",
            "Enter the provider's own reference.",
        )
    elif kind := value_kind(one.case_ref, dates=False):
        yield problem(
            CASE,
            f"It looks as if it holds {kind.rstrip(',')}, so it is not shown.",
            "The case reference of a return.",
            "Enter the provider's own reference.",
        )
    elif (one.service, one.provider, one.case_ref) not in known.cases:
        whose = " of this provider" if one.provider else ""
        yield problem(
            CASE,
            f"No current return{whose} has the case '{one.case_ref[:60]}'.",
            "The reference of a case of the KPI's service, as the provider's return writes it.",
            "Correct the reference or the provider, or wait until the return is saved.",
        )
    elif identity(one) in known.held:
        yield problem(
            CASE,
            f"This exception was agreed already on {write_day(one.agreed_on)}, for the same case, KPI and reason.",
            "Each exception once.",
            "Leave it out. If it was agreed a second time, enter the day of that.",
        )


def _of_the_kpi(one: AgreedException) -> Iterator[Problem]:
    mine = kpis_with_exceptions(one.service)
    named = next((k for k in catalogue() if k.id == one.kpi), None)
    kpi = next((k for k in mine if k.id == one.kpi), None)
    if kpi is None:
        wanted = f"One of: {', '.join(f'{k.id} {k.name}' for k in mine or kpis_with_exceptions())}."
        if named is None:
            found = f"We read '{one.kpi[:60]}', which is no KPI."
        elif not named.exceptions:
            found = f"No exception can be agreed for {named.id} {named.name}."
        else:
            found = f"{named.id} {named.name} is not a KPI of this service."
        yield problem(KPI, found, wanted, "Choose one of them.")
        return
    accepted = reasons_for(kpi)
    wanted = f"One of: {'; '.join(code.label for code in accepted)}."
    known = next((code for code in reasons_of(one.service) if code.key == one.reason), None)
    if known is None:
        yield problem(
            REASON, f"We read '{one.reason[:60]}', which is not in the list.", wanted, "Choose one of them."
        )
    elif known not in accepted:
        yield problem(
            REASON, f"'{known.label}' is no reason for {kpi.id} {kpi.name}.", wanted, "Choose one of them."
        )
    elif one.reason in _NAMES_THE_PARTY and one.caused_by is not CAUSE_OF[one.reason]:
        says = CAUSE_OF[one.reason]
        yield problem(
            CAUSED_BY,
            f"The reason is '{known.label}', and it is said to be caused by: {one.caused_by.label}.",
            f"With this reason: {says.label}.",
            "Correct the reason, or who caused it.",
        )


def _of_the_agreement(one: AgreedException, known: KnownCases) -> Iterator[Problem]:
    try:
        title = checked_title(one.agreed_by)
    except NotPossibleRole:
        yield problem(
            AGREED_BY,
            "It looks as if it holds personal details, so it is not shown.",
            A_TITLE,
            "Enter the job title.",
        )
    else:
        if not title:
            yield problem(AGREED_BY, "Nobody is named who agreed it.", A_TITLE, "Enter the job title.")
        elif NOT_A_TITLE.search(title):
            yield problem(
                AGREED_BY, "It looks like a name, so it is not shown.", A_TITLE, "Enter the job title."
            )
    if one.agreed_on > known.today:
        yield problem(
            AGREED_ON,
            f"{write_day(one.agreed_on)} is still to come.",
            f"Today ({write_day(known.today)}) or earlier.",
            "Correct the date.",
        )
    if one.ends_on is not None and one.ends_on < one.agreed_on:
        yield problem(
            UNTIL,
            f"{write_day(one.ends_on)} is before the day on which it was agreed, {write_day(one.agreed_on)}.",
            "The same day or a later one; blank where it has no end.",
            "Correct one of the two dates.",
        )


def cause_said(reason: str) -> Cause | None:
    """Who caused it where nobody says otherwise; None for a reason that is in no list."""
    return CAUSE_OF.get(reason)
