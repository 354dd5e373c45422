"""How many cases each month, district and outcome has: one integer program over all published totals.

``python -m sample_data.mentoring.plan`` writes ``plan.csv``. The table is kept, because another solver version may find
another one of the many that fit; ``make.py`` only reads it, and a test holds it to every total.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from sample_data.mentoring import totals
from sample_data.mentoring.settings import DISTRICTS
from sample_data.mentoring.totals import AFTER, BEFORE, MONTHS, OUTCOMES, STATUSES, UNKNOWN

PLAN = Path(__file__).with_name("plan.csv")
NO_MONTH = 0
"""The month of a case without a referral date."""

AREAS = (*(key for key, _ in DISTRICTS), UNKNOWN)
Cell = tuple[int, str, str]
CELLS: tuple[Cell, ...] = tuple(
    (month, area, status) for month in (*MONTHS, NO_MONTH) for area in AREAS for status in STATUSES
)
# Open cases are mostly recent ones: about 69 by month of referral, earlier months none.
_LIVE_SHAPE = {
    201810: 19,
    201809: 15,
    201808: 11,
    201807: 8,
    201806: 6,
    201805: 5,
    201804: 3,
    201803: 1,
    201802: 1,
}


def read_plan() -> dict[Cell, int]:
    """Give the number of cases by month (0 for none), area and status, cells of nought left out."""
    with PLAN.open(encoding="utf-8", newline="") as file:
        return {
            (int(row["month"]), row["area"], row["status"]): int(row["cases"]) for row in csv.DictReader(file)
        }


def broken_totals(plan: dict[Cell, int]) -> list[str]:
    """Name every published total that a plan misses; an empty list when it fits them all."""

    def count(months: tuple[int, ...] = (), area: str = "", statuses: tuple[str, ...] = ()) -> int:
        return sum(cases for cell, cases in plan.items() if _stands_in(cell, months, area, statuses))

    wanted: list[tuple[str, int, int]] = [
        ("all cases", count(), totals.CASES),
        ("live", count(statuses=("LIVE",)), totals.LIVE),
        ("undated", count(months=(NO_MONTH,)), totals.UNDATED),
        ("undated and live", count(months=(NO_MONTH,), statuses=("LIVE",)), 0),
    ]
    wanted += [(f"month {month}", count(months=(month,)), cases) for month, cases in MONTHS.items()]
    for area, cells in totals.outcomes_by_district().items():
        wanted += [
            (f"{area} {status}", count(area=area, statuses=(status,)), n) for status, n in cells.items()
        ]
    wanted += [(f"{area} all", count(area=area), n) for area, n in totals.KNOWN_DISTRICT_TOTALS.items()]
    wanted.append(("unknown area", count(area=UNKNOWN), totals.UNKNOWN_DISTRICT_CASES))
    for area, (before, after) in totals.BEFORE_AND_AFTER.items():
        wanted += [
            (f"{area} before", count(BEFORE, area), before),
            (f"{area} after", count(AFTER, area), after),
        ]
    broken = [
        f"{what}: {found}, published {published}" for what, found, published in wanted if found != published
    ]
    for area, cells in totals.routes_by_district().items():
        routed, all_cases = sum(cells.values()), count(area=area)
        if routed > all_cases or (area not in totals.KNOWN_DISTRICT_TOTALS and all_cases >= 62):
            broken.append(
                f"{area}: {all_cases} cases, {routed} with a route, fewer than the three highest districts"
            )
    return broken


def solve() -> dict[Cell, int]:
    """Find the plan that fits every total and lies nearest to an even spread over months and districts.

    Raises
    ------
    ValueError
        When no plan fits all totals.
    """
    size = len(CELLS)
    rows: list[np.ndarray] = []
    low: list[float] = []
    high: list[float] = []

    def hold(
        wanted: int,
        most: int | None = None,
        months: tuple[int, ...] = (),
        area: str = "",
        statuses: tuple[str, ...] = (),
    ) -> None:
        row = np.zeros(2 * size)
        row[:size] = [_stands_in(cell, months, area, statuses) for cell in CELLS]
        rows.append(row)
        low.append(wanted)
        high.append(wanted if most is None else most)

    for month, cases in MONTHS.items():
        hold(cases, months=(month,))
    hold(totals.UNDATED, months=(NO_MONTH,))
    hold(0, months=(NO_MONTH,), statuses=("LIVE",))
    hold(totals.LIVE, statuses=("LIVE",))
    for area, cells in totals.outcomes_by_district().items():
        for status, cases in cells.items():
            hold(cases, area=area, statuses=(status,))
        routed = sum(totals.routes_by_district()[area].values())
        known = totals.UNKNOWN_DISTRICT_CASES if area == UNKNOWN else totals.KNOWN_DISTRICT_TOTALS.get(area)
        hold(known or max(routed, sum(cells.values())), known or 61, area=area)
    for area, (before, after) in totals.BEFORE_AND_AFTER.items():
        hold(before, months=BEFORE, area=area)
        hold(after, months=AFTER, area=area)

    # One slack a cell: its distance from the even spread, which the objective makes small.
    even = _even_spread()
    distance = np.hstack([np.eye(size), -np.eye(size)]), np.hstack([np.eye(size), np.eye(size)])
    found = milp(
        np.concatenate([np.zeros(size), np.ones(size)]),
        integrality=np.concatenate([np.ones(size), np.zeros(size)]),
        bounds=Bounds(0, np.inf),
        constraints=[
            LinearConstraint(np.array(rows), low, high),
            LinearConstraint(distance[0], -np.inf, even),
            LinearConstraint(distance[1], even, np.inf),
        ],
        options={"time_limit": 120, "mip_rel_gap": 0.02},
    )
    if found.x is None:
        raise ValueError(f"No plan fits all published totals: {found.message}")
    return {cell: round(cases) for cell, cases in zip(CELLS, found.x[:size], strict=True) if round(cases)}


def _stands_in(
    cell: Cell, months: tuple[int, ...] = (), area: str = "", statuses: tuple[str, ...] = ()
) -> bool:
    month, at, status = cell
    return (
        (not months or month in months) and (not area or at == area) and (not statuses or status in statuses)
    )


def _even_spread() -> np.ndarray:
    live = Counter(_LIVE_SHAPE)
    closed_of_month = {month: cases - live[month] for month, cases in MONTHS.items()}
    closed = sum(closed_of_month.values())
    outcomes = totals.outcomes_by_district()
    routes = totals.routes_by_district()

    def wanted(cell: Cell) -> float:
        month, area, status = cell
        if month == NO_MONTH:
            return 0.0
        if status in OUTCOMES:
            return outcomes[area][status] * closed_of_month[month] / closed
        open_cases = totals.KNOWN_DISTRICT_TOTALS.get(area, sum(routes[area].values())) - sum(
            outcomes[area].values()
        )
        return max(open_cases, 0) * live[month] / totals.LIVE

    return np.array([wanted(cell) for cell in CELLS])


def main() -> None:
    """Solve and write ``plan.csv``."""
    plan = solve()
    broken = broken_totals(plan)
    if broken:
        raise ValueError("; ".join(broken))
    with PLAN.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["month", "area", "status", "cases"])
        writer.writerows([*cell, cases] for cell, cases in plan.items())
    print(f"{PLAN.name}: {sum(plan.values())} cases in {len(plan)} cells")


if __name__ == "__main__":
    main()
