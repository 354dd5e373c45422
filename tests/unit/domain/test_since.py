"""What changed between a pack as it was shown and now: both figures, and how many more or fewer count."""

from dataclasses import replace

import pytest

from domain.access import Audience
from domain.formats import share_of
from domain.pack import MeetingPack, PackFigure
from domain.periods import Period
from domain.since import TOO_SMALL, changes
from tests.packs import a_pack


def with_figures(*figures: PackFigure, audience: Audience = Audience.US) -> MeetingPack:
    """A pack of one screen with these figures."""
    pack = a_pack()
    return replace(pack, screens=(replace(pack.screens[1], figures=figures),), audience=audience.key)


def a_share(met: int, base: int, status: str = "", key: str = "prevention_rate") -> PackFigure:
    return PackFigure(key, "Homelessness prevented", share_of(met, base), met, base, met / base, status)


def said(then: PackFigure, *now: PackFigure, audience: Audience = Audience.US) -> list[str]:
    """The sentences on one figure then and now."""
    found = changes(with_figures(then, audience=audience), with_figures(*now, audience=audience))
    return [one.sentence for one in found]


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        ((41, 50), (43, 52), "82.0% (41 of 50) shown, now 82.7% (43 of 52): two more cases count"),
        ((41, 50), (41, 51), "82.0% (41 of 50) shown, now 80.4% (41 of 51): one more case counts"),
        ((41, 50), (40, 49), "82.0% (41 of 50) shown, now 81.6% (40 of 49): one fewer case counts"),
        ((41, 50), (39, 48), "82.0% (41 of 50) shown, now 81.3% (39 of 48): two fewer cases count"),
        (
            (41, 50),
            (42, 50),
            "82.0% (41 of 50) shown, now 84.0% (42 of 50): as many cases count, and one more of them towards it",
        ),
        # One decimal would say twice the same.
        (
            (4_100, 5_000),
            (4_101, 5_001),
            "82.000% (4,100 of 5,000) shown, now 82.004% (4,101 of 5,001): one more case counts",
        ),
        ((41, 50), (82, 100), "82.0% (41 of 50) shown, now 82.0% (82 of 100): 50 more cases count"),
    ],
)
def test_a_share_is_given_twice_with_decimals_enough(
    then: tuple[int, int], now: tuple[int, int], words: str
) -> None:
    assert said(a_share(*then), a_share(*now)) == [f"Homelessness prevented: {words}."]


def test_nothing_changed_is_nothing_said() -> None:
    same = a_share(41, 50, "Amber")
    assert said(same, same) == []
    assert changes(a_pack(), a_pack()) == ()


def test_another_status_is_said_with_and_without_another_figure() -> None:
    assert said(a_share(41, 50, "Amber"), a_share(41, 52, "Red")) == [
        "Homelessness prevented: 82.0% (41 of 50) shown, now 78.8% (41 of 52): two more cases count; amber then, red now."
    ]
    assert said(a_share(41, 50, "Amber"), a_share(41, 50, "Red")) == [
        "Homelessness prevented: 82% (41 of 50), amber then, red now."
    ]


def test_a_legal_time_limit_is_said_as_it_was_shown() -> None:
    def late(met: int, base: int) -> PackFigure:
        return PackFigure(
            "SM2", "Certificate after mediation", f"{base - met} of {base} late", met, base, 0.6
        )

    assert said(late(3, 5), late(3, 6)) == [
        "Certificate after mediation: 2 of 5 late shown, now 3 of 6 late: one more case counts."
    ]


def test_counts_and_lengths_say_what_they_are_made_of() -> None:
    assert said(
        PackFigure("referrals", "Referrals", "76", 76), PackFigure("referrals", "Referrals", "79", 79)
    ) == ["Referrals: 76 shown, now 79: three more."]
    days = PackFigure("mean_days_of_support", "Length of support", "57 days", None, 40, 57.04)
    assert said(days, replace(days, value=57.01, base=42)) == [
        "Length of support: 57 days (57.04) shown, now 57.01: two more cases count."
    ]


def test_what_is_hidden_then_or_now_is_said_to_be_hidden() -> None:
    hidden = PackFigure("prevention_rate", "Homelessness prevented", "c", status="Hidden")
    assert said(hidden, hidden) == []
    assert said(hidden, a_share(41, 50, "Amber")) == [
        "Homelessness prevented: hidden when it was shown, now 82% (41 of 50), amber."
    ]
    assert said(a_share(41, 50), hidden) == [
        "Homelessness prevented: 82% (41 of 50) shown, now hidden, so that nobody can be recognised in a small number."
    ]


def test_a_figure_that_is_gone_and_one_that_is_new_are_named() -> None:
    other = PackFigure("referrals", "Referrals", "76", 76)
    assert said(a_share(41, 50), other) == [
        "Homelessness prevented: 82% (41 of 50) shown, no longer among the figures.",
        "Referrals: not shown then, now 76.",
    ]


def test_to_others_two_figures_side_by_side_never_tell_of_a_few_cases() -> None:
    room = Audience.with_provider("provider-a")
    assert said(a_share(41, 50), a_share(43, 52), audience=room) == [
        f"Homelessness prevented: 82% (41 of 50) shown, {TOO_SMALL}."
    ]
    assert said(a_share(41, 50), a_share(48, 57), audience=room) == [
        "Homelessness prevented: 82.0% (41 of 50) shown, now 84.2% (48 of 57): seven more cases count."
    ]
    # Seven more came, of whom two did not count towards it.
    assert TOO_SMALL in said(a_share(41, 50), a_share(46, 57), audience=room)[0]


def test_answers_are_called_answers_and_one_figure_is_said_once() -> None:
    key = "satisfaction_positive:PARENT:Q1"
    assert "two more answers count" in said(a_share(41, 50, key=key), a_share(43, 52, key=key))[0]
    period = a_pack().period.key
    twice = [a_share(41, 50), a_share(41, 50, key=f"prevention_rate@{period}")]
    later = [a_share(43, 52), a_share(43, 52, key=f"prevention_rate@{period}")]
    assert [one.key for one in changes(with_figures(*twice), with_figures(*later))] == ["prevention_rate"]


@pytest.mark.parametrize(
    "changed", [{"service": "send"}, {"period": Period.parse("2018-04..2018-06")}, {"audience": "us"}]
)
def test_packs_of_other_figures_are_not_compared(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="differ in their"):
        changes(a_pack(), a_pack(**changed))


def test_what_was_not_in_yet_is_said_when_it_comes_and_when_it_goes_again() -> None:
    none = PackFigure("TB1", "Prevention rate", "–", status="No return")
    came = a_share(43, 52, "Green", key="TB1")
    assert said(none, came) == ["Prevention rate: nothing shown, now 83% (43 of 52), green."]
    assert said(came, none) == ["Homelessness prevented: 83% (43 of 52) shown, now nothing, no return."]
    assert said(none, none) == []


def test_of_a_rate_and_of_what_a_contract_includes_only_the_count_is_said_to_have_grown() -> None:
    def rate(live: int) -> PackFigure:
        return PackFigure(
            "TB3", "Caseload per mentor", f"{live / 3:.1f} for each ({live})", live, 3, live / 3
        )

    assert said(rate(17), rate(22))[0].endswith("now 7.3 for each (22): five more.")
    then, now = (PackFigure("used:c", "Included", f"{one} of 280", one, 280) for one in (170, 172))
    assert said(then, now) == ["Included: 170 of 280 shown, now 172 of 280: two more."]


def test_a_count_that_is_the_same_has_not_changed_with_the_others_beside_it() -> None:
    then, now = (PackFigure("days_of_support:more", "More", "4", 4, value=one) for one in (0.07, 0.06))
    assert said(then, now) == []
