"""A process killed while it saves leaves the whole return or nothing, and never loses what it said was saved."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from data_access.examples import SAMPLE_FOLDER
from data_access.returns import list_returns
from data_access.schema import upgrade
from data_access.settings import change_settings, read_settings
from data_access.settings_workbook import read_settings_workbook
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER
from domain.returns import Return
from domain.tally import Source
from tests.builders import NORTH, Q1, Q2, Q3, SOUTH, a_case, a_return, an_activity
from tests.storage.figures import assert_whole, total
from tests.storage.killing import Killed, Pace, Word, kill_while_saving, wait_until_gone

CASES = 40
KILLS = {"sqlite": 200, "postgresql": 50}


def a_full_return(chance: random.Random) -> Return:
    """A new version of one of six keys, big enough that there are moments between its rows."""
    cases = [a_case() for _ in range(CASES)]
    provider, period = chance.choice((NORTH, SOUTH)), chance.choice((Q1, Q2, Q3))
    return a_return(provider, period, cases, [an_activity(case) for case in cases])


def a_moment(chance: random.Random, pace: Pace, killed: Counter[str]) -> tuple[Word, float]:
    """When to kill: mostly at any moment up to the acknowledgement, every fifth time within COMMIT itself.

    A machine that is faster or busier than a moment ago shifts these; so as soon as too few fell before COMMIT, one that does is due.
    """
    if killed["before commit"] <= 0.6 * killed.total():
        return Word.BEGUN, chance.uniform(0, 0.9 * pace.soonest_commit)
    if chance.random() < 0.4:
        return Word.COMMITTING, chance.uniform(0, pace.acknowledgement - pace.commit)
    return Word.BEGUN, chance.uniform(0, 1.1 * pace.acknowledgement)


def moment_of(life: Killed) -> str:
    return "before commit" if life.before_commit else "after the word" if life.acknowledged else "in commit"


def test_kills_inside_the_saving_transaction(
    store: Store, record_property: Callable[[str, object], None]
) -> None:
    kind = store.engine.dialect.name
    chance = random.Random(20181031)
    store.engine.dispose()  # the children open the database themselves, as after a crash
    pace = Pace(store.url, [a_full_return(chance) for _ in range(7)])
    promised = len(assert_whole(store))
    assert promised == 7

    killed: Counter[str] = Counter()
    became: Counter[str] = Counter()
    for number in range(1, KILLS[kind] + 1):
        before = {k.id for k in list_returns(store, COMMISSIONER)}
        store.engine.dispose()
        after, delay = a_moment(chance, pace, killed)
        life = kill_while_saving(store.url, a_full_return(chance), after=after, delay=delay)
        wait_until_gone(store)
        kept = {k.id: k for k in list_returns(store, COMMISSIONER)}
        new = set(kept) - before
        assert before <= set(kept)
        assert len(new) <= 1
        assert len(new) == 1 or not life.acknowledged, "an acknowledged return was lost"
        assert not new or not life.before_commit, "a return that was not yet committed is there"
        killed[moment_of(life)] += 1
        pace.learn(life)
        became["whole" if new else "none"] += 1
        if number % 25 == 0:
            assert_whole(store)  # also: each return has all its rows, and the flags are right

    assert len(assert_whole(store)) == promised + became["whole"]
    assert total(store) > 0
    measured = ", ".join(f"{n} {when}" for when, n in killed.items())
    record_property("measured", f"{killed.total()} kills on {kind}: {measured}; returns: {dict(became)}")
    assert killed.total() == KILLS[kind]
    assert killed["before commit"] * 2 >= KILLS[kind]
    assert killed["in commit"] + killed["after the word"] > 0


@pytest.fixture
def command(sqlite_url: str) -> Callable[[Path], list[str]]:
    """`load` on a database under the examples' settings, as it is typed."""
    store = open_store(sqlite_url, Source.SHARED)
    upgrade(store)
    read = read_settings_workbook("settings.xlsx", (SAMPLE_FOLDER / "settings.xlsx").read_bytes()).settings
    assert read is not None
    change_settings(store, lambda _: read, by=COMMISSIONER.signing("tests"))
    assert read_settings(store, COMMISSIONER).providers
    store.engine.dispose()
    words = [
        sys.executable,
        "-u",
        "-m",
        "data_access",
        "load",
        "--user",
        "killed",
        "--accept-warnings",
        "trial",
    ]
    return lambda path: [*words, str(path)]


def test_kills_of_the_whole_command(
    sqlite_url: str,
    command: Callable[[Path], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    chance = random.Random(471)
    files = sorted((SAMPLE_FOLDER / "returns").glob("*_2017-*.xlsx"))
    began = time.monotonic()
    first = subprocess.run(command(files[0]), capture_output=True, text=True, check=True)
    whole = time.monotonic() - began
    assert "saved as" in first.stdout
    promised, found = {first.stdout.split()[-1]}, Counter[str]()
    for path in files[1:6]:
        process = subprocess.Popen(command(path), stdout=subprocess.PIPE, text=True)
        time.sleep(chance.uniform(0.3, 1.0) * whole)
        process.kill()
        said, _ = process.communicate()
        store = open_store(sqlite_url, Source.SHARED)
        kept = {k.id for k in assert_whole(store)}
        store.engine.dispose()
        if "saved as" in said:
            promised.add(said.split()[-1])
        found["acknowledged" if "saved as" in said else "not"] += 1
        assert promised <= kept
        assert len(kept) <= 1 + found.total()
    record_property(
        "measured", f"5 kills of the whole command: {dict(found)}; returns with the first: {len(kept)}"
    )
