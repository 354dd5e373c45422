"""The pack of a meeting: of one moment and of released figures alone, the same again as of then, honest where there is little."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import event

from data_access.ledger import data_version
from data_access.packs.reading import read_pack
from data_access.return_rows import WithReturn
from data_access.returns import save_return
from data_access.settings import change_settings, read_settings
from data_access.stores import Store
from domain.accepted import AcceptedWarning
from domain.access import COMMISSIONER, Audience, OutOfReach, Viewer
from domain.actions import Action
from domain.agenda import AGENDA
from domain.figure_table import HIDDEN
from domain.meetings import About, Meeting, Remark
from domain.pack import MeetingPack, PackFigure
from domain.pack_text import parse_pack, write_pack
from domain.periods import Period
from domain.services import SERVICES
from domain.settings import Settings, Target
from domain.tally import Source
from tests.builders import (
    HILL,
    NORTH,
    Q1,
    Q2,
    SOUTH,
    VALE,
    a_case,
    a_complaint,
    a_housing_case,
    a_return,
    a_send_case,
    of_area,
    of_provider,
    settings_of_all,
)
from tests.sentences import unfounded_in
from tests.storage.conftest import opened

ALL = tuple(item.key for item in AGENDA)
TODAY = date(2018, 10, 1)
BY = COMMISSIONER.signing("tests")
QUARTERS = {"mentoring": "2018-07..2018-09"}
OF_COUNTS = ("kpis", "kpis_council", "actions", "outstanding")


@pytest.fixture(scope="module")
def examples(examples_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The examples, read by every test here and changed by none."""
    path = tmp_path_factory.mktemp("packs") / "examples.db"
    shutil.copy(examples_file, path)
    with opened(f"sqlite:///{path}", Source.EXAMPLES) as store:
        yield store


def a_meeting(
    service: str = "mentoring",
    period: str = Q1,
    audience: Audience = Audience.US,
    provider: str = "",
    area: str = "",
    **more: object,
) -> Meeting:
    about = About(service, Period.parse(period), audience, provider, area)
    return replace(Meeting(about, agenda=ALL), **more)  # type: ignore[arg-type]


def read(
    store: Store, meeting: Meeting, viewer: Viewer = COMMISSIONER, as_of: int | None = None
) -> MeetingPack:
    pack = read_pack(store, viewer, meeting, today=TODAY, as_of=as_of)
    assert unfounded_in(pack) == {}, "a sentence says a number that stands on no screen"
    assert parse_pack(write_pack(pack)) == pack
    assert len({screen.key for screen in pack.screens}) == len(pack.screens)
    keys = [figure.key for screen in pack.screens for figure in screen.figures]
    assert len(set(keys)) == len(keys), "two numbers have one key"
    return pack


def titles(pack: MeetingPack) -> dict[str, str]:
    return {screen.key: screen.takeaway.title for screen in pack.screens}


def providers_of(store: Store, service: str) -> list[str]:
    settings = read_settings(store, COMMISSIONER)
    return list(dict.fromkeys(one.provider for one in settings.contracts if one.service == service))


@pytest.mark.parametrize("service", [one.key for one in SERVICES])
def test_every_number_that_is_said_stands_on_its_screen(examples: Store, service: str) -> None:
    period = QUARTERS.get(service, "2024-10..2024-12")
    for provider in ("", *providers_of(examples, service)):
        pack = read(examples, a_meeting(service, period, provider=provider))
        assert {screen.item for screen in pack.screens} == set(ALL)
        assert not [screen.key for screen in pack.screens if screen.withheld]
        assert pack.breath
        assert pack.issue is None
    room = Audience.with_provider(provider)
    shown = read(examples, a_meeting(service, period, room, provider))
    # The one provider in the room sees its own figures whole; what the council answers for is of everybody.
    own = {
        one.key: one
        for screen in shown.screens
        for one in screen.figures
        if not screen.key.startswith("kpis_council")
        and one.key in pack.figures
        and "referrals:" not in one.key
    }
    assert own == {key: pack.figures[key] for key in own}
    assert HIDDEN not in {one.shown for one in own.values()}


def test_others_are_shown_no_small_number_and_nothing_of_what_is_hidden(examples: Store) -> None:
    meeting = a_meeting("mentoring", QUARTERS["mentoring"], Audience.PROVIDERS, "provider-a")
    pack = read(examples, meeting)
    for screen in pack.screens:
        if screen.withheld:
            assert screen.chart is None
            assert screen.table.rows == ()
            assert all(one.shown == HIDDEN for one in screen.figures)
        if screen.chart is not None:
            hidden = {place for place, words in enumerate(screen.chart.words) if words == HIDDEN}
            assert hidden == set(screen.chart.hidden)
            assert all(row.values[place] is None for row in screen.chart.series for place in hidden)
    small = [one for one in pack.figures.values() if is_small(one)]
    assert not small
    assert any(one.shown == HIDDEN for one in pack.figures.values()), (
        "nothing is hidden, so nothing is tested"
    )


def is_small(one: PackFigure) -> bool:
    if one.key.partition(":")[0] in OF_COUNTS or one.met is None:
        return False
    return 0 < one.met < 5 or 0 < (one.base or one.met) - one.met < 5


def fill(store: Store) -> None:
    """Two providers' first quarter in three services, with a target and included cases in housing mediation."""
    target = Target("TB1", "mentoring", ">=", Decimal("0.8"), None, date(2018, 4, 1))

    def with_more(settings: Settings) -> Settings:
        contracts = tuple(
            replace(one, included_cases=40) if one.service == "housing" else one for one in settings.contracts
        )
        return replace(settings, contracts=contracts, targets=(target,))

    change_settings(store, with_more, by=BY)
    for provider, number in ((NORTH, 14), (SOUTH, 11)):
        cases = [a_case(area=HILL if n % 2 else VALE) for n in range(number)]
        cases += [a_case(outcome="UNSUCCESSFUL") for _ in range(6)]
        save_return(store, a_return(provider, Q1, cases, complaints=[a_complaint()]), by=BY)
        held = [a_send_case() for _ in range(number)]
        save_return(store, a_return(provider, Q1, held, service="send"), by=BY)
        noisy = [a_housing_case() for _ in range(number)]
        save_return(store, a_return(provider, Q1, noisy, service="housing"), by=BY)


@pytest.fixture(scope="module")
def filled(tables_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Those quarters and one more of mentoring, read by several tests and changed by none."""
    path = tmp_path_factory.mktemp("packs") / "filled.db"
    shutil.copy(tables_file, path)
    with opened(f"sqlite:///{path}", Source.SHARED) as store:
        change_settings(store, lambda _: settings_of_all(), by=BY)
        fill(store)
        for provider in (NORTH, SOUTH):
            more = [a_case(referred=date(2018, 7, 9)) for _ in range(60)]
            save_return(store, a_return(provider, Q2, more), by=BY)
        yield store


def test_a_pack_as_of_an_earlier_moment_is_the_one_read_then(all_services: Store) -> None:
    fill(all_services)
    version = data_version(all_services)
    about = [
        a_meeting("mentoring", provider=NORTH),
        a_meeting("housing"),
    ]
    then = [read(all_services, one) for one in about]
    late = [a_case(referred=date(2018, 6, 29)) for _ in range(9)]
    for service, cases in (
        ("mentoring", late),
        ("housing", [a_housing_case() for _ in range(4)]),
    ):
        for provider in (NORTH, SOUTH):
            save_return(all_services, a_return(provider, Q2, cases, service=service), by=BY)
    change_settings(all_services, lambda settings: replace(settings, council="Elsewhere"), by=BY)
    for meeting, pack in zip(about, then, strict=True):
        assert read(all_services, meeting, as_of=version) == pack
        assert read(all_services, meeting) != pack
    assert then[0].version == version
    assert then[0].stood is not None
    with pytest.raises(ValueError, match="there is no moment"):
        read(all_services, about[0], as_of=data_version(all_services) + 1)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_others_see_now_as_it_stands_and_no_earlier_moment(all_services: Store) -> None:
    fill(all_services)
    meeting = a_meeting(audience=Audience.PUBLIC)
    now = read(all_services, meeting)
    assert read(all_services, meeting, as_of=data_version(all_services)) == now
    assert now.issue is not None
    assert now.issue.cells
    earlier = data_version(all_services)
    save_return(all_services, a_return(NORTH, Q2, [a_case(referred=date(2018, 7, 3))]), by=BY)
    before = read(all_services, meeting, as_of=earlier)
    assert {one.shown for one in before.figures.values() if not one.key.startswith(OF_COUNTS)} == {HIDDEN}
    assert not [screen.key for screen in before.screens if screen.chart]


def test_a_return_that_comes_while_it_is_read_is_in_all_of_it_or_in_none(all_services: Store) -> None:
    fill(all_services)
    begun = []

    @event.listens_for(all_services.engine, "begin")
    def _save(connection: object) -> None:
        begun.append(connection)
        if len(begun) == 4:
            with opened(
                all_services.engine.url.render_as_string(hide_password=False), Source.SHARED
            ) as other:
                more = [a_case(referred=date(2018, 6, 20)) for _ in range(8)]
                save_return(other, a_return(SOUTH, Q2, more), by=BY)

    pack = read(all_services, a_meeting())
    assert len(begun) > 4
    assert pack.version == data_version(all_services)
    assert pack.figures["referrals"].met == 14 + 6 + 11 + 6 + 8
    assert pack.figures["TB1"].base == pack.figures["prevention_rate"].base


def test_nothing_makes_no_pack_fail(tables_file: Path, tmp_path: Path) -> None:
    shutil.copy(tables_file, tmp_path / "empty.db")
    with opened(f"sqlite:///{tmp_path / 'empty.db'}", Source.SHARED) as store:
        for service in SERVICES:
            pack = read(store, a_meeting(service.key))
            assert pack.stood is None
            assert "No figures saved yet" in pack.footer
            assert not [screen.key for screen in pack.screens if screen.chart]
        assert titles(pack)["volumes"] == "No cases in these months"
        assert read(store, a_meeting(audience=Audience.PUBLIC)).issue is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_one_case_and_a_provider_that_sends_totals_are_said_as_they_are(all_services: Store) -> None:
    save_return(all_services, a_return(NORTH, Q1, [a_case(case_ref="ONLY")]), by=BY)
    one = titles(read(all_services, a_meeting(provider=NORTH)))
    assert one["outcomes_quarters"] == "Homelessness prevented, Apr-Jun 2018 (Q1 2018/19): 100% (1 of 1)"
    assert "ONLY" not in write_pack(read(all_services, a_meeting(provider=NORTH)))
    months = {"period_start": date(2018, 4, 1), "period_end": date(2018, 6, 30)}
    blank = dict.fromkeys(("breakdown", "category", "area", "denominator", "unit"))
    total = blank | months | {"measure": "referrals", "count": 30}
    save_return(all_services, a_return(SOUTH, Q1, totals=[total]), by=BY)
    alone = read(all_services, a_meeting(provider=SOUTH))
    assert alone.figures["referrals"].shown == "30"
    assert titles(alone)["volumes"] == "Referrals: 30 in Apr-Jun 2018 (Q1 2018/19)"
    assert titles(alone)["outcomes_quarters"].endswith("not every period is given, so none are compared")
    kpis = {
        figure.key: figure.status for screen in alone.screens for figure in screen.figures if figure.status
    }
    assert kpis["TB1"] == "Not given"
    together = read(all_services, a_meeting())
    assert together.figures["referrals"].shown == "31"
    assert "South Mentors" in " ".join(together_notes(together))


def together_notes(pack: MeetingPack) -> list[str]:
    return [words for screen in pack.screens for words in (screen.base, *screen.notes)]


def test_a_pack_says_what_was_chosen_and_what_was_written_beside_it(filled: Store) -> None:
    said = {
        "volumes": Remark("As agreed.", "They listened.", "a parent", agreed=True),
        "reasons": Remark("", "Not to be used.", "a parent"),
        "feedback": Remark("Learned: ring twice."),
    }
    meeting = a_meeting(provider=NORTH, remarks=said, id=7, agenda=("volumes", "kpis", "reasons", "feedback"))
    pack = read_pack(filled, COMMISSIONER, meeting, today=TODAY, address="https://figures.example.gov.uk")
    assert list(dict.fromkeys(screen.item for screen in pack.screens)) == [
        "volumes",
        "kpis",
        "reasons",
        "feedback",
    ]
    by_key = {screen.key: screen for screen in pack.screens}
    assert (by_key["volumes"].comment, by_key["volumes"].quote) == ("As agreed.", "They listened.")
    assert (by_key["reasons"].quote, by_key["reasons"].quote_by) == ("", "")
    assert by_key["feedback"].comment == "Learned: ring twice."
    assert pack.link == (
        f"https://figures.example.gov.uk/meeting?service=mentoring&provider={NORTH}&from=2018-04&to=2018-06&for=us&meeting=7"
    )
    assert pack.title == "Homelessness-prevention mentoring, North Mentors: Apr-Jun 2018 (Q1 2018/19)"
    assert (pack.council, pack.meeting, pack.audience_words) == (
        "Anywhere Council",
        7,
        "For the commissioning team only",
    )
    assert pack.selection == "North Mentors; all areas; Apr-Jun 2018 (Q1 2018/19)"


def test_actions_stand_beside_their_kpi_then_and_now(filled: Store) -> None:
    carried = Action(
        "mentoring",
        "Ring within a day",
        "Manager",
        date(2018, 9, 1),
        NORTH,
        kpi="TB1",
        kpi_period=Q1,
        meeting=3,
        id=1,
    )
    agreed = replace(
        carried, id=2, text="Send the list", due=date(2019, 1, 1), kpi="", kpi_period="", meeting=7
    )
    meeting = a_meeting(period=Q2, provider=NORTH, id=7)
    pack = read_pack(filled, COMMISSIONER, meeting, actions=(carried, agreed), today=TODAY)
    (first,), (second,) = pack.carried, pack.agreed
    assert (first.before, first.after, first.overdue) == (
        "70% (14 of 20), red",
        "100% (60 of 60), green",
        True,
    )
    assert second.text == "Send the list"
    assert not second.kpi
    assert titles(pack)["actions"] == "1 action, overdue"


def test_the_last_meeting_stands_beside_this_one(filled: Store) -> None:
    first = a_meeting(provider=NORTH)
    frozen = replace(first, pack=read(filled, first), id=3)
    now = read_pack(filled, COMMISSIONER, a_meeting(period=Q2, provider=NORTH), last=frozen, today=TODAY)
    volumes = next(screen for screen in now.screens if screen.key == "volumes")
    assert volumes.before.endswith("for Apr-Jun 2018 (Q1 2018/19): Referrals 20; now 60, more")


def test_whoever_sees_a_part_is_shown_that_part_and_nobody_more(filled: Store) -> None:
    own = read(filled, a_meeting(), of_provider("ann", NORTH))
    assert own.about == "North Mentors"
    assert own.figures["referrals"].met == 20
    hill = read(filled, a_meeting(), of_area("bea", HILL))
    assert hill.about == "Hill"
    with pytest.raises(OutOfReach):
        read(filled, a_meeting(provider=SOUTH), of_provider("ann", NORTH))
    room = Audience.with_provider(NORTH)
    other = read(filled, a_meeting(audience=room, provider=SOUTH))
    shown = [figure for figure in other.figures.values() if not figure.key.startswith(OF_COUNTS)]
    assert {figure.shown for figure in shown} <= {HIDDEN}
    assert titles(other)["kpis"].endswith("not shown to this audience")


def test_what_was_accepted_with_a_return_stands_beside_its_figures_as_of_then(store: Store) -> None:
    said = "There is no referral date."
    warning = AcceptedWarning("wanted_filled", "V01", said, 1, "Never asked", "", ("referral_date",))
    first = a_return(NORTH, Q1, [a_case(), a_case(referred=None)])
    save_return(store, first, by=BY, with_it=WithReturn((warning,)))
    version = data_version(store)
    meeting = a_meeting(provider=NORTH, agenda=("volumes", "complaints"))
    pack = read(store, meeting)
    save_return(store, a_return(NORTH, Q1, [a_case(), a_case()]), by=BY)
    note = "North Mentors, Apr-Jun 2018 (Q1 2018/19): there is no referral date (accepted: never asked)."
    volumes, complaints = pack.screens
    assert note in volumes.notes
    assert note not in complaints.notes
    assert note not in read(store, meeting).screens[0].notes
    assert read(store, meeting, as_of=version) == pack
