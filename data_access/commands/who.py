"""Who gives a command: whoever may use the command line of the server, who sees everything, or a person in whose place it is tried."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from functools import cache

from data_access.audit import note
from data_access.commands.database import open_database
from data_access.people import find_viewer
from domain.access import COMMISSIONER, OutOfReach, Viewer
from domain.audit import Act

BY_COMMAND = "command line"


def by_command(typed: str) -> str:
    """Who gave a command, for the audit. A name that is typed proves nothing, so what is written down says that it was a command."""
    typed = " ".join(typed.split())
    return f"{typed}, {BY_COMMAND}" if typed not in ("", BY_COMMAND) else BY_COMMAND


@cache
def with_as() -> argparse.ArgumentParser:
    """The option --as, for every command that looks at returns or figures."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument(
        "--as",
        dest="viewer",
        default="",
        metavar="USER",
        help="see only what this person may see; without it everything",
    )
    return parser


def who(arguments: argparse.Namespace) -> Viewer:
    """For whom a command is run, signing as --user says where the command has it.

    Raises
    ------
    ValueError
        When --as is used where people sign in: the command line cannot prove who anybody is.
    """
    name = getattr(arguments, "viewer", "")
    title = getattr(arguments, "user", "") or ""
    if not name:
        return replace(COMMISSIONER, user=by_command(title), title=title or COMMISSIONER.user)
    if (os.environ.get("AUTH_MODE") or "none") != "none":
        raise ValueError("--as is only for trying out, with AUTH_MODE=none: here people sign in themselves.")
    viewer = find_viewer(open_database(), name)
    return viewer.signing(title) if title else viewer


def keep_refusal(arguments: argparse.Namespace, refused: OutOfReach) -> None:
    """Write into the audit what somebody was refused on the command line."""
    note(
        open_database(),
        who(arguments),
        Act.REFUSED,
        service=refused.service,
        provider=refused.provider,
        subject=refused.subject or str(arguments.command),
        detail=f"may not {refused.duty.label}, by command",
    )
