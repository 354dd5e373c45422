"""The command that writes a return to be filled in: blank, or with what goes on from the last one."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from data_access.commands.database import open_database
from data_access.commands.who import who
from data_access.prefilled import write_prefilled
from domain.periods import Period
from domain.returns import COUNCIL
from domain.services import service


def add_filling(command: argparse.ArgumentParser) -> None:
    """Add what a return is filled for."""
    command.add_argument("--provider", metavar="P", default="", help="whose return it is")
    command.add_argument(
        "--period",
        type=Period.parse,
        metavar="2018-07..2018-09",
        help="fill in what goes on from the returns before this period",
    )


def filled_template(arguments: argparse.Namespace, supplement: str) -> int:
    """Write a return with what goes on from the last one; `supplement` ends the name of a service whose supplement is meant."""
    key = arguments.service.removesuffix(supplement)
    wanted, provider = service(key), COUNCIL if key != arguments.service else arguments.provider
    if not provider:
        raise ValueError("--period needs --provider: whose return is to be filled in?")
    out = io.BytesIO()  # what cannot be written must leave no file behind
    made = write_prefilled(open_database(), wanted.key, provider, arguments.period, out, who(arguments))
    Path(arguments.out).write_bytes(out.getvalue())
    cases = "1 case" if made.cases == 1 else f"{made.cases:,} cases"
    since = f", from the returns up to {made.since.label}" if made.since else ""
    print(
        f"{arguments.out}: {cases} filled in for {arguments.period.label}{since}; {made.due:,} deadlines in the period, "
        f"{made.overdue:,} before it"
    )
    return 0
