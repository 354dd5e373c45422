"""The screens of referrals, included cases, reasons, outcomes and time limits: what they say, how sure, against what."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.access import Audience
from domain.contract_use import ContractUse
from domain.disclosure import Guard, Released, only_periods, release
from domain.kpis import kpi
from domain.late_entry import Expected
from domain.measures import Average, Count, Spread, measure
from domain.nowcast import Range
from domain.pack import Form, Screen
from domain.periods import Period, months_between, write_month
from domain.screens.limits_together import Timely
from domain.screens.outcomes import OF_THE_REFERRED, endings_screen, headline_screen
from domain.screens.reasons import split_screen
from domain.screens.timeliness import length_screen, limit_screens
from domain.screens.volumes import Volumes, referrals_screen, used_screen
from domain.selection import Selection
from domain.services import service
from domain.settings import ADJUSTED, Contract, Target
from domain.statistics import wilson_interval
from domain.tally import AsAt, Source, Tally, TallyRow
from tests.builders import some_settings
from tests.sentences import unfounded

Q1, Q2, Q3 = (Period.parse(one) for one in ("2018-04..2018-06", "2018-07..2018-09", "2018-10..2018-12"))
REACH = AsAt(date(2018, 12, 31), date(2018, 12, 31))
Keys = tuple[str, ...]
Cells = Sequence[tuple[Keys, int, int]]


def released(
    key: str,
    by: Keys,
    cells: Cells,
    *,
    hidden: Collection[Keys] | None = None,
    withheld: str = "",
    of: str = "mentoring",
) -> Released:
    """Released figures; with `hidden` or `withheld` those that everybody may see, else all."""
    declared = measure(key, of)

    def row(keys: Keys, met: int, base: int) -> TallyRow:
        labels = tuple(_label(one) for one in keys)
        if isinstance(declared, Average):
            return TallyRow(keys, labels, met, base, 0, 0, float(met))
        if isinstance(declared, Count | Spread) or not base:
            return TallyRow(keys, labels, met, base)
        return TallyRow(keys, labels, met, base, 0, 0, met / base, *wilson_interval(met, base))

    tally = Tally(declared, by, tuple(row(*one) for one in cells), Selection(of), Source.SHARED, 7, REACH)
    if hidden is None and not withheld:
        return release(tally, Audience.US)
    gone = frozenset(hidden or ())
    guard = Guard(Audience.PUBLIC, key, by, Selection(of), 7, gone, total=bool(gone), withheld=withheld)
    return release(tally, Audience.PUBLIC, (), guard)


def _label(key: str) -> str:
    try:
        return Period.parse(key).label
    except ValueError:
        return key


def by_month(*counts: int, first: int = 201804) -> Cells:
    months = months_between(first, 203012)
    return [((write_month(month),), count, count) for month, count in zip(months, counts, strict=False)]


def checked(screen: Screen) -> Screen:
    assert unfounded(screen.takeaway.sentence, screen) == []
    return screen


def volumes(over: Released, now: int = 90, then: int = 90, **more: object) -> Screen:
    whole = released("referrals", (), [((), now, now)]), released("referrals", (), [((), then, then)])
    return checked(referrals_screen(replace(Volumes(over, *whole, Q2, Q1), **more)))  # type: ignore[arg-type]


def test_referrals_say_the_latest_months_with_their_limits_against_those_before() -> None:
    screen = volumes(released("referrals", ("month",), by_month(30, 31, 29, 28, 30, 32)))
    assert screen.takeaway.title == (
        "30 referrals a month in Jul 2018 to Sep 2018, no clear change from 30 in the 3 months before"
    )
    assert screen.takeaway.sure == "Chance alone could make it 24 to 37 a month"
    assert screen.before == "Apr-Jun 2018 (Q1 2018/19): 90 referrals; now 90, no clear change"
    assert screen.chart is not None
    assert (screen.chart.form, screen.chart.words[-1], screen.chart.unfinished) == (Form.COLUMNS, "32", ())
    assert (screen.figures[0].key, screen.figures[0].met) == ("referrals", 90)


def test_a_clear_change_is_said_as_one() -> None:
    screen = volumes(released("referrals", ("month",), by_month(10, 10, 10, 30, 31, 29)), 90, 30)
    assert screen.takeaway.title.endswith("more than 10 in the 3 months before")
    assert screen.before.endswith("30 referrals; now 90, more")


def test_of_months_without_any_return_nobody_says_that_there_was_nothing() -> None:
    over = released("referrals", ("month",), by_month(30, 31, 29, 28, 30, 32))
    before = volumes(over, 90, 0, silent=[Q1])
    assert before.before == ""
    assert before.figures[0].shown == "90"
    now = volumes(over, 0, 90, silent=[Q2])
    assert now.before == ""
    assert (now.figures[0].key, now.figures[0].shown, now.figures[0].met) == ("referrals", "–", None)


def test_a_month_that_still_fills_is_hatched_not_compared_and_expected_for_us_alone() -> None:
    over = released("referrals", ("month",), by_month(33, 30, 31, 29, 28, 30, 12, first=201803))
    late = (Expected(201809, 12, Range(30, 22, 41)),)
    us = volumes(over, filling=late, told=True)
    assert "September's 12 is likely to become about 22 to 41 once late cases are entered" in us.takeaway.sure
    assert us.chart is not None
    assert us.chart.unfinished == (6,)
    assert us.table.rows[-1][-3:] == ("30", "22", "41")
    assert us.before.endswith("of which not all may be in, so they are not compared")
    assert "Late cases are still being entered, so hatched and not compared: Sep 2018." in us.notes
    others = volumes(over, filling=late)
    assert "likely" not in others.takeaway.sentence
    assert others.takeaway.title.startswith("29 referrals a month in Jun 2018 to Aug 2018")
    assert "22" not in str(others.table)


def test_months_without_a_return_are_hatched_and_nothing_is_compared_without_enough() -> None:
    over = released("referrals", ("month",), by_month(30, 31, 29))
    screen = volumes(over, unfinished={"2018-06"})
    assert screen.takeaway.title == "Referrals: 30 in Apr 2018 and 31 in May 2018"
    assert "Not complete, or not all returns in, so hatched and not compared: Jun 2018." in screen.notes


def test_hidden_and_withheld_referrals_leave_no_number() -> None:
    quarters = [((one.key,), count, count) for one, count in ((Q1, 40), (Q2, 3), (Q3, 44))]
    over = released("referrals", ("quarter",), quarters, hidden={(Q2.key,)})
    screen = volumes(over)
    assert screen.takeaway.title == "Referrals: not every period may be shown, so none are compared"
    assert screen.chart is not None
    assert (screen.chart.words, screen.chart.hidden) == (("40", "c", "44"), (1,))
    assert screen.chart.series[0].values == (40.0, None, 44.0)
    gone = volumes(released("referrals", ("quarter",), quarters, withheld="Choose whole quarters."))
    assert (gone.withheld, gone.chart, gone.table.rows) == ("Choose whole quarters.", None, ())


def test_some_quarters_of_all_are_shown_without_what_they_come_to() -> None:
    quarters = [((one.key,), count, count) for one, count in ((Q1, 40), (Q2, 3), (Q3, 44))]
    over = released("referrals", ("quarter",), quarters, hidden={(Q2.key,)})
    last = only_periods(over, {Q2.key, Q3.key})
    assert [one.keys[0] for one in last.in_order] == [Q2.key, Q3.key]
    assert (last.total, last.total_hidden) == (None, False)
    assert only_periods(over, {Q3.key}).hidden == ()


def test_included_cases_say_how_many_are_used_at_the_even_pace_and_no_price() -> None:
    contract = Contract(
        "h", "housing", "north", date(2018, 4, 1), included_cases=120,
        fixed_price=Decimal(9000), price_per_extra=Decimal(50),
    )  # fmt: skip
    months = months_between(201710, 201809)
    use = ContractUse(contract, date(2018, 9, 30), dict.fromkeys(months, 10), months)
    accepted = released("accepted_cases", ("month",), by_month(*[10] * 12, first=201710), of="housing")
    screen = checked(used_screen(use, accepted, "North"))
    assert screen.takeaway.title == (
        "North: 60 of 120 included cases used by 30 Sep 2018 (50%), 6 of 12 months gone; about 120 by the end at this rate"
    )
    assert screen.takeaway.sure.startswith("By the end of the contract year chance alone could make it 1")
    assert screen.chart is not None
    assert screen.chart.line is not None
    assert (screen.chart.line.value, len(screen.chart.categories)) == (10, 6)
    assert "£" not in str(screen)
    assert "9000" not in str(screen)
    known = checked(used_screen(use, accepted, "North", later=True))
    assert known.takeaway.sentence == (
        "North: 60 of 120 included cases used by 30 Sep 2018 (50%), 6 of 12 months gone."
    )
    assert known.table.rows[-1][-1] == "after these months"
    assert not [note for note in known.notes if "At the rate" in note]
    hidden = released("accepted_cases", ("month",), by_month(*[10] * 12), hidden={("2018-05",)}, of="housing")
    gone = used_screen(use, hidden, "North")
    assert gone.withheld
    assert gone.chart is None
    assert gone.table.rows == ()


def test_reasons_say_the_commonest_with_its_limits() -> None:
    cells = [(("D28",), 30, 50), (("FUTURE",), 20, 50), (("OTHER",), 0, 50)]
    screen = checked(split_screen("reasons", "reasons", released("reasons", ("risk_at_assessment",), cells)))
    assert screen.takeaway.title == "Risk at assessment: most often D28, 60% (30 of 50)"
    assert screen.takeaway.sure == "95% limits 46% to 72%"
    assert screen.chart is not None
    assert screen.chart.words == ("60% (30 of 50)", "40% (20 of 50)", "0% (0 of 50)")
    assert [one.key for one in screen.figures][:2] == ["reasons:D28", "reasons:FUTURE"]
    nothing = checked(split_screen("reasons", "reasons", released("reasons", ("risk_at_assessment",), [])))
    assert (nothing.takeaway.sentence, nothing.chart) == ("Risk at assessment: nothing recorded yet.", None)


def test_a_split_says_whose_cases_it_is_of_and_of_few_how_many_gave_each() -> None:
    timed = Selection("mentoring").during(Q2)
    many = replace(
        released("reasons", ("risk_at_assessment",), [(("D28",), 30, 50), (("FUTURE",), 20, 50)]),
        selection=timed,
    )
    said = checked(split_screen("reasons", "reasons", many)).takeaway.title
    assert said == (
        "Risk at assessment, of cases referred in Jul-Sep 2018 (Q2 2018/19): most often D28, 60% (30 of 50)"
    )
    three = released("reasons", ("risk_at_assessment",), [(("D28",), 1, 3), (("FUTURE",), 2, 3)])
    few = checked(split_screen("reasons", "reasons", three)).takeaway
    assert few.sentence == "Risk at assessment: 2 FUTURE and 1 D28, out of 3. Too few for a share."


def test_endings_name_what_the_service_is_bought_for() -> None:
    cells = [(("PREVENTED",), 16, 20), (("WITHDRAWN",), 4, 20)]
    ended = released("outcomes", ("outcome",), cells)
    screen = checked(endings_screen(service("mentoring"), ended))
    assert screen.notes[:2] == (OF_THE_REFERRED, "Counted as a good ending: PREVENTED.")


def headline(cells: Cells, **more: object) -> Screen:
    by_quarter = released("prevention_rate", ("quarter",), cells, hidden=more.pop("hidden", None))  # type: ignore[arg-type]
    now, then = (released("prevention_rate", (), [((), *counts)]) for counts in ((90, 100), (80, 100)))
    return checked(headline_screen(by_quarter, now, then, Q2, Q1, **more))  # type: ignore[arg-type]


def test_the_headline_says_how_sure_it_is_and_whether_its_target_is_missed_beyond_chance() -> None:
    cells = [((Q1.key,), 80, 100), ((Q2.key,), 90, 100)]
    target = Target("TB1", "mentoring", ">=", Decimal("0.95"), None, date(2018, 4, 1))
    screen = headline(cells, wanted=(kpi("TB1"), target))
    assert screen.takeaway.title == (
        "Homelessness prevented, Jul-Sep 2018 (Q2 2018/19): 90% (90 of 100), higher than "
        "Apr-Jun 2018 (Q1 2018/19), 80%; even allowing for chance, below the target of at least 95%"
    )
    assert screen.takeaway.sure == "95% limits 83% to 94%"
    assert screen.chart is not None
    assert screen.chart.line is not None
    assert screen.chart.line.words == "Target: at least 95%"
    near = headline(cells, wanted=(kpi("TB1"), replace(target, value=Decimal("0.91"))))
    assert (
        near.takeaway.against == "allowing for chance, not to be told apart from the target of at least 91%"
    )
    few = headline([((Q2.key,), 3, 4)], wanted=(kpi("TB1"), target))
    assert few.takeaway.against == "too few to judge by the target of at least 95%"


def test_a_hidden_quarter_leaves_a_gap_and_an_unfinished_one_is_not_compared() -> None:
    cells = [((Q1.key,), 80, 100), ((Q2.key,), 90, 91), ((Q3.key,), 5, 9)]
    screen = headline(cells, hidden={(Q2.key,)}, unfinished={Q3.key})
    assert screen.takeaway.title.startswith("Homelessness prevented, of what may be shown, Apr-Jun 2018")
    assert screen.chart is not None
    assert (screen.chart.hidden, screen.chart.unfinished) == ((1,), (2,))
    assert screen.chart.series[0].lows[1] is None
    assert screen.before == "Apr-Jun 2018 (Q1 2018/19): 80% (80 of 100); now 90% (90 of 100), higher"


def timely(raw: Released, adjusted: Released | None, key: str = "SM1b") -> Timely:
    now, then = (released(kpi(key).measure, (), [((), *one)], of="send") for one in ((18, 20), (20, 20)))
    return Timely(kpi(key), raw, adjusted, now, then)


def test_a_time_limit_is_raw_in_the_chart_with_the_adjusted_figure_beside_it_in_the_table() -> None:
    of = kpi("SM1b").measure
    raw = released(of, ("quarter",), [((Q1.key,), 20, 20), ((Q2.key,), 18, 20)], of="send")
    adjusted = released(of, ("quarter",), [((Q1.key,), 20, 20), ((Q2.key,), 18, 19)], of="send")
    target = Target("SM1b", "send", ">=", Decimal(1), None, date(2018, 4, 1))
    settings = replace(some_settings(), targets=(target,))
    (screen,) = limit_screens([timely(raw, adjusted)], Q2, Q1, settings)
    checked(screen)
    assert screen.takeaway.what == (
        "Mediation held within 30 days: 18 of 20 (90%) in Jul-Sep 2018 (Q2 2018/19), below the 100% that the law asks"
    )
    assert screen.takeaway.sure == "95% limits 70% to 97%; the target asks for every case"
    assert screen.chart is not None
    assert screen.chart.words == ("100% (20 of 20)", "90% (18 of 20)*")
    assert screen.table.rows[1][6:9] == (1, 18, 19)
    by_adjusted = replace(settings, targets=(replace(target, judged_on=ADJUSTED),))
    (judged,) = limit_screens([timely(raw, adjusted)], Q2, Q1, by_adjusted)
    assert "18 of 19 (95%)" in checked(judged).takeaway.what


def test_where_one_of_both_figures_is_hidden_the_raw_one_stands_alone() -> None:
    of = kpi("SM1b").measure
    raw = released(of, ("quarter",), [((Q1.key,), 20, 30), ((Q2.key,), 18, 30)], of="send", hidden=set())
    adjusted = released(of, ("quarter",), [((Q1.key,), 20, 29)], of="send", withheld="Not to be shown.")
    (screen,) = limit_screens([timely(raw, adjusted)], Q2, Q1, some_settings())
    checked(screen)
    assert "Taken out by agreed exceptions" not in screen.table.headers
    assert "29" not in str(screen.table)
    assert "The figure without agreed exceptions may not be shown beside the raw one." in screen.notes


def test_time_limits_that_are_kept_or_of_few_cases_stand_on_one_screen_without_a_chart() -> None:
    keys = ("SM1b", "SM2", "SM3")
    targets = tuple(Target(key, "send", ">=", Decimal(1), None, date(2018, 4, 1)) for key in keys)
    settings = replace(some_settings(), targets=targets)

    def limit(key: str, *, met: int, base: int) -> Timely:
        of = kpi(key).measure
        raw = released(of, ("quarter",), [((Q1.key,), base, base), ((Q2.key,), met, base)], of="send")
        now, then = (released(of, (), [((), one, base)], of="send") for one in (met, base))
        return Timely(kpi(key), raw, None, now, then)

    missed, kept, few = (
        limit("SM1b", met=15, base=20),
        limit("SM2", met=20, base=20),
        limit("SM3", met=0, base=2),
    )
    own, together = limit_screens((missed, kept, few), Q2, Q1, settings)
    assert (own.key, together.key, together.chart) == ("timeliness_SM1b", "timeliness_others", None)
    assert checked(together).takeaway.sentence == (
        "Met, with no clear change: Certificate after mediation; too few cases to compare in Jul-Sep 2018 (Q2 2018/19): "
        "Certificate where the family chose not to mediate 0 of 2."
    )
    assert together.table.rows == (
        ("Certificate after mediation", "At least 100%", "20 of 20", "20 of 20"),
        ("Certificate where the family chose not to mediate", "At least 100%", "2 of 2", "0 of 2"),
    )
    keys_shown = {one.key for one in together.figures}
    assert {"SM2:in_time", "SM3:in_time", "SM2:in_time:target", "SM3:in_time:target"} <= keys_shown
    # One alone, or one beside which something is said, keeps its own.
    assert [one.key for one in limit_screens((missed, few), Q2, Q1, settings)] == [
        "timeliness_SM1b",
        "timeliness_SM3",
    ]
    spoken = limit_screens((missed, kept, few), Q2, Q1, settings, spoken_of=["timeliness_SM3"])
    assert [one.key for one in spoken] == ["timeliness_SM1b", "timeliness_SM2", "timeliness_SM3"]
    assert "chance" not in spoken[2].takeaway.sentence
    assert spoken[2].takeaway.sure == "95% limits 0% to 66%: too few cases to say more"
    assert spoken[2].before.endswith("now 0% (0 of 2), too few to compare")


def test_time_limits_that_no_case_came_to_are_named_together() -> None:
    none = [released(kpi(key).measure, ("quarter",), [], of="send") for key in ("SM1b", "SM2")]
    limits = [timely(one, None, key) for one, key in zip(none, ("SM1b", "SM2"), strict=True)]
    (screen,) = limit_screens(limits, Q2, Q1, some_settings())
    assert screen.takeaway.sentence == (
        "No case has come to its day yet: Mediation held within 30 days and Certificate after mediation."
    )


def test_a_length_says_its_middle_and_its_mean() -> None:
    bands = released(
        "days_of_support", ("days_of_support_band",), [(("up_to_007",), 3, 3), (("more",), 9, 9)]
    )
    median, mean = (
        released(key, (), [((), value, 12)])
        for key, value in (("median_days_of_support", 47), ("mean_days_of_support", 57))
    )
    screen = checked(length_screen("timeliness_days_of_support", bands, median, mean))
    assert screen.takeaway.sentence == "Days of support: half of 12 cases took 47 or less; the mean is 57."


def test_a_length_whose_middle_is_hidden_says_what_is_shown() -> None:
    cells = [(("up_to_007",), 13, 13), (("more",), 9, 9)]
    bands = released("days_of_support", ("days_of_support_band",), cells, hidden=set())
    median = released("median_days_of_support", (), [((), 47, 12)], withheld="Not to be shown.")
    screen = checked(length_screen("timeliness_days_of_support", bands, median))
    assert screen.takeaway.what.startswith("Days of support: most often ")
    assert screen.takeaway.what.endswith(", 13 cases")
    assert screen.takeaway.sure == "Median days of support: not shown to this audience"
