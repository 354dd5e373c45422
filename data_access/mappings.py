"""What providers confirmed of their own spreadsheets, kept with their returns and used for the next file."""

from __future__ import annotations

from functools import reduce
from pathlib import Path

from sqlalchemy import select

from data_access.stores import Store, reading
from data_access.tables import returns, withdrawals
from domain.access import Viewer
from domain.fields import Sheet, fields_of
from domain.mapping import LEFT_OUT, NO_MAPPING, Mapping, NotAMappingError, mapping_from_json

LONGEST = 1024 * 1024
"""The largest file taken for a mapping, in bytes."""


def remembered(store: Store, viewer: Viewer, service: str, provider: str) -> Mapping:
    """What was confirmed with the accepted returns of a provider for a service; of two that differ, what was confirmed last.

    Returns that were withdrawn are left out: that their columns were taken for the wrong ones is a reason to withdraw them, and
    confirming once more costs little. Those that a later one replaced count, since their file was the same spreadsheet.
    """
    gone = select(withdrawals.c.return_id)
    wanted = (
        select(returns.c.mapping)
        .where(returns.c.service == service, returns.c.provider == provider, returns.c.mapping != "")
        .where(returns.c.id.not_in(gone))
        .order_by(returns.c.seq)
    )
    with reading(store, viewer) as connection:
        kept = connection.execute(wanted).scalars().all()
    return reduce(Mapping.and_then, map(mapping_from_json, kept), NO_MAPPING)


def read_mapping(path: Path) -> Mapping:
    """Read a mapping from a file that the dashboard wrote.

    Raises
    ------
    NotAMappingError
        When the file holds none, or names a column that no return has; the message says so.
    OSError
        When the file does not exist or may not be read.
    """
    if path.stat().st_size > LONGEST:
        raise NotAMappingError(f"{path} is too large to be a mapping.")
    try:
        found = mapping_from_json(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotAMappingError(f"{path} holds no text, and so no mapping.") from error
    except NotAMappingError as error:
        raise NotAMappingError(f"{path}: {error}") from error
    keys = {str(sheet): {field.key for field in fields_of(sheet)} for sheet in Sheet}
    named = [(sheet, key) for sheet, _, key in found.columns if key != LEFT_OUT]
    named += [(sheet, key) for sheet, key, _, _ in found.values]
    for sheet, key in named:
        if key not in keys[sheet]:
            raise NotAMappingError(f"{path}: the sheet '{sheet}' of a return has no column '{key}'.")
    return found
