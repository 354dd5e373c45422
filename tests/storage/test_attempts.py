"""Files that were checked: what is kept of a check, and who may see it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from data_access.attempts import Attempt, read_attempts, record_attempt
from data_access.ledger import data_version
from data_access.stores import Store, reading
from data_access.tables import attempts
from domain.access import COMMISSIONER
from domain.periods import Period
from domain.tally import Source
from tests.builders import NORTH, Q1, Q2, SERVICE, SOUTH, of_provider

NOON = datetime(2018, 7, 3, 12, 0, tzinfo=UTC)
FIRST, SECOND = Period.parse(Q1), Period.parse(Q2)


def test_the_latest_check_of_each_provider_and_period_is_read(store: Store) -> None:
    for provider, period, must_fix, hours in (
        (NORTH, FIRST, 4, 0),
        (NORTH, FIRST, 1, 2),
        (NORTH, SECOND, 0, 1),
        (SOUTH, FIRST, 9, 3),
    ):
        record_attempt(
            store, COMMISSIONER, SERVICE, provider, period, must_fix, 2, NOON + timedelta(hours=hours)
        )
    assert read_attempts(store, COMMISSIONER, SERVICE) == (
        Attempt(SERVICE, SOUTH, FIRST, NOON + timedelta(hours=3), 9, 2),
        Attempt(SERVICE, NORTH, FIRST, NOON + timedelta(hours=2), 1, 2),
        Attempt(SERVICE, NORTH, SECOND, NOON + timedelta(hours=1), 0, 2),
    )
    assert read_attempts(store, COMMISSIONER, "send") == ()


def test_a_check_moves_no_figure(store: Store) -> None:
    before = data_version(store)
    record_attempt(store, COMMISSIONER, SERVICE, NORTH, FIRST, 4, 0, NOON)
    assert data_version(store) == before


def test_a_provider_sees_its_own_checks_only(store: Store) -> None:
    record_attempt(store, COMMISSIONER, SERVICE, NORTH, FIRST, 4, 0, NOON)
    record_attempt(store, COMMISSIONER, SERVICE, SOUTH, FIRST, 2, 0, NOON)
    seen = read_attempts(store, of_provider("south", SOUTH), SERVICE)
    assert [attempt.provider for attempt in seen] == [SOUTH]


def test_nothing_is_kept_of_a_check_on_the_examples_or_a_file_looked_at(store: Store) -> None:
    for source in (Source.EXAMPLES, Source.IN_HAND):
        assert not record_attempt(
            replace(store, source=source), COMMISSIONER, SERVICE, NORTH, FIRST, 4, 0, NOON
        )
    with reading(store, COMMISSIONER) as connection:
        assert connection.execute(select(attempts)).all() == []
