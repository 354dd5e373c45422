"""Rules on what only the council knows: it comes in the council's own supplement, about cases of its providers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.accepted import NO_FIGURE
from domain.checks.checking import Checking, folded
from domain.checks.rule import Finding, Stage, confirmed, rule
from domain.checks.tables import TableRow
from domain.clocks import CLOCKS
from domain.field_kinds import SEND
from domain.fields import Sheet
from domain.problem import Level
from domain.returns import Record
from domain.services import service
from domain.settings import FAMILY_REQUEST
from domain.vocabulary import absent_codes

REPAIR = "Confirm that it is left out; the council sends it in a supplement of its own."


@rule("V01", Level.CONFIRM, "What only the council knows comes from the council", stage=Stage.SHEETS)
def councils_columns(checking: Checking) -> Iterable[Finding]:
    """Yield, once a sheet, the filled columns of a provider that are the council's to fill, and a whole sheet of them."""
    for table in checking.tables:
        headers = list(dict.fromkeys(place.header for place in table.councils))
        if headers:
            columns = ", ".join(f"'{header}'" for header in headers)
            yield Finding(
                f"Only the council can say what stands in {columns}; we did not read it.",
                "The provider's own columns.",
                REPAIR,
                table.name,
                None,
                headers[0] if len(headers) == 1 else "",
                fields=(NO_FIGURE,),
            )
    if Sheet.SUPPLEMENT in checking.unwanted and checking.provider:
        yield Finding(
            "The sheet holds what only the council can say, and the Cover names a provider; we did not read it.",
            "The provider's own sheets; or the council's supplement, whose Cover names no provider.",
            REPAIR,
            checking.unwanted[Sheet.SUPPLEMENT],
            fields=(NO_FIGURE,),
        )


@rule(
    "V02",
    Level.MUST_FIX,
    "The supplement is about providers with a contract",
    stage=Stage.CELLS,
    needs=(Sheet.SUPPLEMENT, "service"),
    services=SEND,
)
def supplement_of_contract(checking: Checking) -> Iterable[Finding]:
    """Yield every row of the supplement whose provider has no contract for the service."""
    table, settings = checking.found[Sheet.SUPPLEMENT], checking.settings
    for row in checking.kept(table):
        provider = row.values.get("provider")
        if isinstance(provider, str) and settings.contract(checking.service or "", provider) is None:
            yield Finding(
                f"{settings.provider_label(provider)} has no contract for {service(checking.service or '').label}.",
                "A provider with a contract for the service.",
                "Correct the provider, or ask an administrator to add the contract in Settings.",
                table.name,
                row.number,
                table.header("provider"),
            )


def _with_case(checking: Checking) -> Iterable[tuple[TableRow, str, Record | None]]:
    """Each row of the supplement with its provider and the case it is about, None where no return has it."""
    known = {}
    for row in checking.kept(checking.found[Sheet.SUPPLEMENT]):
        provider, reference = row.values.get("provider"), folded(row.values.get("case_ref"))
        if isinstance(provider, str) and reference:
            if provider not in known:
                known[provider] = checking.others(provider).cases
            yield row, provider, known[provider].get(reference)


@rule(
    "V11",
    Level.CONFIRM,
    "The supplement is about cases that a return has",
    stage=Stage.ROWS,
    needs=(Sheet.SUPPLEMENT, "service", "period"),
    services=SEND,
)
def supplement_case_known(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the rows about cases that no current return of their provider has."""
    table = checking.found[Sheet.SUPPLEMENT]
    yield from confirmed(
        table,
        "case_ref",
        [row.number for row, _, case in _with_case(checking) if case is None],
        "No return of the provider has the case yet ({rows}); the row counts once one has.",
        "A reference as the provider writes it; capitals and spaces make no difference.",
        "Correct the reference, or confirm that the provider's return is still to come.",
    )


@rule(
    "V06",
    Level.CONFIRM,
    "The decision notice comes before the family's contact with the adviser",
    stage=Stage.ROWS,
    needs=(Sheet.SUPPLEMENT, "service", "period"),
    services=SEND,
)
def notice_first(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the rows whose notice is later than the contact that the provider has sent.

    The two dates come from two senders, of whom only one may be able to mend the order: so it is asked, and not refused.
    """
    table = checking.found[Sheet.SUPPLEMENT]
    rows = []
    for row, _, case in _with_case(checking):
        notice, contact = row.values.get("decision_notice_date"), (case or {}).get("adviser_contact_date")
        if isinstance(notice, date) and isinstance(contact, date) and notice > contact:
            rows.append(row.number)
    yield from confirmed(
        table,
        "decision_notice_date",
        rows,
        "The decision notice is later than the day on which the family contacted the adviser ({rows}).",
        "A notice on or before the day of the contact.",
    )


@rule(
    "V15",
    Level.CONFIRM,
    "A reason for delay is given where the 30 days were not kept, and only there",
    stage=Stage.ROWS,
    needs=(Sheet.SUPPLEMENT, "service", "period"),
    services=SEND,
)
def delay_explained(checking: Checking) -> Iterable[Finding]:
    """Yield the rows of late cases without a reason for delay, and those with a reason though they were on time.

    Only the supplement says the reason, and only the provider's return the dates: a case that no return has is passed over.
    """
    table = checking.found[Sheet.SUPPLEMENT]
    silent, needless = [], []
    for row, provider, case in _with_case(checking):
        late = _late(checking, provider, case) if case is not None else None
        reason = row.values.get("delay_exception")
        if late is True and reason is None and "delay_exception" not in row.faulty:
            silent.append(row.number)
        elif late is False and reason is not None and reason not in absent_codes():
            needless.append(row.number)
    yield from confirmed(
        table,
        "delay_exception",
        silent,
        "The meeting was more than 30 days after the start, and no reason for the delay is given ({rows}).",
        "A reason wherever the 30 days were not kept.",
        "Enter the reason, or confirm that none was agreed.",
    )
    yield from confirmed(
        table,
        "delay_exception",
        needless,
        "There is a reason for delay, and the meeting was within the 30 days ({rows}).",
        "A reason only where the 30 days were not kept.",
    )


def _late(checking: Checking, provider: str, case: Record) -> bool | None:
    """Whether the meeting, or the wait for it, went beyond the 30 days; None where that cannot be told."""
    referred = case.get("referral_date")
    day = referred if isinstance(referred, date) else date.min
    contract = checking.settings.contract(checking.service or "", provider, day)
    if contract is None or case.get("service_type") == "DR" or checking.period is None:
        return None
    from_request = contract.clock_start == FAMILY_REQUEST
    clock = CLOCKS["mediation_from_request" if from_request else "mediation_from_council_informed"]
    start, meeting = case.get(clock.start), case.get("meeting_date")
    if not isinstance(start, date):
        return None
    due = clock.due(start)
    if isinstance(meeting, date):
        return meeting > due
    still_open = case.get("outcome") in (None, *service(checking.service or "").open)
    return True if still_open and due < checking.period.end else None
