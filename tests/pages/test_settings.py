"""The Settings page: every part can be filled in, a change is shown before it is saved, and the last one can be taken back."""

import io
from base64 import b64encode
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access.returns import save_return
from data_access.settings import change_settings, read_settings
from data_access.settings_workbook import write_settings_template
from data_access.stores import Store
from domain.access import COMMISSIONER
from domain.kpis import kpi
from domain.periods import PeriodKind
from domain.settings import Contract, Provider, Settings, Target
from tests.builders import NORTH, Q1, a_case, a_return, some_settings
from tests.logos import a_logo
from tests.pages.opening import heading, opened, words_on
from tests.pages.uploading import checked

EXCEPTIONS = "Reasons for an agreed exception that the contract takes out of an adjusted figure"


@pytest.fixture
def council(shared: Store) -> Store:
    """A council with two providers, three areas and a contract each."""
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER.signing("test"))
    return shared


def part(name: str, **query: str) -> AppTest:
    return opened("settings.py", **{"set": name.casefold(), **query})


def typed(page: AppTest, label: str, value: object) -> None:
    """Fill in the field with this label, of whatever kind it is."""
    kinds = ("text_input", "text_area", "number_input", "date_input", "selectbox", "radio", "multiselect")
    (field,) = [one for kind in kinds for one in page.get(kind) if one.label == label]
    field.set_value(value)


def looked_at(page: AppTest) -> AppTest:
    """Press the button of the form, which shows what would change."""
    page.button(key=next(b.key for b in page.button if b.label == "Check this change")).click().run()
    assert not page.exception, page.exception
    return page


def pressed(page: AppTest, label: str) -> AppTest:
    next(b for b in page.button if b.label == label).click().run()
    assert not page.exception, page.exception
    return page


def saved(page: AppTest, why: str = "as agreed") -> AppTest:
    typed(page, "Your job title", "Commissioner")
    typed(page, "Why", why)
    return pressed(page, "Save")


def test_an_empty_database_starts_with_four_steps(empty: Store) -> None:
    page = opened("settings.py")
    steps = [b.label for b in page.button if b.key and b.key.startswith("start_")]
    assert [step[:2] for step in steps] == ["1.", "2.", "3.", "4."]
    assert not any("done" in step for step in steps)
    typed(page, "Name of the council", "Anytown Council")
    page = saved(looked_at(page))
    assert heading(page) == "Settings of Anytown Council"
    assert [b.label for b in page.button if b.key == "start_Council"] == ["1. Name the council: done"]
    page.button(key="start_Providers").click().run()
    assert [one.label for one in page.text_input] == ["Name of the provider"]


def test_nothing_is_saved_before_it_was_shown(council: Store) -> None:
    page = part("Providers")
    typed(page, "Name of the provider", "West Mentors")
    page = looked_at(page)
    assert "Provider West Mentors: added" in words_on(page)
    assert read_settings(council, COMMISSIONER) == some_settings()
    page = pressed(page, "Go back without saving")
    assert read_settings(council, COMMISSIONER) == some_settings()
    assert "West Mentors" not in words_on(page)


def test_a_provider_is_added_renamed_and_ended(council: Store) -> None:
    page = part("Providers")
    typed(page, "Name of the provider", "West Mentors")
    page = saved(looked_at(page))
    assert read_settings(council, COMMISSIONER).provider("west-mentors") == Provider(
        "west-mentors", "West Mentors"
    )
    typed(page, "Provider", read_settings(council, COMMISSIONER).providers[0])
    page.run()
    typed(page, "Name of the provider", "Northern Mentors")
    page = saved(looked_at(page))
    assert read_settings(council, COMMISSIONER).provider_label(NORTH) == "Northern Mentors"
    typed(page, "Provider", read_settings(council, COMMISSIONER).providers[0])
    page.run()
    typed(page, "What to do", "End its contracts on a day")
    page.run()
    typed(page, "Last day of its contracts", date(2019, 3, 31))
    saved(looked_at(page))
    assert read_settings(council, COMMISSIONER).contracts[0].end == date(2019, 3, 31)


def test_a_change_looked_at_while_another_was_saved_is_refused_in_red(council: Store) -> None:
    page, other = part("Providers"), part("Providers")
    typed(page, "Name of the provider", "West Mentors")
    typed(other, "Name of the provider", "East Mentors")
    page, other = looked_at(page), looked_at(other)
    saved(other)
    page = saved(page)
    assert [e.value.count("othing was saved") for e in page.error] == [1]
    assert not page.success
    assert read_settings(council, COMMISSIONER).provider("west-mentors") is None


def test_several_areas_are_added_at_once(council: Store) -> None:
    page = part("Areas")
    typed(page, "Names of the areas, one a line", "Old Town, E05000001\n\nNew Town")
    typed(page, "Kind", "locality")
    saved(looked_at(page))
    added = read_settings(council, COMMISSIONER).areas[3:]
    assert [(a.key, a.label, a.kind, a.order) for a in added] == [
        ("E05000001", "Old Town", "locality", 4),
        ("new-town", "New Town", "locality", 5),
    ]


def test_an_area_gets_a_last_day_and_a_successor(council: Store) -> None:
    page = part("Areas")
    typed(page, "Area", read_settings(council, COMMISSIONER).areas[0])
    page.run()
    typed(page, "Last day (blank: still there)", date(2019, 3, 31))
    typed(page, "Which area took its place?", "E2")
    typed(page, "Other spellings, with ; between them", "The Hill; Hilltop")
    saved(looked_at(page))
    hill = read_settings(council, COMMISSIONER).areas[0]
    assert (hill.valid_to, hill.successor, hill.aliases) == (date(2019, 3, 31), "E2", ("The Hill", "Hilltop"))


def test_a_contract_is_entered_with_everything_agreed(council: Store) -> None:
    page = part("Contracts")
    typed(page, "Service", "send")
    typed(page, "Provider", "south")
    page.run()
    typed(page, "First day", date(2025, 4, 1))
    typed(page, "Last day (blank: no end)", date(2028, 3, 31))
    typed(page, "Returns come", PeriodKind.CUMULATIVE)
    typed(page, "Days until due, after the end of its period", 15)
    typed(page, "Cases included a contract year (blank: none agreed)", 220)
    typed(page, "Price in £ a contract year (blank: not known)", 80_000.5)
    typed(page, "Price in £ of each extra case", 412.0)
    typed(page, "Areas (none chosen: all)", ["E2"])
    typed(page, "The 30 days for mediation count from", "la_informed_date")
    typed(page, EXCEPTIONS, ["SCHOOL_HOL"])
    saved(looked_at(page))
    assert read_settings(council, COMMISSIONER).contracts[-1] == Contract(
        "send-south", "send", "south", date(2025, 4, 1), date(2028, 3, 31),
        ((date(2025, 4, 1), PeriodKind.CUMULATIVE),), 15, False, ("E2",), 220, Decimal("80000.5"), Decimal(412),
        "la_informed_date", ("SCHOOL_HOL",),
    )  # fmt: skip


def test_a_contract_is_asked_only_what_its_service_has(council: Store) -> None:
    kinds = ("selectbox", "multiselect", "number_input")
    words = ("30 days", "agreed exception", "case report", "delivered")
    found = {}
    page = part("Contracts")
    for service in ("send", "housing", "mentoring", "homelessness"):
        typed(page, "Service", service)
        page.run()
        labels = [one.label for kind in kinds for one in page.get(kind)]
        found[service] = [word for word in words if any(word in label for label in labels)]
    assert found == {
        "send": ["30 days", "agreed exception"],
        "housing": ["agreed exception", "case report"],
        "mentoring": [],
        "homelessness": ["delivered"],
    }


def test_the_terms_of_one_service_are_kept(council: Store) -> None:
    for service, label, value in (
        ("housing", EXCEPTIONS, ["LATER_DATE"]),
        ("housing", "Days after closing by which the case report is due (blank: no limit)", 10),
        ("homelessness", "How it is delivered", "integrated"),
    ):
        page = part("Contracts")
        known = [c for c in read_settings(council, COMMISSIONER).contracts if c.service == service]
        if known:
            typed(page, "Contract", known[0])
        else:
            typed(page, "Service", service)
        page.run()
        if not known:
            typed(page, "First day", date(2025, 4, 1))
        typed(page, label, value)
        saved(looked_at(page))
    housing, homelessness = read_settings(council, COMMISSIONER).contracts[-2:]
    assert (housing.counted_exceptions, housing.case_report_days) == (("LATER_DATE",), 10)
    assert homelessness.delivery_model == "integrated"
    assert "case report due 10 days after closing" in words_on(part("Contracts"))


def test_a_change_of_how_often_returns_come_keeps_the_time_before(council: Store) -> None:
    page = part("Contracts")
    typed(page, "Contract", read_settings(council, COMMISSIONER).contracts[0])
    page.run()
    typed(page, "Returns come", PeriodKind.MONTH)
    typed(page, "Returns come so from (blank: the first day)", date(2018, 10, 1))
    page = looked_at(page)
    assert "each month from 1 Oct 2018" in words_on(page)
    assert "returns more are wanted" in words_on(page)
    saved(page)
    contract = read_settings(council, COMMISSIONER).contracts[0]
    assert [contract.reporting_at(day) for day in (date(2018, 9, 1), date(2018, 10, 1))] == [
        PeriodKind.QUARTER,
        PeriodKind.MONTH,
    ]


def test_a_target_starts_on_its_day_and_the_former_ends_the_day_before(council: Store) -> None:
    first = Target("TB1", "mentoring", ">=", Decimal("0.8"), Decimal("0.75"), date(2018, 4, 1))
    change_settings(council, lambda now: replace(now, targets=(first,)), by=COMMISSIONER.signing("test"))
    page = part("Targets")
    typed(page, "KPI", kpi("TB1"))
    page.run()
    typed(page, "Target (%)", 82.5)
    typed(page, "Tolerance (%): a miss is amber up to this figure (blank: every miss is red)", 78)
    typed(page, "First day", date(2019, 4, 1))
    page = looked_at(page)
    assert "enter the reference of the variation, and why" in page.error[0].value
    typed(page, "Reference of the variation", "Variation 3")
    typed(page, "Why", "The board agreed it")
    page = saved(looked_at(page))
    old, new = read_settings(council, COMMISSIONER).targets
    assert old == replace(first, until=date(2019, 3, 31))
    assert (new.value, new.tolerance, new.since, new.until, new.variation, new.note) == (
        Decimal("0.825"), Decimal("0.78"), date(2019, 4, 1), None, "Variation 3", "The board agreed it",
    )  # fmt: skip
    assert "Variation 3. The board agreed it" in words_on(part("Targets"))


def test_a_kpi_with_agreed_exceptions_says_on_which_figure_it_is_judged(council: Store) -> None:
    page = part("Targets")
    typed(page, "Service", "housing")
    page.run()
    typed(page, "KPI", kpi("HM4"))
    page.run()
    assert "The status goes by" not in [one.label for one in page.selectbox]
    typed(page, "KPI", kpi("HM1"))
    page.run()
    typed(page, "The status goes by", "adjusted")
    typed(page, "First day", date(2019, 4, 1))
    saved(looked_at(page))
    (target,) = read_settings(council, COMMISSIONER).targets
    assert (target.kpi, target.judged_on) == ("HM1", "adjusted")


def test_the_share_past_which_exceptions_carry_a_warning_is_set(council: Store) -> None:
    page = part("Council")
    typed(page, "Warn when more than this share of cases has an agreed exception (%)", 30)
    page = looked_at(page)
    assert "figures carry a warning: 25% → 30%" in words_on(page)
    saved(page)
    assert read_settings(council, COMMISSIONER) == replace(some_settings(), exceptions_cap=Decimal("0.3"))


def test_what_others_may_see_is_set(council: Store) -> None:
    page = part("Council")
    typed(page, "Hide numbers under this from everybody but us", 10)
    (rounded,) = [one for one in page.toggle if "nearest 5" in one.label]
    rounded.set_value(True)
    page = looked_at(page)
    assert "1 to 4 → 1 to 9" in words_on(page)
    saved(page)
    assert read_settings(council, COMMISSIONER) == replace(some_settings(), small_number=10, rounding=5)


def look_checked(page: AppTest) -> AppTest:
    return pressed(page, "Check the colour and the logo")


def test_the_colour_and_the_logo_of_packs_are_set_seen_and_taken_out(council: Store) -> None:
    page = part("Council")
    typed(page, "Colour of packs", "1F4E79")
    page.file_uploader[0].upload("logo.png", a_logo())
    page = look_checked(page)
    assert "Colour of packs: none → #1f4e79" in words_on(page)
    assert "Logo of packs: none → PNG, 64 by 32 pixels, 1 KB" in words_on(page)
    saved(page)
    assert read_settings(council, COMMISSIONER) == replace(some_settings(), colour="#1f4e79", logo=a_logo())
    page = part("Council")
    assert "The logo: PNG, 64 by 32 pixels, 1 KB" in words_on(page)
    (drawn,) = [one.proto.body for one in page.get("html") if "<img" in one.proto.body]
    assert b64encode(a_logo()).decode() in drawn
    assert 'alt="The logo of Anywhere Council"' in drawn
    page.checkbox[0].check()
    saved(look_checked(page))
    assert read_settings(council, COMMISSIONER) == replace(some_settings(), colour="#1f4e79")


def test_what_is_no_colour_and_no_picture_is_refused_with_the_reason(council: Store) -> None:
    page = part("Council")
    typed(page, "Colour of packs", "navy")
    assert "'navy' is not a colour" in look_checked(page).error[0].value
    page = part("Council")
    page.file_uploader[0].upload("logo.png", b"\x89PNG\r\n but no picture")
    assert "not a PNG or JPEG picture" in look_checked(page).error[0].value
    assert read_settings(council, COMMISSIONER) == some_settings()


def test_a_target_of_the_law_has_no_tolerance(council: Store) -> None:
    page = part("Targets")
    typed(page, "Service", "send")
    page.run()
    assert "no tolerance" in words_on(page)
    assert not [one.label for one in page.number_input if "amber" in one.label]


def test_the_targets_of_law_and_specification_are_set_at_once(council: Store) -> None:
    page = part("Targets")
    typed(page, "Service", "send")
    page.run()
    typed(page, "What to do", "Set those of law and specification")
    page.run()
    saved(looked_at(page))
    kept = read_settings(council, COMMISSIONER).targets
    assert {t.kpi for t in kept} >= {"SM1b", "SM2"}
    assert all(t.service == "send" and not t.example for t in kept)


def test_a_survey_question_is_added_and_taken_out(council: Store) -> None:
    page = part("Survey")
    typed(page, "Service", "mentoring")
    page.run()
    typed(page, "Code of the question, as returns give it", "Q1")
    typed(page, "The question", "Did it help?")
    typed(page, "Answers", "useful")
    page = saved(looked_at(page))
    (question,) = read_settings(council, COMMISSIONER).questions
    assert (question.code, question.label, question.scale) == ("Q1", "Did it help?", "useful")
    typed(page, "Service", "mentoring")
    page.run()
    typed(page, "Question", question)
    page.run()
    typed(page, "What to do", "Take it out (entered by mistake)")
    page.run()
    saved(looked_at(page))
    assert read_settings(council, COMMISSIONER).questions == ()


def test_what_returns_rest_on_cannot_be_taken_out_and_the_page_says_why(council: Store) -> None:
    save_return(council, a_return(NORTH, Q1, [a_case()]), by=COMMISSIONER.signing("test"))
    page = part("Providers")
    typed(page, "Provider", read_settings(council, COMMISSIONER).providers[0])
    page.run()
    typed(page, "What to do", "Take it out (entered by mistake)")
    page.run()
    page = looked_at(page)
    assert "has sent returns and cannot be taken out" in page.error[0].value
    assert "Save" not in [b.label for b in page.button]


def test_the_last_change_is_taken_back_in_one_click(council: Store) -> None:
    page = part("Council")
    typed(page, "Name of the council", "Elsewhere")
    saved(looked_at(page))
    page = part("History")
    assert "Council: Anywhere Council → Elsewhere" in words_on(page)
    page = pressed(page, "Take back the last change")
    assert read_settings(council, COMMISSIONER) == some_settings()
    assert "Council: Elsewhere → Anywhere Council" in words_on(page)
    assert page.download_button(key="history_csv").label == "Download the history (CSV)"


def test_files_are_kept_as_sent_once_the_council_says_so_with_or_without_a_name(empty: Store) -> None:
    assert not read_settings(empty, COMMISSIONER).keep_originals
    for was, now in (("no", "yes"), ("yes", "no")):
        page = part("Council")
        page.toggle[0].set_value(now == "yes")
        page = looked_at(page)
        assert f"Keep the files as they were sent: {was} → {now}" in words_on(page)
        saved(page)
        assert read_settings(empty, COMMISSIONER) == Settings(keep_originals=now == "yes")


def test_a_council_keeps_its_name_when_it_keeps_files(council: Store) -> None:
    page = part("Council")
    typed(page, "Name of the council", "")
    page.toggle[0].set_value(True)
    assert looked_at(page).error[0].value == "Enter the council's name."
    page = part("Council")
    page.toggle[0].set_value(True)
    saved(looked_at(page))
    assert read_settings(council, COMMISSIONER) == replace(some_settings(), keep_originals=True)


def workbook(settings: Settings) -> bytes:
    out = io.BytesIO()
    write_settings_template(out, settings)
    return out.getvalue()


def sent(data: bytes) -> AppTest:
    page = part("Workbook")
    page.file_uploader[0].upload("settings.xlsx", data).run()
    return pressed(page, "Check this workbook")


def test_a_workbook_shows_what_it_would_change_before_it_is_saved(council: Store) -> None:
    wanted = replace(some_settings(), council="Elsewhere")
    page = sent(workbook(wanted))
    assert "Council: Anywhere Council → Elsewhere" in words_on(page)
    assert read_settings(council, COMMISSIONER) == some_settings()
    saved(page)
    assert read_settings(council, COMMISSIONER) == wanted


def test_the_settings_as_downloaded_change_nothing(council: Store) -> None:
    page = sent(workbook(read_settings(council, COMMISSIONER)))
    assert "Nothing differs" in page.info[0].value


def test_a_workbook_with_faults_says_each_at_its_cell(council: Store) -> None:
    page = sent(workbook(replace(some_settings(), council="")))
    assert "Nothing was saved" in page.error[0].value
    assert "Council" in words_on(page)
    assert read_settings(council, COMMISSIONER) == some_settings()


@pytest.mark.parametrize(
    ("what", "label"), [("provider", "Name of the provider"), ("area", "Names of the areas, one a line")]
)
def test_an_address_opens_the_form_with_the_name_filled_in(council: Store, what: str, label: str) -> None:
    page = opened("settings.py", add=what, name="Northgate")
    assert [
        one.value for kind in ("text_input", "text_area") for one in page.get(kind) if one.label == label
    ] == ["Northgate"]
    page = saved(looked_at(page))
    settings = read_settings(council, COMMISSIONER)
    assert "Northgate" in [one.label for one in (*settings.providers, *settings.areas)]
    assert not [one.value for kind in ("text_input", "text_area") for one in page.get(kind) if one.value]


def test_personal_details_are_not_kept_as_a_reason(council: Store) -> None:
    page = part("Council")
    typed(page, "Name of the council", "Elsewhere")
    page = saved(looked_at(page), why="ask somebody@example.org")
    assert "an e-mail address" in page.error[0].value
    assert read_settings(council, COMMISSIONER) == some_settings()


def test_an_empty_dashboard_leads_to_the_settings(empty: Store) -> None:
    page = opened("upload.py")
    assert "settings" in str(page.get("page_link")[0].proto.page)


def test_an_unknown_provider_in_a_return_is_offered_to_be_added(council: Store) -> None:
    page = checked(Path(__file__).parents[1] / "upload_files" / "fail" / "unknown_provider.xlsx")
    links = {link.proto.label: link.proto for link in page.get("page_link")}
    found = links['Add "Example provider Z" in Settings']
    assert (found.page, found.query_string) == ("settings", "add=provider&name=Example+provider+Z")
    assert links['Add "Basildon" in Settings'].query_string == "add=area&name=Basildon"
