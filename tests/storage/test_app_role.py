"""The dashboard as on a server: the tables belong to their owner, and it reads and writes as a role to which they do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError, ProgrammingError

from data_access.attempts import read_attempts, record_attempt
from data_access.audit import note, read_audit
from data_access.exceptions import agree, read_exceptions, take_back
from data_access.intake import examine
from data_access.ledger import data_version
from data_access.originals import original_of
from data_access.people import find_viewer, grant_role, read_people, revoke_role, set_title, sign_out
from data_access.previews import preview_return
from data_access.procurement.scenarios import (
    bring_back_scenario,
    list_scenarios,
    read_scenario,
    remove_scenario,
    save_scenario,
)
from data_access.questions import Question
from data_access.receipts import read_original
from data_access.return_rows import WithReturn
from data_access.returns import list_returns, save_return, withdraw_return
from data_access.schema import upgrade
from data_access.settings import change_settings, read_settings
from data_access.settings_history import read_settings_history
from data_access.settings_history import take_back as take_back_settings
from data_access.stores import Store, open_store, reading, writing
from data_access.tallies import read_tally
from domain.accepted import AcceptedWarning
from domain.access import COMMISSIONER, LOCAL_USER, Grant, Reach, Role, Viewer
from domain.audit import Act
from domain.exceptions import AgreedException, Cause
from domain.periods import Period
from domain.procurement.scenario import Scenario
from domain.selection import Selection
from domain.tally import Source
from tests.builders import (
    HILL,
    NORTH,
    Q1,
    Q2,
    SOUTH,
    VALE,
    a_case,
    a_return,
    a_send_case,
    a_supplement,
    a_supplement_row,
    an_activity,
    of_area,
    of_provider,
    settings_of_all,
)
from tests.storage.walled import Walled, walled
from tests.upload_files.returns import KNOWN, SETTINGS, right_return
from tests.upload_files.returns import a_return as a_file

NORA, SUE = of_provider("nora", NORTH), of_provider("sue", SOUTH)
CASES = [a_case(f"C{n}", area=area) for n, area in enumerate((HILL, HILL, VALE))]
CASE = a_send_case("ONE")
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def served(postgres_url: str) -> Iterator[Walled]:
    with walled(postgres_url) as found:
        yield found


def met(store: Store, viewer: Viewer, measure: str, service: str = "mentoring", *by: str) -> list[object]:
    rows = read_tally(store, Question(measure, by, Selection(service=service)), viewer).rows
    return [(row.keys, row.met, row.base) for row in rows]


def send_returns(store: Store) -> list[object]:
    """Cases, a correction, a supplement, totals and a withdrawal, each saved by whoever sends it."""
    saved = []
    for by, provider in ((NORA, NORTH), (SUE, SOUTH)):
        accepted = AcceptedWarning("r", "c", "said", 1, "because", fields=("area",))
        activities = [an_activity(case, activity_ref=f"A-{case['case_ref']}") for case in CASES]
        first = a_return(provider, Q1, CASES[:2], activities[:2], digest="1" * 64)
        saved.append(save_return(store, first, by=by))
        again = a_return(provider, Q1, CASES, activities, digest="2" * 64)
        saved.append(save_return(store, again, by=by, with_it=WithReturn((accepted,))))
        saved.append(save_return(store, a_return(provider, Q1, [CASE], service="send"), by=by))
    saved.append(
        save_return(
            store, a_supplement(Q1, [a_supplement_row(CASE), a_supplement_row(CASE, SOUTH)]), by=COMMISSIONER
        )
    )
    period = Period.parse(Q2)
    total = {
        "measure": "referrals", "breakdown": None, "category": None, "area": None, "period_start": period.start,
        "period_end": period.end, "count": 7, "denominator": None, "unit": None,
    }  # fmt: skip
    saved.append(save_return(store, a_return(NORTH, Q2, totals=[total]), by=NORA))
    gone = save_return(store, a_return(SOUTH, Q2, [CASES[0]]), by=SUE)
    saved.append(withdraw_return(store, gone.id, by=SUE, why="wrong file").id)
    saved.append(record_attempt(store, NORA, "mentoring", NORTH, period, 1, 2, NOW))
    return saved


def keep_a_file(store: Store) -> str:
    change_settings(store, lambda _: replace(SETTINGS, keep_originals=True), by=COMMISSIONER)
    settings, data = read_settings(store, COMMISSIONER), a_file()
    examined = examine("return.xlsx", data, settings, KNOWN)
    assert examined.accepted is not None
    by = of_provider("paul", examined.accepted.provider)
    beside = WithReturn(original=original_of(examined, settings, data))
    identity = save_return(store, examined.accepted, by=by, with_it=beside).id
    assert read_original(store, by, identity) == ("return.xlsx", data)
    return identity


def decide_on_people(store: Store) -> list[object]:
    grant_role(
        store, "nora@example.org", Grant(Role.PROVIDER, Reach("", NORTH)), by=LOCAL_USER, title="Manager"
    )
    grant_role(store, "nora@example.org", Grant(Role.VIEWER), by=LOCAL_USER)
    revoke_role(store, "nora@example.org", Grant(Role.VIEWER), by=LOCAL_USER)
    set_title(store, "nora@example.org", "Head", by=LOCAL_USER)
    nora = find_viewer(store, "nora@example.org")
    sign_out(store, nora)
    sign_out(store, Viewer("stranger@example.org"))
    note(store, Viewer(""), Act.REFUSED, subject="/returns")
    note(store, nora, Act.SAW_CASES, provider=NORTH)
    people = read_people(store, LOCAL_USER)
    acts = [(entry.person, entry.act, entry.subject) for entry in read_audit(store, LOCAL_USER)]
    return [nora, [(person.user, len(person.held)) for person in people], acts]


def agree_on_exceptions(store: Store) -> list[object]:
    """Agree one for each provider and take one back, and give what each may see of it."""
    found = [
        AgreedException("send", provider, "ONE", "SM1b", "LA_UNAVAIL", Cause.COUNCIL, "Manager", date(2018, 6, 1))
        for provider in (NORTH, SOUTH)
    ]  # fmt: skip
    agree(store, found, by=COMMISSIONER)
    first = next(one for one in read_exceptions(store, NORA, service="send") if one.id)
    take_back(store, [first.id], by=COMMISSIONER, why="wrong case")
    return [
        [one.exception for one in read_exceptions(store, viewer, service="send")]
        for viewer in (NORA, SUE, COMMISSIONER)
    ]


def keep_scenarios(store: Store) -> list[object]:
    """Save a scenario, change it, remove it and bring it back, and give what each may see of it."""
    number = save_scenario(store, Scenario("send", starts=202704, name="One lot"), by=COMMISSIONER)
    save_scenario(store, replace(read_scenario(store, COMMISSIONER, number), years=5), by=COMMISSIONER)
    remove_scenario(store, number, by=COMMISSIONER)
    bring_back_scenario(store, number, by=COMMISSIONER)
    return [
        [(one.name, one.years) for one in list_scenarios(store, viewer, "send")]
        for viewer in (NORA, COMMISSIONER)
    ]


def everything_that_writes(store: Store) -> list[object]:
    """Do everything that writes, as whoever does it, and give what each then sees."""
    change_settings(store, lambda _: settings_of_all(), by=COMMISSIONER)
    found: list[object] = [send_returns(store)]
    new = a_return(NORTH, Q1, CASES[:1], digest="3" * 64)
    preview = preview_return(store, new, [Question("referrals")], NORA)
    found.append([row.met for tally in (*preview.before, *preview.after) for row in tally.rows])
    for viewer in (NORA, SUE, COMMISSIONER, of_area("val", VALE)):
        found.append([kept.id for kept in list_returns(store, viewer)])
        found.append(met(store, viewer, "referrals", "mentoring", "provider"))
        found.append(met(store, viewer, "la_decision_maker_present", "send"))
        found.append([attempt.provider for attempt in read_attempts(store, viewer, "mentoring")])
        found.append(read_settings(store, viewer))
    changed = data_version(store) + 1
    change_settings(store, lambda now: replace(now, council="Elsewhere"), by=COMMISSIONER)
    take_back_settings(store, changed, by=COMMISSIONER)
    found.append(len(read_settings_history(store, COMMISSIONER)))
    return [
        *found,
        agree_on_exceptions(store),
        keep_scenarios(store),
        decide_on_people(store),
        keep_a_file(store),
    ]


def test_everything_that_writes_works_for_the_app_s_role_as_on_a_file(
    served: Walled, sqlite_url: str
) -> None:
    file = open_store(sqlite_url, Source.SHARED)
    upgrade(file)
    expected = everything_that_writes(file)
    assert everything_that_writes(served.app) == expected
    assert met(served.app, NORA, "referrals") == [((), 10, 10)]
    of_the_file = len(right_return()["Cases"]) - 1
    assert met(served.app, COMMISSIONER, "referrals") == [((), 13 + of_the_file, 13 + of_the_file)]
    file.engine.dispose()


def test_two_people_in_turn_on_one_connection_see_each_their_own(served: Walled) -> None:
    change_settings(served.app, lambda _: settings_of_all(), by=COMMISSIONER)
    send_returns(served.app)
    asked = text("SELECT DISTINCT provider FROM cases")
    process, told = text("SELECT pg_backend_pid()"), text("SELECT current_setting('dashboard.reach', true)")
    served.app.engine.dispose()
    processes = set()

    def seen(viewer: Viewer) -> list[str]:
        with reading(served.app, viewer) as connection:
            processes.add(connection.execute(process).scalar_one())
            return list(connection.execute(asked).scalars())

    def bare() -> tuple[list[str], str | None]:
        with served.app.engine.connect() as connection:
            processes.add(connection.execute(process).scalar_one())
            return list(connection.execute(asked).scalars()), connection.execute(told).scalar_one()

    assert seen(NORA) == [NORTH]
    assert bare() == ([], "")
    assert seen(SUE) == [SOUTH]

    def fail(statement: str) -> None:
        with writing(served.app, COMMISSIONER) as connection:
            assert len(connection.execute(asked).all()) == 2
            connection.execute(text(statement))

    for statement, fault in (("SELECT 1 / 0", DataError), ("DELETE FROM cases", ProgrammingError)):
        with pytest.raises(fault):
            fail(statement)
        assert bare() == ([], "")
        assert seen(NORA) == [NORTH]
    assert seen(Viewer("nobody")) == []
    assert len(processes) == 1
