"""What the gate in front of every request has kept and looked up; it knows no database itself, so the launcher hands it these."""

from __future__ import annotations

import logging
from datetime import datetime

from data_access.audit import note
from data_access.people import sign_out, signed_out_at
from data_access.sources import shared_store
from domain.access import Viewer
from domain.audit import Act

logger = logging.getLogger("dashboard")


def keep_refusal(user: str, what: str, address: str) -> None:
    """Keep in the audit what was refused to somebody, and in the log what was refused to nobody known.

    A page left open overnight knocks again and again, and so do strangers; the audit is about people.

    Parameters
    ----------
    address : what was asked for, without its query.
    """
    if user:
        note(shared_store(), Viewer(user), Act.REFUSED, subject=address, detail=what)
    else:
        logger.warning("The gate refused %s", what, extra={"address": address})


def keep_signed_in(user: str) -> None:
    """Keep that somebody signed in."""
    note(shared_store(), Viewer(user), Act.SIGNED_IN)


def keep_signed_out(user: str) -> None:
    """End every sign-in of somebody up to now, and keep that they signed out."""
    sign_out(shared_store(), Viewer(user))


def sign_ins_ended_at(user: str) -> datetime | None:
    """Since when sign-ins of before no longer hold; None where somebody never signed out."""
    return signed_out_at(shared_store(), user)
