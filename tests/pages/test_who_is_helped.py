"""The page about people, through the shell: every service, one case, nothing, both readings of several answers, and what is compared."""

import json
from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.sources import close_in_hand, open_in_hand
from data_access.stores import Store
from domain.access import LOCAL_USER, Grant, Role
from domain.services import SERVICES, service
from tests.builders import a_return, some_settings
from tests.pages.opening import words_on
from tests.pages.roles import give, people_sign_in, signed_in

Open = Callable[..., AppTest]
PAGE = "who_is_helped.py"
KEYS = [one.key for one in SERVICES]
KNOWN_OF = {
    "send": ["Main need", "Age of the child", "Sex of the child", "Ethnic group of the child"],
    "housing": ["Age of the resident", "Sex of the resident", "Ethnic group of the resident"],
    "mentoring": [
        "Kind of household", "Vulnerabilities, % of households", "Main vulnerability", "Risk at assessment",
        "Where households lived when referred", "Number of adults", "Number of dependent children",
        "Age of the main applicant", "Sex of the main applicant", "Ethnic group of the main applicant",
    ],
    "homelessness": [
        "Kind of household", "Where households lived when they asked for help", "Number of adults",
        "Number of dependent children", "Age of the main applicant", "Sex of the main applicant",
        "Ethnic group of the main applicant",
    ],
}  # fmt: skip


def headers(app: AppTest) -> list[str]:
    assert not app.exception, app.exception
    return [str(one.value).replace("\\", "") for one in app.header]


def panel_of(app: AppTest, start: str) -> str:
    return next(one for one in headers(app) if one.startswith(start))


def table_with(app: AppTest, header: str, cell: str) -> list[list[str]]:
    """The rows of the table that has this column, and this cell in its first one."""
    found = (t.value for t in app.table if header in t.value.columns and cell in list(t.value.iloc[:, 0]))
    return [list(map(str, row)) for row in next(found).to_numpy()]


@pytest.mark.parametrize("key", KEYS)
def test_the_examples_of_each_service_say_what_is_known_of_people(
    key: str, opened: Open, examples: Store
) -> None:
    app = opened(PAGE, examples, service=key)
    found = headers(app)
    assert len(found) == len(KNOWN_OF[key])
    assert all(header.startswith(start) for header, start in zip(found, KNOWN_OF[key], strict=True))
    said = words_on(app)
    assert ("1,000 EHC plans: not known" in said) is (key == "send")
    assert ("Published figures beside ours" in [x.proto.label for x in app.get("page_link")]) is (
        key in ("send", "mentoring")
    )
    assert str(app.title[0].value).startswith("Who is helped: ")


@pytest.mark.parametrize("key", KEYS)
def test_one_case_of_which_little_is_known_is_no_error(
    key: str, opened: Open, one_case_of: Callable[[str], Store]
) -> None:
    app = opened(PAGE, one_case_of(key))
    assert all(header.endswith("nothing recorded yet") for header in headers(app))
    assert app.title[0].value == f"Who is helped: 1 {service(key).one}"


def test_without_figures_the_page_says_what_to_do(opened: Open, empty: Store) -> None:
    app = opened(PAGE, empty)
    assert not app.exception
    assert "open Upload to begin" in app.info[0].value
    assert not app.get("plotly_chart")


def household(number: int, *kinds: str, **more: object) -> dict[str, object]:
    return {"case_ref": f"C{number}", "area": "E1", "vulnerabilities": kinds or None} | more


@pytest.fixture
def five_households() -> Iterator[Store]:
    """Three of which vulnerabilities are known, with five answers; one is blank, and one says that nobody knows."""
    cases = [
        household(1, "MENTAL", "YOUNG", adults_n=1, dependent_children_n=0, ethnicity="AS_BAN"),
        household(2, "MENTAL", "PHYSICAL", adults_n=1, dependent_children_n=2, ethnicity="AS_IND"),
        household(3, "MENTAL", adults_n=2, dependent_children_n=3, ethnicity="ASIAN"),
        household(4, adults_n=2, ethnicity="DK"),
        household(5, "DK", adults_n=0, dependent_children_n=0, ethnicity="WHITE"),
    ]
    store = open_in_hand(a_return(cases=cases), some_settings())
    yield store
    close_in_hand(store)


def test_several_answers_are_read_as_shares_of_households_or_of_answers(
    opened: Open, five_households: Store
) -> None:
    app = opened(PAGE, five_households)
    assert panel_of(app, "Vulnerabilities") == (
        "Vulnerabilities, % of households: most often Mental health problem, 100% (3 of 3); 5 answers for 3 households; "
        "few households, read with caution"
    )
    rows = {row[0]: row for row in table_with(app, "Share of all answers", "Young person")}
    assert rows["Young person"][1:4] == ["1", "3", "33.3%"]
    assert rows["Young person"][6:8] == ["1", "1"], "missing and don't know stand apart"
    assert rows["Young person"][-2:] == ["25.0%", "20.0%"], "with don't know in the base, and of all answers"
    assert "may pass 100%" in words_on(app)

    app.radio(key="share_of").set_value("answers").run()
    assert panel_of(app, "Vulnerabilities") == (
        "Vulnerabilities, % of answers: most often Mental health problem, 60% (3 of 5); 5 answers for 3 households; "
        "few households, read with caution"
    )
    assert "together they make 100%" in words_on(app)
    drawn = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    shares = next(bars for spec in drawn if "Young person" in (bars := bars_of(spec)))
    assert shares["Mental health problem"] == 0.6
    assert sum(shares.values()) == pytest.approx(1)


def bars_of(spec: dict[str, list[dict[str, list[object]]]]) -> dict[object, float]:
    first = spec["data"][0]
    return dict(zip(first["y"], map(float, first["x"]), strict=True)) if first["type"] == "bar" else {}


def test_the_smaller_ethnic_groups_stand_beneath_theirs_in_the_table(
    opened: Open, five_households: Store
) -> None:
    app = opened(PAGE, five_households)
    group = "Asian, Asian British or Asian Welsh"
    rows = [row[:4] for row in table_with(app, "Out of", group)]
    assert rows[:4] == [
        [group, "3", "4", "75.0%"],
        [f"{group}: Bangladeshi", "1", "4", "25.0%"],
        [f"{group}: Indian", "1", "4", "25.0%"],
        [f"{group}: not described further", "1", "4", "25.0%"],
    ]
    assert (
        "Kept in it, 'Asian, Asian British or Asian Welsh' would be 60% (3 of 5) instead of 75%"
        in words_on(app)
    )


@pytest.mark.parametrize(("role", "shown"), [(Role.VIEWER, False), (Role.COMMISSIONER, True)])
def test_the_smaller_groups_are_for_who_may_see_single_cases(
    shared: Store, monkeypatch: pytest.MonkeyPatch, role: Role, shown: bool
) -> None:
    people_sign_in(monkeypatch)
    change_settings(shared, lambda _: some_settings(), by=LOCAL_USER)
    cases = [household(number, ethnicity="AS_BAN") for number in range(6)]
    save_return(shared, a_return(cases=cases), by=LOCAL_USER)
    give(shared, "vic@council.gov.uk", Grant(role))
    app = signed_in("vic@council.gov.uk")
    app.switch_page(PAGE).run()
    table_with(app, "Out of", "Asian, Asian British or Asian Welsh")
    assert ("Bangladeshi" in words_on(app)) is shown


def test_kinds_of_household_need_both_numbers(opened: Open, five_households: Store) -> None:
    app = opened(PAGE, five_households)
    rows = {row[0]: row[1:3] for row in table_with(app, "Kind of household", "No adult recorded")}
    assert rows == {
        "One adult, no dependent children": ["1", "4"],
        "One adult with dependent children": ["1", "4"],
        "Two or more adults, no dependent children": ["0", "4"],
        "Two or more adults with dependent children": ["1", "4"],
        "No adult recorded": ["1", "4"],
    }
    assert "n = 4 of 5, 1 missing one number or both" in words_on(app)


def test_the_published_shares_of_households_come_out(opened: Open, examples: Store) -> None:
    """Essex s2.2: 39% single adults without dependent children, 52% with any; Table 2: 472 and 55 of 527; s2.2.3: 63%, 45%."""
    app = opened(PAGE, examples, service="mentoring")
    assert panel_of(app, "Kind of household").endswith("with dependent children 52% (280 of 537)")
    rows = table_with(app, "Kind of household", "One adult, no dependent children")
    assert rows[0][1:4] == ["209", "537", "38.9%"]
    homes = {row[0]: row[1:4] for row in table_with(app, "Out of", "Together: Fixed accommodation")}
    assert homes["Together: Fixed accommodation"] == ["472", "527", "89.6%"]
    assert homes["Together: Temporary/other accommodation"] == ["55", "527", "10.4%"]
    assert "63% (319 of 507)" in panel_of(app, "Vulnerabilities")
    assert panel_of(app, "Main vulnerability").endswith("45% (228 of 507) (an artefact of recording)")
    said = words_on(app)
    assert "Prefer all vulnerabilities" in said
    assert "Of the main applicant alone, not of everybody in the household." in said
    marked = [c for c in app.caption if c.value.startswith("A personal characteristic")]
    assert len(marked) == 5


@pytest.mark.parametrize(("by", "key"), [("provider", "housing"), ("area", "mentoring")])
def test_one_answer_is_compared_with_no_more_said_than_chance_allows(
    by: str, key: str, opened: Open, examples: Store
) -> None:
    app = opened(PAGE, examples, service=key)
    before = len(headers(app))
    app.radio(key="compare").set_value(by).run()
    app.selectbox(key="compare_what").set_value("sex").run()
    app.selectbox(key="compare_answer").set_value("F").run()
    found = headers(app)
    assert len(found) == before + 1
    assert found[0].startswith(f"Compared by {by}. Sex of the ")
    assert "Female" in found[0]
    assert "clear" in found[0], "a difference is called clear or not clear"
    columns = next(t.value for t in app.table if "Difference from the others" in t.value.columns)
    assert len(columns) > 1
    assert all("95% limits" in text for text in columns["Difference from the others"])


def test_reasons_are_about_reasons_alone(opened: Open, examples: Store) -> None:
    app = opened("reasons.py", examples, service="send")
    assert [header.partition(":")[0] for header in headers(app)] == ["Reasons for mediation"]
    assert "personal characteristic" not in words_on(app)
    assert "Who is helped" in [link.proto.label for link in app.get("page_link")]
    meetings = opened("outcomes.py", examples, service="send")
    assert any(header.startswith("How meetings were held") for header in headers(meetings))
