"""Commands on returns and settings: template, check, load, returns, withdraw, history, mapping, settings."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from sqlalchemy import select

from data_access import clock
from data_access.commands.database import open_database
from data_access.commands.printing import print_rows
from data_access.commands.templates import add_filling, filled_template
from data_access.commands.who import who, with_as
from data_access.intake import Examined, check_whose, examine_draft, problem_rows, read_file
from data_access.mappings import read_mapping, remembered
from data_access.receipts import check_named
from data_access.return_rows import WithReturn
from data_access.returns import Refused, known_returns, list_returns, save_return, withdraw_return
from data_access.settings import read_settings, with_rest_kept
from data_access.settings_history import save_settings
from data_access.settings_workbook import read_settings_workbook, write_settings_template
from data_access.sources import holds_examples
from data_access.spreadsheets.template import write_template
from data_access.spreadsheets.totals_template import write_totals_template
from data_access.stores import Store, reading
from data_access.tables import ledger
from domain.access import Duty, Viewer
from domain.checks.accepting import accepted_all
from domain.mapping import NO_MAPPING, Mapping, mapping_from_json
from domain.matching import whose
from domain.returns import COUNCIL
from domain.services import service
from domain.settings_edits import NotPossible

SUPPLEMENT = "-supplement"
"""Added to the key of a service, it means the council's own return."""
TOTALS = "-totals"
"""Added to the key of a service, it means the totals of a provider that may not share its cases."""
PROBLEM_COLUMNS = ("file", "sheet", "row", "column", "check", "level", "found", "wanted", "repair")


def _examined(store: Store, viewer: Viewer, path: Path, mapping: Mapping | None) -> Examined:
    """One file, checked; without a mapping as its provider confirmed before."""
    viewer = viewer.within(Duty.RETURNS)
    today, settings, draft = clock.today(), read_settings(store, viewer), read_file(path.name, path)
    check_whose(store, viewer, draft, today)
    if mapping is None:
        service, provider = whose(draft, settings, today)
        mapping = remembered(store, viewer, service, provider) if service and provider else NO_MAPPING
    return examine_draft(draft, settings, known_returns(store, viewer, today), mapping)


def _mapping(arguments: argparse.Namespace) -> Mapping | None:
    return read_mapping(Path(arguments.mapping)) if arguments.mapping else None


def check(arguments: argparse.Namespace) -> int:
    """Say what is wrong with returns; save nothing."""
    store, viewer, mapping = open_database(), who(arguments), _mapping(arguments)
    found = [_examined(store, viewer, Path(name), mapping) for name in arguments.returns]
    print_rows(
        [row for examined in found for row in problem_rows(examined)], PROBLEM_COLUMNS, arguments.format
    )
    for examined in found:
        for rule in examined.not_run:
            print(f"{examined.file_name}: not run: {rule}. {examined.why_not[rule]}", file=sys.stderr)
    return 1 if any(examined.must_fix for examined in found) else 0


def load(arguments: argparse.Namespace) -> int:
    """Save returns, each whole or not at all."""
    store, viewer, refused, mapping = open_database(), who(arguments), 0, _mapping(arguments)
    for name in arguments.returns:
        examined = _examined(store, viewer, Path(name), mapping)
        if examined.accepted is None or (examined.to_confirm and not arguments.accept_warnings):
            refused += 1
            stopping = examined.must_fix or examined.to_confirm
            print_rows(problem_rows(examined), PROBLEM_COLUMNS, "table", sys.stderr)
            ending = "" if examined.must_fix else " Give a reason with --accept-warnings to accept them."
            print(
                f"{name}: nothing saved, {len(stopping)} problem{'' if len(stopping) == 1 else 's'}.{ending}",
                file=sys.stderr,
            )
            continue
        try:
            reason = arguments.accept_warnings if examined.to_confirm else ""
            saved = save_return(
                store,
                examined.accepted,
                by=viewer,
                reason=reason,
                example=holds_examples(store),
                with_it=WithReturn(accepted_all(examined, reason), examined.mapping),
            )
        except Refused as reason_not:
            refused += 1
            print(f"{name}: nothing saved. {reason_not}", file=sys.stderr)
            continue
        print(
            f"{name}: saved as {saved.id}"
            if saved.changed
            else f"{name}: unchanged, the same file is current as {saved.id}"
        )
    return 1 if refused else 0


def returns(arguments: argparse.Namespace) -> int:
    """List every version of every return of those of whom one may see every area: how many rows it holds is of all of them."""
    viewer = who(arguments)
    rows = [
        {"id": k.id, "state": k.state, "saved_at": f"{k.accepted_at:%Y-%m-%d %H:%M}", "saved_by": k.accepted_by, "seq": k.seq,
         "cases": k.cases_n, "activities": k.activities_n, "agreements": k.agreements_n, "answers": k.answers_n,
         "complaints": k.complaints_n, "staff": k.staff_n, "supplement": k.supplement_n,
         "file": k.file_name, "reason": k.reason, "withdrawn_why": k.withdrawn_why, "totals": k.totals_n}
        for k in list_returns(open_database(), viewer)
        if viewer.sees_whole(k.service, k.provider)
    ]  # fmt: skip
    columns = (
        "id",
        "state",
        "saved_at",
        "saved_by",
        "seq",
        "cases",
        "activities",
        "agreements",
        "answers",
        "complaints",
        "staff",
        "supplement",
        "file",
        "reason",
        "withdrawn_why",
        "totals",
    )
    print_rows(rows, columns, arguments.format)
    return 0


def withdraw(arguments: argparse.Namespace) -> int:
    """Take a return back; the version before it counts again."""
    kept = withdraw_return(open_database(), arguments.id, by=who(arguments), why=arguments.why)
    print(f"{kept.id} is withdrawn.")
    return 0


def history(arguments: argparse.Namespace) -> int:
    """Every act on one return: its versions and withdrawals."""
    viewer = who(arguments)
    check_named(viewer, arguments.id)
    key = arguments.id.rpartition(":")[0] if arguments.id.count(":") == 3 else arguments.id
    with reading(open_database(), viewer) as connection:
        acts = (
            connection.execute(select(ledger).where(ledger.c.subject == key).order_by(ledger.c.seq))
            .mappings()
            .all()
        )
    if not acts:
        raise Refused(
            f"There is no return {arguments.id}. `python -m data_access returns` lists those there are."
        )
    print_rows([dict(act) for act in acts], ("seq", "at", "who", "kind", "note"), arguments.format)
    return 0


def mapping(arguments: argparse.Namespace) -> int:
    """Write how a return's sheets, columns and answers were understood, or all that a provider confirmed."""
    store, parts = open_database(), arguments.id.split(":")
    viewer = who(arguments)
    check_named(viewer, arguments.id)
    found = list_returns(store, viewer)
    if len(parts) == 2 and any((kept.service, kept.provider) == tuple(parts) for kept in found):
        text = remembered(store, viewer, *parts).to_json()
    else:
        kept = next((kept for kept in found if kept.id == arguments.id), None)
        if kept is None:
            raise Refused(
                f"There is no return {arguments.id}. `python -m data_access returns` lists those there are."
            )
        text = mapping_from_json(kept.mapping).to_json()
    if arguments.out:
        Path(arguments.out).write_text(text + "\n", encoding="utf-8")
        print(f"{arguments.out}: how the columns of {arguments.id} are understood, for --mapping")
    else:
        print(text)
    return 0


def template(arguments: argparse.Namespace) -> int:
    """Write the blank return, or one with what goes on from the last."""
    viewer = who(arguments)
    if arguments.provider:
        named = arguments.service.removesuffix(TOTALS).removesuffix(SUPPLEMENT)
        viewer.check(Duty.RETURNS, named, arguments.provider)
    if arguments.period:
        return filled_template(arguments, SUPPLEMENT)
    if arguments.service.endswith(TOTALS):
        wanted = service(arguments.service.removesuffix(TOTALS))
        with Path(arguments.out).open("wb") as out:
            write_totals_template(wanted.key, read_settings(open_database(), viewer), out)
        print(f"{arguments.out}: the blank totals for {wanted.label}")
        return 0
    key = arguments.service.removesuffix(SUPPLEMENT)
    wanted, for_council = service(key), key != arguments.service
    blank = io.BytesIO()  # a service without a supplement must leave no file behind
    whose = COUNCIL if for_council else arguments.provider
    write_template(wanted.key, read_settings(open_database(), viewer), blank, provider=whose)
    Path(arguments.out).write_bytes(blank.getvalue())
    what = "the council's blank supplement" if for_council else "the blank return"
    print(f"{arguments.out}: {what} for {wanted.label}")
    return 0


def settings(arguments: argparse.Namespace) -> int:
    """Write the settings workbook, or load one."""
    store, viewer, path = open_database(), who(arguments), Path(arguments.file)
    if arguments.what == "template":
        with path.open("wb") as out:
            write_settings_template(out, read_settings(store, viewer))
        print(f"{path}: the settings, ready to be filled in")
        return 0
    read = read_settings_workbook(path.name, path.read_bytes())
    if read.settings is None:
        for problem in read.problems:
            print(problem.sentence, file=sys.stderr)
        return 1
    now = read_settings(store, viewer)
    wanted = with_rest_kept(read.settings, now, read.lacks)
    try:
        changed = save_settings(store, now, wanted, by=viewer, why=f"Loaded {path.name}")
    except NotPossible as why:
        print(f"{path}: nothing saved. {why}", file=sys.stderr)
        return 1
    print("The settings are loaded." if changed else "Nothing differs from the settings kept.")
    return 0


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], form: argparse.ArgumentParser
) -> None:
    """Add this file's commands."""
    files = argparse.ArgumentParser(add_help=False)
    files.add_argument(
        "returns", nargs="+", metavar="RETURN", help="a workbook, a CSV or a folder of <sheet>.csv"
    )
    files.add_argument(
        "--mapping",
        metavar="M.json",
        default="",
        help="how its sheets, columns and answers are understood; without it, as its provider confirmed before",
    )
    checked = commands.add_parser(
        "check", parents=[form, files, with_as()], help="what is wrong with a return; saves nothing"
    )
    checked.set_defaults(run=check)
    loaded = commands.add_parser(
        "load", parents=[files, with_as()], help="save returns, each whole or not at all"
    )
    loaded.add_argument("--user", required=True)
    loaded.add_argument("--accept-warnings", metavar="REASON", default="")
    loaded.set_defaults(run=load)
    listed = commands.add_parser("returns", parents=[form, with_as()], help="every version of every return")
    listed.set_defaults(run=returns)
    taken = commands.add_parser("withdraw", parents=[with_as()], help="take a return back")
    taken.add_argument("id")
    taken.add_argument("--user", required=True)
    taken.add_argument("--why", required=True)
    taken.set_defaults(run=withdraw)
    told = commands.add_parser("history", parents=[form, with_as()], help="every act on one return")
    told.add_argument("id")
    told.set_defaults(run=history)
    meant = commands.add_parser(
        "mapping", parents=[with_as()], help="write how a return's columns were understood, for --mapping"
    )
    meant.add_argument("id", help="a return, or service:provider for all that the provider confirmed")
    meant.add_argument("out", nargs="?", default="", metavar="OUT.json")
    meant.set_defaults(run=mapping)
    blank = commands.add_parser(
        "template", parents=[with_as()], help="write the blank return, or one filled from the last"
    )
    blank.add_argument(
        "service",
        help=f"a service; with {SUPPLEMENT} the council's part, with {TOTALS} totals in place of cases, as in send{TOTALS}",
    )
    blank.add_argument("out", metavar="OUT.xlsx")
    add_filling(blank)
    blank.set_defaults(run=template)
    held = commands.add_parser("settings", help="write or load the settings workbook")
    held.add_argument("what", choices=("template", "load"))
    held.add_argument("file", metavar="FILE.xlsx")
    held.add_argument("--user", default="command line")
    held.set_defaults(run=settings)
