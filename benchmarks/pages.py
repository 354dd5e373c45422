"""`python -m benchmarks.pages`: how long each page takes at 100,000 cases of one service, as a multiple of the same page without any.

Three times a page: on an empty database, on the full one when nothing is remembered yet, and again. Written to var/bench_pages.json.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from benchmarks.any_service import generated_returns
from components.navigation import PAGES
from data_access.memory import forget
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.starting import start
from data_access.stores import open_store
from domain.access import COMMISSIONER
from domain.services import service
from domain.tally import Source
from sample_data.settings import example_settings

SIZE = 100_000
ROUNDS = 3
SHELL = Path(__file__).parents[1] / "pages" / "_shell.py"


def _open(file: str, service_key: str) -> AppTest:
    app = AppTest.from_file(str(SHELL), default_timeout=600)
    app.query_params["service"] = service_key
    app.run()
    app.switch_page(file).run()
    if app.exception:
        raise RuntimeError(f"{file}: {app.exception[0].message}")
    return app


def _rerun_ms(app: AppTest, url: str, *, cold: bool) -> float:
    times = []
    for _ in range(ROUNDS):
        if cold:
            forget(url)
        begun = time.perf_counter()
        app.run()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def _times(url: str, service_key: str) -> dict[str, tuple[float, float]]:
    os.environ["DATABASE_URL"] = url
    found = {}
    for entry in PAGES:
        app = _open(entry.file, service_key)
        found[entry.title] = (_rerun_ms(app, url, cold=True), _rerun_ms(app, url, cold=False))
    return found


def main(service_key: str = "send") -> None:
    """Time every page and print the table."""
    chosen = service(service_key)
    with tempfile.TemporaryDirectory() as folder:
        urls = [f"sqlite:///{folder}/{name}.db" for name in ("nothing", "full")]
        for url, size in zip(urls, (0, SIZE), strict=True):
            store = open_store(url, Source.SHARED)
            start(store)
            change_settings(store, lambda _: example_settings(), by=COMMISSIONER.signing("bench"))
            for one in generated_returns(chosen, example_settings(), size) if size else ():
                save_return(store, one, by=COMMISSIONER.signing("bench"))
            store.engine.dispose()
        empty, full = (_times(url, service_key) for url in urls)
    table = {
        page: {
            "empty_ms": round(empty[page][1]),
            "first_ms": round(full[page][0]),
            "again_ms": round(full[page][1]),
            "ratio": round(full[page][1] / empty[page][1], 1),
            "ratio_first": round(full[page][0] / empty[page][1], 1),
        }
        for page in empty
    }
    for page, row in table.items():
        print(f"{page:28} " + "  ".join(f"{name} {number:>8}" for name, number in row.items()))
    Path("var").mkdir(exist_ok=True)
    Path("var/bench_pages.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
