"""How long it takes to make a meeting's pack and its slides, against reading the counts that stand in it alone."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from datetime import date

from pptx import Presentation

from data_access.coverage import coverage_in
from data_access.kpis import question_of
from data_access.memory import forget
from data_access.packs.asking import questions_of
from data_access.packs.frame import Frame
from data_access.packs.reading import read_pack
from data_access.packs.slides import write_slides
from data_access.questions import Question
from data_access.settings import read_settings, settings_in
from data_access.stores import Store, reading
from data_access.tallies import read_tallies
from domain.access import COMMISSIONER
from domain.kpis import kpis_of
from domain.look import look_of
from domain.meetings import About, Meeting
from domain.pack import MeetingPack
from domain.periods import Period
from domain.services import MENTORING

ROUNDS = 3
_ABOUT = About(MENTORING.key, Period.parse("2018-07..2018-09"), provider="provider-a")
_AGENDA = ("actions", "kpis", "volumes", "outcomes", "new_actions")
"""Twelve slides, of these cases; how many there really are is said."""
_TODAY = date(2018, 10, 22)


def measure_packs(store: Store) -> dict[str, dict[str, object]]:
    """What `make bench` keeps of it, by name."""
    look, asked = look_of(read_settings(store, COMMISSIONER)), _questions(store)
    pack, slides = _read(store), b""

    def drawn() -> None:
        nonlocal slides
        slides = write_slides(pack, look)

    drawn()
    number = len(Presentation(io.BytesIO(slides)).slides)
    alone = _median_ms(store, lambda: read_tallies(store, asked, COMMISSIONER))
    read = _median_ms(store, lambda: _read(store))
    both = _median_ms(store, lambda: write_slides(_read(store), look))
    against = f"reading the {len(asked)} counts of its {number} slides alone"
    found = {"what a meeting is shown": read, "the slides of a meeting": both}
    return {
        name: {
            "ratio": round(took / alone, 1),
            "against": against,
            "ours_ms": round(took, 1),
            "theirs_ms": round(alone, 1),
        }
        for name, took in found.items()
    }


def _read(store: Store) -> MeetingPack:
    return read_pack(store, COMMISSIONER, Meeting(_ABOUT, _AGENDA), today=_TODAY)


def _questions(store: Store) -> list[Question]:
    """Every count that the pack is made of: those of its charts, and those of its KPIs now and before."""
    with reading(store, COMMISSIONER) as connection:
        settings = settings_in(connection)
        every = coverage_in(connection, COMMISSIONER, settings, _ABOUT.service)
        own = coverage_in(connection, COMMISSIONER, settings, _ABOUT.service, (_ABOUT.provider,))
    frame = Frame(_ABOUT, MENTORING, settings, every, own, COMMISSIONER)
    judged = [
        question_of(kpi, period, frame.by, settings, _ABOUT.service, None)
        for period in (frame.period, frame.earlier)
        for kpi in kpis_of(_ABOUT.service)
        if kpi.measure
    ]
    return list(dict.fromkeys([*questions_of(_AGENDA, frame).values(), *judged]))


def _median_ms(store: Store, work: Callable[[], object]) -> float:
    """How long it takes where nothing is remembered."""
    times = []
    for _ in range(ROUNDS):
        forget(store.url)
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)
