"""Who may do what: every rule of giving and taking roles, and that a change holds at the next look."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select

from data_access.people import (
    NotPossibleRole,
    find_viewer,
    grant_role,
    read_people,
    revoke_role,
    signed_out_at,
)
from data_access.stores import Store, reading
from data_access.tables import grants, people
from domain.access import COMMISSIONER, LOCAL_USER, Grant, OutOfReach, Reach, Role, Viewer
from tests.builders import HILL, NORTH
from tests.storage.roles import (
    ADMINISTRATOR,
    ANN,
    BEN,
    NAMES,
    OF_NORTH,
    OF_SOUTH,
    OPERATOR,
    VIEWER,
    WRITES,
    Write,
    acts,
    has,
    kept,
    known,
)


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


def test_what_names_nobody_is_given_no_role(store: Store) -> None:
    for user in ("", "Jo Bloggs", "jo@council", "@council.gov.uk", "jo,ann@a.uk", "j" * 201):
        with pytest.raises(NotPossibleRole, match="Accepted: the e-mail address"):
            grant_role(store, user, VIEWER, by=OPERATOR)
    assert kept(store) == [[], []]


def test_an_id_or_an_unusual_address_names_somebody(store: Store) -> None:
    for user in ("auth0|5f7c8ec7", "0oa1b2c3d4", "jo.o'neill+x@council.gov.uk", "x" * 200):
        grant_role(store, user, VIEWER, by=OPERATOR)
        assert has(store, user) == (VIEWER,)


def test_looking_somebody_up_is_one_question(store: Store) -> None:
    grant_role(store, ANN, ADMINISTRATOR, by=OPERATOR)
    grant_role(store, ANN, OF_NORTH, by=OPERATOR)
    asked: list[str] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def _count(_connection, _cursor, statement, *_rest):  # type: ignore[no-untyped-def]
        asked.append(statement)

    find_viewer(store, ANN)
    assert sum("FROM" in statement for statement in asked) == 1
