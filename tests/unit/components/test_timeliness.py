"""The titles and panels of the Timeliness page say no more than the figures bear."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from components.panel import Panel
from components.timeliness_cases import cases_table
from components.timeliness_messages import ages_message, due_message, waiting_message
from components.timeliness_open import due_panel
from components.timeliness_panels import MOST_DRAWN, kept_panel, lengths_panel
from domain.deadlines import Deadline, When, age_bands
from domain.kpis import kpi
from domain.settings import Target
from domain.timeliness import TIMED, Lengths, State
from tests.unit.components.builders import SETTINGS, Row, released

SM1B = kpi("SM1b")
LAW = SM1B.starting_targets[0]
LATEST, BEFORE = "2026-01..2026-03", "2025-10..2025-12"
OF_THE_LAW = "below the 100% that the law asks"


def panel(
    raw: Sequence[tuple[str, int, int]],
    without: Sequence[tuple[str, int, int]] = (),
    *targets: Target,
    unfinished: Sequence[str] = (),
    **settings: Any,
) -> Panel:
    def of(rows: Sequence[tuple[str, int, int]]) -> Any:
        named: list[Row] = [(key, key, met, base) for key, met, base in rows]
        return released(SM1B.measure, ("quarter",), named, service="send")

    held = replace(SETTINGS, targets=targets or (LAW,), **settings)
    return kept_panel(SM1B, of(raw), of(without or raw), held, unfinished=unfinished)


@pytest.mark.parametrize(
    ("met", "base", "target", "said"),
    [
        (41, 46, LAW, f"41 of 46 (89%) in {LATEST}, {OF_THE_LAW}"),
        (46, 46, LAW, f"46 of 46 (100%) in {LATEST}, meeting the 100% that the law asks"),
        (999, 1000, LAW, f"999 of 1,000 (99.9%) in {LATEST}, {OF_THE_LAW}"),
        (
            9,
            10,
            replace(LAW, value=Decimal("0.9")),
            f"9 of 10 (90%) in {LATEST}, meeting the 90% of the target",
        ),
        (
            9,
            10,
            replace(LAW, value=Decimal("0.9"), operator=">"),
            f"9 of 10 (90%) in {LATEST}, not above the 90% of the target",
        ),
        (9, 10, replace(LAW, kpi="SM2"), f"9 of 10 (90%) in {LATEST}"),
    ],
)
def test_the_title_holds_the_latest_whole_period_against_its_target(
    met: int, base: int, target: Target, said: str
) -> None:
    assert (
        panel([(BEFORE, 1, 2), (LATEST, met, base)], (), target).title
        == f"Mediation held within 30 days: {said}"
    )


def test_a_period_that_is_not_complete_is_not_judged() -> None:
    found = panel([(BEFORE, 1, 2), (LATEST, 0, 4)], unfinished=[LATEST])
    assert found.title.startswith(f"Mediation held within 30 days: 1 of 2 (50%) in {BEFORE}")
    assert any(LATEST in note and "not judged" in note for note in found.notes)
    assert "no period is complete yet" in panel([(LATEST, 0, 4)], unfinished=[LATEST]).title
    assert "no case has come to its day yet" in panel([]).title


def test_the_title_goes_by_the_figure_that_the_target_names() -> None:
    adjusted = replace(LAW, judged_on="adjusted")
    rows, without = [(LATEST, 41, 46)], [(LATEST, 41, 43)]
    assert f"41 of 43 (95%) in {LATEST} without the cases" in panel(rows, without, adjusted).title
    assert f"41 of 46 (89%) in {LATEST}, {OF_THE_LAW}" in panel(rows, without).title
    assert "is left without" in panel([(LATEST, 0, 2)], [(BEFORE, 0, 0)], adjusted).title


def test_both_figures_and_the_warning_past_the_cap_stand_beside_each_other() -> None:
    found = panel([(LATEST, 7, 10)], [(LATEST, 7, 7)], exceptions_cap=Decimal("0.25"))
    heads = found.table.headers
    row = dict(zip(heads, found.table.rows[0], strict=True))
    assert (row["Out of"], row["Taken out by agreed exceptions"], row["Out of without them"]) == (10, 3, 7)
    assert (row["Share without them"], row["95% limits of that"]) == ("100%", "65% to 100%")
    assert any("more than 25% of the cases due" in note and "3 of 10" in note for note in found.notes)
    at_the_cap = panel([(LATEST, 7, 10)], [(LATEST, 7, 7)], exceptions_cap=Decimal("0.30"))
    assert not any("more than" in note for note in at_the_cap.notes)


def test_each_period_keeps_the_target_of_its_time() -> None:
    later = replace(LAW, value=Decimal("0.8"), since=LAW.since.replace(year=2026))
    found = panel([(BEFORE, 9, 10), ("2026-10..2026-12", 9, 10)], (), LAW, later)
    assert [row[-2] for row in found.table.rows] == ["100%", "80%"]


def test_only_the_latest_periods_are_drawn_and_the_table_has_them_all() -> None:
    quarters = [
        (f"{year}-{month:02d}..{year}-{month + 2:02d}", 1, 2)
        for year in range(2020, 2025)
        for month in (1, 4, 7, 10)
    ]
    found = panel(quarters)
    assert found.figure is not None
    drawn = next(trace for trace in found.figure.data if trace.name == "All cases due")
    assert len(drawn.y) == MOST_DRAWN
    assert len(found.table.rows) == len(quarters)
    assert any("12 of 20" in note for note in found.notes)


def test_what_totals_give_without_days_is_said_beside_the_lengths() -> None:
    raw = released(SM1B.measure, ("quarter",), [(LATEST, LATEST, 7, 10)], service="send")
    lengths = Lengths(TIMED["SM1b"], {(20, State.ON_TIME): 5, (None, State.NOT_DONE): 1}, without_start=2)
    base = lengths_panel(SM1B, lengths, raw, SETTINGS).basis.base
    assert "n = 6 whose day has come" in base
    assert "2 without the day from which the 30 days count" in base
    assert "4 more counted in totals, which give no days" in base


def test_whoever_sent_totals_is_named_where_single_cases_are_counted() -> None:
    raw = released(SM1B.measure, ("quarter",), [(LATEST, LATEST, 7, 10)], service="send")
    found = due_panel({("a", "Mediation", When.PAST): 1}, raw, SETTINGS, LAW.since, ["Example provider B"])
    assert any("Example provider B sent as totals" in note for note in found.notes)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "No deadline of a case is waiting to be met"),
        ({When.SOON: 1}, "1 deadline falls due in the next 14 days; none is past its day"),
        ({When.PAST: 2}, "No deadline falls due in the next 14 days; 2 are already past their day"),
        (
            {When.SOON: 3, When.PAST: 1, When.SINCE: 2},
            "3 deadlines fall due in the next 14 days; 1 is already past its day; of 2 more the day came after the last return",
        ),
    ],
)
def test_what_falls_due_is_said_apart_from_what_nobody_knows(counts: dict[When, int], said: str) -> None:
    assert due_message(counts) == said


def test_the_titles_of_what_is_open() -> None:
    young, _, older, _, oldest = age_bands()
    assert (
        ages_message({young: 3, older: 2, oldest: 1}) == "6 cases are open, 3 of them for more than 30 days"
    )
    assert ages_message({young: 1}) == "1 case is open, none of them for more than 30 days"
    assert ages_message({}) == "No case is open"
    assert waiting_message({When.PAST: 1, When.LATER: 2}) == (
        "3 deadlines are still to be met: 1 past their day and 2 in more than 30 days"
    )


def test_days_left_count_to_the_last_day_and_say_when_it_has_passed() -> None:
    today = LAW.since
    found = [
        Deadline(today.replace(day=day), "send", "a", "Mediation", f"k{day}", ref=f"C{day}") for day in (1, 8)
    ]
    now = today.replace(day=3)
    assert [row[-1] for row in cases_table(found, SETTINGS, now).rows] == ["2 days past", 5]
