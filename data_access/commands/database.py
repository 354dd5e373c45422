"""Commands on the database as a whole: init and verify; and the one way a command opens it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data_access.commands.printing import print_rows
from data_access.examples import SAMPLE_FOLDER, build_examples
from data_access.schema import check_may_upgrade, is_current, is_ready, owner_store
from data_access.sources import holds_examples
from data_access.starting import start
from data_access.stores import Store, is_sqlite, open_store, shared_url, without_password
from data_access.verify import VERIFY_COLUMNS, verify
from data_access.wall import let_in, role_of, wall_stands
from domain.access import COMMISSIONER
from domain.tally import Source


class NotReady(Exception):
    """The database has no tables yet, or not those that are needed."""


def open_database() -> Store:
    """The database that DATABASE_URL names. Raises NotReady when it was not initialised, or not for this version."""
    store = open_store(shared_url(), Source.SHARED)
    if not is_ready(store):
        raise NotReady(f"{without_password(shared_url())} has no tables yet. Run: python -m data_access init")
    if not is_current(store):
        raise NotReady(
            f"The tables of {without_password(shared_url())} are not those of this version, or not open to this role. "
            "Run: python -m data_access init"
        )
    return open_store(shared_url(), Source.EXAMPLES) if holds_examples(store) else store


def init(arguments: argparse.Namespace) -> int:
    """Create or upgrade the tables as their owner and let the app's role in; with --sample fill them with the examples."""
    if arguments.sample is None:
        with owner_store(Source.SHARED) as owner:
            check_may_upgrade(owner)
            for sentence in start(owner):
                print(sentence)
        _let_in()
        print(f"{without_password(shared_url())} is ready.")
        return 0
    with owner_store(Source.EXAMPLES) as owner:
        check_may_upgrade(owner)
        saved = build_examples(owner, Path(arguments.sample))
    _let_in()
    print(f"{without_password(shared_url())} holds the examples: {saved} returns loaded.")
    return 0


def _let_in() -> None:
    """Grant the app's role what it needs, and say where the database does not keep people to their rows by itself."""
    store = open_store(shared_url(), Source.SHARED)
    if is_sqlite(store):
        return
    with owner_store(Source.SHARED) as owner:
        let_in(owner, role_of(store))
    if not is_current(store):
        raise NotReady("DATABASE_URL and DATABASE_OWNER_URL do not name the same database.")
    if said := wall_stands(store):
        print(said)


def verify_published(arguments: argparse.Namespace) -> int:
    """Hold every published figure against the examples."""
    rows = verify(open_database(), COMMISSIONER)
    print_rows(rows, VERIFY_COLUMNS, arguments.format)
    wrong = [row["fig_id"] for row in rows if row["state"] == "DIFFERS"]
    if wrong:
        print(f"{len(wrong)} of {len(rows)} figures differ: {', '.join(map(str, wrong))}", file=sys.stderr)
    return 1 if wrong else 0


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], form: argparse.ArgumentParser
) -> None:
    """Add this file's commands."""
    made = commands.add_parser("init", help="create or upgrade the database; --sample loads the examples")
    made.add_argument("--sample", nargs="?", const=str(SAMPLE_FOLDER), metavar="DIR")
    made.set_defaults(run=init)
    checked = commands.add_parser("verify", parents=[form], help="every published figure beside ours")
    checked.set_defaults(run=verify_published)
