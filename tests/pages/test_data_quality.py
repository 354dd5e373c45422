"""The page Data quality: what is blank, what does not fit, and whose rows are shown to whom."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data_access.audit import read_audit
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, LOCAL_USER, Grant, Reach, Role
from domain.audit import Act
from tests.builders import HILL, NORTH, SOUTH, settings_of_all
from tests.faulty_returns import save_faulty
from tests.pages.opening import heading, words_on
from tests.pages.roles import give, people_sign_in, signed_in
from tests.pages.test_reading_pages import NEVER_ON_SCREEN, words_of

Open = Callable[..., AppTest]
PAGE = "data_quality.py"
USER = "vic@council.gov.uk"
ROWS = "Rows to ask about"


@pytest.fixture
def faulty(shared: Store) -> Store:
    change_settings(shared, lambda _: settings_of_all(), by=COMMISSIONER)
    save_faulty(shared)
    return shared


def headers(app: AppTest) -> list[str]:
    return [str(one.value).replace("\\", "") for one in app.header]


def test_the_examples_of_mentoring_say_what_may_not_be_divided(opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service="mentoring")
    assert not app.exception
    assert heading(app).startswith("Assessment date is blank in 82 of 471 cases; of 16 other columns 4 ")
    found = headers(app)
    assert found[0] == "12 of 17 columns are filled in for at least 95% of the cases"
    assert "Every one of 1,710 references matches a case" in found
    assert (
        "Half of the cases are entered within 6 days of referral; 34% (184 of 536) after the month of referral"
        in found
    )
    assert any("'homelessness prevented' by the base of 'how households came" in one for one in found)
    said = words_on(app)
    assert (
        "is known in 527 cases and 'Homelessness prevented' in 471, but neither is a part of the other: "
        in said
    )
    assert "Southend-on-Sea 15 against 17 and Thurrock 17 against 21." in said, "CHECKS E6"
    assert "In Harlow the main figures rest on 72, 71, 68, 70, 37 and 54 cases" in found, "CHECKS E14"
    assert "Every open case is still reported, none was opened again, and no outcome changed" in found
    assert "No row needs to be asked about." in said
    assert not NEVER_ON_SCREEN.findall(words_of(app))


def test_the_examples_of_send_say_which_columns_go_together_and_what_is_no_share_of_cases(
    opened: Open, examples: Store
) -> None:
    app = opened(PAGE, examples, service="send")
    assert not app.exception
    assert heading(app).startswith(
        "Sex, Age band, Ethnicity and 1 more are each blank in 1,416 of 2,129 cases"
    )
    said = words_on(app)
    assert "'Reasons for mediation': 2,368 answers of 2,129 cases." in said, "CHECKS N1"
    assert "Counted by different dates: " in said, "CHECKS N2"
    assert not NEVER_ON_SCREEN.findall(words_of(app))


def test_nothing_and_one_case_are_said_as_they_are(
    opened: Open, empty: Store, one_case_of: Callable[[str], Store]
) -> None:
    app = opened(PAGE, empty)
    assert not app.exception
    assert "open Upload to begin" in app.info[0].value
    assert not app.header
    for service in ("send", "homelessness"):
        app = opened(PAGE, one_case_of(service), service=service)
        assert not app.exception
        assert "are never filled in" in heading(app)
        assert "No row of another sheet names a case" in headers(app)


def test_faults_are_counted_and_listed_for_a_commissioner_and_kept_in_the_audit(
    faulty: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    people_sign_in(monkeypatch)
    give(faulty, USER, Grant(Role.COMMISSIONER))
    app = signed_in(USER, query=[("service", "mentoring")])
    app.switch_page(PAGE).run()
    assert not app.exception
    found = headers(app)
    assert "2 of 5 references match no case, in activities and complaints" in found
    assert "2 rows with dates that cannot be; 2 rows with dates that seldom are" in found
    assert (
        "1 open case is no longer reported, 1 case was opened again and 1 case changed its outcome" in found
    )
    said = words_on(app)
    assert ROWS in found
    assert all(ref in said for ref in ("GHOST", "LOST", "K-GONE"))
    assert [one.provider for one in read_audit(faulty, LOCAL_USER, act=Act.SAW_CASES)] == [NORTH]
    app.selectbox(key="problem").set_value("changed").run()
    assert "Was 'Prevented', is 'Withdrawn'" in words_on(app)
    ways = [one.proto.query_string for one in app.get("page_link") if "of case CHANGED" in one.proto.label]
    assert ways == [f"service=mentoring&provider={NORTH}&ref=CHANGED&back=data_quality"]


@pytest.mark.parametrize(
    ("grant", "told", "refs"),
    [
        (Grant(Role.VIEWER), "2 of 5 references match no case, in activities and complaints", False),
        (Grant(Role.PRESENTER, Reach(area=HILL)), "", False),
        (
            Grant(Role.PROVIDER, Reach(provider=NORTH)),
            "2 of 5 references match no case, in activities and complaints",
            True,
        ),
        (Grant(Role.PROVIDER, Reach(provider=SOUTH)), "No row of another sheet names a case", False),
    ],
)
def test_nobody_sees_a_row_beyond_their_reach(
    faulty: Store, monkeypatch: pytest.MonkeyPatch, grant: Grant, told: str, refs: bool
) -> None:
    people_sign_in(monkeypatch)
    give(faulty, USER, grant)
    app = signed_in(USER, query=[("service", "mentoring")])
    app.switch_page(PAGE).run()
    assert not app.exception
    said = words_on(app)
    about_references = [one for one in headers(app) if "reference" in one or "names a case" in one]
    assert about_references == ([told] if told else []), (
        "who sees an area is told of no nought that is not theirs"
    )
    assert ("the returns that count" in said) is (grant.role is Role.PROVIDER)
    assert ("GHOST" in said) is refs
    if grant.reach.provider == SOUTH:
        assert "North Mentors" not in said
        assert "n = 2 cases" in said
    if grant.reach.provider == NORTH:
        assert "South Mentors" not in said
        assert "n = 7 cases" in said


@pytest.mark.parametrize("asked", [("for", f"provider:{NORTH}"), ("present", "true")])
def test_it_is_shown_to_nobody_but_the_commissioning_team(
    faulty: Store, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, str]
) -> None:
    people_sign_in(monkeypatch)
    give(faulty, USER, Grant(Role.COMMISSIONER))
    app = signed_in(USER, query=[("service", "mentoring"), asked])
    app.switch_page(PAGE).run()
    assert not app.exception
    assert heading(app) == "Data quality"
    assert not app.toggle
    assert not app.header
    assert not app.table
    assert "GHOST" not in words_on(app)
