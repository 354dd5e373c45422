"""The start of the 30 days is the contract's: setting another moves the figures, and the act before keeps its own exactly."""

from dataclasses import replace
from datetime import date

from data_access.ledger import data_version
from data_access.questions import Question
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from data_access.tallies import read_tallies
from domain.access import COMMISSIONER
from domain.selection import Selection
from domain.settings import COUNCIL_INFORMED, FAMILY_REQUEST, Settings
from domain.tally import Tally
from tests.builders import NORTH, Q1, SOUTH, a_return, a_send_case
from tests.storage.figures import contents

MAY = date(2018, 5, 1)  # 30 days later: 31 May; from 4 May, when the council was informed: 3 June
CASES = [
    a_send_case("EARLY", requested=MAY),
    a_send_case("BETWEEN", requested=MAY, meeting_date=date(2018, 6, 2), outcome_date=date(2018, 6, 2)),
    a_send_case("LATE", requested=MAY, meeting_date=date(2018, 6, 4), outcome_date=date(2018, 6, 4)),
    a_send_case("TAKEN_BACK", "CHANGED", requested=MAY, outcome_date=date(2018, 6, 1)),
    a_send_case("NOT_TOLD", "OPEN", requested=MAY, la_informed_date=None),
]


def starts_at(now: Settings, provider: str, start: str) -> Settings:
    return replace(
        now,
        contracts=tuple(
            replace(c, clock_start=start) if (c.service, c.provider) == ("send", provider) else c
            for c in now.contracts
        ),
    )


def answers(store: Store, as_of: int | None = None) -> tuple[Tally, ...]:
    chosen = Selection(service="send")
    asked = [
        Question(measure, by, chosen, None, as_of)
        for measure in (
            "mediation_held_in_time",
            "mediation_arranged_in_time",
            "certificate_after_mediation",
            "referrals",
        )
        for by in ((), ("provider",), ("month",), ("area",))
    ]
    return read_tallies(store, asked, COMMISSIONER)


def counts(tally: Tally) -> list[tuple[str, int, int]]:
    return [(" ".join(row.keys), row.met, row.base) for row in tally.rows if row.base]


def test_another_start_of_the_clock_moves_the_figures_and_leaves_the_moment_before_as_it_was(
    all_services: Store,
) -> None:
    store = all_services
    change_settings(store, lambda now: starts_at(now, SOUTH, FAMILY_REQUEST), by=COMMISSIONER.signing("ann"))
    for provider in (NORTH, SOUTH):
        save_return(store, a_return(provider, Q1, CASES, service="send"), by=COMMISSIONER.signing("ann"))
    before, version = answers(store), data_version(store)
    assert counts(before[0]) == [("", 2, 10)]
    assert counts(before[2]) == [("2018-05", 2, 10)]
    kept = contents(store)

    assert change_settings(
        store, lambda now: starts_at(now, NORTH, COUNCIL_INFORMED), by=COMMISSIONER.signing("ann")
    )
    after = answers(store)
    # From the council being informed, north's meeting of 2 June is in time, a request of 1 June was taken back in time,
    # and of the one that the council was never told of no day is known.
    assert counts(after[1]) == [("north", 2, 3), ("south", 1, 5)]
    assert counts(after[2]) == [("2018-05", 1, 5), ("2018-06", 2, 3)]
    assert [t.rows for t in after[8:]] == [t.rows for t in before[8:]]
    assert [t.rows for t in answers(store, version)] == [t.rows for t in before]

    change_settings(store, lambda now: starts_at(now, NORTH, FAMILY_REQUEST), by=COMMISSIONER.signing("ann"))
    assert [t.rows for t in answers(store)] == [t.rows for t in before]
    assert [t.rows for t in answers(store, version + 1)] == [t.rows for t in after]
    changed = {name for name, rows in contents(store).items() if rows != kept[name]}
    assert changed == {"contracts", "counter", "ledger"}


def test_a_new_contract_with_another_start_leaves_the_cases_of_the_one_before_alone(
    all_services: Store,
) -> None:
    store = all_services
    save_return(store, a_return(NORTH, Q1, CASES, service="send"), by=COMMISSIONER.signing("ann"))
    before = answers(store)

    def followed(now: Settings, day: date) -> Settings:
        first = next(c for c in now.contracts if (c.service, c.provider) == ("send", NORTH))
        new = replace(first, key="following", start=day, clock_start=COUNCIL_INFORMED)
        return replace(now, contracts=(*now.contracts, new))

    change_settings(store, lambda now: followed(now, date(2018, 6, 1)), by=COMMISSIONER.signing("ann"))
    assert [t.rows for t in answers(store)[:8]] == [t.rows for t in before[:8]], (
        "all were referred before June"
    )
    change_settings(
        store,
        lambda now: replace(now, contracts=tuple(c for c in now.contracts if c.key != "following")),
        by=COMMISSIONER.signing("ann"),
    )
    change_settings(store, lambda now: followed(now, date(2018, 4, 2)), by=COMMISSIONER.signing("ann"))
    assert counts(answers(store)[1]) == [("north", 2, 3)], "the new contract ran when they were referred"
