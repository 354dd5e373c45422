"""What one provider is told holds nothing of another, below the pages: checks, previews, lists of cases, and what is remembered."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from data_access import footnotes
from data_access.deadlines import read_case_deadlines
from data_access.effects import read_effect
from data_access.footnotes import read_footnotes
from data_access.held_files import HeldFile
from data_access.memory import forget
from data_access.previews import preview_return
from data_access.questions import Question
from data_access.receipts import read_receipt
from data_access.stores import Store, reading
from data_access.tables import attempts
from data_access.tallies import read_tallies
from data_access.versions_between import read_difference
from domain.access import COMMISSIONER, LOCAL_USER, Audience, Grant, OutOfReach, Reach, Role, Viewer
from domain.measures import measures_of
from domain.selection import Selection
from domain.tally import Source
from pages._upload_check import Wish, check
from pages._upload_work import Steps
from sample_data.make import RETURNS
from tests.browser.offices import AREA, RETURN_OF_B, SERVICE, A, B, copy_of, viewer_of
from tests.builders import a_return
from tests.equipment.once import ready_examples, shared_folder

AREA_ONLY = Grant(Role.VIEWER, Reach(SERVICE, area=AREA))
WORKBOOK = "housing-b_2023-04_to_2023-06.xlsx"


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ready_examples(shared_folder(tmp_path_factory))


@pytest.fixture(scope="module")
def store(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    copy = copy_of(examples, tmp_path_factory.mktemp("rows") / "dashboard.db")
    yield copy
    copy.engine.dispose()


def attempts_in(store: Store) -> int:
    with reading(store, LOCAL_USER) as connection:
        return int(connection.execute(select(func.count()).select_from(attempts)).scalar_one())


def test_by_upload_leaves_not_even_an_attempt(examples: Path, tmp_path: Path) -> None:
    store = copy_of(examples, tmp_path / "saved.db", Source.SHARED)
    wish = Wish(WORKBOOK, HeldFile({WORKBOOK: (RETURNS / WORKBOOK).read_bytes()}, "a session"))

    with pytest.raises(OutOfReach) as refused:
        check(store, viewer_of(A), wish, Steps())
    assert (refused.value.service, refused.value.provider) == (SERVICE, B)
    assert attempts_in(store) == 0

    assert check(store, viewer_of(B), wish, Steps()).already
    assert attempts_in(store) == 1
    store.engine.dispose()


def asked_of_b() -> list[Question]:
    """One question of each measure and several groupings, as A's own pages ask them: what differs is only who asks."""
    groups = ((), ("provider",), ("area",), ("quarter",))
    return [Question(one.key, by, Selection(SERVICE)) for one in measures_of(SERVICE)[:6] for by in groups]


def test_by_cached_page(store: Store) -> None:
    viewers = (viewer_of(B), COMMISSIONER, viewer_of(A), Viewer("area", (AREA_ONLY,)), Viewer("nobody"))
    questions = [q for q in asked_of_b() if can_be_asked(store, q)]
    notes = [one.key for one in measures_of(SERVICE)]

    def answers(viewer: Viewer) -> tuple[object, ...]:
        try:
            tallies = tuple(tally.rows for tally in read_tallies(store, questions, viewer))
        except OutOfReach:
            tallies = ()
        said = tuple(read_footnotes(store, viewer, SERVICE, (), None, None, key) for key in notes)
        return tallies, said

    fresh = []
    for viewer in viewers:
        forget(store.url)
        footnotes._memory.clear()
        fresh.append(answers(viewer))
    assert len({repr(one) for one in fresh}) == len(viewers)
    forget(store.url)
    footnotes._memory.clear()

    turns = [n for _ in range(8) for n in range(len(viewers))]
    random.Random(5).shuffle(turns)
    with ThreadPoolExecutor(6) as together:
        for n, found in zip(turns, together.map(lambda n: answers(viewers[n]), turns), strict=True):
            assert found == fresh[n], viewers[n]


def can_be_asked(store: Store, question: Question) -> bool:
    try:
        read_tallies(store, [question], COMMISSIONER)
    except ValueError:
        return False
    return True


def test_by_preview(store: Store) -> None:
    theirs = a_return(B, "2025-01..2025-03", service=SERVICE)
    for asked in (
        lambda: read_effect(store, theirs, viewer_of(A), Audience.US),
        lambda: preview_return(store, theirs, [Question("referrals", (), Selection(SERVICE))], viewer_of(A)),
        lambda: read_receipt(store, viewer_of(A), RETURN_OF_B),
        lambda: read_difference(store, viewer_of(A), "", RETURN_OF_B),
    ):
        with pytest.raises(OutOfReach) as refused:
            asked()
        assert refused.value.provider == B


def test_by_case_list(store: Store) -> None:
    day = date(2025, 3, 1)
    everybody = read_case_deadlines(store, COMMISSIONER, SERVICE, day)
    assert B in {one.provider for one in everybody}
    for provider in (A, B):
        found = read_case_deadlines(store, viewer_of(provider), SERVICE, day)
        assert found == tuple(one for one in everybody if one.provider == provider)
