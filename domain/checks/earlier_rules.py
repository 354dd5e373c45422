"""Rules on a return against those its sender sent before: what came late, what is no longer there, what was opened again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from domain.checks.checking import Checking, folded
from domain.checks.rule import Finding, Stage, confirmed, rule
from domain.checks.tables import reference_of
from domain.fields import KEY_OF, Sheet
from domain.periods import month_of, time_label, write_month
from domain.problem import Level
from domain.returns import Record
from domain.services import service

SHOWN = 10
"""So many references are named; they are the sender's own."""
_ROWS = {
    Sheet.ACTIVITIES: ("activity", "activities"),
    Sheet.AGREEMENTS: ("agreement", "agreements"),
    Sheet.SATISFACTION: ("answer", "answers"),
    Sheet.COMPLAINTS: ("complaint", "complaints"),
}
_OF_SENDER = ("service", "provider", "period")


def _first_return(checking: Checking) -> str:
    """Why nothing can be said of what was sent before: this is the first that was."""
    period = checking.period
    sent = checking.known.of(checking.service or "", checking.provider or "")
    if period is not None and any(other.end < period.start for other in sent):
        return ""
    return "There is no return for an earlier period to compare it with."


def _sent_before(checking: Checking) -> dict[str, Record]:
    """The cases as they stand in returns of earlier periods. Where an old return is corrected, what later ones say is no "before"."""
    assert checking.period is not None  # noqa: S101 - needed by the rules that ask
    start = checking.period.start
    return {
        key: case
        for key, case in checking.others().cases.items()
        if not isinstance(end := case.get("period_end"), date) or end < start
    }


def _months_in_totals(checking: Checking) -> set[int]:
    """The months that the sender reported in totals: which cases they count is not known."""
    return {
        month
        for service, provider, period in checking.known.in_totals
        if (service, provider) == (checking.service, checking.provider)
        for month in period.months
    }


@rule(
    "V10",
    Level.CONFIRM,
    "Cases come in the return of the period they were referred in",
    stage=Stage.WHOLE,
    needs=(Sheet.CASES, *_OF_SENDER),
    unless=_first_return,
)
def referral_in_period(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the cases referred before the period that no return had before."""
    assert checking.period is not None  # noqa: S101 - needed by the rule
    table, start = checking.found[Sheet.CASES], checking.period.start
    seen, in_totals = checking.every_case().cases, _months_in_totals(checking)
    late = {
        row.number: day
        for row in checking.kept(table)
        if isinstance(day := row.values.get("referral_date"), date)
        and day < start
        and month_of(day) not in in_totals
        and folded(row.values.get("case_ref")) not in seen
    }
    months = Counter(month_of(day) for day in late.values())
    named = ", ".join(
        f"{time_label('month', write_month(month))}: {n:,}" for month, n in sorted(months.items())
    )
    yield from confirmed(
        table,
        "referral_date",
        late,
        "The case was referred before the period, and no earlier return has it ({rows}).",
        "A referral in the period, or a case that was entered late.",
        "Correct the date, or confirm that the cases were entered late: the figures of those months will rise "
        f"({named}).",
    )


@rule(
    "V25",
    Level.SAID,
    "Open cases of the last return are in this one",
    stage=Stage.WHOLE,
    needs=(Sheet.CASES, *_OF_SENDER),
    unless=_first_return,
)
def open_cases_there(checking: Checking) -> Iterable[Finding]:
    """Yield the cases that were open when last sent and are not in this return: they are no longer counted as live."""
    table = checking.found[Sheet.CASES]
    here = {folded(row.values.get("case_ref")) for row in table.rows}
    final = service(checking.service or "").final
    gone = [
        str(case["case_ref"])
        for key, case in _sent_before(checking).items()
        if key not in here
        and case.get("outcome") not in final
        and case.get("outcome_date") is None
        and "outcome" in case
    ]
    if gone:
        cases = "1 case that was" if len(gone) == 1 else f"{len(gone):,} cases that were"
        yield Finding(
            f"There is no row for {cases} open when last sent ({_named(gone)}); they no longer count as live.",
            "A row for every case that is still open, and for every case that has ended since.",
            "Add the cases that are still open; nothing needs to be done about the others.",
            table.name,
            None,
            table.header("case_ref"),
            fields=("case_ref",),
            general="Cases that were open when last sent have no row.",
        )


@rule(
    "V25",
    Level.SAID,
    "A case that had ended stays ended",
    stage=Stage.WHOLE,
    needs=(Sheet.CASES, *_OF_SENDER),
    unless=_first_return,
)
def ended_cases_stay(checking: Checking) -> Iterable[Finding]:
    """Yield, all at once, the cases that an earlier return had as ended and that are open in this one."""
    table, final = checking.found[Sheet.CASES], service(checking.service or "").final
    before = _sent_before(checking)
    yield from confirmed(
        table,
        "outcome",
        [
            row.number
            for row in checking.kept(table)
            if row.values.get("outcome") not in final
            and "outcome" not in row.faulty
            and before.get(folded(row.values.get("case_ref")), {}).get("outcome") in final
        ],
        "The case had ended when it was last sent, and is open here ({rows}).",
        "A case that has ended keeps its outcome; one that was opened again may be open.",
        "Nothing needs to be done if the case was opened again.",
    )


@rule(
    "V25",
    Level.CONFIRM,
    "A return has the activities, answers and complaints of the returns that it replaces",
    stage=Stage.WHOLE,
    needs=("readable", *_OF_SENDER),
)
def replaced_rows_kept(checking: Checking) -> Iterable[Finding]:
    """Yield, once a sheet, how many of its rows stand in what this return replaces and not in it."""
    assert checking.period is not None  # noqa: S101 - needed by the rule
    before = checking.rows_known().replaced
    for sheet, (one, several) in _ROWS.items():
        table = checking.found.get(sheet)
        here = {
            tuple(folded(row.values.get(part)) for part in KEY_OF[sheet])
            for row in (table.rows if table else ())
        }
        lost = [key for key in sorted(before.get(sheet, ())) if tuple(map(folded, key)) not in here]
        if lost and sheet in checking.sheets:
            what = f"1 {one} that is" if len(lost) == 1 else f"{len(lost):,} {several} that are"
            references = list(dict.fromkeys(key[0] for key in lost))
            yield Finding(
                f"This return replaces what was sent before, and that has {what} not in it ({_named(references)}).",
                "Every row of the returns that it replaces.",
                f"Add the {several}, or confirm that they should count no more.",
                table.name if table else "",
                None,
                table.header(reference_of(sheet)) if table else "",
                fields=KEY_OF[sheet][:1],
                general=f"Some {several} of the returns that this one replaces are not in it.",
            )


def _named(references: list[str]) -> str:
    more = f" and {len(references) - SHOWN:,} more" if len(references) > SHOWN else ""
    return ", ".join(sorted(references)[:SHOWN]) + more
