"""Commands on agreed exceptions: list them, agree one, load a file of them, take one back, write the file to fill in."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from data_access import clock
from data_access.commands.database import open_database
from data_access.commands.printing import print_rows
from data_access.commands.who import who, with_as
from data_access.exceptions import (
    NotAgreed,
    agree,
    find_providers,
    read_exceptions,
    take_back,
)
from data_access.exceptions_file import read_exceptions_file
from data_access.exceptions_template import write_exceptions_template
from data_access.settings import read_settings
from domain.exception_checks import cause_said, kpis_with_exceptions
from domain.exceptions import REASON_LISTS, AgreedException, Cause
from domain.problem import Problem
from domain.services import service
from domain.vocabulary import code_list

EXCEPTION_COLUMNS = (
    "id", "seq", "service", "provider", "case_ref", "kpi", "reason", "caused_by", "agreed_by", "agreed_on", "ends_on",
    "from_supplement", "counts", "effect",
)  # fmt: skip


def listed(arguments: argparse.Namespace) -> int:
    """Every exception that holds, with what it does to its case."""
    store, viewer = open_database(), who(arguments)
    # Whoever works for one service and names none is answered for that one.
    asked = [key for key in REASON_LISTS if viewer.sees_cases(key)] or list(REASON_LISTS)
    if arguments.service:
        asked = [service(arguments.service).key]
    rows = [
        {column: getattr(kept.exception, column, None) for column in EXCEPTION_COLUMNS}
        | {"id": kept.id or None, "seq": kept.seq, "from_supplement": "yes" if kept.from_supplement else "no"}
        | {"counts": "yes" if kept.counts else "no", "effect": str(kept.effect)}
        for key in asked
        for kept in read_exceptions(store, viewer, service=key, as_of=arguments.as_of)
    ]
    print_rows(rows, EXCEPTION_COLUMNS, arguments.format)
    return 0


def agree_one(arguments: argparse.Namespace) -> int:
    """Agree one exception."""
    store, viewer = open_database(), who(arguments)
    named = next((k for k in kpis_with_exceptions() if k.id.casefold() == arguments.kpi.casefold()), None)
    if named is None:
        known = ", ".join(k.id for k in kpis_with_exceptions())
        print(f"No exception can be agreed for '{arguments.kpi}'. Accepted: {known}.", file=sys.stderr)
        return 1
    reason = code_list(REASON_LISTS[named.service]).find(arguments.reason) or arguments.reason
    cause = Cause(arguments.caused_by) if arguments.caused_by else cause_said(reason)
    provider = _provider(arguments, named.service)
    one = AgreedException(
        named.service,
        provider,
        arguments.case,
        named.id,
        reason,
        cause or Cause.PROVIDER,
        arguments.by,
        arguments.on or clock.today(),
        arguments.until,
    )
    try:
        seq = agree(store, [one], by=viewer)
    except NotAgreed as refused:
        return _refused(problem for _, problem in refused.problems)
    print(f"Agreed, as act {seq}.")
    return 0


def _provider(arguments: argparse.Namespace, service_key: str) -> str:
    store, viewer = open_database(), who(arguments)
    if arguments.provider:
        return read_settings(store, viewer).find_provider(arguments.provider) or str(arguments.provider)
    having = find_providers(store, viewer, service_key, arguments.case)
    if len(having) > 1:
        raise ValueError(f"Several providers have this case: say which with --provider ({', '.join(having)})")
    return having[0] if having else ""


def load(arguments: argparse.Namespace) -> int:
    """Agree all exceptions of a file, or none."""
    store, viewer, path = open_database(), who(arguments), Path(arguments.file)
    read = read_exceptions_file(store, viewer, path.name, path.read_bytes())
    if read.problems:
        print(f"{path}: nothing saved.", file=sys.stderr)
        return _refused(read.problems)
    try:
        seq = agree(store, read.found, by=viewer)
    except NotAgreed as refused:
        return _refused(problem for _, problem in refused.problems)
    many = f"{len(read.found)} exception{'' if len(read.found) == 1 else 's'}"
    print(f"{path}: {many} agreed, as act {seq}.")
    return 0


def _refused(problems: Iterable[Problem]) -> int:
    for problem in problems:
        print(problem.sentence, file=sys.stderr)
    return 1


def taken_back(arguments: argparse.Namespace) -> int:
    """Take one exception back."""
    store, viewer = open_database(), who(arguments)
    try:
        take_back(store, [arguments.id], by=viewer, why=arguments.why)
    except ValueError as refused:
        print(refused, file=sys.stderr)
        return 1
    print(f"Exception {arguments.id} is taken back.")
    return 0


def template(arguments: argparse.Namespace) -> int:
    """Write the workbook to fill in."""
    out = io.BytesIO()
    key = service(arguments.service).key if arguments.service else ""
    write_exceptions_template(out, read_settings(open_database(), who(arguments)), key)
    Path(arguments.out).write_bytes(out.getvalue())
    print(f"{arguments.out}: the blank list of exceptions")
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no day; accepted: as 2026-11-22") from None


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], form: argparse.ArgumentParser
) -> None:
    """Add this file's commands."""
    held = commands.add_parser(
        "exceptions",
        parents=[form, with_as()],
        help="agreed exceptions: list, agree, load, take-back, template",
    )
    held.add_argument("--service", default="", metavar="S", help="only of this service")
    held.add_argument("--as-of", type=int, metavar="SEQ", help="as they held after this act")
    held.set_defaults(run=listed)
    acts = held.add_subparsers(dest="what", metavar="what")
    by = argparse.ArgumentParser(add_help=False)
    by.add_argument("--user", required=True, metavar="WHO", help="who gives the command: a job title")
    one = acts.add_parser("agree", parents=[by], help="agree one")
    one.add_argument("--kpi", required=True, metavar="SM1b")
    one.add_argument("--case", required=True, metavar="REF", help="the provider's own reference")
    one.add_argument("--provider", default="", metavar="P", help="where several have the reference")
    one.add_argument("--reason", required=True, metavar="R", help="a code or the words of the list")
    one.add_argument("--caused-by", choices=[str(c) for c in Cause], help="where the reason does not say it")
    one.add_argument("--by", required=True, metavar="TITLE", help="the job title of who agreed it")
    one.add_argument("--on", type=_day, metavar="DAY", help="when it was agreed; today where it is not said")
    one.add_argument("--until", type=_day, metavar="DAY", help="the last day that it excuses")
    one.set_defaults(run=agree_one)
    many = acts.add_parser("load", parents=[by], help="agree all of a file, or none")
    many.add_argument("file", metavar="FILE.xlsx|csv")
    many.set_defaults(run=load)
    back = acts.add_parser("take-back", parents=[by], help="take one back")
    back.add_argument("id", type=int, metavar="ID")
    back.add_argument("--why", required=True, metavar="TEXT")
    back.set_defaults(run=taken_back)
    blank = acts.add_parser("template", help="write the file to fill in")
    blank.add_argument("out", metavar="OUT.xlsx")
    blank.set_defaults(run=template)
