"""Roles given and taken in any order, at the real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from data_access.people import (
    NotPossibleRole,
    find_viewer,
    grant_role,
    read_people,
    revoke_role,
)
from data_access.schema import create_at_once
from data_access.settings import change_settings
from data_access.stores import open_store
from domain.access import COMMISSIONER, Grant
from domain.tally import Source
from tests.builders import some_settings
from tests.storage.roles import (
    ADMINISTRATOR,
    ANN,
    BEN,
    OF_NORTH,
    OF_SOUTH,
    OPERATOR,
    VIEWER,
)


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
