"""What is known of people beside their roles: job titles, sign-ins that ended, and what was written down of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from data_access.people import (
    NotPossibleRole,
    find_viewer,
    grant_role,
    revoke_role,
    set_title,
    sign_out,
    sign_out_everywhere,
    signed_out_at,
)
from data_access.stores import Store
from domain.access import Grant, Reach, Role, Viewer
from domain.audit import Act
from tests.builders import NORTH
from tests.storage.roles import (
    ADMINISTRATOR,
    ANN,
    BEN,
    NAMES,
    OF_NORTH,
    OPERATOR,
    VIEWER,
    WRITES,
    Write,
    acts,
    has,
    kept,
    known,
)


def test_a_title_is_kept_until_another_is_said(store: Store) -> None:
    grant_role(store, ANN, VIEWER, by=OPERATOR, title=" Commissioning  manager ")
    assert find_viewer(store, ANN).signature == "Commissioning manager"
    grant_role(store, ANN, ADMINISTRATOR, by=OPERATOR)
    assert find_viewer(store, ANN).title == "Commissioning manager"
    grant_role(store, ANN, OF_NORTH, by=OPERATOR, title="Director")
    assert find_viewer(store, ANN).title == "Director"
    set_title(store, ANN.upper(), "", by=OPERATOR)
    assert find_viewer(store, ANN).signature == ANN


def test_every_change_is_written_down_with_who_changed_what(store: Store) -> None:
    narrow = Grant(Role.COMMISSIONER, Reach("mentoring", NORTH))
    grant_role(store, ANN, narrow, by=OPERATOR, title="Head of housing")
    set_title(store, ANN, "Head of housing", by=OPERATOR)
    set_title(store, ANN, "", by=OPERATOR)
    revoke_role(store, ANN, narrow, by=OPERATOR)
    sign_out(store, Viewer(ANN))
    words = "commissioner (service mentoring, provider north)"
    assert [(e.person, e.act, e.service, e.provider, e.subject, e.detail) for e in acts(store)] == [
        ("operator", Act.CHANGED_ROLES, "mentoring", NORTH, ANN, f"granted {words}"),
        ("operator", Act.CHANGED_ROLES, "", "", ANN, "job title: Head of housing"),
        ("operator", Act.CHANGED_ROLES, "", "", ANN, "job title: taken away"),
        ("operator", Act.CHANGED_ROLES, "mentoring", NORTH, ANN, f"revoked {words}"),
        (ANN, Act.SIGNED_OUT, "", "", "", ""),
    ]


@pytest.mark.parametrize("write", WRITES, ids=NAMES)
def test_what_cannot_be_written_down_is_not_done(store: Store, write: Write) -> None:
    grant_role(store, BEN, OF_NORTH, by=OPERATOR, title="Manager")
    before = kept(store)
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit RENAME TO elsewhere"))
    with pytest.raises(SQLAlchemyError):
        write(store, OPERATOR)
    assert kept(store) == before


def test_a_title_that_is_no_job_title_is_refused(store: Store) -> None:
    said = {
        "jo@council.gov.uk": "an e-mail address",
        "Manager 07700 900123": "a phone number",
        "Born 1.2.1980": "a date, perhaps of birth",
        "M" * 101: "has 101 characters",
        "Mana\u202eger": "nobody sees",
    }
    grant_role(store, ANN, VIEWER, by=OPERATOR)
    before = kept(store)
    for title, words in said.items():
        with pytest.raises(NotPossibleRole, match="Accepted: a job title") as given:
            grant_role(store, ANN, OF_NORTH, by=OPERATOR, title=title)
        with pytest.raises(NotPossibleRole, match="Accepted: a job title") as changed:
            set_title(store, ANN, title, by=OPERATOR)
        assert words in str(given.value) == str(changed.value)
    assert kept(store) == before


def test_nobody_unknown_is_given_a_title(store: Store) -> None:
    with pytest.raises(NotPossibleRole, match="Nobody is known as"):
        set_title(store, ANN, "Manager", by=OPERATOR)


def test_signing_out_ends_the_sign_ins_of_that_person_alone(store: Store) -> None:
    grant_role(store, ANN, ADMINISTRATOR, by=OPERATOR)
    grant_role(store, BEN, OF_NORTH, by=OPERATOR, title="Manager")
    assert signed_out_at(store, ANN) is None
    before = datetime.now(UTC)
    sign_out(store, find_viewer(store, BEN))
    first = signed_out_at(store, BEN.upper())
    assert first is not None
    assert before <= first <= datetime.now(UTC)
    assert signed_out_at(store, ANN) is None
    assert (find_viewer(store, BEN).grants, find_viewer(store, BEN).title) == ((OF_NORTH,), "Manager")
    sign_out(store, find_viewer(store, BEN))
    second = signed_out_at(store, BEN)
    assert second is not None
    assert second > first


def test_a_sign_in_from_before_a_role_was_given_does_not_come_back_with_it(store: Store) -> None:
    sign_out(store, Viewer(ANN))
    ended = signed_out_at(store, ANN)
    assert ended is not None
    assert (known(store, ANN).grants, known(store, ANN).added_by) == ((), ANN)
    grant_role(store, ANN, VIEWER, by=OPERATOR, title="Manager")
    assert (signed_out_at(store, ANN), find_viewer(store, ANN).title) == (ended, "Manager")


def test_an_administrator_ends_the_sign_ins_of_somebody_who_keeps_their_roles(store: Store) -> None:
    grant_role(store, BEN, OF_NORTH, by=OPERATOR)
    sign_out_everywhere(store, f" {BEN.upper()}", by=OPERATOR)
    assert signed_out_at(store, BEN) is not None
    assert has(store, BEN) == (OF_NORTH,)
    last = acts(store)[-1]
    assert (last.person, last.act, last.subject) == ("operator", Act.SIGNED_OUT, BEN)
    with pytest.raises(NotPossibleRole, match="Nobody is known as"):
        sign_out_everywhere(store, ANN, by=OPERATOR)


def test_nobody_who_did_not_sign_in_signs_out(store: Store) -> None:
    with pytest.raises(NotPossibleRole):
        sign_out(store, Viewer(""))
    assert kept(store) == [[], []]
