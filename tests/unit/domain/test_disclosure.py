"""The gate: nothing is shown that did not pass it."""

from dataclasses import replace
from datetime import date

import pytest

from domain.access import Audience
from domain.disclosure import Guard, Released, is_small, release
from domain.measures import measure
from domain.selection import Selection
from domain.tally import AsAt, Source, Tally, TallyRow


def a_tally(key: str, by: tuple[str, ...], *rows: TallyRow) -> Tally:
    as_at = AsAt(date(2018, 9, 30), date(2018, 10, 31), ())
    return Tally(measure(key), by, rows, Selection("mentoring"), Source.SHARED, 7, as_at)


def a_row(
    *keys: str, met: int, base: int, missing: int = 0, unsure: int = 0, value: float | None = None
) -> TallyRow:
    return TallyRow(keys, keys, met, base, missing, unsure, value)


SHARE = a_tally(
    "prevention_rate",
    ("area",),
    a_row("E1", met=8, base=10, missing=1, value=0.8),
    a_row("E2", met=15, base=16, unsure=2, value=0.9375),
)


def test_released_figures_cannot_be_built():
    with pytest.raises(TypeError, match="released by"):
        Released(
            SHARE.measure,
            (),
            (),
            None,
            Selection("mentoring"),
            Source.SHARED,
            1,
            AsAt(),
            Audience.US,
            None,
            (),
            (),
            object(),
        )


PUBLIC = Guard(Audience.PUBLIC, "prevention_rate", ("area",), SHARE.selection, SHARE.version)


def test_others_are_shown_nothing_without_a_guard():
    with pytest.raises(ValueError, match="nothing says what of this may be shown to 'public'"):
        release(SHARE, Audience.PUBLIC)


@pytest.mark.parametrize(
    "other",
    [
        replace(PUBLIC, audience=Audience.PROVIDERS),
        replace(PUBLIC, measure="referrals"),
        replace(PUBLIC, by=()),
        replace(PUBLIC, version=8),
        replace(PUBLIC, selection=Selection("mentoring", areas=("E1",))),
    ],
    ids=["audience", "measure", "groups", "moment", "selection"],
)
def test_a_guard_made_for_something_else_is_refused(other: Guard):
    with pytest.raises(ValueError, match="made for another"):
        release(SHARE, Audience.PUBLIC, guard=other)


def test_a_hidden_group_keeps_its_name_and_place_and_no_number():
    released = release(SHARE, Audience.PUBLIC, guard=replace(PUBLIC, hidden=frozenset({("E1",)}), total=True))
    assert [one.label for one in released.in_order] == ["E1", "E2"]
    assert [one.keys for one in released.figures] == [("E2",)]
    assert released.total is None
    assert released.total_hidden
    # How many were blank would give the base of a hidden group away where all cases are known.
    assert [(one.missing, one.unsure) for one in released.figures] == [(0, 0)]
    assert "8" not in repr(released.hidden)


def test_what_is_withheld_has_no_group_at_all():
    released = release(SHARE, Audience.PUBLIC, guard=replace(PUBLIC, withheld="Choose quarters."))
    assert (released.figures, released.hidden, released.total) == ((), (), None)
    assert released.withheld == "Choose quarters."
    assert released.empty


def test_counts_may_be_rounded_and_shares_follow_from_what_is_shown():
    released = release(SHARE, Audience.PUBLIC, guard=replace(PUBLIC, rounding=5))
    assert [(one.met, one.base, one.value) for one in released.figures] == [(10, 10, 1.0), (15, 15, 1.0)]


@pytest.mark.parametrize(
    ("key", "met", "base", "rounded"),
    [("median_days_of_support", 52, 52, 50), ("caseload_per_mentor", 69, 11, 70)],
)
def test_no_average_or_rate_becomes_a_share_by_rounding(key: str, met: int, base: int, rounded: int):
    tally = a_tally(key, (), a_row(met=met, base=base, value=6.5))
    guard = replace(PUBLIC, measure=key, by=(), rounding=5)
    (figure,) = release(tally, Audience.PUBLIC, guard=guard).figures
    assert (figure.met, figure.value) == (rounded, 6.5)


def test_what_is_the_providers_own_is_open_to_it():
    room = Audience.with_provider("provider-a")
    released = release(SHARE, room, guard=replace(PUBLIC, audience=room, open=True))
    assert released.figures == release(SHARE, Audience.US).figures
    assert released.hidden == ()


def test_shares_are_added_up_with_limits_of_their_own():
    released = release(SHARE, Audience.US)
    total = released.total
    assert total is not None
    assert (total.met, total.base, total.missing, total.unsure, total.value) == (23, 26, 1, 2, 23 / 26)
    assert total.low is not None
    assert total.low < 23 / 26
    assert (released.missing, released.unsure, released.base) == (1, 2, 26)
    assert (total.label, released.figures[0].label) == ("All", "E1")
    assert released.split_by == ""


def test_small_cells_are_marked_on_either_side():
    assert [figure.small for figure in release(SHARE, Audience.US).figures] == [True, True]
    assert [is_small(met, base) for met, base in ((0, 9), (9, 9), (4, 20), (5, 20), (16, 20), (15, 20))] == [
        False, False, True, False, True, False,
    ]  # fmt: skip


def test_a_count_is_added_up_without_a_share():
    released = release(
        a_tally("referrals", ("area",), a_row("E1", met=3, base=3), a_row("E2", met=4, base=4)), Audience.US
    )
    assert released.total is not None
    assert (released.total.met, released.total.value, released.total.low) == (7, None, None)


def test_a_share_of_nobody_has_no_total_value():
    released = release(a_tally("prevention_rate", (), a_row(met=0, base=0)), Audience.US)
    assert released.empty
    assert released.total is not None
    assert released.total.value is None


def test_averages_spreads_and_nothing_have_no_total():
    for key, by in (
        ("mean_days_of_support", ("area",)),
        ("adults", ("adults",)),
        ("reasons", ("risk_at_assessment",)),
    ):
        assert release(a_tally(key, by, a_row("1", met=1, base=1, value=1.0)), Audience.US).total is None
    assert release(a_tally("referrals", ("area",)), Audience.US).total is None


def test_the_answers_of_a_split_share_one_base():
    rows = [
        a_row(area, code, met=2, base=5, missing=1, unsure=1)
        for area in ("E1", "E2")
        for code in ("D28", "FUTURE")
    ]
    released = release(a_tally("reasons", ("area", "risk_at_assessment"), *rows), Audience.US)
    assert (released.base, released.missing, released.unsure) == (10, 2, 2)
    assert released.split_by == "risk_at_assessment"
    assert release(a_tally("reasons", ("area",), a_row("E1", met=5, base=5)), Audience.US).split_by == ""
    assert (
        release(a_tally("adults", ("adults",), a_row("1", met=1, base=3)), Audience.US).split_by == "adults"
    )


def test_a_figure_is_found_by_its_keys():
    released = release(SHARE, Audience.US)
    found = released.figure("E2")
    assert found is not None
    assert found.met == 15
    assert released.figure("E9") is None
    assert not released.empty
