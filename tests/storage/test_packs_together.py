"""Packs of each provider and of all, of two quarters, given to several providers in turn: together they reveal nothing that is hidden.

Kept small for the sake of time: of the examples referrals, outcomes and the headline share; of generated returns the whole agenda once.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from data_access.intake import examine
from data_access.issued import keep_issue
from data_access.packs.files import pack_files
from data_access.packs.reading import read_pack
from data_access.returns import known_returns, list_returns, save_return, withdraw_return
from data_access.settings import read_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, Audience
from domain.agenda import AGENDA
from domain.look import Look
from domain.meetings import About, Meeting
from domain.pack import MeetingPack
from domain.periods import Period
from domain.returns import Return
from domain.tally import Source
from tests.builders import HILL, NORTH, Q1, Q2, SHORE, SOUTH, VALE, a_case, a_return
from tests.oracles.audit_in_turn import InTurn
from tests.oracles.audit_subjects import Subject
from tests.oracles.pack_files_read import strange_in
from tests.oracles.pack_numbers import issued_with, not_issued, unexplained
from tests.storage.conftest import opened

BY = COMMISSIONER.signing("tests")
TODAY = date(2018, 11, 1)
SAMPLES = Path(__file__).parents[2] / "sample_data" / "returns"
MENTORING = "mentoring"
OF_REFERRALS = Subject(MENTORING, "referrals", "outcome")
OF_ENDED = Subject(MENTORING, "prevention_rate", "outcome")
ALL = tuple(item.key for item in AGENDA)


@dataclass(frozen=True)
class Moment:
    """What was given out of the data as they were once."""

    version: int
    packs: tuple[MeetingPack, ...]


def issue(store: Store, pack: MeetingPack) -> None:
    assert pack.issue is not None
    keep_issue(store, BY, pack.issue, file_name=f"{pack.provider or 'all'}.pdf", provider=pack.provider)


def give_out(
    store: Store, quarter: str, providers: Sequence[str], agenda: Sequence[str], *, in_turn: bool
) -> Moment:
    """The pack of each provider and that of all, each issued before the next is made, or all of them once they are drawn."""
    packs = []
    for provider in (*providers, ""):
        about = About(MENTORING, Period.parse(quarter), Audience.PROVIDERS, provider)
        pack = read_pack(store, COMMISSIONER, Meeting(about, agenda=tuple(agenda)), today=TODAY)
        packs.append(pack)
        if in_turn:
            issue(store, pack)
    for pack in () if in_turn else packs:
        issue(store, pack)
    return Moment(packs[0].version, tuple(packs))


def audit(store: Store, subject: Subject, knowing: str, moments: Sequence[Moment]) -> InTurn:
    """The audit of one subject over all that was given out, made of the counts as they were at each moment."""
    found = InTurn(subject, knowing)
    for moment in moments:
        own = subject.count(store, knowing, moment.version) if knowing else {}
        found.add(subject.count(store, as_of=moment.version), own, issued_with(moment.packs))
    found.read()
    assert found.wrong() == []
    assert found.facts
    assert found.secrets()
    return found


def late(sent: Return, many: int) -> Return:
    """A return with more cases of the quarter before it: so few that how many came is a small number."""
    alike = [case for case in sent.cases if case.get("outcome") == "PREVENTED"][:many]
    assert len(alike) == many
    dates = {
        "referral_date": date(2018, 6, 20),
        "outcome_date": date(2018, 6, 28),
        "entered_date": date(2018, 7, 9),
    }
    more = [case | dates | {"case_ref": f"LATE-{number}"} for number, case in enumerate(alike)]
    return replace(sent, cases=(*sent.cases, *more))


@pytest.fixture(scope="module")
def examples(
    examples_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, list[Moment]]]:
    """The examples as a council's own: packs of the first quarter, then the return of the second with late cases, then its packs."""
    path = tmp_path_factory.mktemp("together") / "own.db"
    shutil.copy(examples_file, path)
    with opened(f"sqlite:///{path}", Source.SHARED) as store:
        settings, known = read_settings(store, BY), known_returns(store, BY, TODAY)
        names = [SAMPLES / f"provider-{letter}_2018-07_to_2018-09.xlsx" for letter in "abc"]
        sent = [examine(name.name, name, settings, known).accepted for name in names]
        for kept in list_returns(store, BY):
            if kept.service == MENTORING and kept.period.start >= date(2018, 7, 1):
                withdraw_return(store, kept.id, by=BY, why="not sent yet")
        providers, agenda = [one.provider for one in sent if one], ("volumes", "outcomes")
        moments = [give_out(store, Q1, providers, agenda, in_turn=False)]
        for one, many in zip(sent, (1, 2, 7), strict=True):
            assert one is not None
            save_return(store, late(one, many), by=BY, reason="an example", example=True)
        moments.append(give_out(store, Q2, providers, agenda, in_turn=False))
        yield store, moments


def test_every_number_of_a_pack_for_others_was_issued_or_follows_from_what_was(
    examples: tuple[Store, list[Moment]],
) -> None:
    for moment in examples[1]:
        for pack in moment.packs:
            assert not_issued(pack) == []
            assert unexplained(pack) == []
            for file in pack_files(pack, Look()) if pack is moment.packs[-1] else ():
                assert strange_in(pack, file.name, file.make()) == []
    # What is held against nothing finds nothing: a number more, in a table or in a sentence, is found.
    screen = next(one for one in pack.screens if one.table.rows)
    said = replace(screen, notes=("It was 3 of 61 who left",))
    row = (*screen.table.rows[0][:1], 3, *screen.table.rows[0][2:])
    counted = replace(screen, table=replace(screen.table, rows=(row,)))
    assert unexplained(replace(pack, screens=(said,)))
    assert not_issued(replace(pack, screens=(counted,)))
    file = pack_files(replace(pack, screens=(replace(said, notes=("It was 61.7% who left",)),)), Look())[2]
    assert strange_in(pack, file.name, file.make())


@pytest.mark.parametrize("knowing", ["", "provider-a"])
def test_packs_of_three_providers_and_two_quarters_give_nothing_small_away(
    examples: tuple[Store, list[Moment]], knowing: str
) -> None:
    store, moments = examples
    assert audit(store, OF_ENDED, knowing, moments).worked_out() == []


def some_sent(draw: random.Random) -> Iterator[list[Return]]:
    """The returns of two moments: the second quarter comes, and late cases of the first."""
    outcomes = ("PREVENTED", "UNSUCCESSFUL", "WITHDRAWN")
    kinds = list(product((NORTH, SOUTH), (HILL, VALE, SHORE), outcomes))
    numbers = {kind: draw.choice((0, 2, 6, 12, 25)) for kind in kinds}
    for quarters in ((Q1,), (Q1, Q2)):
        sent = []
        for quarter, provider in product(quarters, (NORTH, SOUTH)):
            start = Period.parse(quarter).start
            cases = [
                a_case(
                    f"{area}-{outcome}-{quarter[:7]}-{number}",
                    outcome,
                    area=area,
                    referred=start + timedelta(days=9 + number % 40),
                )
                for named, area, outcome in kinds
                for number in range(numbers[named, area, outcome])
                if named == provider
            ]
            sent.append(a_return(provider, quarter, cases))
        yield sent
        for kind in kinds:
            numbers[kind] += draw.choice((1, 2, 7)) if draw.random() < 0.2 else 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("seed", "agenda"), [(1, ALL), (3, ("volumes", "outcomes"))], ids=["whole", "part"])
def test_packs_of_generated_returns_give_nothing_small_away(
    store: Store, seed: int, agenda: tuple[str, ...]
) -> None:
    moments = []
    for quarter, sent in zip((Q1, Q2), some_sent(random.Random(seed)), strict=True):
        for one in sent:
            save_return(store, one, by=BY)
        moments.append(give_out(store, quarter, (NORTH, SOUTH), agenda, in_turn=True))
        for pack in moments[-1].packs:
            assert not_issued(pack) == []
            assert unexplained(pack) == []
    for subject, knowing in ((OF_REFERRALS, ""), (OF_ENDED, NORTH)):
        found = audit(store, subject, knowing, moments)
        assert found.worked_out() == [], (subject, knowing)
    # With one hidden number told the audit works it out.
    group, said = next(iter(found.secrets().items()))
    found.facts.append((group, found.true(group), "told"))
    assert said in found.worked_out()
