"""`python -m benchmarks.uploading`: what a manager waits for, from the file to the saved return.

Two ratios within one run: reading, matching and checking against merely reading the cells with the fastest reader, and working out the
effect against saving. And 10,000 and 50,000 rows from end to end, with the most memory that the child process held while reading.
Written to var/bench_uploading.json.
"""

from __future__ import annotations

import io
import json
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook
from python_calamine import load_workbook

from data_access.effects import read_effect
from data_access.intake import examine_draft
from data_access.returns import known_returns, save_return
from data_access.settings import change_settings, read_settings
from data_access.spreadsheets.apart import read_apart
from data_access.starting import start
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER, Audience
from domain.columns import column_codes
from domain.fields import Sheet, fields_of
from domain.periods import Period
from domain.services import MENTORING
from domain.settings import Settings
from domain.tally import Source
from sample_data.settings import example_settings

SIZES = (10_000, 50_000)
PROVIDER, TODAY = "provider-a", date(2018, 11, 1)
QUARTERS = tuple(Period.parse(text) for text in ("2018-01..2018-03", "2018-04..2018-06", "2018-07..2018-09"))
_LABELS = {
    key: [code.label for code in column_codes(key, MENTORING.key).entries]
    for key in ("referral_route", "risk_at_assessment")
}
Answer = TypeVar("Answer")


@dataclass
class Clock:
    """How long each step took, in seconds, by its name."""

    took: dict[str, float]

    def time(self, name: str, work: Callable[[], Answer]) -> Answer:
        """Do a step and note how long it took."""
        begun = time.perf_counter()
        found = work()
        self.took[name] = self.took.get(name, 0.0) + time.perf_counter() - begun
        return found


def workbook(settings: Settings, period: Period, size: int, *, changed: bool = False) -> bytes:
    """A return with so many cases as a workbook; `changed`: one in twenty says something else and one in a hundred is new."""
    book = Workbook(write_only=True)
    cover = book.create_sheet("Cover")
    for line in (
        ("Service", MENTORING.label),
        ("Provider", settings.provider_label(PROVIDER)),
        ("Period start", period.start),
        ("Period end", period.end),
        ("Nil return", "N"),
    ):
        cover.append(line)
    wanted = [f for f in fields_of(Sheet.CASES, MENTORING.key) if f.key in _row(0, period, "", changed=False)]
    page = book.create_sheet("Cases")
    page.append([f.label for f in wanted])
    areas = [area.label for area in settings.areas_of(MENTORING.key)]
    for number in range(size):
        row = _row(number, period, areas[number % len(areas)], changed=changed)
        page.append([row[f.key] for f in wanted])
    activities = book.create_sheet("Activities")
    activities.append([f.label for f in fields_of(Sheet.ACTIVITIES, MENTORING.key)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(number: int, period: Period, area: str, *, changed: bool) -> dict[str, object]:
    referred = period.start + timedelta(days=number % 30)
    again = changed and number % 20 == 0
    new = "n" if changed and number % 100 == 99 else ""
    return {
        "case_ref": f"{period.key[:7]}-{number:06d}{new}",
        "area": area,
        "referral_date": referred,
        "entered_date": referred,
        "referral_route": _LABELS["referral_route"][number % 3],
        "risk_at_assessment": _LABELS["risk_at_assessment"][number % 3],
        "assessment_date": referred + timedelta(days=2),
        "sex": "Female",
        "outcome": "Unsuccessful" if again else "Prevented",
        "outcome_date": referred + timedelta(days=40),
    }


def _upload(store: Store, name: str, data: bytes, clock: Clock) -> int:
    """Everything between choosing a file and the saved return; gives the most memory the child held, in bytes."""
    peaks = [0]
    settings = read_settings(store, COMMISSIONER)
    draft = clock.time("read", lambda: read_apart(name, data, on_peak=peaks.append))
    known = known_returns(store, COMMISSIONER, TODAY)
    examined = clock.time("check", lambda: examine_draft(draft, settings, known))
    new = examined.accepted
    if new is None:
        raise RuntimeError(examined.must_fix[0].sentence)
    effect = clock.time("effect", lambda: read_effect(store, new, COMMISSIONER, Audience.US))
    clock.time(
        "save", lambda: save_return(store, new, by=COMMISSIONER.signing("bench"), expected=effect.version)
    )
    return max(peaks)


def _merely_read(data: bytes) -> None:
    book = load_workbook(io.BytesIO(data))
    for name in book.sheet_names:
        for _ in book.get_sheet_by_name(name).iter_rows():
            pass


def _once(size: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/bench.db", Source.SHARED)
        start(store)
        change_settings(store, lambda _: example_settings(), by=COMMISSIONER.signing("bench"))
        settings = read_settings(store, COMMISSIONER)
        for period in QUARTERS:
            _upload(store, "before.xlsx", workbook(settings, period, size), Clock({}))
        data = workbook(settings, QUARTERS[-1], size, changed=True)
        clock, mere = Clock({}), Clock({})
        mere.time("mere", lambda: _merely_read(data))
        peak = _upload(store, "corrected.xlsx", data, clock)
        store.engine.dispose()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    took = clock.took
    return {
        "rows": size,
        "read and check: times merely reading": round((took["read"] + took["check"]) / mere.took["mere"], 1),
        "effect: times saving": round(took["effect"] / took["save"], 2),
        "memory: times the unpacked file": round(peak / unpacked, 1),
        "end to end, seconds": round(sum(took.values()), 1),
        **{f"{name}, seconds": round(seconds, 2) for name, seconds in took.items()},
    }


def main() -> None:
    """Upload a corrected return of each size on top of three earlier ones, and print what it took."""
    found = [_once(size) for size in SIZES]
    for row in found:
        print("  ".join(f"{name} {value:,}" for name, value in row.items()))
    Path("var").mkdir(exist_ok=True)
    Path("var/bench_uploading.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
