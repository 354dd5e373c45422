"""What is said of families who changed their mind: how referrals ended, never why, and a difference only where it is clear."""

import pytest

from components.change_messages import (
    apart_message,
    certificate_message,
    changed_message,
    stand_apart,
    wait_message,
)
from components.change_panels import apart_panel, certificate_panel, wait_panel
from components.charts.certificate_parts import Parts, certificate_parts
from components.charts.share_rows import ShareRow
from domain.access import Audience
from domain.disclosure import Released, release
from domain.measures import measure
from domain.selection import Selection
from domain.tally import Source, Tally, TallyRow
from tests.unit.components.builders import SETTINGS, released

WHOLE = ShareRow("", "All", 210, 600)
SEND = Selection("send")
RATE = released("change_of_mind", rows=[("", "", 210, 600)], selection=SEND)


def test_the_rate_is_out_of_the_referrals_that_ended() -> None:
    assert (
        changed_message(RATE) == "Families changed their mind in 35% of the referrals that ended: 210 of 600"
    )
    assert "no referral has ended yet" in changed_message(released("change_of_mind", selection=SEND))


def rows(*groups: tuple[int, int]) -> list[ShareRow]:
    return [ShareRow(f"R{n}", f"Reason {n}", met, base) for n, (met, base) in enumerate(groups)]


def test_each_of_several_groups_is_compared_with_all_others() -> None:
    groups = rows((100, 200), (55, 200), (55, 200))
    assert [row.key for row in stand_apart(groups, WHOLE)] == ["R0", "R1", "R2"]
    said = apart_message("reason", groups, WHOLE)
    assert said.startswith("By reason, against all others: more often for Reason 0, 50% (100 of 200)")
    assert "less often for Reason 1, 28% (55 of 200)" in said


def test_groups_that_chance_alone_would_set_apart_are_not_called_different() -> None:
    assert apart_message("reason", rows((70, 200), (72, 200), (68, 200)), WHOLE) == (
        "By reason: no clear difference from the 35% of all"
    )
    many = [*rows(*[(35, 100)] * 6), ShareRow("X", "Reason X", 50, 100)]
    said = apart_message("reason", many, ShareRow("", "All", 260, 700))
    assert said == "By reason: no clear difference; 1 of 7 stands apart, which chance alone would often give"


def test_two_groups_are_compared_with_each_other() -> None:
    assert apart_message("who asked", rows((200, 400), (10, 200)), WHOLE).endswith("a clear difference")
    assert apart_message("who asked", rows((140, 400), (70, 200)), WHOLE).endswith("no clear difference")


def test_groups_too_small_or_not_recorded_are_not_compared() -> None:
    blank = ShareRow("", "Not recorded", 90, 100)
    assert apart_message("reason", [blank, *rows((9, 9))], WHOLE).endswith(
        "too few referrals have ended to compare"
    )
    assert "only Reason 0 has enough: 50% (10 of 20)" in apart_message(
        "reason", [blank, *rows((10, 20))], WHOLE
    )


def waits(*bands: tuple[str, int, int]) -> list[ShareRow]:
    return [ShareRow(key, key, met, base) for key, met, base in bands]


def test_a_wait_is_said_of_referrals_that_ended_after_it() -> None:
    said = wait_message(waits(("up_to_014", 191, 340), ("up_to_030", 215, 803), ("up_to_060", 312, 921)))
    assert said == (
        "Of referrals that ended within 2 weeks, 56% (191 of 340) ended by a change of mind; "
        "of referrals that took longer, 31% (527 of 1,724) ended by a change of mind: a clear difference"
    )


def test_a_wait_without_dates_or_with_few_is_not_compared() -> None:
    assert wait_message(waits(("", 5, 9))) == "By days waited: no referral has both dates yet"
    assert "difference" not in wait_message(waits(("up_to_014", 5, 9), ("more", 20, 40)))


def test_the_certificate_is_out_of_those_who_changed_their_mind() -> None:
    years = [Parts("2023", "2023", 31, 159, 549), Parts("2024", "2024", 23, 196, 630)]
    assert certificate_message(years, ()) == (
        "Of those who changed their mind, 13% (54 of 409) asked for a certificate; 2024 11%, no clear change from 2023, 16%"
    )
    assert certificate_message(years, {"2024"}).endswith("asked for a certificate")
    assert certificate_message([Parts("2023", "2023", 0, 0, 9)], ()) == (
        "No family changed its mind in what is chosen"
    )


def test_the_published_years_are_flat() -> None:
    # Norfolk prints 31 + 159 of 549 in 2023 and 23 + 196 of 630 in 2024, and calls it significant.
    groups = [ShareRow("2023", "2023", 190, 549), ShareRow("2024", "2024", 219, 630)]
    assert apart_message("year", groups, WHOLE) == (
        "By year: 2023 35% (190 of 549) and 2024 35% (219 of 630), no clear difference"
    )


def by_year_and_outcome() -> Released:
    cells = [
        ("2023", "CHANGED_CERT", 31, 31),
        ("2023", "CHANGED", 159, 159),
        ("2023", "MED_HELD", 0, 359),
        ("2024", "CHANGED", 196, 196),
        ("2024", "MED_HELD", 0, 434),
        ("", "CHANGED", 4, 4),
    ]
    tally = Tally(
        measure("change_of_mind"),
        ("calendar_year", "outcome"),
        tuple(
            TallyRow((year, code), (year or "No date", code), met, base) for year, code, met, base in cells
        ),
        Selection("send"),
        Source.IN_HAND,
        1,
    )
    return release(tally, Audience.US)


def test_both_kinds_stay_apart_and_make_one_bar() -> None:
    panel = certificate_panel("c", by_year_and_outcome(), SETTINGS, unfinished={"2024"})
    assert panel.table.rows[0][:6] == ("2023", 31, 159, 190, 549, "35%")
    assert panel.table.rows[1][:6] == ("2024", 0, 196, 196, 630, "31%")
    assert "Not complete, so not compared: 2024." in panel.notes
    assert panel.figure is not None
    without, certified, words = panel.figure.data
    assert without.x[0] + certified.x[0] == pytest.approx(190 / 549)
    assert certified.marker.pattern.shape == "x"
    assert words.text[0].strip() == "35% (190 of 549)"


def test_a_year_in_which_nothing_ended_has_no_bar() -> None:
    figure = certificate_parts(
        [Parts("2022", "2022", 0, 0, 0), Parts("2023", "2023", 1, 2, 9)], Source.SHARED
    )
    assert list(figure.data[0].y) == ["2023"]


def test_a_wait_panel_says_what_it_does_not_show() -> None:
    bands = released(
        "change_of_mind",
        ("days_to_outcome_band",),
        [
            ("up_to_014", "Up to 2 weeks", 190, 340),
            ("more", "More than 90 days", 5, 9),
            ("", "Not recorded", 2, 20),
        ],
        selection=SEND,
    )
    panel = wait_panel("w", bands, RATE, SETTINGS)
    assert panel.figure is not None
    assert list(panel.figure.data[0].y) == ["Up to 2 weeks", "Without both dates"]
    said = " ".join(panel.notes)
    assert "It does not say how likely a family that still waits is to change its mind" in said
    assert "More than 90 days (9 referrals)" in said


def test_several_reasons_do_not_make_more_referrals() -> None:
    reasons = released(
        "change_of_mind",
        ("reason",),
        [("RTA", "Refusal to assess", 200, 500), ("RTI", "Refusal to issue", 100, 300)],
        selection=SEND,
    )
    panel = apart_panel("r", reasons, RATE, SETTINGS, what="reason", several=True)
    assert panel.basis.base.startswith("n = 600")
    assert any("stands in each" in note for note in panel.notes)
    assert panel.figure is not None
    assert panel.figure.layout.annotations[0].text == "All: 35%"
