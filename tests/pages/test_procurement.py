"""Before a procurement: who may open it, what is typed into it and kept, and what bidders get of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access.procurement.scenarios import list_scenarios, read_scenario, remove_scenario, save_scenario
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER, LOCAL_USER, Grant, Reach, Role
from domain.procurement.example_prices import example_offers
from domain.procurement.needs import PARTS
from domain.procurement.scenario import Assumption, Bands, Basis, Scenario
from domain.services import MENTORING
from tests.builders import NORTH, Q1, Q2, a_case, a_return, some_settings
from tests.pages.opening import opened, opened_once, words_on
from tests.pages.roles import give, people_sign_in, signed_in
from tests.pages.test_reading_pages import NEVER_ON_SCREEN

Open = Callable[..., AppTest]
PAGE, USER = "procurement.py", "pat@council.gov.uk"
NAME = "Two lots from April"


@pytest.fixture
def kept(shared: Store) -> Store:
    """Two quarters of a service, and one scenario of it that rests on numbers of its own."""
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER)
    for quarter, month in ((Q1, 5), (Q2, 8)):
        cases = [
            a_case(f"N{month}-{n}", referral_date=date(2018, month, 2), outcome_date=date(2018, month, 20))
            for n in range(20)
        ]
        save_return(shared, a_return(NORTH, quarter, cases), by=COMMISSIONER)
    save_scenario(shared, own_numbers(), by=LOCAL_USER)
    return shared


def own_numbers(name: str = NAME) -> Scenario:
    return Scenario("mentoring", starts=201904, basis=Basis.OWN, own=(60, 80, 110), name=name)


@pytest.fixture(scope="module")
def on_examples(tables_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppTest]:
    """The page on the examples, opened once; it goes on beside the empty database that it was opened with."""
    folder = tmp_path_factory.mktemp("procurement")
    app = opened_once(PAGE, "send", tables_file, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{folder / 'shared.db'}")
        yield app


def go_to(app: AppTest, part: str) -> AppTest:
    app.radio(key="part").set_value(part).run()
    assert not app.exception, app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception, app.exception
    return app


def field(app: AppTest, name: str) -> object:
    """The number field of which the key ends so."""
    return next(one for one in app.number_input if str(one.key).endswith(name))


def enter(app: AppTest, name: str, value: float | None) -> AppTest:
    key = next(str(one.key) for one in app.number_input if str(one.key).endswith(name))
    app.number_input(key=key).set_value(value).run()
    assert not app.exception, app.exception
    return app


def test_every_part_opens_and_speaks_plainly(on_examples: AppTest) -> None:
    for part in PARTS:
        said = words_on(go_to(on_examples, part.key))
        assert on_examples.query_params["part"] == part.key
        assert len(on_examples.header) > 0, part.key
        assert not NEVER_ON_SCREEN.findall(said), part.key
        if part.key != "prices":
            assert "£" not in said, part.key


def test_no_price_is_invented_and_examples_say_that_they_are_not_real(on_examples: AppTest) -> None:
    app = go_to(on_examples, "prices")
    assert "No price is entered yet" in words_on(app)
    press(app, "procurement_examples")
    assert "Example prices, not real" in words_on(app)
    assert all("example, not real" in one.label for one in app.expander if one.label != "Table")
    press(app, "procurement_no_examples")
    assert "No price is entered yet" in words_on(app)
    assert "Example prices" not in words_on(app)
    assert not any("£" in str(value) for value in app.query_params.values())


def test_the_slider_answers_and_changes_nothing_until_it_is_taken_over(on_examples: AppTest) -> None:
    app = go_to(on_examples, "prices")
    press(app, "procurement_examples")
    before = field(app, "_offer_fixed_n").value
    app.slider[0].set_value(before + 44).run()
    (tried,) = [table.value for table in app.table if "Tried" in table.value.columns]
    assert list(tried["As entered"][:2]) == [f"{before:,}", f"£{360 * before:,}"]
    assert list(tried["Tried"][:2]) == [f"{before + 44:,}", f"£{360 * (before + 44):,}"]
    assert field(app, "_offer_fixed_n").value == before
    press(app, "procurement_take_n")
    assert field(app, "_offer_fixed_n").value == before + 44
    assert field(app, "_offer_fixed").value == 360 * (before + 44)
    press(app, "procurement_no_examples")


def test_what_is_wrong_is_said_and_what_was_typed_stays(on_examples: AppTest) -> None:
    app = go_to(on_examples, "bands")
    for name, value in (("_bands_low", 900), ("_bands_expected", 700), ("_bands_high", 1000)):
        enter(app, name, value)
    assert "The volumes for the tender are 900, 700 and 1,000" in app.error[0].value.replace("\\", "")
    go_to(app, "work")
    assert not app.error
    go_to(app, "bands")
    assert field(app, "_bands_low").value == 900
    assert app.error
    enter(app, "_bands_low", 600)
    assert not app.error
    assert "600" in words_on(app)
    taken = next(one for one in app.button if str(one.key) == "procurement_option_1")
    press(app, "procurement_option_1")
    low = field(app, "_bands_low").value
    assert f": {low:,}, " in taken.label
    assert low != 600


def test_an_assumption_is_added_and_taken_away(on_examples: AppTest) -> None:
    app = go_to(on_examples, "forecast")
    assume(app, "A new duty", 10)
    assert "**+10%**" in words_on(app)
    assert "A new duty" in words_on(app)
    press(app, "procurement_without_0")
    assert "**+10%**" not in words_on(app)


def assume(app: AppTest, words: str, percent: float) -> None:
    key = next(str(one.key) for one in app.text_input if str(one.key).endswith("assumed_words"))
    app.text_input(key=key).set_value(words)
    enter(app, "assumed_0", percent)
    press(app, "procurement_assume")


def test_a_service_of_seven_quarters_goes_by_months_and_by_no_decisions_that_nobody_counts(
    opened: Open, examples: Store
) -> None:
    app = opened(PAGE, examples, service="housing", part="forecast")
    chosen = {str(one.key).partition("_0_")[2]: one for one in (*app.selectbox, *app.radio)}
    assert chosen["grouping"].value == "month"
    assert not [one for one in chosen["basis"].options if "decisions" in one]
    # An assumption begins with the contract, also once that begins at another time.
    chosen["starts"].set_value(202604).run()
    assert any("_assumed_since" in str(one.key) and one.value == 202604 for one in app.selectbox)


def test_a_saved_scenario_is_reopened_by_its_address_with_what_it_is_of(kept: Store) -> None:
    app = opened(PAGE, scenario="1", part="forecast", service="send", provider="provider-b")
    assert f"**{NAME}**, saved on" in words_on(app)
    assert app.query_params["service"] == "mentoring"
    assert "provider" not in app.query_params
    assert [field(app, name).value for name in ("_own_low", "_own_likely", "_own_high")] == [60, 80, 110]


def test_looking_at_a_kept_scenario_changes_nothing_of_it(kept: Store) -> None:
    offers = tuple(replace(one, indexation=Decimal("2.25")) for one in example_offers(MENTORING, 77))
    bands = Bands(60, 80, 110)
    full = replace(
        own_numbers("All of it"),
        offers=offers[::-1],
        bands=bands,
        mean_days=Decimal("28.5"),
        assumptions=(Assumption("A new duty", 201907, 10, 5, 15),),
    )
    number = save_scenario(kept, full, by=LOCAL_USER)
    app = opened(PAGE, scenario=str(number))
    for part in PARTS:
        assert "**All of it**, saved on" in words_on(go_to(app, part.key)), part.key


def test_a_change_lasts_for_the_session_until_it_is_saved_or_undone(kept: Store) -> None:
    app = opened(PAGE, scenario="1", part="forecast")
    enter(app, "_own_high", 130)
    assert f"**{NAME}**, changed and not saved" in words_on(app)
    assert read_scenario(kept, LOCAL_USER, 1).own == (60, 80, 110)
    press(app, "procurement_undo")
    assert field(app, "_own_high").value == 110
    enter(app, "_own_high", 140)
    go_to(app, "saved")
    press(app, "procurement_save")
    assert "is saved" in app.success[0].value
    assert read_scenario(kept, LOCAL_USER, 1).own == (60, 80, 140)
    assert f"**{NAME}**, saved on" in words_on(app)


def test_a_new_one_is_saved_under_a_name_and_two_are_compared(kept: Store) -> None:
    app = opened(PAGE, part="saved")
    assert "**Not saved.**" in words_on(app)
    press(app, "procurement_save")
    assert "name is blank" in app.error[0].value
    app.text_input(key="procurement_mentoring_0_name").set_value("As it is").run()
    press(app, "procurement_save")
    assert [one.name for one in list_scenarios(kept, LOCAL_USER, "mentoring")] == ["As it is", NAME]
    assert app.query_params["scenario"] == "2"
    assert any("procurement?scenario=2" in one.value for one in app.code)
    app.multiselect(key="compare").set_value([1, 2]).run()
    assert not app.exception, app.exception
    assert app.query_params["compare"] == ["1", "2"]
    (table,) = [table.value for table in app.table]
    assert {"As it is", NAME} <= set(table.columns)


def test_a_name_is_no_markdown_beside_another(kept: Store) -> None:
    save_scenario(kept, own_numbers("![x](http://elsewhere/x.png)"), by=LOCAL_USER)
    app = opened(PAGE, part="saved")
    app.multiselect(key="compare").set_value([1, 2]).run()
    assert not app.exception, app.exception
    (table,) = [table.value for table in app.table]
    assert r"!\[x\](http\://elsewhere/x.png)" in list(table.columns)


def test_a_removed_one_is_brought_back(kept: Store) -> None:
    app = opened(PAGE, part="saved")
    press(app, "procurement_remove_1")
    assert list_scenarios(kept, LOCAL_USER, "mentoring") == ()
    press(app, "procurement_back")
    assert [one.name for one in list_scenarios(kept, LOCAL_USER, "mentoring")] == [NAME]


def test_a_number_that_is_not_there_leads_on(kept: Store) -> None:
    app = opened(PAGE, scenario="7")
    assert "There is no scenario 7" in app.info[0].value
    assert "scenario" not in app.query_params


def test_what_was_expected_on_the_figures_it_was_saved_on_is_said(kept: Store) -> None:
    app = opened(PAGE, scenario="1")
    assert "Saved on figures" not in words_on(app)
    cases = [a_case(f"L-{n}", referral_date=date(2018, 11, 2)) for n in range(12)]
    save_return(kept, a_return(NORTH, "2018-10..2018-12", cases), by=COMMISSIONER)
    app.run()
    assert "Saved on figures as they stood on" in words_on(app)
    assert "80 referrals are still expected in Apr 2019 to Mar 2020" in words_on(app)


def test_bidders_get_no_money_no_name_and_no_part_of_ours(kept: Store) -> None:
    save_scenario(kept, own_numbers("Secret name"), by=LOCAL_USER)
    app = opened(PAGE, scenario="2", part="prices", **{"for": "public"})
    assert "As bidders will see it" in app.info[0].value
    options = app.radio(key="part").options
    assert "What each way of paying costs" not in options
    assert "Scenarios" not in options
    for part in PARTS:
        if part.bidders:
            said = words_on(go_to(app, part.key))
            assert "£" not in said
            assert "Secret name" not in said
            assert not app.number_input


@pytest.mark.parametrize("said", [{"for": "public"}, {"present": "true"}])
def test_where_others_look_on_nobody_reads_what_a_removed_one_was_called(
    kept: Store, said: dict[str, str]
) -> None:
    remove_scenario(kept, 1, by=LOCAL_USER)
    assert NAME in words_on(opened(PAGE, scenario="1"))
    assert NAME not in words_on(opened(PAGE, scenario="1", **said))


def test_prices_in_hand_leave_no_trace_in_what_bidders_see(opened: Open, examples: Store) -> None:
    app = opened(PAGE, examples, service="send")
    go_to(app, "prices")
    press(app, "procurement_examples")
    app.selectbox(key="for").set_value("public").run()
    assert not app.exception, app.exception
    for part in PARTS:
        if part.bidders:
            said = words_on(go_to(app, part.key))
            assert "£" not in said
            assert "Example prices" not in said


@pytest.mark.parametrize(
    "said", [{"for": "providers"}, {"present": "true"}, {"present": "true", "for": "us"}]
)
def test_others_and_a_meeting_get_words_alone(kept: Store, said: dict[str, str]) -> None:
    app = opened(PAGE, scenario="1", **said)
    assert "This page is for the commissioning team" in app.info[0].value
    assert not app.table
    assert NAME not in words_on(app)


def test_who_sees_a_part_of_a_service_is_told_so(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    people_sign_in(monkeypatch)
    give(kept, USER, Grant(Role.COMMISSIONER, Reach(provider=NORTH)))
    app = signed_in(USER, query=[("scenario", "1")]).run()
    app.switch_page(PAGE).run()
    assert not app.exception, app.exception
    assert NAME not in words_on(app)
    assert not app.table
    give(kept, USER, Grant(Role.VIEWER))
    app.run()
    assert NAME not in words_on(app)
    assert "your role does not reach all of" in words_on(app)


def test_without_a_return_it_says_what_to_do(opened: Open, empty: Store) -> None:
    app = opened(PAGE, empty)
    assert not app.exception, app.exception
    assert "first return" in app.info[0].value


def test_one_case_is_too_few_and_says_what_to_do_next(opened: Open, one_case: Store) -> None:
    app = opened(PAGE, one_case)
    for part in PARTS:
        said = words_on(go_to(app, part.key))
        assert part.key == "why" or "no referrals are expected yet" in said.lower()
        # The team may see every figure: there is none.
        assert "Not shown to this audience" not in said
