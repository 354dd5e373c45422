"""Who may do what: every rule of giving and taking roles, and that a change holds at the next look."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event, select, text
from sqlalchemy.exc import SQLAlchemyError

from data_access.audit import read_audit
from data_access.people import (
    NotPossibleRole,
    Person,
    find_viewer,
    grant_role,
    read_people,
    revoke_role,
    set_title,
    sign_out,
    sign_out_everywhere,
    signed_out_at,
)
from data_access.schema import create_at_once
from data_access.settings import change_settings
from data_access.stores import Store, open_store, reading
from data_access.tables import grants, people
from domain.access import COMMISSIONER, LOCAL_USER, Grant, OutOfReach, Reach, Role, Viewer
from domain.audit import Act, Entry
from domain.tally import Source
from tests.builders import HILL, NORTH, SOUTH, some_settings

OPERATOR = Viewer("operator", (Grant(Role.ADMINISTRATOR),))
ADMINISTRATOR, VIEWER = Grant(Role.ADMINISTRATOR), Grant(Role.VIEWER)
OF_NORTH, OF_SOUTH = Grant(Role.PROVIDER, Reach(provider=NORTH)), Grant(Role.PROVIDER, Reach(provider=SOUTH))
ANN, BEN = "ann@council.gov.uk", "ben@north.example"

Write = Callable[[Store, Viewer], None]
WRITES: tuple[Write, ...] = (
    lambda store, by: grant_role(store, BEN, OF_SOUTH, by=by, title="Manager"),
    lambda store, by: revoke_role(store, BEN, OF_NORTH, by=by),
    lambda store, by: set_title(store, BEN, "Director", by=by),
    lambda store, by: sign_out_everywhere(store, BEN, by=by),
)
NAMES = ["grant", "revoke", "title", "sign out"]


def has(store: Store, user: str) -> tuple[Grant, ...]:
    return find_viewer(store, user).grants


def known(store: Store, user: str) -> Person:
    (found,) = (person for person in read_people(store, OPERATOR) if person.user == user)
    return found


def acts(store: Store) -> list[Entry]:
    """Everything that was written down on roles and signing out, the oldest first."""
    of_people = (Act.CHANGED_ROLES, Act.SIGNED_OUT)
    return [entry for entry in reversed(read_audit(store, OPERATOR)) if entry.act in of_people]


def kept(store: Store) -> list[object]:
    """All that is kept of people, however it is read."""
    with store.engine.connect() as connection:
        return [
            [tuple(row) for row in connection.execute(table.select()).all()] for table in (people, grants)
        ]


def test_somebody_whom_nobody_knows_sees_nothing(store: Store) -> None:
    found = find_viewer(store, "nobody@example.org")
    assert found == Viewer("nobody@example.org")
    assert (found.reach, found.duties) == ((), frozenset())


def test_what_names_nobody_has_no_role(store: Store) -> None:
    for user in ("", " ", "a b", "@", "x" * 201, "a\x00b", "a@b", "a@b@c.uk"):
        assert has(store, user) == ()
        assert signed_out_at(store, user) is None


def test_a_role_holds_at_the_next_look_and_is_gone_at_the_next_look(store: Store) -> None:
    grant_role(store, BEN, OF_NORTH, by=OPERATOR)
    assert has(store, BEN) == (OF_NORTH,)
    grant_role(store, BEN, VIEWER, by=OPERATOR)
    assert has(store, BEN) == (OF_NORTH, VIEWER)
    revoke_role(store, BEN, OF_NORTH, by=OPERATOR)
    assert has(store, BEN) == (VIEWER,)
    assert has(store, ANN) == ()


def test_large_letters_name_the_same_person(store: Store) -> None:
    grant_role(store, " Ann@Council.GOV.uk ", VIEWER, by=OPERATOR)
    assert find_viewer(store, "ANN@council.gov.uk") == Viewer(ANN, (VIEWER,))
    with pytest.raises(NotPossibleRole, match="already"):
        grant_role(store, ANN, VIEWER, by=OPERATOR)


def test_a_title_is_kept_until_another_is_said(store: Store) -> None:
    grant_role(store, ANN, VIEWER, by=OPERATOR, title=" Commissioning  manager ")
    assert find_viewer(store, ANN).signature == "Commissioning manager"
    grant_role(store, ANN, ADMINISTRATOR, by=OPERATOR)
    assert find_viewer(store, ANN).title == "Commissioning manager"
    grant_role(store, ANN, OF_NORTH, by=OPERATOR, title="Director")
    assert find_viewer(store, ANN).title == "Director"
    set_title(store, ANN.upper(), "", by=OPERATOR)
    assert find_viewer(store, ANN).signature == ANN


def test_what_was_taken_away_stays_known(store: Store) -> None:
    before = datetime.now(UTC)
    grant_role(store, BEN, OF_NORTH, by=OPERATOR)
    revoke_role(store, BEN, OF_NORTH, by=Viewer("other", (ADMINISTRATOR,)))
    grant_role(store, BEN, OF_NORTH, by=OPERATOR)
    first, second = known(store, BEN).held
    assert (first.grant, first.granted_by, first.revoked_by, first.holds) == (
        OF_NORTH,
        "operator",
        "other",
        False,
    )
    assert first.revoked_at is not None
    assert before <= first.granted_at <= first.revoked_at <= second.granted_at
    assert (second.grant, second.revoked_at, second.revoked_by, second.holds) == (OF_NORTH, None, "", True)
    assert known(store, BEN).grants == (OF_NORTH,)


def test_an_impossible_role_is_refused_with_what_would_be_accepted(store: Store) -> None:
    said = {
        Grant(Role.VIEWER, Reach("mentorin")): "no service 'mentorin'. Accepted: homelessness, housing",
        Grant(Role.VIEWER, Reach(provider="east")): "no provider 'east'. Accepted: north, south.",
        Grant(Role.VIEWER, Reach(provider="North")): "no provider 'North'. Accepted: north, south.",
        Grant(Role.VIEWER, Reach(area="Hill")): "no area 'Hill'. Accepted: E1, E2, E3.",
        Grant(Role.PROVIDER): "does not say of which provider. Accepted: north, south.",
        Grant(Role.PROVIDER, Reach("mentoring", "", HILL)): "does not say of which provider. Accepted: north",
        Grant(Role.ADMINISTRATOR, Reach("mentoring")): "never limited",
        Grant(Role.ADMINISTRATOR, Reach(provider=NORTH)): "never limited",
        Grant(Role.ADMINISTRATOR, Reach(area=HILL)): "never limited",
    }
    for grant, words in said.items():
        with pytest.raises(NotPossibleRole) as refused:
            grant_role(store, ANN, grant, by=OPERATOR, title="Manager")
        assert words in str(refused.value)
    assert kept(store) == [[], []]


def test_before_there_are_settings_only_whole_roles_are_possible(empty_store: Store) -> None:
    grant_role(empty_store, ANN, ADMINISTRATOR, by=OPERATOR)
    with pytest.raises(NotPossibleRole, match="The settings hold no provider yet"):
        grant_role(empty_store, BEN, OF_NORTH, by=OPERATOR)
    with pytest.raises(NotPossibleRole, match="The settings hold no area yet"):
        grant_role(empty_store, BEN, Grant(Role.VIEWER, Reach(area=HILL)), by=OPERATOR)


def test_a_role_with_other_limits_is_another_role(store: Store) -> None:
    wide, narrow = VIEWER, Grant(Role.VIEWER, Reach("mentoring", NORTH, HILL))
    grant_role(store, ANN, wide, by=OPERATOR)
    with pytest.raises(NotPossibleRole, match=r"does not have the role viewer \(service mentoring"):
        revoke_role(store, ANN, narrow, by=OPERATOR)
    grant_role(store, ANN, narrow, by=OPERATOR)
    with pytest.raises(NotPossibleRole, match="already"):
        grant_role(store, ANN, narrow, by=OPERATOR)
    revoke_role(store, ANN, wide, by=OPERATOR)
    assert has(store, ANN) == (narrow,)


def test_a_role_that_is_not_held_is_not_taken_away(store: Store) -> None:
    with pytest.raises(NotPossibleRole, match=r"They have no role\."):
        revoke_role(store, BEN, VIEWER, by=OPERATOR)
    grant_role(store, BEN, OF_NORTH, by=OPERATOR)
    with pytest.raises(NotPossibleRole, match=r"Accepted: provider \(provider north\)\."):
        revoke_role(store, BEN, OF_SOUTH, by=OPERATOR)
    revoke_role(store, BEN, OF_NORTH, by=OPERATOR)
    with pytest.raises(NotPossibleRole, match=r"They have no role\."):
        revoke_role(store, BEN, OF_NORTH, by=OPERATOR)


def test_the_last_administrator_stays_whoever_asks(store: Store) -> None:
    grant_role(store, ANN, ADMINISTRATOR, by=OPERATOR)
    grant_role(store, BEN, ADMINISTRATOR, by=OPERATOR)
    revoke_role(store, BEN, ADMINISTRATOR, by=find_viewer(store, ANN))
    for by in (find_viewer(store, ANN), OPERATOR, LOCAL_USER):
        with pytest.raises(NotPossibleRole, match="the last administrator"):
            revoke_role(store, ANN, ADMINISTRATOR, by=by)
    assert has(store, ANN) == (ADMINISTRATOR,)


def test_two_administrators_who_take_each_other_s_role_at_once_do_not_leave_none(store: Store) -> None:
    for _ in range(5):
        for user in (ANN, BEN):
            if ADMINISTRATOR not in has(store, user):
                grant_role(store, user, ADMINISTRATOR, by=OPERATOR)
        ann, ben = find_viewer(store, ANN), find_viewer(store, BEN)

        def take(pair: tuple[Viewer, str]) -> bool:
            try:
                revoke_role(store, pair[1], ADMINISTRATOR, by=pair[0])
            except NotPossibleRole:
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(take, ((ann, BEN), (ben, ANN))))
        assert sorted(done) == [False, True]
        assert sum(ADMINISTRATOR in has(store, user) for user in (ANN, BEN)) == 1


def test_the_same_role_given_by_two_at_once_is_held_once(store: Store) -> None:
    def give(_: int) -> bool:
        try:
            grant_role(store, BEN, OF_NORTH, by=OPERATOR)
        except NotPossibleRole:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(give, range(4))) == [False, False, False, True]
    assert len(known(store, BEN).held) == 1


@pytest.mark.parametrize("write", WRITES, ids=NAMES)
def test_only_an_administrator_changes_anything(store: Store, write: Write) -> None:
    grant_role(store, BEN, OF_NORTH, by=OPERATOR, title="Manager")
    before, written = kept(store), acts(store)
    limited = Grant(Role.ADMINISTRATOR, Reach(provider=NORTH))
    for roles in ((), (Grant(Role.COMMISSIONER),), (VIEWER, Grant(Role.PRESENTER)), (OF_NORTH,), (limited,)):
        with pytest.raises(OutOfReach):
            write(store, Viewer("somebody", roles))
        assert (kept(store), acts(store)) == (before, written)
    write(store, OPERATOR)
    assert kept(store) != before


def test_only_an_administrator_reads_who_may_do_what(store: Store) -> None:
    for viewer in (COMMISSIONER, Viewer("nobody"), Viewer("ben", (OF_NORTH,))):
        with pytest.raises(OutOfReach):
            read_people(store, viewer)


def test_others_find_only_their_own_roles_however_they_ask(store: Store) -> None:
    grant_role(store, ANN, ADMINISTRATOR, by=OPERATOR)
    grant_role(store, BEN, OF_NORTH, by=OPERATOR)
    with reading(store, find_viewer(store, BEN)) as connection:
        assert connection.execute(select(people.c.person)).scalars().all() == [BEN]
        assert connection.execute(select(grants.c.person)).scalars().all() == [BEN]


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


def test_what_names_nobody_is_given_no_role(store: Store) -> None:
    for user in ("", "Jo Bloggs", "jo@council", "@council.gov.uk", "jo,ann@a.uk", "j" * 201):
        with pytest.raises(NotPossibleRole, match="Accepted: the e-mail address"):
            grant_role(store, user, VIEWER, by=OPERATOR)
    assert kept(store) == [[], []]


def test_an_id_or_an_unusual_address_names_somebody(store: Store) -> None:
    for user in ("auth0|5f7c8ec7", "0oa1b2c3d4", "jo.o'neill+x@council.gov.uk", "x" * 200):
        grant_role(store, user, VIEWER, by=OPERATOR)
        assert has(store, user) == (VIEWER,)


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


def test_looking_somebody_up_is_one_question(store: Store) -> None:
    grant_role(store, ANN, ADMINISTRATOR, by=OPERATOR)
    grant_role(store, ANN, OF_NORTH, by=OPERATOR)
    asked: list[str] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def _count(_connection, _cursor, statement, *_rest):  # type: ignore[no-untyped-def]
        asked.append(statement)

    find_viewer(store, ANN)
    assert sum("FROM" in statement for statement in asked) == 1


class Roles(RuleBasedStateMachine):
    """Whatever is given and taken, and in which order: what is kept is what a list of pairs would be."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.file = self.folder / f"{datetime.now(UTC).timestamp()}.db"
        self.store = open_store(f"sqlite:///{self.file}", Source.SHARED)
        create_at_once(self.store)
        change_settings(self.store, lambda _: some_settings(), by=COMMISSIONER)
        self.held: list[tuple[str, Grant]] = []
        self.given = 0

    def _fails(self, change: Callable[..., None], user: str, grant: Grant) -> bool:
        try:
            change(self.store, user, grant, by=OPERATOR)
        except NotPossibleRole:
            return True
        return False

    users = st.sampled_from([ANN, BEN])
    roles = st.sampled_from([ADMINISTRATOR, VIEWER, OF_NORTH, OF_SOUTH])

    @rule(user=users, grant=roles)
    def give(self, user: str, grant: Grant) -> None:
        assert self._fails(grant_role, user, grant) == ((user, grant) in self.held)
        if (user, grant) not in self.held:
            self.held.append((user, grant))
            self.given += 1

    @precondition(lambda self: self.held)
    @rule(user=users, grant=roles)
    def take(self, user: str, grant: Grant) -> None:
        last = grant == ADMINISTRATOR and [g for _, g in self.held].count(ADMINISTRATOR) == 1
        possible = (user, grant) in self.held and not last
        assert self._fails(revoke_role, user, grant) == (not possible)
        if possible:
            self.held.remove((user, grant))

    @invariant()
    def is_as_held(self) -> None:
        for user in (ANN, BEN):
            assert find_viewer(self.store, user).grants == tuple(g for u, g in self.held if u == user)
        assert sum(len(person.held) for person in read_people(self.store, OPERATOR)) == self.given

    def teardown(self) -> None:
        self.store.engine.dispose()
        for path in self.folder.glob(f"{self.file.name}*"):
            path.unlink()


def test_roles_given_and_taken_in_any_order_are_those_of_a_list(tmp_path: Path) -> None:
    Roles.folder = tmp_path
    few = settings(
        max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Roles, settings=few)
