"""From a number in the table of a panel to exactly its rows and a file of them: for who may see single cases, and never before others."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from data_access.audit import read_audit
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, LOCAL_USER, Grant, Reach, Role
from domain.audit import Act
from domain.periods import Period
from tests.builders import HILL, NORTH, Q1, SOUTH, VALE, a_case, a_return, some_settings
from tests.downloading import Downloads, keep_downloads
from tests.pages.opening import heading, words_on
from tests.pages.roles import give, people_sign_in, signed_in

USER = "pat@council.gov.uk"
IN_HILL = {"service": "mentoring", "measure": "prevention_rate", "side": "met", "by": "area", "key": HILL}
COMMISSIONERS = Grant(Role.COMMISSIONER)


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> Downloads:
    """The files of every page that the test opens."""
    return keep_downloads(monkeypatch)


@pytest.fixture
def mentoring(shared: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Three cases of one provider, two of them in the hills and one of these prevented; the other provider sent totals."""
    people_sign_in(monkeypatch)
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER)
    cases = [
        a_case("NM-1", "PREVENTED", area=HILL, referred=date(2018, 4, 2)),
        a_case("NM-2", "UNSUCCESSFUL", area=HILL, referred=date(2018, 4, 2)),
        a_case("NM-3", "PREVENTED", area=VALE, referred=date(2018, 4, 2)),
    ]
    save_return(shared, a_return(NORTH, Period.parse(Q1), cases), by=LOCAL_USER)
    told = {
        "measure": "referrals", "breakdown": None, "category": None, "area": None,
        "period_start": date(2018, 4, 1), "period_end": date(2018, 6, 30), "count": 7, "denominator": None, "unit": None,
    }  # fmt: skip
    save_return(shared, a_return(SOUTH, Period.parse(Q1), totals=[told]), by=LOCAL_USER)
    return shared


def look(file: str, query: dict[str, str], **state: object) -> AppTest:
    app = signed_in(USER, query=tuple(query.items()))
    for name, value in state.items():
        app.session_state[name] = value
    app.switch_page(file).run()
    assert not app.exception, app.exception
    return app


def said(app: AppTest) -> str:
    """Every word on the page, with what its links say and where they lead."""
    links = " ".join(str(link.proto) for link in app.get("page_link"))
    return f"{words_on(app)} {links}"


def seen(store: Store) -> list[tuple[str, str]]:
    return [(one.provider, one.subject) for one in read_audit(store, LOCAL_USER) if one.act is Act.SAW_CASES]


def test_a_row_of_a_table_leads_to_the_cases_behind_it_and_each_case_back(
    mentoring: Store, downloads: Downloads
) -> None:
    give(mentoring, USER, COMMISSIONERS)
    outcomes = look("outcomes.py", {"service": "mentoring"})
    picker = outcomes.selectbox(key="rows_of_outcomes_area")
    assert picker.label == "See the cases behind 'Homelessness prevented'"
    picker.select(0).run()
    (link,) = [one.proto for one in outcomes.get("page_link") if one.proto.label == "The cases: Hill"]
    assert dict(parse_qsl(link.query_string)) == IN_HILL | {"back": "outcomes"}
    rows = look("rows.py", dict(parse_qsl(link.query_string)))
    assert heading(rows) == "Homelessness prevented, Hill: 50% (1 of 2)"
    words = said(rows)
    assert "1 case that counts towards it, all of North Mentors." in words
    assert "NM-1" in words
    assert "NM-2" not in words
    assert "NM-3" not in words
    assert "Back to Outcomes" in words
    assert seen(mentoring) == [(NORTH, "prevention_rate")]
    file = downloads.press(rows, "figure_rows_csv")
    lines = file.content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines if line.startswith("NM-")] == ["NM-1"]
    (left,) = [one for one in read_audit(mentoring, LOCAL_USER) if one.act is Act.EXPORTED]
    assert "with single cases" in left.detail
    assert "NM-" not in f"{left.subject} {left.detail}"
    case = look("case.py", {"service": "mentoring", "provider": NORTH, "ref": "NM-1", "back": "rows"})
    assert "Back to Rows behind a figure" in said(case)


def test_what_a_share_is_out_of_says_which_of_them_count(mentoring: Store) -> None:
    give(mentoring, USER, COMMISSIONERS)
    app = look("rows.py", IN_HILL | {"side": "base"})
    assert "2 cases that it is out of" in said(app)
    assert "See instead: 1 case that counts towards it" in said(app)
    found = app.table[0].value
    assert dict(zip(found["Case"], found["Counts towards it"], strict=True)) == {"NM-1": "Yes", "NM-2": "No"}


def test_totals_have_no_rows_and_the_page_says_whose_are_lacking(mentoring: Store) -> None:
    give(mentoring, USER, COMMISSIONERS)
    app = look("rows.py", {"service": "mentoring", "measure": "referrals"})
    assert heading(app) == "Referrals: 10"
    assert "3 cases counted in it" in said(app)
    assert "The figure counts 10. South Mentors sent totals and no cases" in said(app)


def test_a_personal_characteristic_is_told_of_groups_only(mentoring: Store) -> None:
    give(mentoring, USER, COMMISSIONERS)
    app = look(
        "rows.py",
        {"service": "mentoring", "measure": "vulnerabilities", "by": "vulnerabilities", "key": "MENTAL"},
    )
    assert "personal characteristic" in said(app)
    assert "NM-" not in said(app)
    assert seen(mentoring) == []
    people = look("who_is_helped.py", {"service": "mentoring"})
    assert "rows_of_who_is_helped_vulnerabilities" not in {one.key for one in people.selectbox}


@pytest.mark.parametrize("grant", [Grant(Role.PRESENTER), Grant(Role.COMMISSIONER, Reach(area=HILL))])
def test_who_sees_figures_only_is_led_to_no_row_and_refused_them(mentoring: Store, grant: Grant) -> None:
    give(mentoring, USER, grant)
    outcomes = look("outcomes.py", {"service": "mentoring"})
    assert not [one.key for one in outcomes.selectbox if str(one.key).startswith("rows_of")]
    assert "rows?" not in said(outcomes)
    app = look("rows.py", IN_HILL)
    assert heading(app) == "You may not open Rows behind a figure"
    assert "NM-" not in said(app)
    assert any(one.act is Act.REFUSED for one in read_audit(mentoring, LOCAL_USER))
    assert seen(mentoring) == []


def test_another_provider_is_refused_the_rows(mentoring: Store) -> None:
    give(mentoring, USER, Grant(Role.PROVIDER, Reach(provider=SOUTH)))
    app = look("rows.py", IN_HILL | {"provider": NORTH})
    assert "NM-" not in said(app)
    assert any(one.act is Act.REFUSED for one in read_audit(mentoring, LOCAL_USER))


def test_no_row_is_shown_while_presenting_nor_to_other_audiences(mentoring: Store) -> None:
    give(mentoring, USER, COMMISSIONERS)
    assert "while you present" in said(look("rows.py", IN_HILL, present=True))
    for audience in ("public", f"provider:{NORTH}"):
        app = look("rows.py", IN_HILL | {"for": audience})
        assert "This page is for the commissioning team only." in said(app)
        assert "NM-" not in said(app)
    outcomes = look("outcomes.py", {"service": "mentoring", "for": f"provider:{NORTH}"})
    assert outcomes.table
    assert not [one.key for one in outcomes.selectbox if str(one.key).startswith("rows_of")]
    assert seen(mentoring) == []


def test_an_address_that_names_no_figure_says_so(mentoring: Store) -> None:
    give(mentoring, USER, COMMISSIONERS)
    assert heading(look("rows.py", {})) == "No figure chosen"
    assert heading(look("rows.py", IN_HILL | {"key": "nowhere"})) == "No such figure"
