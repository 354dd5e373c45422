"""Totals in the database: kept, replaced and withdrawn whole, never counted beside the cases of the same month, and never nought unsaid."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from components.effect import value_words
from data_access.__main__ import main
from data_access.effects import read_effect
from data_access.kpis import read_kpis
from data_access.ledger import data_version
from data_access.questions import Question
from data_access.returns import list_returns, save_return, withdraw_return
from data_access.stores import Store
from data_access.tallies import read_tallies, read_tally
from domain.access import COMMISSIONER, Audience
from domain.fields import Sheet
from domain.periods import Period, month_end, month_start
from domain.returns import Record, Return
from domain.selection import Selection
from domain.status import Status
from domain.tally import Tally
from tests.builders import HILL, NORTH, Q1, Q2, SHORE, SOUTH, VALE, a_case, a_return, of_provider
from tests.storage.figures import assert_whole, rows_that_count

FIRST, SECOND = Period.parse(Q1), Period.parse(Q2)
SPRING, SUMMER = date(2018, 4, 10), date(2018, 7, 10)


def a_total(
    measure: str, count: int, base: int | None = None, *, period: Period = FIRST, **more: str
) -> Record:
    return {
        "measure": measure, "breakdown": None, "category": None, "area": None, "period_start": period.start,
        "period_end": period.end, "count": count, "denominator": base, "unit": None,
    } | more  # fmt: skip


def totals(provider: str, period: Period, *rows: Record) -> Return:
    return a_return(provider, period, totals=rows)


def cases(number: int, referred: date, **values: str) -> list[Record]:
    return [a_case(referred=referred, **values) for _ in range(number)]


def asked(store: Store, measure: str, *by: str, selection: Selection | None = None, **more: int) -> Tally:
    question = Question(measure, by, selection or Selection("mentoring"), **more)
    return read_tally(store, question, COMMISSIONER)


def counted(tally: Tally) -> dict[tuple[str, ...], tuple[int, int]]:
    return {row.keys: (row.met, row.base) for row in tally.rows}


def test_totals_are_kept_as_they_were_sent_and_counted_beside_the_cases_of_others(store: Store) -> None:
    save_return(store, a_return(NORTH, FIRST, cases(3, SPRING)), by=COMMISSIONER.signing("test"))
    sent = totals(SOUTH, FIRST, a_total("referrals", 30), a_total("prevention_rate", 16, 20))
    saved = save_return(store, sent, by=COMMISSIONER.signing("test"))
    (kept,) = [r for r in list_returns(store, COMMISSIONER) if r.id == saved.id]
    assert (kept.totals_n, kept.cases_n, kept.state) == (2, 0, "current")
    assert_whole(store)
    assert counted(asked(store, "referrals")) == {(): (33, 33)}
    assert counted(asked(store, "referrals", "provider")) == {(NORTH,): (3, 3), (SOUTH,): (30, 30)}
    rate = asked(store, "prevention_rate")
    assert counted(rate) == {(): (19, 23)}
    assert rate.not_given == ()


def test_what_totals_do_not_give_is_left_out_and_named_and_never_nought(store: Store) -> None:
    save_return(store, totals(SOUTH, FIRST, a_total("referrals", 30)), by=COMMISSIONER.signing("test"))
    for measure, by in (
        ("preventions", ()), ("referrals", ("month",)), ("referrals", ("sex",)), ("referrals", ("area",)),
        ("outcomes", ("outcome",)), ("prevention_rate", ()),
    ):  # fmt: skip
        tally = asked(store, measure, *by)
        assert (tally.rows, tally.not_given) == ((), ("South Mentors",)), (measure, by)
    mean = asked(store, "mean_days_of_support")
    assert mean.not_given == ("South Mentors",)
    assert all(row.value is None for row in mean.rows)
    save_return(store, a_return(NORTH, FIRST, cases(3, SPRING)), by=COMMISSIONER.signing("test"))
    by_month = asked(store, "referrals", "month", "provider")
    assert by_month.not_given == ("South Mentors",)
    assert {keys[1] for keys in counted(by_month)} == {NORTH}
    assert asked(store, "referrals", selection=Selection("mentoring", providers=(NORTH,))).not_given == ()


def test_a_case_without_a_date_makes_no_nought_of_what_totals_do_not_give(store: Store) -> None:
    save_return(
        store, totals(SOUTH, FIRST, a_total("prevention_rate", 16, 20)), by=COMMISSIONER.signing("test")
    )
    undated = [a_case(referred=None) for _ in range(3)]
    save_return(
        store, a_return(SOUTH, SECOND, [*undated, *cases(2, SUMMER)]), by=COMMISSIONER.signing("test")
    )
    in_first, in_second = (Selection("mentoring").during(period) for period in (FIRST, SECOND))
    for by in ((), ("provider",), ("area",)):
        tally = asked(store, "referrals", *by, selection=in_first)
        assert (tally.rows, tally.not_given) == ((), ("South Mentors",)), by
    (known,) = asked(store, "referrals", selection=in_second).rows
    assert (known.met, known.missing) == (2, 3)


@pytest.mark.parametrize("months", [(201804, 201805), (201805, 201807), (201806, 201812)])
def test_a_quarter_is_not_cut_into_months(store: Store, months: tuple[int, int]) -> None:
    save_return(store, totals(SOUTH, FIRST, a_total("referrals", 30)), by=COMMISSIONER.signing("test"))
    within = Selection("mentoring", first=months[0], last=months[1])
    assert (asked(store, "referrals", selection=within).rows) == ()
    around = Selection("mentoring", first=201804, last=201812)
    assert counted(asked(store, "referrals", "quarter", selection=around))[(Q1,)] == (30, 30)


def test_a_case_of_a_month_in_totals_is_not_counted_a_second_time(store: Store) -> None:
    save_return(
        store,
        totals(SOUTH, FIRST, a_total("referrals", 30), a_total("live_cases", 9)),
        by=COMMISSIONER.signing("test"),
    )
    # Cases of the spring that were still open when the provider began to send cases.
    later = [*cases(4, SPRING, outcome="LIVE"), *cases(2, SUMMER)]
    save_return(store, a_return(SOUTH, SECOND, later), by=COMMISSIONER.signing("test"))
    assert counted(asked(store, "referrals")) == {(): (32, 32)}
    by_quarter = counted(asked(store, "referrals", "quarter"))
    assert by_quarter == {(Q1,): (30, 30), (Q2,): (2, 2)}
    assert counted(asked(store, "live_cases", at=201806)) == {(): (9, 9)}
    assert counted(asked(store, "live_cases", at=201809)) == {(): (4, 4)}
    assert asked(store, "live_cases", at=201805).rows == ()
    assert asked(store, "live_cases", at=201805).not_given == ("South Mentors",)


def test_a_new_version_may_be_of_the_other_kind_and_a_withdrawal_brings_the_first_back(
    store: Store,
) -> None:
    save_return(store, a_return(SOUTH, FIRST, cases(5, SPRING)), by=COMMISSIONER.signing("test"))
    before = data_version(store)
    saved = save_return(
        store, totals(SOUTH, FIRST, a_total("referrals", 30)), by=COMMISSIONER.signing("test")
    )
    assert counted(asked(store, "referrals")) == {(): (30, 30)}
    assert counted(asked(store, "referrals", as_of=before)) == {(): (5, 5)}
    seen = data_version(store)
    withdraw_return(store, saved.id, by=COMMISSIONER.signing("test"), why="Sent in error")
    assert counted(asked(store, "referrals")) == {(): (5, 5)}
    assert counted(asked(store, "referrals", as_of=seen)) == {(): (30, 30)}
    for moment in (before, seen):
        assert rows_that_count(store, moment)["totals"] == (
            [] if moment == before else rows_that_count(store, seen)["totals"]
        )
    assert_whole(store)


def test_the_quarter_in_totals_replaces_its_months(store: Store) -> None:
    for month in FIRST.months:
        period = Period(month_start(month), month_end(month))
        save_return(
            store,
            totals(SOUTH, period, a_total("referrals", 7, period=period)),
            by=COMMISSIONER.signing("test"),
        )
    assert counted(asked(store, "referrals", "month"))[("2018-05",)] == (7, 7)
    assert counted(asked(store, "referrals", "quarter")) == {(Q1,): (21, 21)}
    save_return(store, totals(SOUTH, FIRST, a_total("referrals", 30)), by=COMMISSIONER.signing("test"))
    assert counted(asked(store, "referrals")) == {(): (30, 30)}
    assert asked(store, "referrals", "month").rows == ()


def test_areas_and_answers_count_only_when_they_are_whole(store: Store) -> None:
    together = a_total("referrals", 30)
    parts = [a_total("referrals", number, area=area) for area, number in ((HILL, 18), (VALE, 12))]
    save_return(store, totals(SOUTH, FIRST, together, *parts), by=COMMISSIONER.signing("test"))
    # Hill and Vale come to all 30, so that nobody is from Shore.
    assert counted(asked(store, "referrals", "area")) == {(HILL,): (18, 18), (VALE,): (12, 12)}
    in_vale = Selection("mentoring", areas=(VALE,))
    assert counted(asked(store, "referrals", selection=in_vale)) == {(): (12, 12)}
    save_return(
        store, totals(SOUTH, FIRST, a_total("referrals", 31), *parts), by=COMMISSIONER.signing("test")
    )
    assert asked(store, "referrals", "area").not_given == ("South Mentors",)
    shore = a_total("referrals", 0, area=SHORE)
    save_return(
        store, totals(SOUTH, FIRST, a_total("referrals", 31), *parts, shore), by=COMMISSIONER.signing("test")
    )
    assert counted(asked(store, "referrals", "area"))[(SHORE,)] == (0, 0)
    women = a_total("referrals", 20, breakdown="sex", category="F")
    men = a_total("referrals", 10, breakdown="sex", category="M")
    save_return(store, totals(SOUTH, FIRST, together, women, men), by=COMMISSIONER.signing("test"))
    assert counted(asked(store, "referrals", "sex"))[("F",)] == (20, 20)
    save_return(store, totals(SOUTH, FIRST, together, women), by=COMMISSIONER.signing("test"))
    assert asked(store, "referrals", "sex").not_given == ("South Mentors",)


def test_nobody_sees_the_totals_of_a_provider_that_is_not_theirs(store: Store) -> None:
    save_return(store, totals(SOUTH, FIRST, a_total("referrals", 30)), by=COMMISSIONER.signing("test"))
    save_return(store, a_return(NORTH, FIRST, cases(3, SPRING)), by=COMMISSIONER.signing("test"))
    question = Question("referrals", (), Selection("mentoring"))
    (theirs,) = read_tallies(store, [question], of_provider("nora", NORTH))
    assert (counted(theirs), theirs.not_given) == ({(): (3, 3)}, ())


def test_a_kpi_that_totals_do_not_give_has_no_status(store: Store) -> None:
    save_return(
        store, totals(SOUTH, FIRST, a_total("prevention_rate", 16, 20)), by=COMMISSIONER.signing("test")
    )
    save_return(store, a_return(NORTH, FIRST, cases(30, SPRING)), by=COMMISSIONER.signing("test"))

    def statuses(*by: str) -> dict[tuple[str, str], tuple[Status, int | None]]:
        found = read_kpis(store, FIRST, COMMISSIONER, Audience.US, by=by, service="mentoring")
        return {(s.kpi.id, s.provider): (s.status, s.met) for s in found}

    by_provider, whole = statuses("provider"), statuses()
    assert by_provider["TB1", SOUTH][1] == 16
    assert by_provider["TB1", SOUTH][0] is not Status.NOT_GIVEN
    assert whole["TB1", ""][1] == 46
    lacking = {key for (key, provider), (status, _) in by_provider.items() if status is Status.NOT_GIVEN}
    assert lacking
    assert {provider for (_, provider), (status, _) in by_provider.items() if status is Status.NOT_GIVEN} == {
        SOUTH
    }
    assert {whole[key, ""][0] for key in lacking if (key, "") in whole} <= {Status.NOT_GIVEN}


def test_a_service_without_totals_is_read_as_before(store: Store) -> None:
    save_return(store, a_return(NORTH, FIRST, cases(3, SPRING)), by=COMMISSIONER.signing("test"))
    said: list[str] = []
    event.listen(
        store.engine,
        "before_cursor_execute",
        lambda c, cursor, statement, *rest: said.append(statement),
    )
    asked(store, "referrals", "area")
    assert said
    assert not any("FROM totals" in statement for statement in said)


def test_the_effect_of_totals_is_said_figure_by_figure(store: Store) -> None:
    first = totals(SOUTH, FIRST, a_total("referrals", 30), a_total("prevention_rate", 16, 20))
    effect = read_effect(store, first, COMMISSIONER, Audience.US)
    quarter = FIRST.label
    assert effect.rows.added == (f"Homelessness prevented, {quarter}", f"Referrals, {quarter}")
    assert [change.after.total.met if change.after.total else None for change in effect.in_period] == [
        30,
        16,
        None,
    ]
    save_return(store, first, by=COMMISSIONER.signing("test"))
    women = a_total("referrals", 30, breakdown="sex", category="F")
    second = totals(SOUTH, FIRST, a_total("referrals", 31), women)
    effect = read_effect(store, second, COMMISSIONER, Audience.US)
    assert effect.rows.added == (f"Referrals, Sex: Female, {quarter}",)
    assert effect.rows.removed == (f"Homelessness prevented, {quarter}",)
    assert [(c.ref, c.fields) for c in effect.rows.changed] == [
        (f"Referrals, {quarter}", (("Count", "30", "31"),))
    ]
    status = {change.kpi.id: change.after.status for change in effect.kpis}
    assert status["TB1"] is Status.NOT_GIVEN


def test_cases_that_totals_replace_are_counted_among_the_other_sheets(store: Store) -> None:
    save_return(store, a_return(SOUTH, FIRST, cases(5, SPRING)), by=COMMISSIONER.signing("test"))
    effect = read_effect(store, totals(SOUTH, FIRST, a_total("referrals", 30)), COMMISSIONER, Audience.US)
    (replaced,) = [sheet for sheet in effect.rows.others if sheet.sheet is Sheet.CASES]
    assert replaced.removed == 5


def test_totals_move_no_figure_to_nought_that_they_do_not_give(store: Store) -> None:
    new = totals(SOUTH, FIRST, a_total("referrals", 30))
    effect = read_effect(store, new, COMMISSIONER, Audience.US)
    assert [c.after.measure.key for c in effect.in_period if c.changed] == ["referrals"]
    save_return(store, a_return(SOUTH, FIRST, cases(5, SPRING)), by=COMMISSIONER.signing("test"))
    effect = read_effect(store, new, COMMISSIONER, Audience.US)
    said = {c.after.measure.key: (value_words(c.before), value_words(c.after)) for c in effect.in_period}
    assert said["referrals"] == ("5", "30")
    assert said["live_cases"][1] == "not given"


def test_the_command_line_names_whose_totals_do_not_give_a_figure(
    store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    save_return(store, a_return(NORTH, FIRST, cases(3, SPRING)), by=COMMISSIONER.signing("test"))
    save_return(store, totals(SOUTH, FIRST, a_total("referrals", 30)), by=COMMISSIONER.signing("test"))
    monkeypatch.setenv("DATABASE_URL", database_url)
    limits = ("--where", "service=mentoring", "--format", "csv")
    assert main(["tally", "referrals", *limits]) == 0
    assert capsys.readouterr().err == ""
    assert main(["tally", "referrals", "--by", "month", *limits]) == 0
    said = capsys.readouterr()
    assert [row.split(",")[:2] for row in said.out.splitlines()[1:]] == [
        ["2018-04", "3"],
        ["2018-05", "0"],
        ["2018-06", "0"],
    ]
    assert "South Mentors" in said.err
