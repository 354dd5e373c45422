"""The files that pages offer: named and filled as before, built for whoever asks, and each kept in the audit."""

import io
import re
from datetime import datetime, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.testing.v1 import AppTest

from components.upload_start import Form
from data_access.audit import read_audit
from data_access.issued import issued_in
from data_access.people import revoke_role
from data_access.return_rows import WithReturn
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.sources import shared_store
from data_access.stores import Store, reading, writing
from data_access.tables import originals
from domain.access import COMMISSIONER, LOCAL_USER, Audience, Grant, Reach, Role
from domain.audit import Act, Entry
from domain.issued import Issue
from domain.mapping import Mapping
from domain.periods import Period
from tests.builders import (
    NORTH,
    Q1,
    Q2,
    SOUTH,
    a_case,
    a_return,
    a_send_case,
    settings_of_all,
    some_settings,
)
from tests.downloading import Downloads, keep_downloads
from tests.pages.opening import opened
from tests.pages.roles import give, people_sign_in, signed_in

FIRST, SECOND = f"mentoring:{NORTH}:{Q1}:1", f"mentoring:{NORTH}:{Q1}:2"
NOA = "noa@example.gov.uk"


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> Downloads:
    return keep_downloads(monkeypatch)


@pytest.fixture
def three(shared: Store) -> Store:
    """Two versions of one quarter of one provider, the first kept as it was sent, and a return of another with an open case."""
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER)
    matched = WithReturn(mapping=Mapping(columns=(("Cases", "client number", "case_ref"),)))
    save_return(shared, a_return(cases=[a_case("C1"), a_case("C2")]), by=COMMISSIONER, with_it=matched)
    save_return(shared, a_return(cases=[a_case("C1", "UNSUCCESSFUL"), a_case("C3", "LIVE")]), by=COMMISSIONER)
    save_return(shared, a_return(SOUTH, Q2, [a_case("S1", "LIVE")]), by=COMMISSIONER)
    with writing(shared, COMMISSIONER) as connection:
        connection.execute(insert(originals).values(return_id=1, content=b"as it was sent"))
    return shared


def kept(store: Store, *acts: Act) -> list[Entry]:
    """What the audit holds of these acts, the earliest first."""
    return [one for one in reversed(read_audit(store, LOCAL_USER)) if one.act in acts]


@pytest.mark.parametrize(
    ("file", "query", "providers"),
    [
        ("demand.py", {"service": "mentoring"}, {""}),
        ("reasons.py", {"service": "send"}, {""}),
        ("outcomes.py", {"service": "send", "provider": "norfolk-mdr"}, {"norfolk-mdr"}),
        ("kpis.py", {"service": "housing"}, {""}),
        ("satisfaction.py", {"service": "send"}, {""}),
        ("contracts.py", {"service": "housing"}, {"housing-a"}),
    ],
)
def test_every_table_of_a_page_can_be_had_as_a_file_and_the_audit_says_who_had_it(
    shared: Store, downloads: Downloads, file: str, query: dict[str, str], providers: set[str]
) -> None:
    here = opened(file, **query)
    names = downloads.names(here)
    headings = {str(one.value).replace("\\", "") for one in here.header}
    assert names
    for key, name in names.items():
        assert key == f"csv_{name.removesuffix('.csv')}"
        got = downloads.press(here, key)
        assert (got.name, got.mime) == (name, "text/csv")
        first = got.content.decode("utf-8-sig").splitlines()[0].strip('"')
        assert first in headings, "the file begins with what the page says above its chart"
    entries = kept(shared_store(), Act.EXPORTED)
    assert [one.subject for one in entries] == list(names.values())
    assert {one.service for one in entries} == {query["service"]}
    assert {one.provider for one in entries} == providers
    assert all(one.person == LOCAL_USER.user for one in entries)
    assert all(one.detail.startswith("Table of the page '") and "Shown: " in one.detail for one in entries)
    assert kept(shared_store(), Act.SAW_CASES) == []


def test_no_figure_of_a_table_gets_into_the_audit(shared: Store, downloads: Downloads) -> None:
    here = opened("outcomes.py", service="send")
    titles = [str(one.value).replace("\\", "") for one in here.header]
    assert any(re.search(r"\d+ of \d+|\d%", title) for title in titles), "a title says figures"
    for key in downloads.names(here):
        downloads.press(here, key)
    for one in kept(shared_store(), Act.EXPORTED):
        assert not re.search(r"\d%|\d of \d", one.detail)


def test_a_file_for_others_is_remembered_and_one_for_us_or_of_examples_is_not(
    shared: Store, downloads: Downloads
) -> None:
    def issued() -> tuple[Issue, ...]:
        with reading(shared, COMMISSIONER) as connection:
            return issued_in(connection, Audience.PUBLIC, "mentoring").files

    examples = opened("demand.py", service="mentoring", **{"for": "public"})
    downloads.press(examples, next(iter(downloads.names(examples))))
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER)
    save_return(shared, a_return(cases=[a_case() for _ in range(20)]), by=COMMISSIONER)
    for audience in ("us", "public"):
        assert issued() == ()
        here = opened("demand.py", service="mentoring", **{"for": audience})
        key = next(key for key in downloads.names(here) if "csv_" in key)
        downloads.press(here, key)
    (file,) = issued()
    assert 20 in dict(file.cells).values()
    assert [one.detail[:11] for one in kept(shared, Act.EXPORTED)] == [
        "Table of th",
        "Table of th",
        "for public;",
    ]


def test_the_published_figures_of_a_document_are_one_file(shared: Store, downloads: Downloads) -> None:
    here = opened("published.py")
    ((key, name),) = downloads.names(here).items()
    assert name == f"{key.removeprefix('csv_')}.csv"
    assert downloads.press(here, key).content.decode("utf-8-sig").startswith("Published figures")
    (entry,) = kept(shared_store(), Act.EXPORTED)
    assert entry.detail.startswith("Table of the page 'Published figures'")


def test_the_files_of_one_version_say_which_it_is(three: Store, downloads: Downloads) -> None:
    here = opened("returns.py", version=FIRST, service="mentoring")
    names = downloads.names(here)
    receipt = f"receipt-mentoring-{NORTH}-2018-04-to-2018-06-version-1"
    assert names["receipt_csv"] == f"{receipt}.csv"
    assert names["receipt_text"] == f"{receipt}.txt"
    assert names["mapping_json"] == f"{receipt}-matching.json"
    assert downloads.press(here, "receipt_csv").content.decode("utf-8-sig").startswith("Part,What,Value")
    assert b"Provider: North Mentors" in downloads.press(here, "receipt_text").content
    assert b'"clientnumber": "case_ref"' in downloads.press(here, "mapping_json").content
    original = downloads.press(here, "original_file")
    assert original.content == b"as it was sent"
    assert original.name == names["original_file"]
    entries = kept(three, Act.EXPORTED)
    assert {(one.service, one.provider) for one in entries} == {("mentoring", NORTH)}
    pressed = ("receipt_csv", "receipt_text", "mapping_json", "original_file")
    assert [one.subject for one in entries] == [names[key] for key in pressed]
    assert entries[-1].detail == (
        "Return as it was sent; with single cases; Version 1 of Apr-Jun 2018 (Q1 2018/19)"
    )
    assert [("single cases" in one.detail) for one in entries] == [False, False, False, True]
    assert kept(three, Act.SAW_CASES) == [], "a receipt shows no case"


def test_two_versions_side_by_side_show_cases_and_that_is_kept_once(
    three: Store, downloads: Downloads
) -> None:
    here = opened("returns.py", later=SECOND, earlier=FIRST, service="mentoring")
    here.run()
    (seen,) = kept(three, Act.SAW_CASES)
    assert (seen.service, seen.provider, seen.subject) == ("mentoring", NORTH, SECOND)
    rows = downloads.press(here, "rows_csv")
    assert rows.name == f"difference-mentoring-{NORTH}-rows.csv"
    assert "New,Cases,C3,,," in rows.content.decode("utf-8-sig")
    whole = downloads.press(here, "difference_csv")
    assert whole.name == f"difference-mentoring-{NORTH}.csv"
    assert whole.content.decode("utf-8-sig").startswith('"Version 2 of Apr-Jun 2018')
    assert [(one.subject, "with single cases" in one.detail) for one in kept(three, Act.EXPORTED)] == [
        (rows.name, True),
        (whole.name, True),
    ]


def test_deadlines_of_cases_are_kept_for_each_provider_whose_cases_they_are(
    shared: Store, downloads: Downloads, noon: datetime
) -> None:
    change_settings(shared, lambda _: settings_of_all(), by=COMMISSIONER)
    today = noon.date()
    asked = today - timedelta(days=25)
    for provider in (NORTH, SOUTH):
        case = a_send_case(f"{provider}-1", "OPEN", requested=asked)
        period = Period(asked.replace(day=1), today).key
        save_return(shared, a_return(provider, period, [case], service="send"), by=COMMISSIONER)
    here = opened("returns.py", service="send")
    assert [(one.service, one.provider) for one in kept(shared, Act.SAW_CASES)] == [
        ("send", NORTH),
        ("send", SOUTH),
    ]
    assert "north-1" in downloads.press(here, "deadlines_csv").content.decode("utf-8-sig")
    diary = downloads.press(here, "deadlines_ics")
    assert (diary.name, diary.mime) == ("deadlines-send.ics", "text/calendar")
    assert diary.content.startswith(b"BEGIN:VCALENDAR")
    dates = downloads.press(here, "returns_csv")
    assert dates.content.decode("utf-8-sig").startswith("Returns received and outstanding")
    assert [(one.subject, one.service, one.provider) for one in kept(shared, Act.EXPORTED)] == [
        ("deadlines-send.csv", "send", ""),
        ("deadlines-send.ics", "send", ""),
        ("returns-send.csv", "send", ""),
    ]


def test_nothing_is_kept_of_cases_that_are_invented(shared: Store) -> None:
    opened("returns.py", service="send")
    assert kept(shared_store(), Act.SAW_CASES) == []


def test_the_workbook_to_go_on_with_holds_the_open_cases_though_it_is_made_after_the_page(
    three: Store, downloads: Downloads
) -> None:
    here = opened("upload.py", service="mentoring")
    here.selectbox(key="upload_provider_mentoring").set_value(NORTH).run()
    here.radio[0].set_value(Form.FILLED).run()
    file = downloads.press(here, "template")
    assert re.fullmatch(rf"mentoring-return-{NORTH}-2018-\d\d-to-2018-\d\d\.xlsx", file.name)
    cells = {cell.value for row in load_workbook(io.BytesIO(file.content))["Cases"] for cell in row}
    assert "C3" in cells
    assert "C1" not in cells, "that case has ended"
    (entry,) = kept(three, Act.EXPORTED)
    assert (entry.service, entry.provider, entry.subject) == ("mentoring", NORTH, file.name)
    assert entry.detail == "Workbook to fill in: workbook with open cases; with single cases"


def test_a_blank_workbook_holds_no_case(three: Store, downloads: Downloads) -> None:
    here = opened("upload.py", service="mentoring")
    here.radio[0].set_value(Form.BLANK).run()
    assert downloads.press(here, "template").content.startswith(b"PK")
    (entry,) = kept(three, Act.EXPORTED)
    assert entry.detail == "Workbook to fill in: blank return"


def test_the_settings_and_their_history_are_files(three: Store, downloads: Downloads) -> None:
    here = opened("settings.py", set="history")
    history = downloads.press(here, "history_csv")
    assert history.content.decode("utf-8-sig").startswith("When,Who,Why,What changed")
    here = opened("settings.py", set="workbook")
    workbook = downloads.press(here, "settings_download")
    assert "Providers" in load_workbook(io.BytesIO(workbook.content)).sheetnames
    assert [(one.subject, one.detail) for one in kept(three, Act.EXPORTED)] == [
        ("settings-history.csv", "History of the settings"),
        ("settings.xlsx", "Settings"),
    ]


def demand_of(user: str) -> AppTest:
    app = signed_in(user, query=[("service", "mentoring")])
    return app.switch_page("demand.py").run()


def test_whoever_signs_in_is_named_in_the_audit(
    three: Store, downloads: Downloads, monkeypatch: pytest.MonkeyPatch
) -> None:
    people_sign_in(monkeypatch)
    give(three, NOA, Grant(Role.VIEWER, Reach("mentoring", NORTH)))
    here = demand_of(NOA)
    key, name = next(iter(downloads.names(here).items()))
    downloads.press(here, key)
    assert [(one.person, one.subject) for one in kept(three, Act.EXPORTED)] == [(NOA, name)]


def test_a_page_that_stays_open_gives_no_file_once_the_role_is_gone(
    three: Store, downloads: Downloads, monkeypatch: pytest.MonkeyPatch
) -> None:
    people_sign_in(monkeypatch)
    role = Grant(Role.VIEWER, Reach("mentoring", NORTH))
    give(three, NOA, role, Grant(Role.VIEWER, Reach("send", NORTH)))
    here = demand_of(NOA)
    key, name = next(iter(downloads.names(here).items()))
    revoke_role(three, NOA, role, by=LOCAL_USER)
    with pytest.raises(MediaFileStorageError):
        downloads.press(here, key)
    assert kept(three, Act.EXPORTED) == []
    (refused,) = kept(three, Act.REFUSED)
    assert (refused.person, refused.subject) == (NOA, name)


def test_another_role_more_takes_no_file_away(
    three: Store, downloads: Downloads, monkeypatch: pytest.MonkeyPatch
) -> None:
    people_sign_in(monkeypatch)
    give(three, NOA, Grant(Role.VIEWER, Reach("mentoring", NORTH)))
    here = demand_of(NOA)
    give(three, NOA, Grant(Role.VIEWER, Reach("send", NORTH)))
    downloads.press(here, next(iter(downloads.names(here))))
    assert len(kept(three, Act.EXPORTED)) == 1
