"""What is previewed is what comes: every figure, status and row of an effect is so after the save, and nothing else moves."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import select

from data_access.effects import read_effect
from data_access.kpis import read_kpis
from data_access.memory import forget
from data_access.questions import Question
from data_access.returns import Moved, list_returns, save_return, withdraw_return
from data_access.settings import change_settings
from data_access.stores import Store, reading
from data_access.tables import TABLE_OF
from data_access.tallies import read_tallies, read_tally
from domain.access import COMMISSIONER, Audience
from domain.disclosure import Figure
from domain.effects import Change, Effect, KpiChange
from domain.fields import Kind, Sheet, fields_of
from domain.kpis import kpis, kpis_of
from domain.measures import measure
from domain.periods import Period, quarter_of
from domain.returns import COUNCIL, Return
from domain.selection import Selection
from domain.services import SERVICES, service
from tests.builders import settings_of_all
from tests.oracles.emptied import both_stores, fill
from tests.oracles.generated import PERIODS, some_returns
from tests.storage.figures import contents

KEYS = [one.key for one in SERVICES]
RETURNS = {"mentoring": 28, "housing": 28, "homelessness": 28, "send": 16}
"""How many are checked on SQLite; together a hundred."""
BEFORE = (quarter_of(201801), quarter_of(201710), quarter_of(201707), quarter_of(201704))
"""The quarters before any that is reported, which late cases move."""

Counts = tuple[int, int]
Judged = tuple[str, str, Counts, float | None]


@pytest.fixture(scope="module")
def stores(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    targets = tuple(target for kpi in kpis() for target in kpi.starting_targets)
    with both_stores(postgres_url, tmp_path_factory.mktemp("effects")) as opened:
        for store in opened.values():
            change_settings(
                store, lambda _: replace(settings_of_all(), targets=targets), by=COMMISSIONER.signing("test")
            )
        yield opened


@dataclass(frozen=True)
class Figures:
    """Everything there is to see of a service, asked the way that the pages ask it, one period at a time."""

    shown: dict[tuple[str, str, Period | None], Counts]
    judged: dict[tuple[str, str, Period], Judged]


def figures_of(store: Store, key: str) -> Figures:
    everything = Selection(key)
    groups = ((), ("provider",)) if key == "send" else (("provider",),)
    asked = {
        (name, period, by): Question(name, by, everything.during(period))
        for name in ("referrals", service(key).headline)
        for period in (None, *PERIODS)
        for by in groups
    } | {
        ("live_cases", period, by): Question("live_cases", by, everything, period.last_month)
        for period in PERIODS
        for by in groups
    }
    shown: dict[tuple[str, str, Period | None], Counts] = {}
    tallies = read_tallies(store, list(asked.values()), COMMISSIONER)
    for (name, period, _), tally in zip(asked, tallies, strict=True):
        for row in tally.rows:
            shown[name, "".join(row.keys), period] = row.met, row.base
    for name in ("referrals", service(key).headline):
        for by in groups:
            for row in read_tally(store, Question(name, (*by, "quarter"), everything), COMMISSIONER).rows:
                *whose, quarter = row.keys
                if quarter and (period := Period.parse(quarter)) in BEFORE:
                    shown[name, "".join(whose), period] = row.met, row.base
    judged = {
        (s.kpi.id, s.provider, period): (s.status.value, s.why, (s.met or 0, s.base or 0), s.value)
        for period in PERIODS
        for by in groups
        for s in read_kpis(store, period, COMMISSIONER, Audience.US, by=by, service=key)
    }
    return Figures(shown, judged)


def moving(judged: Judged) -> tuple[str, Counts, float | None]:
    """What of a status is a change: not its sentence."""
    status, _, counts, value = judged
    return status, counts, value


def counts_of(figure: Figure | None) -> tuple[int, int]:
    return (figure.met, figure.base) if figure else (0, 0)


def check_figure(change: Change, period: Period | None, whose: str, before: Figures, after: Figures) -> None:
    key = change.after.measure.key, whose, period
    assert counts_of(change.before.total) == (before.shown.get(key) or (0, 0)), key
    assert counts_of(change.after.total) == (after.shown.get(key) or (0, 0)), key


def check_kpi(change: KpiChange, period: Period, whose: str, before: Figures, after: Figures) -> None:
    key = change.kpi.id, whose, period
    for verdict, figure, seen in (
        (change.before, change.figure_before, before.judged.get(key)),
        (change.after, change.figure_after, after.judged.get(key)),
    ):
        if seen is None:  # the page says nothing of a provider that nothing is wanted of
            assert (verdict.status, figure) == ("no_return", None), key
        else:
            assert (verdict.status, verdict.why) == seen[:2], key
            assert counts_of(figure) == seen[2], key


def check_effect(effect: Effect, new: Return, before: Figures, after: Figures, covered: set[Period]) -> None:
    whose = "" if new.provider == COUNCIL else new.provider
    mine = [k for k in kpis_of(new.service) if not k.programme_only]
    mine = [k for k in mine if (k.accountable == "council") is (new.provider == COUNCIL)]
    # One of several figures, of a contract year or of another return is not previewed.
    several = [k for k in mine if k.by or k.contract_year or measure(k.measure, new.service).in_totals_only]
    mine = [k for k in mine if k not in several]
    assert [change.kpi for change in effect.kpis] == mine
    for change in effect.in_period:
        check_figure(change, new.period, whose, before, after)
    for change in effect.in_all:
        check_figure(change, None, whose, before, after)
    for kpi in effect.kpis:
        check_kpi(kpi, new.period, whose, before, after)
    for elsewhere in effect.moved_elsewhere:
        for change in elsewhere.figures:
            check_figure(change, elsewhere.period, whose, before, after)
        for kpi in elsewhere.kpis:
            check_kpi(kpi, elsewhere.period, whose, before, after)
    found = {(c.after.measure.key, e.period) for e in effect.moved_elsewhere for c in e.figures}
    found |= {(k.kpi.id, e.period) for e in effect.moved_elsewhere for k in e.kpis}
    uncovered = {p for p in (*PERIODS, *BEFORE) if p not in covered and p.end < new.period.start}
    expected = {
        (key, period)
        for key, owner, period in before.shown.keys() | after.shown.keys()
        if owner == whose and (period in covered or (period in uncovered and key != "live_cases"))
        if (before.shown.get((key, owner, period)) or (0, 0))
        != (after.shown.get((key, owner, period)) or (0, 0))
    }
    ids = {k.id for k in mine}
    expected |= {
        (key, period)
        for key, owner, period in after.judged
        if owner == whose and key in ids and period in covered
        # A mean may be another one though as many have it.
        if moving(before.judged[key, owner, period]) != moving(after.judged[key, owner, period])
    }
    assert found == expected  # all that moves elsewhere is said, and nothing that does not


def rows_of(store: Store, new: Return) -> dict[Any, Any]:
    """The rows of the main sheet that count for the sender, by reference."""
    sheet = Sheet.SUPPLEMENT if new.provider == COUNCIL else Sheet.CASES
    table = TABLE_OF[sheet]
    query = select(table).where(table.c.in_force, table.c.service == new.service)
    if sheet is Sheet.CASES:
        query = query.where(table.c.provider == new.provider)
    with reading(store, COMMISSIONER) as connection:
        found = list(connection.execute(query).mappings())
    return {(row["provider"], row["case_ref"]): row for row in found}


def check_rows(
    effect: Effect, new: Return, before: dict[Any, Any], after: dict[Any, Any], store: Store, saved: str
) -> None:
    own = next(kept for kept in list_returns(store, COMMISSIONER) if kept.id == saved)
    standing = {kept.row for kept in list_returns(store, COMMISSIONER) if kept.state == "current"}
    settings = settings_of_all()
    name = {
        key: key[1] if new.provider != COUNCIL else f"{settings.provider_label(key[0])}: {key[1]}"
        for key in (*before, *after)
    }
    mine = {key: row for key, row in after.items() if row["return_id"] == own.row}
    sheet = Sheet.SUPPLEMENT if new.provider == COUNCIL else Sheet.CASES
    fields = [f for f in fields_of(sheet, new.service) if f.key not in ("case_ref", "provider")]

    def told(row: Any) -> list[Any]:
        return [
            frozenset((row[f.key] or "").split(";")) if f.kind is Kind.CODES else row[f.key] for f in fields
        ]

    changed = {key for key in mine if key in before and told(mine[key]) != told(before[key])}
    removed = {key for key, row in before.items() if row["return_id"] not in standing and key not in mine}
    rows = effect.rows
    assert list(rows.added) == sorted(name[key] for key in mine if key not in before)
    assert [c.ref for c in rows.changed] == sorted(name[key] for key in changed)
    for change in rows.changed:
        key = next(key for key in changed if name[key] == change.ref)
        pairs = zip(told(mine[key]), told(before[key]), strict=True)
        assert len(change.fields) == sum(old != new for old, new in pairs)
        assert all(old != said for _, old, said in change.fields)
    assert list(rows.removed) == sorted(name[key] for key in removed)
    assert rows.same == len(mine) - len(rows.added) - len(changed)
    assert rows.passed_over == len(new.rows(sheet)) - len(mine)
    if sheet is Sheet.SUPPLEMENT:
        return
    gone = {
        key
        for key in before.keys() & after.keys() - removed
        if before[key]["vanished_on"] is None and after[key]["vanished_on"] is not None
    }
    assert list(rows.vanished) == sorted(name[key] for key in gone)
    again = (
        key for key in mine if key in before and (before[key]["ended"], mine[key]["ended"]) == ("Y", "N")
    )
    assert list(rows.reopened) == sorted(name[key] for key in again)
    first = new.period.first_month
    late = [row["referral_month"] for key, row in mine.items() if key not in before]
    assert rows.late_n == sum(month is not None and month < first for month in late)


def another(new: Return, number: int) -> Return:
    """What somebody else saves meanwhile: a nil return of the same sender for some period."""
    period = PERIODS[number % len(PERIODS)]
    return Return(
        new.service, new.provider, period, (), (), f"meanwhile {number}", "meanwhile.xlsx", nil=True
    )


def run(store: Store, key: str, number: int) -> int:
    """Save one seed's returns as a person does, with somebody else in between now and then; gives how many were checked."""
    drawn = random.Random(number)
    fill(store, [])
    forget(store.url)  # the database was emptied behind its back
    before = figures_of(store, key)
    checked = 0
    for new in (sent for sent in some_returns(key, number) if sent.service == key):
        if drawn.random() < 0.25:
            held = [k for k in list_returns(store, COMMISSIONER) if k.state == "current"]
            if held:
                withdraw_return(
                    store, drawn.choice(held).id, by=COMMISSIONER.signing("ann"), why="sent in error"
                )
            before = figures_of(store, key)
        if drawn.random() < 0.25:
            effect = read_effect(store, new, COMMISSIONER, Audience.US)
            other = save_return(store, another(new, checked), by=COMMISSIONER.signing("Ben Okri"))
            held_now = contents(store)
            with pytest.raises(Moved, match="Ben Okri") as refused:
                save_return(store, new, by=COMMISSIONER.signing("ann"), expected=effect.version)
            assert refused.value.return_ids == (other.id,)
            assert contents(store) == held_now
            before = figures_of(store, key)
        rows_before = rows_of(store, new)
        effect = read_effect(store, new, COMMISSIONER, Audience.US)
        saved = save_return(store, new, by=COMMISSIONER.signing("ann"), expected=effect.version)
        after = figures_of(store, key)
        now = [k for k in list_returns(store, COMMISSIONER) if k.state == "current" and k.service == key]
        theirs = [
            k for k in now if (k.provider == new.provider or new.provider == COUNCIL) and not k.from_council
        ]
        check_effect(effect, new, before, after, {k.period for k in theirs} - {new.period})
        check_rows(effect, new, rows_before, rows_of(store, new), store, saved.id)
        before = after
        checked += 1
    return checked


def run_some(store: Store, key: str, wanted: int) -> None:
    checked, number = 0, 700
    while checked < wanted:
        checked, number = checked + run(store, key, number), number + 1


@pytest.mark.parametrize(("key", "wanted"), RETURNS.items())
def test_every_figure_status_and_row_afterwards_is_the_one_previewed(
    stores: dict[str, Store], key: str, wanted: int
) -> None:
    run_some(stores["sqlite"], key, wanted)


@pytest.mark.parametrize("key", KEYS)
def test_so_it_is_on_postgresql(stores: dict[str, Store], key: str) -> None:
    run_some(stores["postgresql"], key, 2)
