"""One provider in the room sees its own rows, and all others together as the rest of the contract."""

from pathlib import Path

import pytest

from data_access.questions import Question
from data_access.released import read_released
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER, Audience
from domain.selection import Selection
from domain.tally import Source
from domain.whose import REST, REST_OF_CONTRACT

A = "provider-a"
SELECTION = Selection("mentoring")


@pytest.fixture(scope="module")
def examples(examples_file: Path) -> Store:
    return open_store(f"sqlite:///{examples_file}", Source.EXAMPLES)


def read(store: Store, key: str, by: tuple[str, ...], audience: Audience, selection: Selection = SELECTION):  # type: ignore[no-untyped-def]
    (found,) = read_released(store, [Question(key, by, selection)], COMMISSIONER, audience)
    return found


def test_the_others_are_one_row(examples: Store) -> None:
    ours = read(examples, "referrals", ("provider",), Audience.US)
    seen = read(examples, "referrals", ("provider",), Audience.with_provider(A))
    assert [figure.keys[0] for figure in seen.figures] == [A, REST]
    assert seen.figure(A).met == ours.figure(A).met
    assert seen.figure(REST).met == sum(figure.met for figure in ours.figures if figure.keys[0] != A)
    assert seen.figure(REST).labels == (REST_OF_CONTRACT,)


def test_its_own_rows_are_open_and_complete(examples: Store) -> None:
    own = Selection("mentoring", providers=(A,))
    ours = read(examples, "outcomes", ("area", "outcome"), Audience.US, own)
    seen = read(examples, "outcomes", ("area", "outcome"), Audience.with_provider(A), own)
    assert seen.hidden == ()
    assert [figure.met for figure in seen.figures] == [figure.met for figure in ours.figures]


def test_what_cannot_be_added_up_is_left_out_of_the_rest(examples: Store) -> None:
    seen = read(examples, "median_days_of_support", ("provider",), Audience.with_provider(A))
    assert {one.keys[0] for one in seen.in_order} <= {A}


def test_another_provider_alone_is_never_shown(examples: Store) -> None:
    other = Selection("mentoring", providers=("provider-b",))
    seen = read(examples, "referrals", (), Audience.with_provider(A), other)
    assert "rest of the contract" in seen.withheld
    assert (seen.figures, seen.total) == ((), None)
