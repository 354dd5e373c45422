"""`python -m benchmarks`: how long the commonest questions take, against loading all cases and counting them in pandas.

How long it takes to hide what others may not see, to say how far figures may be relied on, and to make a meeting's slides, against reading
the figures alone. How long it takes to price drawn contract years under every way of paying, against a loop over them. And how long it
takes to read and check a large return, against merely reading its cells. Writes var/bench.json:
{name: {"ratio": times faster, "against": what, "ours_ms": …, "theirs_ms": …}}; of a return that is read, the ratio is how many times
longer we take, and `memory_ratio` how many times its unpacked size the memory was. Seconds differ from machine to machine; the ratio is
what is kept an eye on.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pandas as pd
from sqlalchemy import select

from benchmarks import uploading
from benchmarks.cases import many_returns
from benchmarks.methods import measure_methods
from benchmarks.packs import measure_packs
from benchmarks.prices import measure_prices
from benchmarks.reading import measure_reading
from benchmarks.timing import median_ms
from data_access.memory import forget
from data_access.questions import Question
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.starting import start
from data_access.stores import Store, open_store, reading
from data_access.tables import cases
from data_access.tallies import read_tally
from domain.access import COMMISSIONER
from domain.selection import Selection
from domain.tally import Source
from sample_data.settings import example_settings

SIZE = 10_000
ROUNDS = 5
QUESTIONS = {
    "referrals by month": Question("referrals", ("month",)),
    "prevention rate by area": Question("prevention_rate", ("area",)),
    "prevention rate by provider and quarter": Question("prevention_rate", ("provider", "quarter")),
    "one provider's referrals by area": Question(
        "referrals", ("area",), Selection("mentoring", providers=("provider-a",))
    ),
}


def _all_in_pandas(store: Store) -> object:
    with reading(store, COMMISSIONER) as connection:
        rows = connection.execute(select(cases).where(cases.c.in_force))
        frame = pd.DataFrame(list(map(tuple, rows)), columns=list(rows.keys()))
    return frame.groupby("referral_month").size()


def _ask(store: Store, question: Question) -> object:
    forget(store.url)
    return read_tally(store, question, COMMISSIONER)


def main() -> None:
    """Time every question and print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/bench.db", Source.SHARED)
        start(store)
        change_settings(store, lambda _: example_settings(), by=COMMISSIONER.signing("bench"))
        for one in many_returns(SIZE):
            save_return(store, one, by=COMMISSIONER.signing("bench"))
        naive = median_ms(lambda: _all_in_pandas(store), ROUNDS)
        found: dict[str, dict[str, object]] = {}
        for name, question in QUESTIONS.items():
            ours = median_ms(lambda question=question: _ask(store, question), ROUNDS)  # type: ignore[misc]
            found[name] = {
                "ratio": round(naive / ours, 1),
                "against": f"loading {SIZE:,} cases into pandas and counting them",
                "ours_ms": round(ours, 1),
                "theirs_ms": round(naive, 1),
            }
        read_tally(store, QUESTIONS["referrals by month"], COMMISSIONER)
        again = median_ms(lambda: read_tally(store, QUESTIONS["referrals by month"], COMMISSIONER), ROUNDS)
        found["the same question again"] = {
            "ratio": round(naive / again, 1),
            "against": f"loading {SIZE:,} cases into pandas and counting them",
            "ours_ms": round(again, 2),
            "theirs_ms": round(naive, 1),
        }
        methods = measure_methods(store) | measure_packs(store)
        store.engine.dispose()
    found |= measure_prices()
    for name, row in found.items():
        print(f"{name:44} {row['ratio']:>7} times faster than {row['against']}")
    for name, row in methods.items():
        print(f"{name:44} {row['ratio']:>7} times as long as {row['against']}")
    found |= methods
    read = measure_reading()
    for name, row in read.items():
        print(f"{name:44} {row['ratio']:>7} times as long as {row['against']}", end="; ")
        print(f"{row['memory_ratio']} times the {row['unpacked_mb']} MB of the unpacked file in memory")
    found |= read
    Path("var").mkdir(exist_ok=True)
    Path("var/bench.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    uploading.main()


if __name__ == "__main__":
    main()
