"""`python -m data_access`: the command line. Exit 0 done, 1 refused because of the data, 2 wrong usage."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError

from data_access.commands import database, exceptions, figures, forecast, intake, pack, people
from data_access.commands.database import NotReady
from data_access.commands.printing import FORMATS
from data_access.commands.who import keep_refusal
from data_access.returns import Refused
from data_access.schema import Behind
from data_access.stores import shared_url
from data_access.wall import owner_url
from domain.access import OutOfReach


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m data_access", description="Returns, settings and figures of the dashboard."
    )
    form = argparse.ArgumentParser(add_help=False)
    form.add_argument("--format", choices=FORMATS, default="table")
    commands = parser.add_subparsers(dest="command", required=True)
    for subject in (database, intake, exceptions, figures, forecast, pack, people):
        subject.add_to(commands, form)
    return parser


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    words = sys.argv[1:] if words is None else list(words)
    arguments = _parser().parse_args(words)
    try:
        return int(arguments.run(arguments))
    except OutOfReach as refused:
        keep_refusal(arguments, refused)
        print(refused, file=sys.stderr)
        return 1
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except FileNotFoundError as missing:
        print(f"There is no file {missing.filename}.", file=sys.stderr)
    except SQLAlchemyError as fault:
        # Only its kind: the message of a database may quote what it was given.
        named = (
            "Are DATABASE_URL and DATABASE_OWNER_URL" if owner_url() != shared_url() else "Is DATABASE_URL"
        )
        print(
            f"The database could not answer ({type(fault).__name__}). {named} right, and does its server run?",
            file=sys.stderr,
        )
    except (Behind, NotReady, OSError, ValueError) as wrong:
        print(wrong, file=sys.stderr)
    except KeyError as unknown:
        print(unknown.args[0], file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
