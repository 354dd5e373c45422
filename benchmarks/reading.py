"""How long it takes to read, understand and check a large return, against merely reading its cells with the fastest reader.

`python -m benchmarks.reading FILE` does it once, alone in its process, and prints how much memory that took.
"""

from __future__ import annotations

import io
import json
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from python_calamine import load_workbook

from data_access.spreadsheets.apart import read_apart
from domain.checks import check_draft
from domain.drafts import KnownReturns
from domain.matching import propose
from sample_data.settings import example_settings

RETURNS = Path(__file__).resolve().parents[1] / "sample_data" / "returns"
SIZES = (10_000, 50_000)
ROUNDS = 3
KNOWN = KnownReturns(date(2025, 4, 20))


def large_return(size: int) -> bytes:
    """A return of SEND mediation with so many cases and every column: those of the last eight example returns, over and over."""
    grids = [load_workbook(str(path)) for path in sorted(RETURNS.glob("norfolk-mdr*.xlsx"))[-8:]]
    headers, *_ = grids[-1].get_sheet_by_name("Cases").to_python()
    rows = [row for book in grids for row in book.get_sheet_by_name("Cases").to_python()[1:]]
    out = io.BytesIO()
    book = Workbook(write_only=True)
    cover = book.create_sheet("Cover")
    for line in grids[-1].get_sheet_by_name("Cover").to_python(skip_empty_area=False):
        if not str(line[0]).startswith("Number of"):
            cover.append([cell if cell != "" else None for cell in line])
    cover.append(["Number of cases", size])
    cases = book.create_sheet("Cases")
    cases.append(headers)
    for number in range(size):
        row = [cell if cell != "" else None for cell in rows[number % len(rows)]]
        cases.append([f"Z-{number:06d}", *row[1:]])
    book.save(out)
    return out.getvalue()


def from_end_to_end(data: bytes) -> int:
    """Read the file in its own process, propose what it means and check it; gives the child's peak of memory, in bytes."""
    peaks: list[int] = []
    settings = example_settings()
    draft = read_apart("return.xlsx", data, on_peak=peaks.append)
    propose(draft, settings, today=KNOWN.today)
    examined = check_draft(draft, settings, KNOWN)
    if examined.accepted is None:
        raise ValueError(examined.must_fix[0].sentence)
    return peaks[0]


def only_read(data: bytes) -> None:
    """Every cell of the workbook, and nothing else."""
    book = load_workbook(io.BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def measure_reading() -> dict[str, dict[str, object]]:
    """What `make bench` keeps of it, by name."""
    found: dict[str, dict[str, object]] = {}
    for size in SIZES:
        data = large_return(size)
        theirs, ours = (
            _seconds(lambda data=data: only_read(data)),
            _seconds(lambda data=data: from_end_to_end(data)),
        )  # type: ignore[misc]
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        peak = _peak_alone(data)
        found[f"reading, matching and checking {size:,} rows"] = {
            "ratio": round(ours / theirs, 1),
            "against": "merely reading them with calamine",
            "ours_ms": round(ours * 1000),
            "theirs_ms": round(theirs * 1000),
            "memory_ratio": round(peak / unpacked, 1),
            "unpacked_mb": round(unpacked / 1e6, 1),
            "peak_mb": round(peak / 1e6),
        }
    return found


def _seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _peak_alone(data: bytes) -> int:
    """The most memory of both processes together, in bytes, without what an idle one holds."""
    alone = [sys.executable, "-m", "benchmarks.reading"]
    said = subprocess.run(alone, input=data, capture_output=True, check=True)  # noqa: S603 - ourselves
    return int(json.loads(said.stdout)["peak"])


def _held() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def main() -> None:
    """Do it once with the file on standard input, and say how much memory that took."""
    data = sys.stdin.buffer.read()
    idle = _held()
    child = from_end_to_end(data)
    print(json.dumps({"peak": child + _held() - idle}))


if __name__ == "__main__":
    main()
