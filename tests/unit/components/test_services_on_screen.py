"""What the screen says of services that differ: lines of the Overview, legal time limits, several answers a case, the supplement."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from components.address import one_of
from components.kpi_cards import councils_own, value_words
from components.kpi_panels import area_panel, council_panel, quarter_panel
from components.overview_parts import ServiceLine, change_words, next_steps, year_words
from components.panels import split_panel
from components.returns_calendar import received_table, returns_message
from components.settings_frame import PART, PARTS
from components.versions import held_words, period_label, sender_label
from data_access.kept import KeptReturn
from domain.kpis import Kpi, KpiStatus, kpis, kpis_of
from domain.messages import commonest_message
from domain.periods import Period, PeriodKind
from domain.returns_calendar import returns_calendar
from domain.selection import Selection
from domain.services import HOMELESSNESS, HOUSING, SEND
from domain.settings import Contract
from domain.status import Status
from domain.status_words import not_reported_words, statuses_message
from domain.tally import AsAt, Source
from tests.unit.components.builders import SETTINGS, released

YEAR = Period.parse("2024-04..2025-03")


def a_status(
    kpi: Kpi, status: Status, met: int = 3, base: int = 5, *, provider: str = "", area: str = ""
) -> KpiStatus:
    return KpiStatus(
        kpi, provider, area, provider, area, YEAR, True, met, base, met / base, None, None, status, "", False, None
    )  # fmt: skip


def named(kpi: str) -> Kpi:
    return next(one for one in kpis() if one.id == kpi)


def test_a_service_in_one_line() -> None:
    line = ServiceLine(SEND, YEAR, 636, red=2, judged=7)
    assert (
        line.words
        == "SEND mediation: 636 referrals in 2024/25; 2 KPIs red; no return outstanding up to Mar 2025"
    )
    missing = replace(line, unfinished=True, outstanding=1)
    assert missing.words.startswith("SEND mediation: 636 referrals in 2024/25 so far; ")
    unknown = ServiceLine(HOUSING, YEAR, 1, judged=0, outstanding=1)
    assert unknown.words == (
        "Housing mediation: 1 referral in 2024/25; no KPI can be judged yet; 1 return outstanding"
    )
    assert "no KPI can be judged yet" in ServiceLine(HOMELESSNESS, YEAR, 9).words
    assert ServiceLine(HOUSING).words == "Housing mediation: no return yet"
    assert year_words(Period.parse("2017-11..2018-10")) == "the 12 months to Oct 2018"


def test_a_change_is_said_only_where_the_interval_leaves_out_none() -> None:
    def share(met: int, base: int) -> object:
        return released("change_of_mind", (), [("", "", met, base)], service="send")

    assert change_words(share(60, 100), share(20, 100)) == (  # type: ignore[arg-type]
        "Families who changed their mind: higher (worse), 60% (60 of 100); it was 20% (20 of 100)"
    )
    assert change_words(share(21, 100), share(20, 100)) == ""  # type: ignore[arg-type]
    assert change_words(share(0, 0), share(20, 100)) == ""  # type: ignore[arg-type]


def test_a_count_that_changed_has_no_verdict() -> None:
    def count(met: int) -> object:
        return released("referrals", (), [("", "", met, met)], service="send")

    assert change_words(count(180), count(120)) == "Referrals: more, 180; it was 120"  # type: ignore[arg-type]
    assert change_words(count(121), count(120)) == ""  # type: ignore[arg-type]


def test_a_legal_time_limit_is_said_by_those_who_were_late() -> None:
    assert value_words(a_status(named("SM3"), Status.RED, 3, 5)).replace("\u00a0", " ") == "2 of 5 late"
    assert value_words(a_status(named("HM1"), Status.RED, 3, 5)).replace("\u00a0", " ") == "60% (3 of 5)"


def test_the_councils_own_duties_stand_in_no_providers_row() -> None:
    statuses = [
        a_status(kpi, Status.RED, provider=provider) for kpi in kpis_of("send") for provider in ("", "a")
    ]
    own = {kpi.name for kpi in kpis_of("send") if councils_own(kpi)}
    assert own
    selection = Selection("send")
    shown = quarter_panel(named("SM2"), {YEAR: statuses}, selection, Source.SHARED, AsAt())
    places = [replace(status, provider="", area="E1", area_label="Maldon") for status in statuses]
    areas = area_panel(places, selection, Source.SHARED, AsAt(), "Mar 2025")
    assert not own & {
        cell for panel in (shown, areas) for row in (panel.table.headers, *panel.table.rows) for cell in row
    }
    apart = council_panel({YEAR: statuses}, Source.SHARED, AsAt())
    assert apart is not None
    assert {row[0] for row in apart.table.rows} == own
    assert apart.basis.about.count("SEND mediation factsheet 3, Attendance") == 1
    assert council_panel({YEAR: []}, Source.SHARED, AsAt()) is None
    assert "the council's own duties: 3 red" in statuses_message(statuses[::2], "Mar 2025")


def test_a_quarter_whose_returns_are_not_all_in_is_marked() -> None:
    quarter = Period.parse("2025-01..2025-03")
    panel = quarter_panel(named("HM1"), {quarter: []}, Selection("housing"), Source.SHARED, AsAt(), [quarter])
    assert panel.table.headers[1] == "Jan-Mar 2025 (Q4 2024/25) (not all returns in)"


def test_a_percentage_is_told_apart_from_the_target_that_it_misses() -> None:
    """HM5 is met at 5% or less and amber up to 7%: 6 of 110 is 5.45%, 8 of 114 is 7.02%."""
    at_most_5 = kpis_of("housing")[4].starting_targets[0]
    for met, base, words in ((6, 110, "5.5%"), (8, 114, "7.02%"), (5, 100, "5%"), (12, 100, "12%")):
        status = replace(a_status(named("HM5"), Status.RED, met, base), target=at_most_5)
        assert value_words(status).replace("\u00a0", " ") == f"{words} ({met} of {base})"


def test_what_nobody_recorded_stands_beside_a_status() -> None:
    status = replace(a_status(named("SM14b"), Status.RED, 53, 54), unrecorded=13)
    panel = council_panel({YEAR: [status]}, Source.SHARED, AsAt())
    assert panel is not None
    assert panel.table.rows[0][1] == "▲ Red 98%\u00a0(53\u00a0of\u00a054), 13 not recorded"


def test_the_title_counts_a_providers_quarters_once() -> None:
    both = [a_status(named("SM2"), Status.RED, provider=provider) for provider in ("", "a")]
    panel = quarter_panel(named("SM2"), {YEAR: both}, Selection("send"), Source.SHARED, AsAt())
    assert panel.title == "Certificate after mediation by provider and quarter: 1 red"
    whole = quarter_panel(named("SM2"), {YEAR: both[:1]}, Selection("send"), Source.SHARED, AsAt())
    assert whole.title == "Certificate after mediation by quarter: 1 red"


def test_months_before_the_first_contract_are_nobodys_fault() -> None:
    before = [202303, 202304]
    assert not_reported_words(before, before) == (
        "In 2 of these twelve months no return was due, so there are fewer to judge."
    )
    assert not_reported_words([*before, 202305], before).startswith(
        "Not all returns of these twelve months are in: May 2023. In 2 of"
    )
    assert not_reported_words([]) == ""


def test_no_red_kpi_is_kept_back_from_what_to_do_next() -> None:
    red = [a_status(kpi, Status.RED) for kpi in kpis_of("send") if not councils_own(kpi)]
    assert [words for words, _, _ in next_steps(SEND, [], red)][-1] == "Look at the other red KPIs: 10 more"


def test_what_to_do_next_keeps_the_service() -> None:
    red = a_status(named("SM2"), Status.RED)
    own = a_status(named("SM14a"), Status.RED)
    bare = a_status(named("SM3"), Status.NO_TARGET)
    steps = next_steps(SEND, ["D: Jan-Mar 2025"], [red, own, bare])
    assert [(file, query.get("service")) for _, file, query in steps] == [
        ("upload.py", ["send"]),
        ("kpis.py", ["send"]),
        ("kpis.py", ["send"]),
        ("settings.py", None),
    ]
    assert steps[1][2]["kpi"] == ["SM2"]
    # As the settings page itself writes it, or the link would open its first part.
    assert one_of(PARTS, str.casefold, "")(steps[-1][2][PART]) == "Targets"


def test_several_answers_a_case_are_read_both_ways() -> None:
    """Norfolk 2024: 701 reasons for 630 referrals."""
    counts = (203, 151, 34, 224, 89)
    rows = [(f"R{place}", f"Reason {place}", count, 630) for place, count in enumerate(counts)]
    panel = split_panel("reasons", released("reasons", ("reason",), rows, service="send"), SETTINGS)
    assert (
        panel.title
        == "Reasons for mediation: most often Reason 3, 36% (224 of 630); 701 answers for 630 referrals"
    )
    assert panel.table.headers[-1] == "Share of all answers"
    assert panel.table.rows[3][-1] == "32.0%"
    assert any("may pass 100%" in note for note in panel.notes)
    one = split_panel(
        "needs", released("needs", ("sen_need",), [("ASD", "Autism", 5, 9)], service="send"), SETTINGS
    )
    assert "Share of all answers" not in one.table.headers


def test_a_title_never_says_a_personal_characteristic() -> None:
    sex = released("sex", ("sex",), [("M", "Male", 6, 10)], service="housing")
    kind = released("reasons", ("service_type",), [("A", "Service A", 7, 10)], service="housing")
    assert commonest_message([kind, sex]) == "Most often: Service A 70% (7 of 10)"


def a_version(provider: str, **rows: int) -> KeptReturn:
    names = ("cases", "activities", "agreements", "answers", "complaints", "staff", "supplement", "totals")
    counts = {f"{name}_n": rows.get(name, 0) for name in names}
    return KeptReturn(
        row=1, service="send", provider=provider, period=Period.parse("2024-04..2024-06"), version=1, state="current",
        seq=1, accepted_at=datetime(2024, 7, 1, tzinfo=UTC), accepted_by="x", surveys_sent=None, file_name="f", digest="d",
        reason="", nil=False, **counts,
    )  # fmt: skip


def test_a_version_says_what_each_sheet_holds() -> None:
    assert held_words(a_version("a", cases=2, agreements=1)) == "2 cases and 1 agreement"
    assert held_words(a_version("a")) == "nothing to report"


@pytest.fixture
def contract() -> Contract:
    start = date(2024, 4, 1)
    return Contract("c", "send", "a", start, reporting=((start, PeriodKind.CUMULATIVE),))


def test_the_councils_supplement_has_a_column_of_its_own_and_is_never_outstanding(contract: Contract) -> None:
    settings = replace(SETTINGS, contracts=(contract,))
    found = [a_version("a", cases=1), a_version("council", supplement=1)]
    calendar = returns_calendar(found, settings, "send", date(2024, 10, 30))
    table = received_table(calendar, settings)
    assert table.headers == ("Period", "Example provider A", "The council's supplement")
    assert table.rows == (
        ("Apr-Sep 2024, to date", "○ Outstanding, was due 20 Oct 2024", "\u2013 None"),
        ("Apr-Jun 2024, to date", "✓ In time, 1 Jul 2024", "✓ Received, 1 Jul 2024"),
    )
    assert returns_message(calendar) == "1 return received, 1 outstanding; 1 supplement of the council"
    assert sender_label("council", settings) == "Essex (supplement)"


def test_a_quarterly_return_is_not_to_date(contract: Contract) -> None:
    quarterly = replace(contract, reporting=((contract.start, PeriodKind.QUARTER),))
    settings = replace(SETTINGS, contracts=(quarterly,))
    assert (
        period_label(Period.parse("2024-04..2024-06"), settings, "send", "a") == "Apr-Jun 2024 (Q1 2024/25)"
    )
