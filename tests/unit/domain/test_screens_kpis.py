"""The screens of the KPIs: what is missed first, the council's own apart, as many rows as fit, and nothing that chance may have done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.access import Audience
from domain.kpis import Adjusted, KpiStatus, kpi, kpis_of
from domain.pack import Screen
from domain.periods import Period
from domain.screens.kpi_rows import Judged
from domain.screens.kpis import kpi_screens
from domain.settings import ADJUSTED, Target
from domain.status import Status
from domain.tally import AsAt
from tests.sentences import unfounded

NOW, BEFORE = Period.parse("2018-07..2018-09"), Period.parse("2018-04..2018-06")
REACH = AsAt(date(2018, 9, 30), date(2018, 9, 30))


def a_status(
    key: str, status: Status, met: int | None = None, base: int | None = None, **more: object
) -> KpiStatus:
    value = met / base if met is not None and base else None
    named = kpi(key)
    found = KpiStatus(
        named, "north", "", "North", "", NOW, False, met, base, value, None, None, status, "Why so.", False, None
    )  # fmt: skip
    return replace(found, **more)  # type: ignore[arg-type]


def a_target(key: str, value: str, **more: object) -> Target:
    return replace(Target(key, kpi(key).service, ">=", Decimal(value), None, date(2018, 4, 1)), **more)  # type: ignore[arg-type]


def shown(
    now: Sequence[KpiStatus], before: Sequence[KpiStatus] = (), example: str = ""
) -> tuple[Screen, ...]:
    screens = kpi_screens(Judged(now, before, NOW, BEFORE, Audience.US, REACH), example=example)
    assert not [one for screen in screens for one in unfounded(screen.takeaway.sentence, screen)]
    return screens


def test_what_is_missed_comes_first_and_what_has_no_target_last() -> None:
    (screen,) = shown(
        [
            a_status("SM8", Status.NO_TARGET, 3, 10),
            a_status("SM2", Status.GREEN, 10, 10, target=a_target("SM2", "1"), clear_of_target=False),
            a_status("SM6", Status.HIDDEN),
            a_status("SM9", Status.TOO_FEW, 2, 3),
            a_status("SM3", Status.NO_RETURN),
            a_status("SM10", Status.AMBER, 8, 10, target=a_target("SM10", "0.85"), clear_of_target=False),
            a_status("SM1b", Status.RED, 3, 5, target=a_target("SM1b", "1"), clear_of_target=True),
        ]
    )
    assert [row[4] for row in screen.table.rows] == [
        "▲ Red", "◆ Amber", "□ No return", "○ Too few to say", "▨ Hidden", "● Green", "– No target",
    ]  # fmt: skip
    assert screen.table.headers == (
        "KPI", "Target", "Apr-Jun 2018 (Q1 2018/19)", "Jul-Sep 2018 (Q2 2018/19)", "Status", "Why",
    )  # fmt: skip
    assert screen.takeaway.title == "1 of 7 KPIs is red: Mediation held within 30 days"
    assert screen.takeaway.sure == (
        "Of the others 1 green, 1 amber, 1 too few to say, 1 with no return, 1 with no target and 1 hidden. "
        "Allowing for chance, 1 of 2 missed cannot be told apart from the target. "
        "1 of 7 KPIs is hidden to protect people: counted neither as met nor as missed"
    )


def test_a_legal_limit_says_how_many_were_late_beside_the_adjusted_figure_and_how_far_green_is() -> None:
    adjusted = Adjusted(3, 4, 0.75, Status.RED, "", 1)
    (screen,) = shown(
        [
            a_status(
                "SM1b",
                Status.RED,
                3,
                5,
                target=a_target("SM1b", "1"),
                clear_of_target=True,
                adjusted=adjusted,
            )
        ],
        [a_status("SM1b", Status.GREEN, 4, 4, period=BEFORE)],
    )
    (row,) = screen.table.rows
    assert row[1:] == (
        "At least 100%",
        "0 of 4 late",
        "2 of 5 late, adjusted 1 of 4 late",
        "▲ Red",
        "2 fewer late for green",
    )
    assert [(one.key, one.shown) for one in screen.figures][-2:] == [
        ("SM1b", "2 of 5 late"),
        ("SM1b:adjusted", "1 of 4 late"),
    ]
    assert screen.takeaway.against == "1 worse in colour than in Apr-Jun 2018 (Q1 2018/19)"
    assert any(note.startswith("Adjusted: without") for note in screen.notes)


def test_of_fewer_than_ten_cases_nobody_says_that_chance_did_not() -> None:
    most, law = a_target("SM2", "0.9"), a_target("SM2", "1")
    few, many = (
        a_status(key, Status.RED, 0, base, target=most, clear_of_target=True)
        for key, base in (("SM2", 2), ("SM3", 10))
    )
    # A target of every case is missed by one: chance is no question.
    (every,) = shown([replace(few, target=law)])
    assert every.takeaway.sure == "One case is enough to miss that target"
    said = [screen.takeaway.sure for rows in ([few], [many], [few, many]) for screen in shown(rows)]
    assert said == [
        "",
        "Chance alone does not explain what is missed",
        "Chance alone does not explain what is missed of ten cases or more",
    ]


def test_the_adjusted_figure_judges_where_the_target_is_of_it() -> None:
    target = a_target("SM1b", "0.9", judged_on=ADJUSTED)
    adjusted = Adjusted(19, 20, 0.95, Status.GREEN, "", 5)
    (screen,) = shown([a_status("SM1b", Status.GREEN, 19, 25, target=target, adjusted=adjusted)])
    assert screen.table.rows[0][3:5] == ("6 of 25 late, adjusted 1 of 20 late", "● Green")
    assert screen.takeaway.title == "1 KPI: 1 green"


def test_a_hidden_figure_stands_nowhere() -> None:
    hidden = a_status("TB1", Status.HIDDEN, target=a_target("TB1", "0.8"), why="Hidden, so that nobody …")
    (screen,) = shown([hidden], [a_status("TB1", Status.HIDDEN, period=BEFORE)])
    assert screen.table.rows == (
        ("Prevention rate", "At least 80%", "c", "c", "▨ Hidden", "Hidden, so that nobody …"),
    )
    assert [one.shown for one in screen.figures if one.key == "TB1"] == ["c"]
    assert screen.takeaway.title == "1 KPI: 1 hidden"


def test_more_rows_than_fit_are_parted_and_the_councils_own_stand_apart() -> None:
    ids = [one.id for one in kpis_of("send") if one.accountable != "council" and not one.by]
    assert len(ids) > 9
    now = [a_status(one, Status.NO_TARGET, 5, 10) for one in ids]
    now.append(
        a_status("SM14a", Status.RED, 1, 20, provider="", target=a_target("SM14a", "0", operator="<="))
    )
    first, second, own = shown(now)
    assert (first.key, first.heading) == ("kpis", "KPI exceptions 1 of 2")
    assert (second.key, second.heading) == ("kpis_2", "KPI exceptions 2 of 2")
    assert [len(first.table.rows), len(second.table.rows)] == [7, 6]
    assert {row[0] for screen in (first, second) for row in screen.table.rows} == {
        kpi(one).name for one in ids
    }
    assert own.heading == "The council's own duties"
    assert own.takeaway.title == "1 of 1 duty of the council is red: Council declined mediation"


def test_of_a_kpi_with_several_figures_the_lowest_of_the_worst_stands_and_says_so() -> None:
    answers = [
        a_status("SM13", Status.NO_TARGET, met, 20, category=code, category_label=f"Question {code}")
        for code, met in (("Q1", 19), ("Q2", 12), ("Q3", 15))
    ]
    (screen,) = shown(
        [*answers, a_status("SM13", Status.HIDDEN, category="Q4", category_label="Question Q4")]
    )
    assert screen.table.rows[0][0] == "Satisfaction by question: Question Q2"
    assert "Satisfaction by question: the lowest of 4 figures, of those that may be shown." in screen.notes


def test_without_a_return_nothing_is_judged_and_without_a_kpi_nothing_is_said() -> None:
    (screen,) = shown(
        [a_status("TB1", Status.NO_RETURN), a_status("TB4", Status.NO_RETURN)], example="Invented."
    )
    assert (
        screen.takeaway.title
        == "North: the returns for Jul-Sep 2018 (Q2 2018/19) are not all in, so no KPI can be judged"
    )
    assert screen.notes == ("Invented.",)
    (none,) = shown([])
    assert (none.takeaway.title, none.table.rows, none.figures) == ("No KPI can be judged yet", (), ())
