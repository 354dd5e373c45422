"""What a pack holds whoever reads it later, and that one for others is given out again as it was frozen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data_access.__main__ import main
from data_access.coverage import Coverage
from data_access.issued import issued_in
from data_access.meetings import freeze_meeting, prepare_meeting, read_meeting
from data_access.packs.asking import ASKED, Frame, questions_of
from data_access.packs.files import pack_files
from data_access.packs.reading import read_pack
from data_access.returns import save_return
from data_access.settings import read_settings
from data_access.stores import Store, reading
from domain.access import COMMISSIONER, Audience
from domain.columns_used import measure_columns
from domain.fields import CASE_FIELDS
from domain.kpis import kpis_of
from domain.look import look_of
from domain.measures import measure
from domain.meetings import About, Meeting
from domain.periods import Period
from domain.services import SERVICES, Service
from domain.settings import Settings
from tests.builders import NORTH, Q1, Q2, SOUTH, a_case, a_return

BY = COMMISSIONER.signing("tests")
PERSONAL = {field.key for field in CASE_FIELDS if field.characteristic}
AGENDA = ("volumes", "outcomes")


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.key)
def test_no_pack_asks_about_a_personal_characteristic(service: Service) -> None:
    """A frozen pack for us is read by viewers who may see no single case, from whom small numbers of these are hidden elsewhere."""
    asked = {}
    for audience in (Audience.US, Audience.PROVIDERS):
        about = About(service.key, Period.parse(Q1), audience)
        frame = Frame(about, service, Settings(), Coverage(), Coverage(), COMMISSIONER)
        for (item, name), question in questions_of(tuple(ASKED), frame).items():
            asked[item, name] = {
                *question.by,
                *question.selection.wanted(),
                *measure_columns(measure(question.measure, service.key)),
            }
    for kpi in kpis_of(service.key):
        if kpi.measure:
            asked["kpis", kpi.id] = {*kpi.by, *measure_columns(measure(kpi.measure, service.key))}
    assert len(asked) > 10
    assert PERSONAL
    assert {key: columns & PERSONAL for key, columns in asked.items() if columns & PERSONAL} == {}


def send(store: Store, quarter: str) -> None:
    start = Period.parse(quarter).start
    for number, provider in enumerate((NORTH, SOUTH)):
        cases = [
            a_case(f"{quarter[:7]}-{n}", ("PREVENTED", "WITHDREW")[n % 3 == 0], referred=start)
            for n in range(24 + number)
        ]
        save_return(store, a_return(provider, quarter, cases), by=BY)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_meeting_frozen_for_others_is_given_out_again_as_it_was_after_newer_files(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(store, Q1)
    about = About("mentoring", Period.parse(Q1), Audience.PROVIDERS)
    number = prepare_meeting(store, Meeting(about, AGENDA), by=COMMISSIONER)
    meeting = read_meeting(store, COMMISSIONER, number)
    pack = read_pack(store, COMMISSIONER, meeting, today=date(2018, 7, 9))
    freeze_meeting(store, number, pack, by=COMMISSIONER)
    send(store, Q2)
    monkeypatch.setenv("DATABASE_URL", store.url)
    newer = ("--service", "mentoring", "--period", Q2, "--for", "providers", "--out", str(tmp_path / "newer"))
    assert main(["pack", *newer]) == 0
    issued = files_out(store)
    assert issued == 4
    # A pack of the moment that was frozen, made anew, would not be held against what went out since.
    as_of = ("--service", "mentoring", "--period", Q1, "--for", "providers", "--as-of", str(pack.version))
    assert main(["pack", *as_of, "--out", str(tmp_path / "then")]) == 1
    assert not (tmp_path / "then").exists()
    assert main(["pack", "--meeting", str(number), "--out", str(tmp_path / "again")]) == 0
    shown = read_meeting(store, COMMISSIONER, number).pack
    assert shown == pack
    look = look_of(read_settings(store, COMMISSIONER))
    again = {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()}
    assert again == {file.name: file.make() for file in pack_files(pack, look)}
    assert files_out(store) == issued


def files_out(store: Store) -> int:
    with reading(store, COMMISSIONER) as connection:
        return len(issued_in(connection, Audience.PROVIDERS, "mentoring").files)
