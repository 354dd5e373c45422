"""The rules that a return must keep, and the one function that applies them all.

A rule is one decorated function in a module of this package; every module is imported here, so that adding
one needs no other line.
What may not live here: opening files (data_access) and words of the screen (components).
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from importlib import import_module
from pathlib import PurePath

from domain.checks.accepting import lowered
from domain.checks.activity_rules import cases_known
from domain.checks.checking import NOTHING_TOLD, Checking, folded, prepare
from domain.checks.column_rules import dropped_columns
from domain.checks.examined import Examined
from domain.checks.places import placed
from domain.checks.rule import RULES, Rule
from domain.checks.tables import Table, reference_of
from domain.checks.whole import read_whole
from domain.drafts import Draft, KnownCases, KnownReturns, RawCell
from domain.fields import Sheet
from domain.mapping import NO_MAPPING, Mapping
from domain.personal_data import value_kind
from domain.problem import Level, Problem
from domain.returns import Record, Return
from domain.settings import Settings

for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["RULES", "Examined", "Rule", "check_draft", "rules_in_order"]


def rules_in_order() -> tuple[Rule, ...]:
    """Every rule, by stage and then by its id."""
    return tuple(sorted(RULES.values(), key=lambda rule: (rule.stage, rule.id)))


def check_draft(
    draft: Draft,
    settings: Settings,
    known: KnownReturns,
    mapping: Mapping = NO_MAPPING,
    told: AnyMapping[str, RawCell] = NOTHING_TOLD,
) -> Examined:
    """Apply every rule to a file as it was read.

    Parameters
    ----------
    draft : the file. settings : providers, areas and contracts. known : current returns, and the day of the
        check.

    Returns
    -------
    every problem in the order of the file, the return itself when nothing must be fixed, and which rules
    could not run.
    """
    checking = prepare(draft, settings, known, mapping, told)
    problems: list[Problem] = []
    why_not: dict[str, str] = {}
    for rule in rules_in_order():
        if not rule.applies(checking):
            continue
        if why := rule.why_not(checking):
            why_not[rule.title] = why
        else:
            problems += rule.problems(checking)
    problems = lowered(problems, _accepted_before(checking))
    ordered = tuple(_in_order(placed(problems, checking), checking))
    refused = any(problem.level is Level.MUST_FIX for problem in ordered)
    return Examined(
        file_name=draft.file_name,
        digest=draft.digest,
        problems=ordered,
        accepted=None if refused else _accept(checking),
        rows_read={str(table.sheet): len(table.rows) for table in checking.tables},
        dropped_columns=dropped_columns(checking),
        not_run=tuple(why_not),
        why_not=why_not,
        mapping=checking.used,
        whole=read_whole(checking),
    )


def _accepted_before(checking: Checking) -> tuple[AnyMapping[str, int], ...]:
    if not (checking.service and checking.provider and checking.period):
        return ()
    return checking.known.accepted(checking.service, checking.provider, checking.period)


def _in_order(problems: Iterable[Problem], checking: Checking) -> list[Problem]:
    columns = {
        (table.name, column.header): column.index for table in checking.tables for column in table.columns
    }

    def place(problem: Problem) -> tuple[int, str, int, int, str, str]:
        which = checking.sheet_of(problem.sheet)
        sheet = list(Sheet).index(which) if which else len(Sheet) if problem.sheet else -1
        column = columns.get((problem.sheet, problem.column), -1)
        return sheet, problem.sheet, problem.row or 0, column, problem.column, problem.check

    return sorted(problems, key=place)


def _kept_name(name: str) -> str:
    """The name of the file as it is kept: without what looks personal in it."""
    return f"A file whose name is not kept{PurePath(name).suffix}" if value_kind(name, dates=False) else name


def _accept(checking: Checking) -> Return | None:
    if not (checking.service and checking.provider and checking.period):
        return None
    rows: dict[Sheet, tuple[Record, ...]] = {table.sheet: _rows(checking, table) for table in checking.tables}
    sent = checking.cover.values.get("surveys_sent") if checking.cover else None
    return Return(
        service=checking.service,
        provider=checking.provider,
        period=checking.period,
        cases=rows.get(Sheet.CASES, ()),
        activities=rows.get(Sheet.ACTIVITIES, ()),
        agreements=rows.get(Sheet.AGREEMENTS, ()),
        answers=rows.get(Sheet.SATISFACTION, ()),
        complaints=rows.get(Sheet.COMPLAINTS, ()),
        staff=rows.get(Sheet.STAFF, ()),
        supplement=rows.get(Sheet.SUPPLEMENT, ()),
        totals=rows.get(Sheet.TOTALS, ()),
        # Totals hold no answers one by one, so that nobody is taken for somebody who was asked and did not answer.
        surveys_sent=sent if isinstance(sent, int) and not checking.in_totals else None,
        digest=checking.draft.digest,
        file_name=_kept_name(checking.draft.file_name),
        nil=checking.nil and not any(rows.values()),
    )


def _rows(checking: Checking, table: Table) -> tuple[Record, ...]:
    """The rows of a sheet, their references to cases written as where the case was first met.

    Capitals make no difference to a person who checks a return, and all the difference to one who joins its sheets, or a case
    with what the council says of it, whichever of the two came first and however often either is sent again.
    """
    met: dict[str, AnyMapping[str, str]] = {}
    own = reference_of(table.sheet) if table.sheet in _COUNTED_BY_REFERENCE else ""
    known = checking.rows_known().written.get(table.sheet, ()) if own else ()
    written = {folded(reference): reference for reference in reversed(known)}
    here = {} if checking.from_council else cases_known(checking)
    found = []
    for row in checking.kept(table):
        provider = str(row.values.get("provider", ""))
        if provider not in met:
            met[provider] = _spelt(here, checking.others(provider))
        record = dict(row.values)
        for key in ("case_ref", "previous_case_ref"):
            if first := met[provider].get(folded(record.get(key))):
                record[key] = first
        if own in record:
            record[own] = written.setdefault(folded(record[own]), str(record[own]))
        found.append(record)
    return tuple(found)


_COUNTED_BY_REFERENCE = (Sheet.SATISFACTION, Sheet.COMPLAINTS, Sheet.AGREEMENTS)
"""Sheets whose rows replace one another by a reference of their own: in other capitals one row would count twice."""


def _spelt(here: AnyMapping[str, Record], others: KnownCases) -> AnyMapping[str, str]:
    """How each reference is written, by its folded form: as any return first had it, else as this one first has it."""
    known = {**here, **others.cases}
    spelt = {key: str(case["case_ref"]) for key, case in known.items() if case.get("case_ref")}
    return spelt | {folded(reference): reference for reference in reversed(others.written)}
