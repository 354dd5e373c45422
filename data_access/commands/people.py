"""Commands on people: grant, revoke, people, audit. Whoever may use the command line of the server is an administrator by that."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from data_access.audit import AUDIT_COLUMNS, audit_entries
from data_access.commands.database import open_database
from data_access.commands.printing import print_rows
from data_access.commands.who import BY_COMMAND, by_command, who, with_as
from data_access.people import NotPossibleRole, Person, grant_role, read_people, revoke_role
from domain.access import Grant, Reach, Role, Viewer
from domain.audit import Act
from domain.people import as_user, in_words

PEOPLE_COLUMNS = ("person", "title", "role", "service", "provider", "area", "granted_at", "granted_by")


def _operator(arguments: argparse.Namespace) -> Viewer:
    """Who gives the command: an administrator by that."""
    if arguments.viewer:
        return who(arguments)
    return Viewer(by_command(getattr(arguments, "user", "") or ""), (Grant(Role.ADMINISTRATOR),))


def _grant(arguments: argparse.Namespace) -> Grant:
    return Grant(Role(arguments.role), Reach(arguments.service, arguments.provider, arguments.area))


def grant(arguments: argparse.Namespace) -> int:
    """Give somebody a role."""
    wanted = _grant(arguments)
    by = _operator(arguments)
    try:
        grant_role(open_database(), arguments.person, wanted, by=by, title=arguments.title)
    except NotPossibleRole as refused:
        print(refused, file=sys.stderr)
        return 1
    print(f"{as_user(arguments.person)} is now {in_words(wanted)}.")
    return 0


def revoke(arguments: argparse.Namespace) -> int:
    """Take a role away."""
    taken = _grant(arguments)
    by = _operator(arguments)
    try:
        revoke_role(open_database(), arguments.person, taken, by=by)
    except NotPossibleRole as refused:
        print(refused, file=sys.stderr)
        return 1
    print(f"{as_user(arguments.person)} is no longer {in_words(taken)}.")
    return 0


def people(arguments: argparse.Namespace) -> int:
    """Who has which role now; somebody without one has a row without one."""
    found = read_people(open_database(), _operator(arguments))
    print_rows([row for person in found for row in _rows(person)], PEOPLE_COLUMNS, arguments.format)
    return 0


def _rows(person: Person) -> list[dict[str, object]]:
    whose: dict[str, object] = {"person": person.user, "title": person.title}
    return [
        whose
        | {
            "role": str(one.grant.role),
            "service": one.grant.reach.service,
            "provider": one.grant.reach.provider,
            "area": one.grant.reach.area,
            "granted_at": one.granted_at.isoformat(timespec="seconds"),
            "granted_by": one.granted_by,
        }
        for one in person.held
        if one.holds
    ] or [whose]


def audit(arguments: argparse.Namespace) -> int:
    """Who did what, the newest first."""
    entries = audit_entries(
        open_database(),
        _operator(arguments),
        first=arguments.first,
        last=arguments.last,
        person=arguments.person,
        act=Act(arguments.act) if arguments.act else None,
    )
    rows = [
        {column: getattr(entry, column) for column in AUDIT_COLUMNS}
        | {"at": entry.at.isoformat(timespec="seconds"), "act": str(entry.act)}
        for entry in entries
    ]
    print_rows(rows, AUDIT_COLUMNS, arguments.format)
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
    role = argparse.ArgumentParser(add_help=False)
    role.add_argument(
        "person", metavar="USER", help="as their sign-in names them: an e-mail address, or an id"
    )
    role.add_argument("role", choices=[str(one) for one in Role], metavar="ROLE", help=", ".join(Role))
    role.add_argument("--service", default="", metavar="S", help="only of this service")
    role.add_argument("--provider", default="", metavar="P", help="only of this provider")
    role.add_argument("--area", default="", metavar="A", help="only of this area")
    role.add_argument("--user", default=BY_COMMAND, metavar="WHO", help="who gives the command")
    given = commands.add_parser("grant", parents=[role, with_as()], help="give somebody a role")
    given.add_argument("--title", default="", metavar="T", help="their job title")
    given.set_defaults(run=grant)
    taken = commands.add_parser("revoke", parents=[role, with_as()], help="take a role away")
    taken.set_defaults(run=revoke)
    listed = commands.add_parser("people", parents=[form, with_as()], help="who has which role")
    listed.set_defaults(run=people)
    kept = commands.add_parser("audit", parents=[form, with_as()], help="who did what, the newest first")
    kept.add_argument("--from", dest="first", type=_day, metavar="DAY", help="as 2026-11-22")
    kept.add_argument("--to", dest="last", type=_day, metavar="DAY", help="the last day, included")
    kept.add_argument("--person", default="", metavar="P")
    kept.add_argument("--act", choices=[str(one) for one in Act], metavar="A", help=", ".join(Act))
    kept.set_defaults(run=audit)
