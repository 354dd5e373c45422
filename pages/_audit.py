"""Where the Audit page meets the data: whom it can be asked about, and its file. Not a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from components.audit_list import Part
from data_access.audit import AUDIT_COLUMNS, audit_rows
from data_access.people import read_people
from data_access.settings import read_places
from data_access.stores import Store
from domain.access import Duty, Viewer
from domain.settings import Settings
from pages._who import viewer


def places(store: Store) -> Settings:
    """The providers that an act may be about, by their names: who reads the audit need not see any figure."""
    return read_places(store, viewer())


def known_users(store: Store) -> list[str]:
    """The people who can be chosen: those with a role or who had one."""
    return [one.user for one in read_people(store, viewer())] if Duty.PEOPLE in viewer().duties else []


def audit_csv(store: Store, reader: Viewer, part: Part) -> Callable[[], bytes]:
    """A way to every entry of a part as a CSV file that Excel opens in UTF-8; it asks nothing of the session."""

    def made() -> bytes:
        written = io.StringIO()
        write = csv.DictWriter(written, AUDIT_COLUMNS, lineterminator="\r\n")
        write.writeheader()
        write.writerows(
            audit_rows(
                store,
                reader,
                first=part.first,
                last=part.last,
                person=part.person,
                act=part.act,
                service=part.service,
                provider=part.provider,
            )
        )
        return written.getvalue().encode("utf-8-sig")

    return made
