"""The same pages for a commissioner and for each of two providers: to each its own figures, and none from which others follow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select

from components.navigation import PAGES
from data_access.questions import Question
from data_access.stores import Store, reading
from data_access.tables import cases
from data_access.tallies import read_tally
from domain.access import COMMISSIONER, LOCAL_USER, Grant, Role
from domain.measures import Split, measures_of
from domain.selection import Selection
from tests.browser.offices import NAME_A, NAME_B, SERVICE, A, B, Offices, grant_of, open_offices, viewer_of
from tests.equipment.once import ready_examples, shared_folder

FIGURES = ("", "demand", "reasons", "outcomes", "satisfaction")
NAMED = {A: (A, NAME_A), B: (B, NAME_B)}
REFERENCE = {A: r"HA-\d{4}", B: r"HB-\d{4}"}
OTHER = {A: B, B: A}


@dataclass
class Seen:
    """What somebody was sent of each page: its title, its charts, and every frame."""

    titles: dict[str, str] = field(default_factory=dict)
    charts: dict[str, list[str]] = field(default_factory=dict)
    sent: dict[str, bytes] = field(default_factory=dict)


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    examples = ready_examples(shared_folder(tmp_path_factory))
    with open_offices(examples, tmp_path_factory.mktemp("offices")) as running:
        yield running


def look(offices: Offices, user: str, grant: Grant, pages: tuple[str, ...], query: str = "") -> Seen:
    """Every page in a session of its own, so that nothing is left out as already sent."""
    seen, client = Seen(), offices.sign_in(user, grant)
    for path in pages:
        with offices.visit(client) as visit:
            visit.open(path, f"service={SERVICE}{query}")
            seen.titles[path], seen.charts[path] = visit.title, visit.charts
            seen.sent[path] = b"\n".join(visit.frames)
    return seen


@pytest.fixture(scope="module")
def seen(offices: Offices) -> dict[str, Seen]:
    """What the commissioner and both providers see of every page; the commissioner goes first, so that all is remembered by then."""
    pages = tuple(entry.url_path for entry in PAGES)
    people = {"commissioner": Grant(Role.COMMISSIONER), A: grant_of(A), B: grant_of(B)}
    return {who: look(offices, f"{who}@x.example", grant, pages) for who, grant in people.items()}


def drawn(charts: list[str]) -> list[object]:
    """What charts show: their values and the words at them. Colours and patterns go by who else may be drawn."""
    return [
        [
            (trace.get("name"), trace.get("x"), trace.get("y"), trace.get("text"))
            for trace in json.loads(chart)["data"]
        ]
        for chart in charts
    ]


def referrals(store: Store) -> dict[str, int]:
    """Cases in force of each provider, counted in plain SQL."""
    with reading(store, LOCAL_USER) as connection:
        rows = connection.execute(
            select(cases.c.provider, func.count().label("number"))
            .where(cases.c.in_force, cases.c.service == SERVICE)
            .group_by(cases.c.provider)
        )
        return {row.provider: int(row.number) for row in rows}


@pytest.mark.parametrize("provider", [A, B])
def test_a_provider_is_sent_nothing_of_the_other_on_any_page(seen: dict[str, Seen], provider: str) -> None:
    other = OTHER[provider]
    for path, sent in seen[provider].sent.items():
        assert [name for name in NAMED[other] if name.encode() in sent] == [], path
        assert seen[provider].titles[path] != seen[other].titles[path] or path not in FIGURES
    whole = b"".join(seen["commissioner"].sent.values())
    assert all(name.encode() in whole for pair in NAMED.values() for name in pair)


@pytest.mark.parametrize("provider", [A, B])
def test_no_reference_of_a_case_of_the_other_is_sent(seen: dict[str, Seen], provider: str) -> None:
    sent = b"".join(seen[provider].sent.values())
    assert re.findall(REFERENCE[OTHER[provider]].encode(), sent) == []


def test_no_total_of_the_contract_is_sent_to_a_provider(offices: Offices, seen: dict[str, Seen]) -> None:
    counted = referrals(offices.store)
    total, every = sum(counted.values()), f"{sum(counted.values()):,}".encode()
    assert set(counted) == {A, B}
    assert seen["commissioner"].titles["demand"].startswith(f"{total:,} referrals")
    for provider, number in counted.items():
        assert seen[provider].titles["demand"].startswith(f"{number:,} referrals")
        for path, sent in seen[provider].sent.items():
            assert every not in sent, (provider, path)
            assert f"{counted[OTHER[provider]]:,} referrals".encode() not in sent, (provider, path)


@pytest.mark.parametrize("provider", [A, B])
def test_a_provider_s_charts_are_those_of_a_commissioner_who_chose_it(
    offices: Offices, seen: dict[str, Seen], provider: str
) -> None:
    chosen = look(
        offices, "commissioner@x.example", Grant(Role.COMMISSIONER), FIGURES, f"&provider={provider}"
    )
    for path in FIGURES:
        assert seen[provider].titles[path] == chosen.titles[path]
        assert drawn(seen[provider].charts[path]) == drawn(chosen.charts[path]), path
    assert sum(map(len, chosen.charts.values())) > 10


@pytest.mark.parametrize("provider", [A, B])
def test_every_measure_of_a_provider_is_the_commissioner_s_of_it(offices: Offices, provider: str) -> None:
    for declared in measures_of(SERVICE):
        for by in ((), ("area",)) + (((declared.field,),) if isinstance(declared, Split) else ()):
            try:
                expected = read_tally(
                    offices.store,
                    Question(declared.key, by, Selection(SERVICE, providers=(provider,))),
                    COMMISSIONER,
                )
            except ValueError:
                continue  # a measure that cannot be grouped so
            at = expected.at
            own = read_tally(
                offices.store, Question(declared.key, by, Selection(SERVICE), at), viewer_of(provider)
            )
            assert own.rows == expected.rows, (declared.key, by)
