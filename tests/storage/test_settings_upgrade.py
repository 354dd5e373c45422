"""A database of before keeps its settings and their past when it is brought up to date."""

from datetime import date

from alembic import command
from sqlalchemy import text

from data_access.schema import _config, step_of, upgrade
from data_access.settings import read_settings
from data_access.stores import Store, open_store, writing
from domain.access import COMMISSIONER
from domain.periods import PeriodKind
from domain.settings import Contract
from domain.tally import Source


def of_before(url: str) -> Store:
    """A database at the first step, with a contract whose due days changed once."""
    store = open_store(url, Source.SHARED)
    config = _config()
    with writing(store, COMMISSIONER) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text("INSERT INTO counter (name, seq) VALUES ('acts', 2)"))
        for seq in (1, 2):
            connection.execute(
                text(
                    "INSERT INTO ledger (seq, at, who, kind, subject) "
                    "VALUES (:seq, '2026-01-01 12:00:00', 'ann', 'settings changed', 'settings')"
                ),
                {"seq": seq},
            )
        for seq, ended, due in ((1, 2, 20), (2, None, 15)):
            connection.execute(
                text(
                    "INSERT INTO contracts "
                    "(seq, ended_seq, key, service, provider, start_on, reporting, due_days, example) "
                    "VALUES (:seq, :ended, 'c', 'mentoring', 'north', '2018-04-01', "
                    """'[["2018-04-01", "month"]]', :due, false)"""
                ).bindparams(seq=seq, ended=ended, due=due)
            )
    return store


def test_contracts_of_before_mean_what_they_meant(database_url: str) -> None:
    store = of_before(database_url)
    assert step_of(store) == "0001"
    upgrade(store)
    reporting = ((date(2018, 4, 1), PeriodKind.MONTH),)
    plain = Contract("c", "mentoring", "north", date(2018, 4, 1), None, reporting, 15)
    assert read_settings(store, COMMISSIONER).contracts == (plain,)
    assert [c.due_days for c in read_settings(store, COMMISSIONER, as_of=1).contracts] == [20]
    assert read_settings(store, COMMISSIONER).questions == ()
    store.engine.dispose()
