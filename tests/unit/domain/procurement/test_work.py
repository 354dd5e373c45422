"""From referrals to work: how they end, when they come, and how many cases are open at a time."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from domain.access import Audience
from domain.disclosure import Guard, Released, release
from domain.measures import Count, Spread, measure
from domain.pack import Screen
from domain.periods import Period
from domain.prediction import poisson_limits
from domain.procurement.history import History
from domain.procurement.lines import lines_of
from domain.procurement.peaks import open_cases, peaks_of
from domain.procurement.scenario import Scenario
from domain.procurement.show_work import work_screens
from domain.procurement.volumes import DRAWS, Volumes
from domain.procurement.work import WorkFigures, work_of
from domain.selection import Selection
from domain.services import SEND
from domain.statistics import wilson_interval
from domain.tally import AsAt, Source, Tally, TallyRow
from tests.sentences import unfounded

LINES = lines_of(SEND)
NORFOLK = (219, 9, 91, 36, 5, 270)
CODES = {
    "CHANGED_CERT": 23, "CHANGED": 196, "LA_DECLINED": 9, "RESOLVED_PRE": 91,
    "SUPPORT_ONLY": 36, "DR_HELD": 5, "MED_HELD": 270,
}  # fmt: skip
SCENARIO = Scenario("send", starts=202604, years=2)
YEAR = Period.parse("2024-01..2024-12")


def volumes(*years: int, spread: bool = False) -> Volumes:
    """Contract years of so many referrals, each for certain, or by chance."""
    shape = (DRAWS, len(years))
    drawn = np.random.default_rng(4).poisson(years, shape) if spread else np.broadcast_to(years, shape)
    return Volumes(202604, drawn.astype(np.int64), tuple(map(float, years)), True, "a test")


def test_the_endings_of_every_drawn_year_add_up_to_its_referrals() -> None:
    years = volumes(700, 720, 760, spread=True)
    work = work_of(years, LINES, NORFOLK)
    assert work.draws.shape == (DRAWS, 3, 6)
    assert np.array_equal(work.draws.sum(axis=2), years.draws)
    assert work.draws.min() >= 0


def test_without_chance_the_past_mix_is_kept_exactly() -> None:
    work = work_of(volumes(630, 1260), LINES, NORFOLK)
    assert work.middle[0] == tuple(map(float, NORFOLK))
    assert work.middle[1] == tuple(2.0 * one for one in NORFOLK)


def test_the_drawn_mix_has_the_mean_and_the_spread_of_its_distribution() -> None:
    # Dirichlet-multinomial: n p, and n p (1 - p) (n + a) / (1 + a) with a = the endings and a half for each line.
    cases, total = 10_000, sum(NORFOLK) + 0.5 * len(NORFOLK)
    drawn = work_of(volumes(cases), LINES, NORFOLK).draws[:, 0, :]
    for line, ended in enumerate(NORFOLK):
        share = (ended + 0.5) / total
        spread = cases * share * (1 - share) * (cases + total) / (1 + total)
        assert drawn[:, line].mean() == pytest.approx(cases * share, abs=5 * (spread / DRAWS) ** 0.5)
        assert drawn[:, line].var() == pytest.approx(spread, rel=0.08)


def test_a_future_keeps_its_mix_through_all_its_years_and_few_endings_leave_it_unsure() -> None:
    many = work_of(volumes(1_000_000, 1_000_000), LINES, NORFOLK)
    held = many.draws[:, :, -1] / 1_000_000
    assert np.corrcoef(held[:, 0], held[:, 1])[0, 1] > 0.99
    few = work_of(volumes(700), LINES, tuple(-(-one // 10) for one in NORFOLK))
    wide, narrow = (work.limits(0, 5) for work in (few, work_of(volumes(700), LINES, NORFOLK)))
    assert wide[1] - wide[0] > 1.5 * (narrow[1] - narrow[0])


def test_the_same_referrals_and_endings_give_the_same_work() -> None:
    years = volumes(700, spread=True)
    assert np.array_equal(work_of(years, LINES, NORFOLK).draws, work_of(years, LINES, NORFOLK).draws)


@pytest.mark.parametrize("ended", [(0,) * 6, (1, 2, 3), (1, 2, 3, 4, 5, -1), ()])
def test_no_mix_is_made_of_nothing(ended: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="A mix needs"):
        work_of(volumes(700), LINES, ended)


def test_open_cases_are_referrals_a_month_times_days_and_vary_as_chance_makes_them() -> None:
    # 37.8 a month, each open for 55 days: 68.30 at a time.
    months = 37.8 * 10_000
    many = Volumes(202604, np.full((DRAWS, 1), 378_000, np.int64), (months,), True, "")
    found = open_cases(many, 0, 1 / 10_000, 1, 55)
    assert found.value == pytest.approx(68.3039, abs=1e-4)
    low, high = poisson_limits(68.3039)
    assert abs(found.low - low) <= 1
    assert abs(found.high - high) <= 1


def by_month(*counts: float) -> History:
    return History("month", 202104, counts, rests_on="Referrals counted here")


def test_steady_growth_makes_no_month_look_busier() -> None:
    found = peaks_of(by_month(*(40 * 1.34 ** (place / 12) for place in range(48))), 202604)
    assert found is not None
    assert [round(one.share, 9) for one in found.seasons] == [round(1 / 12, 9)] * 12
    assert not found.stands_out
    assert found.years == 4
    assert found.growth == pytest.approx(1.34)


def test_a_month_that_brings_twice_as_many_is_the_busiest_and_says_how_far_its_share_went() -> None:
    year = [40.0] * 12
    quiet, busy = [*year[:7], 60.0, *year[8:]], [*year[:7], 100.0, *year[8:]]
    found = peaks_of(by_month(*year[:5], *quiet, *busy), 202609)
    assert found is not None
    top = found.seasons[found.busiest]
    # The five months before the two complete years are left out, so that the eighth month after them is April.
    assert (top.label, top.count) == ("April", 160.0)
    assert found.stands_out
    assert top.low < top.share < top.high
    assert sum(one.share for one in found.seasons) == pytest.approx(1)
    assert found.seasons[0].label == "September"


def test_less_than_two_years_or_years_without_months_say_nothing_of_the_time_of_year() -> None:
    assert peaks_of(by_month(*[40.0] * 23), 202604) is None
    assert peaks_of(History("financial_year", 202004, (195, 271, 429, 598, 636)), 202604) is None
    assert peaks_of(by_month(*[0.0] * 24), 202604) is None


def released(
    key: str,
    by: tuple[str, ...],
    counts: dict[str, int],
    base: int | None = None,
    hidden: Collection[str] | None = None,
    withheld: str = "",
    service: str = "send",
) -> Released:
    """Figures of a service; those that everybody may see where `hidden` or `withheld` says what is not among them."""
    declared, total = measure(key, service), sum(counts.values()) if base is None else base
    answers = isinstance(declared, Spread | Count)
    rows = tuple(
        TallyRow(
            (code,) if by else (), (code.title(),) if by else (), met, met if not by else total,
            value=None if answers else met / total,
            low=None if answers else wilson_interval(met, total)[0],
            high=None if answers else wilson_interval(met, total)[1],
        )
        for code, met in counts.items()
    )  # fmt: skip
    chosen, reach = Selection(service).during(YEAR), AsAt(date(2025, 3, 31), date(2025, 3, 31))
    tally = Tally(declared, by, rows, chosen, Source.SHARED, 7, reach)
    if hidden is None and not withheld:
        return release(tally, Audience.US)
    gone = frozenset((code,) for code in hidden or ())
    guard = Guard(Audience.PUBLIC, key, by, chosen, 7, gone, total=bool(gone), withheld=withheld)
    return release(tally, Audience.PUBLIC, (), guard)


def figures() -> WorkFigures:
    """What the commissioning team is shown of Norfolk's referrals of 2024."""
    return WorkFigures(
        "send",
        LINES,
        YEAR,
        released("outcomes", ("outcome",), CODES),
        referred=635,
        closed=630,
        reasons=released("reasons", ("reason",), {"RTA": 203, "RTI": 151, "CON": 224}, 630),
        history=by_month(*([40.0] * 7 + [90.0] + [40.0] * 4) * 3),
        days=released("days_to_outcome", ("days_to_outcome",), {"20": 300, "60": 330}),
        live=None,
        recent=53.0,
    )


def screens(found: WorkFigures, scenario: Scenario = SCENARIO) -> dict[str, Screen]:
    to_come = volumes(700, 740, spread=True)
    return {one.key: one for one in work_screens(found, found.work(to_come), scenario, volumes=to_come)}


def test_the_mix_is_the_endings_by_line_and_its_length_the_mean_of_the_days() -> None:
    found = figures()
    assert found.ended == NORFOLK
    assert (found.out_of, found.still_open, found.withheld) == (630, 5, "")
    assert found.mean_days == pytest.approx((20 * 300 + 60 * 330) / 630)


def test_every_number_that_a_screen_says_stands_in_it() -> None:
    for one in screens(figures(), replace(SCENARIO, cases_each=Decimal("11"))).values():
        assert unfounded(one.takeaway.sentence, one) == []
        assert one.item == "work"
        assert all(len(row) == len(one.table.headers) for row in one.table.rows)


def test_a_service_of_few_kinds_says_how_many_of_each_a_year_brings_unless_one_is_hidden() -> None:
    kinds = {"A": 355, "B": 297}
    told = replace(figures(), reasons=released("reasons", ("service_type",), kinds, service="housing"))
    lots = screens(told)["work_lots"]
    # 355 and 297 of 652 of the 700 referrals that are expected.
    assert [str(row[1]).split(" ")[0] for row in lots.table.rows] == ["381", "319", "700"]
    assert unfounded(lots.takeaway.sentence, lots) == []
    hidden = released("reasons", ("service_type",), {"A": 355}, hidden=("B",), service="housing")
    assert "work_lots" not in screens(replace(told, reasons=hidden))


def test_the_screens_say_what_ends_how_when_most_come_and_how_many_are_open() -> None:
    found = screens(figures(), replace(SCENARIO, mean_days=Decimal(55), cases_each=Decimal(10)))
    assert list(found) == ["work_mix", "work_years", "work_peaks", "work_capacity", "work_reasons"]
    mix = found["work_mix"]
    assert "'Mediation meeting held', 43% (270 of 630)" in mix.takeaway.title
    assert "about 300 of 700 in Apr 2026 to Mar 2027" in mix.takeaway.title
    assert "5 of 635 have not ended and are left out" in mix.base
    assert mix.table.rows[-1][:3] == ("All", 630, 630)
    assert found["work_peaks"].takeaway.title.startswith("Busiest: November, 17% of a year, about 119 of 700")
    # 700 / 12 a month for 55 days are 105.4 at a time, and 10.5 people of ten each.
    capacity = found["work_capacity"]
    assert capacity.table.rows[0][4] == 105
    assert capacity.table.rows[0][7] == 10.5
    assert "Assumed: a case is open 55 days" in capacity.base


def test_where_an_ending_is_hidden_nothing_that_follows_from_it_is_shown() -> None:
    ended = released("outcomes", ("outcome",), CODES, hidden=("CHANGED_CERT", "LA_DECLINED", "DR_HELD"))
    found = replace(figures(), endings=ended, days=None, live=None, recent=None)
    assert (found.ended, found.work(volumes(700))) == ((), None)
    assert found.by_line == (None, None, 91, 36, None, 270)
    shown = screens(found)
    assert "work_years" not in shown
    mix = shown["work_mix"]
    # One of the two ways of changing one's mind is shown, and the line of both is not.
    assert mix.table.rows[0][1:] == ("c",) * 5
    assert "196" not in str(mix)
    assert "hidden, so that nobody can be recognised" in " ".join(mix.notes)
    assert "for the commissioning team only" in shown["work_capacity"].takeaway.title


def test_what_is_withheld_says_why_and_shows_no_number() -> None:
    ended = released("outcomes", ("outcome",), CODES, withheld="Cut finer than it may be seen.")
    found = replace(figures(), endings=ended)
    mix = screens(found)["work_mix"]
    assert (found.ended, found.withheld) == ((), "Cut finer than it may be seen.")
    assert (mix.withheld, mix.table.rows, mix.chart) == ("Cut finer than it may be seen.", (), None)


def test_without_a_complete_month_one_screen_says_so() -> None:
    nothing = WorkFigures("send", LINES, why="No month is in from every provider yet.")
    (only,) = work_screens(nothing, None, SCENARIO)
    assert only.notes == ("No month is in from every provider yet.",)
    assert only.table.rows == ()
