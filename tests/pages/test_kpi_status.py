"""From a cell of the KPI page to its status, to the cases behind it, to one case: by addresses, and only for who may see single cases."""

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data_access.audit import read_audit
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, LOCAL_USER, Grant, Reach, Role
from domain.audit import Act
from domain.kpis import kpi
from domain.returns import Record
from domain.status_key import StatusKey
from tests.builders import HILL, NORTH, Q1, VALE, a_return, settings_of_all
from tests.downloading import Downloads, keep_downloads
from tests.pages.opening import heading, words_on
from tests.pages.roles import give, people_sign_in, signed_in

USER, REF = "pat@council.gov.uk", "HSE-1"
STATUS = f"HM1:{NORTH}::{Q1}"
CASE = (("service", "housing"), ("provider", NORTH), ("ref", REF), ("status", STATUS))


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> Downloads:
    """The files of every page that the test opens."""
    return keep_downloads(monkeypatch)


@pytest.fixture
def housing(shared: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Two housing cases: one reached in time, the other late."""
    people_sign_in(monkeypatch)
    targets = kpi("HM1").starting_targets
    change_settings(shared, lambda _: replace(settings_of_all(), targets=targets), by=COMMISSIONER)
    cases: list[Record] = [
        {
            "case_ref": ref,
            "area": HILL,
            "referral_date": date(2018, 4, 10),
            "first_contact_date": contact,
            "outcome": "OPEN",
        }
        for ref, contact in ((REF, date(2018, 5, 10)), ("HSE-2", date(2018, 4, 12)))
    ]
    save_return(shared, a_return(service="housing", cases=cases), by=LOCAL_USER)
    return shared


def look(file: str, *query: tuple[str, str]) -> AppTest:
    app = signed_in(USER, query=query)
    app.switch_page(file).run()
    assert not app.exception, app.exception
    return app


def said(app: AppTest) -> str:
    """Every word on the page, with what its links say and where they lead."""
    links = " ".join(str(link.proto) for link in app.get("page_link"))
    frames = " ".join(str(frame.value.to_dict()) for frame in app.dataframe)
    return f"{words_on(app)} {links} {frames}"


def test_a_commissioner_is_led_from_the_cell_to_the_case(housing: Store) -> None:
    give(housing, USER, Grant(Role.COMMISSIONER))
    kpis = look("kpis.py", ("service", "housing"), ("kpi", "HM1"))
    assert STATUS in said(kpis).replace("%3A", ":")
    status = look("kpi_status.py", ("status", STATUS))
    assert heading(status) == "Initial contact in 2 weeks: red, 50% (1 of 2)"
    words = said(status)
    assert "1 more, out of the same 2, would have been green." in words
    assert "'First contact date' is after the last day in time" in words
    assert REF in words
    case = look("case.py", *CASE)
    assert heading(case) == f"Case {REF}: 2 deadlines missed"
    assert "24 Apr 2018" in said(case)
    seen = [one for one in read_audit(housing, LOCAL_USER) if one.act is Act.SAW_CASES]
    assert {(one.service, one.provider) for one in seen} == {("housing", NORTH)}
    assert all(REF not in f"{one.subject} {one.detail}" for one in seen)


@pytest.mark.parametrize(
    "grant", [Grant(Role.VIEWER), Grant(Role.PRESENTER), Grant(Role.COMMISSIONER, Reach(area=HILL))]
)
def test_who_sees_figures_only_meets_no_reference_and_reads_why(housing: Store, grant: Grant) -> None:
    give(housing, USER, grant)
    key = f"HM1::{HILL}:2017-07..2018-06" if grant.reach.area else STATUS
    status = look("kpi_status.py", ("status", key))
    words = said(status)
    assert "Your role shows figures and no single case" in words
    assert "HSE-" not in words
    case = look("case.py", *CASE)
    assert "HSE-" not in said(case)
    assert "ref" not in case.query_params
    assert [one.act for one in read_audit(housing, LOCAL_USER) if one.act is Act.SAW_CASES] == []
    assert any(one.act is Act.REFUSED for one in read_audit(housing, LOCAL_USER))


def test_another_provider_is_refused_the_status_and_the_case(housing: Store) -> None:
    give(housing, USER, Grant(Role.PROVIDER, Reach(provider="south")))
    for file, query in (("kpi_status.py", (("status", STATUS),)), ("case.py", CASE)):
        app = look(file, *query)
        assert "HSE-" not in said(app)
        assert "ref" not in app.query_params
    refused = {one.subject for one in read_audit(housing, LOCAL_USER) if one.act is Act.REFUSED}
    assert {"One status", NORTH} <= refused


def test_the_status_of_another_area_is_refused_and_kept_in_the_audit(housing: Store) -> None:
    give(housing, USER, Grant(Role.VIEWER, Reach(area=HILL)))
    look("kpi_status.py", ("status", f"HM1::{VALE}:2017-07..2018-06"))
    refused = [one.subject for one in read_audit(housing, LOCAL_USER) if one.act is Act.REFUSED]
    assert refused == [VALE]


def test_presenting_shows_no_case(housing: Store) -> None:
    give(housing, USER, Grant(Role.COMMISSIONER))
    for file, query in (("kpi_status.py", (("status", STATUS),)), ("case.py", CASE)):
        app = signed_in(USER, query=query)
        app.session_state["present"] = True
        app.switch_page(file).run()
        assert "HSE-" not in said(app)
        assert "while you present" in said(app)
        assert "ref" not in app.query_params


def test_the_files_of_a_status_are_the_cases_and_how_it_was_worked_out(
    housing: Store, downloads: Downloads
) -> None:
    give(housing, USER, Grant(Role.COMMISSIONER))
    app = look("kpi_status.py", ("status", STATUS))
    cases = downloads.press(app, "kpi_cases_csv").content.decode("utf-8-sig")
    assert REF in cases
    text = downloads.press(app, "workings").content.decode()
    assert "HSE-" not in text
    assert "1 of 2" in text
    assert "FROM" in text
    kept = [one for one in read_audit(housing, LOCAL_USER) if one.act is Act.EXPORTED]
    assert {one.subject for one in kept} == {f"HM1_{Q1}_cases.csv", f"HM1_{Q1}_worked_out.txt"}


@pytest.mark.parametrize("address", ["", "nonsense", "HM1:north", "XX9:north::2018-04..2018-06"])
def test_an_address_that_names_no_status_says_so(housing: Store, address: str) -> None:
    give(housing, USER, Grant(Role.COMMISSIONER))
    assert heading(look("kpi_status.py", ("status", address))) in ("No status chosen", "No such status")


def test_the_name_of_a_status_gives_it_back() -> None:
    for text in (STATUS, "TB1::E07000066:2017-11..2018-10", "SM13:norfolk-mdr::2024-01..2024-12:Q1"):
        key = StatusKey.parse(text)
        assert key is not None
        assert key.text == text
