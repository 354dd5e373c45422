"""What is remembered of settings and returns: only as long as no act changes them, and only for whom it was read."""

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

from data_access.kept import read_kept
from data_access.ledger import data_version, record_act, take_number
from data_access.returns import list_returns, save_return, withdraw_return
from data_access.scope import SETTINGS_CHANGED
from data_access.settings import change_settings, put_settings, read_settings, settings_in
from data_access.stores import Store, Undo, reading, writing
from domain.access import COMMISSIONER, Grant, Reach, Role, Viewer
from domain.settings import Settings
from tests.builders import NORTH, SOUTH, a_case, a_return

VIEWER = Viewer("vera", (Grant(Role.VIEWER),))
OF_NORTH = Viewer("nora", (Grant(Role.PROVIDER, Reach(provider=NORTH)),))
OF_SOUTH = Viewer("sue", (Grant(Role.PROVIDER, Reach(provider=SOUTH)),))


def with_price(settings: Settings) -> Settings:
    return replace(
        settings,
        contracts=tuple(replace(c, fixed_price=Decimal(50_000)) for c in settings.contracts),
    )


def prices(store: Store, viewer: Viewer) -> set[Decimal | None]:
    return {contract.fixed_price for contract in read_settings(store, viewer).contracts}


def test_a_change_of_settings_is_read_at_once_and_the_past_keeps_its_own(store: Store) -> None:
    before = read_settings(store, COMMISSIONER)
    assert read_settings(store, COMMISSIONER) is before, "nothing is remembered"
    change_settings(store, lambda now: replace(now, council="Elsewhere Council"), by=COMMISSIONER)
    assert read_settings(store, COMMISSIONER).council == "Elsewhere Council"
    assert read_settings(store, COMMISSIONER, as_of=1).council == before.council


def test_a_price_is_remembered_for_nobody_who_may_not_see_it(store: Store) -> None:
    change_settings(store, with_price, by=COMMISSIONER)
    assert prices(store, COMMISSIONER) == {Decimal(50_000)}
    assert prices(store, VIEWER) == {None}
    assert prices(store, COMMISSIONER) == {Decimal(50_000)}


def test_what_a_transaction_wrote_and_undid_is_not_remembered_for_the_act_that_takes_its_number(
    store: Store,
) -> None:
    with suppress(Undo), writing(store, COMMISSIONER) as connection:
        seq = take_number(connection)
        record_act(connection, seq, who="ann", kind=SETTINGS_CHANGED, subject="settings")
        now = settings_in(connection)
        put_settings(connection, now, replace(now, council="Never Council"), seq)
        assert settings_in(connection).council == "Never Council"
        raise Undo
    save_return(store, a_return(cases=[a_case()]), by=COMMISSIONER)
    assert data_version(store) == seq
    with reading(store, COMMISSIONER) as connection:
        assert settings_in(connection).council == "Anywhere Council"


def test_a_return_is_listed_at_once_and_so_is_that_it_was_withdrawn(store: Store) -> None:
    assert list_returns(store, COMMISSIONER) == ()
    kept = save_return(store, a_return(cases=[a_case()]), by=COMMISSIONER)
    assert [one.state for one in list_returns(store, COMMISSIONER)] == ["current"]
    withdraw_return(store, kept.id, by=COMMISSIONER, why="sent in error")
    assert [one.state for one in list_returns(store, COMMISSIONER)] == ["withdrawn"]


def test_a_list_of_returns_is_remembered_for_nobody_else(store: Store) -> None:
    save_return(store, a_return(cases=[a_case()]), by=COMMISSIONER)
    for viewer, count in ((COMMISSIONER, 1), (OF_NORTH, 1), (OF_SOUTH, 0), (COMMISSIONER, 1)):
        assert len(list_returns(store, viewer)) == count
    # Somebody is asked about in a transaction that may read more.
    for asked, count in ((COMMISSIONER, 1), (OF_SOUTH, 0), (OF_NORTH, 1)):
        with reading(store, COMMISSIONER) as connection:
            assert len(read_kept(connection, asked)) == count
