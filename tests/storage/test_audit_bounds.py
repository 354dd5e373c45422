"""Somebody who hammers does not fill the audit, and hides nothing behind it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from data_access import audit as module
from data_access.audit import (
    MOST_REFUSED,
    note,
)
from data_access.stores import Store
from domain.access import Viewer
from domain.audit import Act
from tests.storage.entries import ANONYMOUS, BEN, NOBODY, entries


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that have passed, as the audit sees them; nothing was written lately."""
    now = [1000.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    monkeypatch.setattr(module, "_lately", {})
    return now


@pytest.mark.parametrize("act", [Act.REFUSED, Act.SAW_CASES])
def test_the_same_again_within_a_minute_is_one_row(store: Store, clock: list[float], act: Act) -> None:
    def again(viewer: Viewer = BEN, subject: str = "/returns") -> bool:
        return note(store, viewer, act, service="mentoring", subject=subject)

    assert [again() for _ in range(5)] == [True, False, False, False, False]
    assert again(NOBODY)
    assert again(subject="/upload")
    clock[0] += 59.9
    assert not again()
    clock[0] += 0.2
    assert again()
    assert len(entries(store)) == 4


def test_what_somebody_did_is_a_row_each_time(store: Store, clock: list[float]) -> None:
    done = [act for act in Act if act not in (Act.REFUSED, Act.SAW_CASES) for _ in range(3)]
    assert all(note(store, BEN, act, subject="the same") for act in done)
    assert [e.act for e in entries(store)] == done


def test_refusals_of_one_person_are_bounded_and_the_last_says_so(store: Store, clock: list[float]) -> None:
    kept = [note(store, ANONYMOUS, Act.REFUSED, subject=f"/{n}") for n in range(100)]
    assert kept == [True] * MOST_REFUSED + [False] * (100 - MOST_REFUSED)
    said = [e.detail for e in entries(store)]
    assert said == [""] * (MOST_REFUSED - 1) + ["more refusals of this minute are not kept"]
    # Nobody hides what they take away, or what another is refused, behind refusals of their own.
    assert note(store, ANONYMOUS, Act.EXPORTED)
    assert note(store, ANONYMOUS, Act.SAW_CASES)
    assert note(store, BEN, Act.REFUSED, subject="/0")
    clock[0] += 61
    assert note(store, ANONYMOUS, Act.REFUSED, subject="/0")


def test_looks_at_different_cases_are_each_kept(store: Store, clock: list[float]) -> None:
    kept = [note(store, BEN, Act.SAW_CASES, subject=f"list {n}") for n in range(MOST_REFUSED + 5)]
    assert all(kept)


def test_many_at_once_who_are_refused_the_same_leave_one_row(store: Store, clock: list[float]) -> None:
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda _: note(store, BEN, Act.REFUSED, subject="/returns"), range(40)))
    assert sum(kept) == 1
    assert len(entries(store)) == 1


def test_a_refusal_that_could_not_be_written_is_written_the_next_time(
    store: Store, clock: list[float]
) -> None:
    def rename(old: str, new: str) -> None:
        with store.engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))

    rename("audit", "elsewhere")
    with pytest.raises(SQLAlchemyError):
        note(store, BEN, Act.REFUSED)
    rename("elsewhere", "audit")
    assert note(store, BEN, Act.REFUSED)
