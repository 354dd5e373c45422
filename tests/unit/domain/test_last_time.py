"""Last time and now, and the whole in one breath: a direction only where chance does not explain it, nothing that is hidden."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from domain.access import Audience
from domain.formats import share_of
from domain.hidden_words import IS_HIDDEN
from domain.pack import PackFigure, Screen, Takeaway
from domain.periods import Period
from domain.screens.before import LastTime, before_words, with_last
from domain.screens.breath import breath_of
from domain.since import TOO_SMALL
from tests.packs import PERIOD, a_pack, screens
from tests.sentences import unfounded

NEXT = PERIOD.next()
SHOWN = "Shown on 22 Oct 2018 for Jul-Sep 2018 (Q2 2018/19)"


def a_share(met: int, base: int, key: str = "prevention_rate", status: str = "") -> PackFigure:
    return PackFigure(key, f"Share {key[-2:]}", share_of(met, base), met, base, met / base, status)


def a_count(met: int, key: str = "referrals") -> PackFigure:
    return PackFigure(key, "Referrals", str(met), met)


def a_screen(*figures: PackFigure) -> Screen:
    return replace(screens()[1], figures=figures, before="")


def last(
    *figures: PackFigure,
    period: Period = NEXT,
    whole: bool = True,
    longer: Sequence[str] = (),
    audience: Audience = Audience.US,
) -> LastTime:
    """The meeting of Jul-Sep 2018, with these figures, before one about `period`."""
    pack = a_pack(
        service="mentoring", held_on=date(2018, 10, 22), audience=audience.key, screens=(a_screen(*figures),)
    )
    return LastTime(pack, period, whole, longer)


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        (a_share(41, 50), a_share(42, 50), "82% (41 of 50); now 84% (42 of 50), no clear change"),
        (a_share(20, 50), a_share(42, 50), "40% (20 of 50); now 84% (42 of 50), higher"),
        (a_share(42, 50), a_share(20, 50), "84% (42 of 50); now 40% (20 of 50), lower"),
        (a_count(76), a_count(79), "Referrals 76; now 79, no clear change"),
        (a_count(76), a_count(179), "Referrals 76; now 179, more"),
        # Of so few nothing is said, however far apart they are.
        (a_share(9, 9), a_share(1, 9), "100% (9 of 9); now 11% (1 of 9), too few to compare"),
        # How many KPIs are red is no share of cases.
        (a_share(1, 9, "kpis:red"), a_share(9, 9, "kpis:red"), "11% (1 of 9); now 100% (9 of 9)"),
        # What counts from the start of the contract year holds the same cases again.
        (a_share(20, 90, "HM7"), a_share(80, 90, "HM7"), "22% (20 of 90); now 89% (80 of 90)"),
        (
            PackFigure("TB1", "Prevented", "c", status="Hidden"),
            a_share(42, 50, "TB1", "Green"),
            "hidden; now 84% (42 of 50), green",
        ),
        (
            a_share(41, 50, "TB1", "Amber"),
            a_share(44, 50, "TB1", "Green"),
            "82% (41 of 50), amber; now 88% (44 of 50), green, no clear change",
        ),
    ],
)
def test_a_direction_is_said_only_where_chance_does_not_explain_it(
    then: PackFigure, now: PackFigure, said: str
) -> None:
    assert before_words(a_screen(now), last(then)) == f"{SHOWN}: {said}"


def test_nothing_is_compared_that_is_not_whole_or_shares_its_cases() -> None:
    few, many = a_count(76), a_count(179)
    assert before_words(a_screen(many), last(few, whole=False)) == f"{SHOWN}: Referrals 76; now 179"
    low, high = a_share(20, 50), a_share(42, 50)
    assert before_words(a_screen(high), last(low, longer=["prevention_rate"])).endswith("now 84% (42 of 50)")
    half_year = Period.parse("2018-07..2018-12")
    assert before_words(a_screen(high), last(low, period=half_year)).endswith("now 84% (42 of 50)")


def test_of_the_same_months_what_changed_is_said_and_no_direction() -> None:
    assert before_words(a_screen(a_share(43, 52)), last(a_share(41, 50), period=PERIOD)) == (
        "Shown on 22 Oct 2018: 82.0% (41 of 50) shown, now 82.7% (43 of 52): two more cases count"
    )
    same = a_share(41, 50)
    assert (
        before_words(a_screen(same), last(same, period=PERIOD))
        == "Shown on 22 Oct 2018: 82% (41 of 50), unchanged"
    )
    public = last(a_share(41, 50), period=PERIOD, audience=Audience.PUBLIC)
    assert before_words(a_screen(a_share(43, 52)), public).endswith(TOO_SMALL)
    ours = replace(public, audience=Audience.US.key)
    assert before_words(a_screen(a_share(43, 52)), ours).endswith("two more cases count")


def test_of_many_figures_one_that_differs_is_held_to_be_chance() -> None:
    keys = [f"satisfaction_positive:PARENT:Q{place}" for place in range(9)]
    then = [a_share(30, 50, key) for key in keys]
    one = [a_share(42 if place == 0 else 30, 50, key) for place, key in enumerate(keys)]
    assert before_words(a_screen(*one), last(*then)) == (
        f"{SHOWN}: 1 of 9 figures differs, which chance alone would often give"
    )
    assert before_words(a_screen(*then), last(*then)) == f"{SHOWN}: no clear change in any of 9 figures"
    several = [a_share(42 if place < 4 else 30, 50, key) for place, key in enumerate(keys)]
    said = before_words(a_screen(*several), last(*then))
    assert said.startswith(f"{SHOWN}: Share Q0 60% (30 of 50); now 84% (42 of 50), higher. Share Q1")
    assert said.endswith("1 more changed")


def test_a_status_that_moved_is_named_among_many_and_a_hidden_one_is_not() -> None:
    keys = ["TB1", "TB4", "TB5", "TB6"]
    then = [a_share(30, 50, key, "Amber") for key in keys]
    hidden = PackFigure("TB4", "Share B4", "c", status="Hidden")
    now = [a_share(32, 50, "TB1", "Green"), hidden, *(a_share(30, 50, key, "Amber") for key in keys[2:])]
    assert before_words(a_screen(*now), last(*then)) == (
        f"{SHOWN}: Share B1 60% (30 of 50), amber; now 64% (32 of 50), green, no clear change. "
        "No clear change in any of the other 2 figures"
    )
    assert before_words(a_screen(hidden), last(hidden)) == ""


def test_what_was_not_shown_last_time_leaves_the_period_before() -> None:
    screen = replace(a_screen(a_share(42, 50)), before="Jul-Sep 2018: 80%; now 84%, no clear change")
    assert with_last([screen], last(a_count(5)))[0].before == screen.before
    assert with_last([screen], None) == (screen,)


def test_the_breath_says_the_outcome_the_kpis_and_what_is_overdue() -> None:
    found = breath_of(screens())
    assert found == (
        "Jul-Sep 2018: 80% (52 of 65); no clear change from Apr-Jun 2018, 84%.",
        "1 of 3 KPIs is red: Homelessness prevented; 2 are as they were in Apr-Jun 2018.",
        "32 referrals a month in Jul 2018 to Sep 2018; no clear change from 30.",
    )
    overdue = replace(screens()[0], figures=(PackFigure("actions:overdue", "Overdue", "1", 1),))
    assert breath_of([overdue, *screens()[1:]])[2] == "1 of 2 actions is overdue."


def test_the_breath_says_nothing_that_is_hidden_or_withheld() -> None:
    def titled(screen: Screen, title: str) -> Screen:
        return replace(screen, takeaway=Takeaway(title))

    by_key = {one.key: one for one in screens()}
    by_key["outcomes_quarters"] = titled(by_key["outcomes_quarters"], f"Homelessness prevented: {IS_HIDDEN}")
    by_key["kpis"] = replace(by_key["kpis"], withheld="Not for this audience.")
    found = breath_of(list(by_key.values()))
    assert found[0] == "Most often Prevented, 80% (52 of 65)."
    assert len(found) == 3
    assert not any("KPI" in sentence or "hidden" in sentence for sentence in found)
    assert breath_of([by_key["kpis"]]) == ()


def test_a_number_that_stands_nowhere_is_found() -> None:
    """The check that other tests rely on finds a number that was made up, and takes what follows from the screen."""
    outcomes = next(one for one in screens() if one.key == "outcomes")
    assert unfounded("80% (52 of 65), 95% limits 69% to 88%, in Jul-Sep 2018 (Q2 2018/19)", outcomes) == []
    assert unfounded("80% (53 of 65), 95% limits 69% to 88%", outcomes) == ["53"]
    assert unfounded("83% were prevented", outcomes) == ["83%"]
