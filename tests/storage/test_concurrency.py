"""Several people at once: no save is lost, and nobody who reads waits for one who saves, nor the other way round."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event

import pytest

from data_access.effects import read_effect
from data_access.ledger import current_version, data_version
from data_access.returns import Moved, Refused, Saved, list_returns, save_return, withdraw_return
from data_access.settings import change_settings
from data_access.stores import Store, open_store, reading
from data_access.tables import cases
from data_access.versions_between import read_difference
from domain.access import COMMISSIONER, Audience
from domain.periods import Period, month_end, month_start, next_month
from domain.returns import Return
from domain.settings import Provider, Settings
from domain.tally import Source
from tests.builders import NORTH, Q1, Q2, a_case, a_return
from tests.storage.figures import assert_whole, total

WRITERS, SAVES, MONTHS, ROUNDS = 8, 50, 10, 5
DEADLOCK = (
    60.0  # seconds after which a test that waits for another thread fails; never reached when all is well
)


def test_eight_writers_of_fifty_saves_lose_none(store: Store) -> None:
    """Two writers share a provider and its ten months, so versions of one key are made by both, in turn."""
    before = data_version(store)
    together = Barrier(WRITERS)

    def write(writer: int) -> list[str]:
        together.wait(DEADLOCK)
        made = []
        for number in range(SAVES):
            first = next_month(201801, number % MONTHS)
            period = Period(month_start(first), month_end(first))
            new = a_return(f"provider-{writer // 2}", period, [a_case(f"{writer}-{number}"), a_case()])
            saved = save_return(store, new, by=COMMISSIONER.signing(f"writer {writer}"))
            assert saved.changed
            made.append(saved.id)
        return made

    with ThreadPoolExecutor(WRITERS) as pool:
        acknowledged = [identity for made in pool.map(write, range(WRITERS)) for identity in made]

    assert len(set(acknowledged)) == WRITERS * SAVES
    kept = assert_whole(store)  # counter, ledger and versions without a gap; every row there
    assert {k.id for k in kept} == set(acknowledged)
    assert data_version(store) == before + WRITERS * SAVES
    assert sum(k.state == "current" for k in kept) == WRITERS // 2 * MONTHS
    assert {k.version for k in kept} == set(range(1, 2 * SAVES // MONTHS + 1))


def test_settings_changed_at_once_are_all_kept(store: Store) -> None:
    together = Barrier(WRITERS)

    def add(writer: int) -> None:
        def with_provider(now: Settings) -> Settings:
            return Settings(now.council, (*now.providers, Provider(f"new-{writer}", f"New {writer}")))

        together.wait(DEADLOCK)
        assert change_settings(store, with_provider, by=COMMISSIONER.signing(f"writer {writer}"))

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(add, range(WRITERS)))
    assert data_version(store) == 1 + WRITERS


def test_one_of_two_saves_prepared_at_once_is_refused(store: Store) -> None:
    together = Barrier(WRITERS)
    expected = data_version(store)

    def write(writer: int) -> bool:
        together.wait(DEADLOCK)
        try:
            save_return(
                store,
                a_return(NORTH, Q1, [a_case()]),
                by=COMMISSIONER.signing(f"writer {writer}"),
                expected=expected,
            )
        except ValueError:
            return False
        return True

    with ThreadPoolExecutor(WRITERS) as pool:
        assert sorted(pool.map(write, range(WRITERS))) == [False] * (WRITERS - 1) + [True]
    assert len(list_returns(store, COMMISSIONER)) == 1


@pytest.fixture
def desks(database_url: str, store: Store) -> Iterator[tuple[Store, Store]]:
    """Two dashboards on one database, each with connections of its own."""
    opened = [open_store(database_url, Source.SHARED) for _ in range(2)]
    yield opened[0], opened[1]
    for one in opened:
        one.engine.dispose()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave or how it was refused, all of them begun at the same moment."""
    together = Barrier(len(acts))

    def do(act: Callable[[], object]) -> object:
        together.wait(DEADLOCK)
        try:
            return act()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def prepared(desk: Store, new: Return, user: str) -> Callable[[], object]:
    """A save of what one manager has seen the effect of."""
    effect = read_effect(desk, new, COMMISSIONER, Audience.US)
    return partial(save_return, desk, new, by=COMMISSIONER.signing(user), expected=effect.version)


def test_of_two_managers_who_save_a_period_at_once_one_is_shown_what_the_other_did(
    store: Store, desks: tuple[Store, Store]
) -> None:
    for round_ in range(ROUNDS):
        mine, theirs = (a_return(NORTH, Q1, [a_case(f"{who}-{round_}"), a_case("both")]) for who in "ab")
        found = at_once(prepared(desks[0], mine, "Ann"), prepared(desks[1], theirs, "Ben"))
        (won,) = (one for one in found if isinstance(one, Saved))
        (lost,) = (one for one in found if isinstance(one, Moved))
        ann_won = found[0] is won
        assert lost.who == ("Ann" if ann_won else "Ben")
        assert (lost.return_ids, lost.seq) == ((won.id,), data_version(store))
        difference = read_difference(store, COMMISSIONER, "", lost.return_ids[0])
        assert f"{'a' if ann_won else 'b'}-{round_}" in difference.rows.added
        assert difference.later.version == 3 * round_ + 1
        # Whoever lost has lost nothing: prepared again, the file is saved on top.
        again, whose = (theirs, "Ben") if ann_won else (mine, "Ann")
        redone = prepared(desks[0], again, whose)()
        assert isinstance(redone, Saved)
        withdraw_return(store, redone.id, by=COMMISSIONER.signing("Ann"), why="only tried")
        withdraw_return(store, won.id, by=COMMISSIONER.signing("Ann"), why="only tried")
        save_return(
            store, a_return(NORTH, Q1, [a_case("both")], digest=f"{round_}"), by=COMMISSIONER.signing("Ann")
        )
        assert_whole(store)


def test_of_a_save_and_a_withdrawal_at_once_only_one_happens(
    store: Store, desks: tuple[Store, Store]
) -> None:
    for round_ in range(ROUNDS):
        first = save_return(
            store, a_return(NORTH, Q1, [a_case(f"first-{round_}")]), by=COMMISSIONER.signing("Ann")
        )
        corrected = a_return(NORTH, Q1, [a_case(f"corrected-{round_}")])
        saving = prepared(desks[0], corrected, "Ann")
        withdrawing = partial(
            withdraw_return, desks[1], first.id, by=COMMISSIONER.signing("Ben"), why="sent in error"
        )
        saved, withdrawn = at_once(saving, withdrawing)
        now = {kept.id: kept.state for kept in assert_whole(store)}
        if isinstance(saved, Saved):
            assert isinstance(withdrawn, Refused)
            assert (now[saved.id], now[first.id]) == ("current", "replaced")
        else:
            assert isinstance(saved, Moved)
            assert (saved.who, saved.return_ids, now[first.id]) == ("Ben", (first.id,), "withdrawn")


def test_a_save_does_not_wait_for_a_reader_whose_moment_does_not_move(store: Store) -> None:
    save_return(store, a_return(NORTH, Q1, [a_case()]), by=COMMISSIONER.signing("ann"))
    with ThreadPoolExecutor(1) as pool, reading(store, COMMISSIONER) as connection:
        before = current_version(connection), len(connection.execute(cases.select()).all())
        saving = pool.submit(
            save_return, store, a_return(NORTH, Q2, [a_case(), a_case()]), by=COMMISSIONER.signing("ben")
        )
        assert saving.result(DEADLOCK).changed  # it commits while the reader is still in the middle
        assert (current_version(connection), len(connection.execute(cases.select()).all())) == before
    assert total(store) == 3


def test_a_reader_does_not_wait_for_a_save_and_sees_nothing_of_it(store: Store) -> None:
    save_return(store, a_return(NORTH, Q1, [a_case()]), by=COMMISSIONER.signing("ann"))
    saving, read = Event(), Event()

    def hold(_: Settings) -> Settings:
        """Called in the middle of a writing transaction: its number is taken and its act not yet written."""
        saving.set()
        assert read.wait(DEADLOCK)
        return Settings("Another council")

    with ThreadPoolExecutor(1) as pool:
        changing = pool.submit(change_settings, store, hold, by=COMMISSIONER.signing("ben"))
        assert saving.wait(DEADLOCK)
        try:
            assert (data_version(store), total(store)) == (2, 1)
            assert not changing.done()
        finally:
            read.set()
        assert changing.result(DEADLOCK)
    assert data_version(store) == 3


def test_every_answer_is_of_one_moment(store: Store) -> None:
    """The version and the rows are read together: with each save one case more."""
    done = Event()

    def read() -> int:
        reads = 0
        while not done.is_set() or reads == 0:
            with reading(store, COMMISSIONER) as connection:
                version = current_version(connection)
                assert len(connection.execute(cases.select()).all()) == version - 1
            reads += 1
        return reads

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        try:
            for _ in range(30):
                save_return(store, a_return(NORTH, Q1, [a_case()]), by=COMMISSIONER.signing("ann"))
        finally:
            done.set()
        assert all(reader.result(DEADLOCK) for reader in readers)
