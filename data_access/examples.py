"""The examples' own database: example settings, example returns and the published record, loaded the way a council's own are."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from pathlib import Path

from sqlalchemy import insert, select

from data_access import clock
from data_access.exceptions import agree
from data_access.exceptions_file import read_exceptions_file
from data_access.intake import examine
from data_access.ledger import record_act, take_number
from data_access.return_rows import WithReturn
from data_access.returns import Refused, known_returns, save_return
from data_access.settings import change_settings, read_settings, with_rest_kept
from data_access.settings_workbook import read_settings_workbook
from data_access.starting import start
from data_access.stores import Store, Undo, reading, writing
from data_access.tables import agreed_exceptions, published_figures
from domain.access import THE_DASHBOARD
from domain.checks.accepting import accepted_all
from domain.published import DOCUMENTS, figures_file

SAMPLE_FOLDER = Path(__file__).resolve().parents[1] / "sample_data"
ACCEPTED = "an example: as in the published report, or invented so"
"""Why the warnings of the example returns are accepted."""
_EXAMPLES = THE_DASHBOARD.signing("examples")


def build_examples(store: Store, folder: Path = SAMPLE_FOLDER) -> int:
    """Fill an empty database with the examples and mark it as examples for good.

    Parameters
    ----------
    folder : holds settings.xlsx, returns/*.xlsx and a published/figures_<document>.csv for each source document; exceptions.csv where
        some are agreed.

    Returns
    -------
    int
        How many returns were newly saved; building again over the same examples saves none.

    Raises
    ------
    Refused
        When a file is missing or faulty, naming it, or the database already holds real returns.
    """
    _look_for_all(folder)
    start(store)
    _load_settings(store, folder / "settings.xlsx")
    saved = 0
    for path in sorted((folder / "returns").glob("*.xlsx"), key=_period_first):
        examined = examine(
            path.name,
            path,
            read_settings(store, _EXAMPLES),
            known_returns(store, _EXAMPLES, clock.today()),
        )
        if examined.accepted is None:
            first = examined.must_fix[0]
            raise Refused(f"{path}: {len(examined.must_fix)} problems, the first: {first.sentence}")
        reason = ACCEPTED if examined.to_confirm else ""
        beside = WithReturn(accepted_all(examined, ACCEPTED))
        saved += save_return(
            store, examined.accepted, by=_EXAMPLES, reason=reason, example=True, with_it=beside
        ).changed
    _load_exceptions(store, folder / "exceptions.csv")
    for document in DOCUMENTS:
        _load_published(store, document.key, folder / "published" / figures_file(document))
    return saved


def _look_for_all(folder: Path) -> None:
    """Refuse before anything is loaded when a part is missing: half of the examples would not add up."""
    published = [folder / "published" / figures_file(document) for document in DOCUMENTS]
    for path in (folder / "settings.xlsx", *published):
        if not path.exists():
            raise Refused(f"There is no {path}. `make sample` writes it.")
    if not any((folder / "returns").glob("*.xlsx")):
        raise Refused(f"There are no example returns in {folder / 'returns'}. `make sample` writes them.")


def _period_first(path: Path) -> tuple[str, str]:
    """Oldest period first, as the returns were sent: 'provider-a_2018-10.xlsx' sorts by its '2018-10'."""
    provider, _, period = path.stem.partition("_")
    return period, provider


def _load_settings(store: Store, path: Path) -> None:
    read = read_settings_workbook(path.name, path.read_bytes())
    if read.settings is None:
        raise Refused(f"{path}: {read.problems[0].sentence}")
    wanted = read.settings
    change_settings(store, lambda now: with_rest_kept(wanted, now), by=_EXAMPLES)


def _load_exceptions(store: Store, path: Path) -> None:
    """Agree the exceptions of the examples, once."""
    with reading(store, _EXAMPLES) as connection:
        held = connection.execute(select(agreed_exceptions.c.id).limit(1)).first()
    if held is not None or not path.exists():
        return
    read = read_exceptions_file(store, _EXAMPLES, path.name, path.read_bytes())
    if read.problems:
        raise Refused(f"{path}: {read.problems[0].sentence}")
    agree(store, read.found, by=_EXAMPLES)


def _load_published(store: Store, document: str, path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    columns = [column.key for column in published_figures.columns if column.key != "document"]
    with suppress(Undo), writing(store, THE_DASHBOARD) as connection:
        seq = take_number(connection)
        held = set(connection.execute(select(published_figures.c.fig_id)).scalars())
        new = [
            {"document": document} | {key: row[key] for key in columns}
            for row in rows
            if row["fig_id"] not in held
        ]
        if not new:
            raise Undo
        record_act(
            connection, seq, who=_EXAMPLES.signature, kind="published figures loaded", subject=path.name
        )
        connection.execute(insert(published_figures), new)


def read_published(store: Store) -> dict[str, dict[str, str]]:
    """The published figures as they were loaded, by their id; text exactly as printed."""
    with reading(store, THE_DASHBOARD) as connection:
        return {row["fig_id"]: dict(row) for row in connection.execute(select(published_figures)).mappings()}
