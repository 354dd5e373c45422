"""A meeting pack with a screen of every kind, for the tests of whatever writes or shows one. Its figures are made up."""

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.access import Audience
from domain.actions import ActionStatus, ShownAction
from domain.pack import Chart, Form, Line, MeetingPack, PackFigure, Screen, Series, Takeaway
from domain.periods import Period
from domain.table import Table

PERIOD = Period.parse("2018-07..2018-09")


def chart_of_columns() -> Chart:
    months = tuple(f"{name} 2018" for name in ("Apr", "May", "Jun", "Jul", "Aug", "Sep"))
    counts = (31.0, 28.0, None, 35.0, 29.0, 12.0)
    words = ("31", "28", "c", "35", "29", "12")
    return Chart(
        Form.COLUMNS,
        months,
        (Series("Referrals", counts),),
        share=False,
        words=words,
        alt="No clear change: 31 in Apr 2018, 28 in May 2018, hidden in Jun 2018, 35, 29, and 12 in Sep 2018, not complete.",
        unfinished=(5,),
        hidden=(2,),
        line=Line(32.5, "Included: 32.5 a month"),
    )


def chart_of_bars() -> Chart:
    return Chart(
        Form.BARS,
        ("Prevented", "Unsuccessful", "Withdrew before anything could be agreed with the landlord", "Live"),
        (Series("Share", (0.8, 0.15, 0.05, None), (0.69, 0.08, 0.02, None), (0.88, 0.26, 0.13, None)),),
        share=True,
        words=("80% (52 of 65)", "15% (10 of 65)", "5% (3 of 65)*", "c"),
        alt="80% (52 of 65) were prevented; Unsuccessful 15% (10 of 65); Withdrew 5% (3 of 65); Live hidden.",
        hidden=(3,),
    )


def chart_of_shares() -> Chart:
    return Chart(
        Form.SHARES,
        ("Jan-Mar 2018 (Q4 2017/18)", "Apr-Jun 2018 (Q1 2018/19)", "Jul-Sep 2018 (Q2 2018/19)"),
        (Series("Homelessness prevented", (0.78, 0.84, 0.8), (0.65, 0.75, 0.69), (0.87, 0.91, 0.88)),),
        share=True,
        words=("78% (39 of 50)", "84% (76 of 90)", "80% (52 of 65)"),
        alt="Jul-Sep 2018: 80% (52 of 65), no clear change from Apr-Jun 2018, 84% (76 of 90); Jan-Mar 2018 78% (39 of 50).",
        line=Line(0.85, "Target: at least 85%"),
    )


def actions() -> tuple[ShownAction, ...]:
    return (
        ShownAction(
            1,
            "Ring every household within 3 working days of the referral",
            "Service manager, provider",
            date(2018, 9, 30),
            ActionStatus.IN_PROGRESS,
            overdue=True,
            whose="Example provider A",
            kpi="Homelessness prevented",
            before="84% (76 of 90), amber",
            after="80% (52 of 65), red",
            note="Rota changed in August.",
            made_on=date(2018, 7, 12),
        ),
        ShownAction(
            2,
            "Send the list of landlords' contacts",
            "Commissioning officer, council",
            date(2018, 12, 1),
            ActionStatus.OPEN,
            overdue=False,
        ),
    )


def screens() -> tuple[Screen, ...]:
    base = "n = 65, none missing, data to 30 Sep 2018"
    return (
        Screen(
            "actions",
            "actions",
            "Actions from last time",
            Takeaway("1 of 2 actions is overdue"),
            Table(
                ("Action", "Who", "Due", "Status"),
                (("Ring every household", "Service manager", "30 Sep 2018", "In progress, overdue"),),
            ),
        ),
        Screen(
            "kpis",
            "kpis",
            "KPI exceptions",
            Takeaway(
                "1 of 3 KPIs is red: Homelessness prevented", against="2 are as they were in Apr-Jun 2018"
            ),
            Table(
                ("KPI", "Target", "Last time", "Now", "Status"),
                (
                    ("Homelessness prevented", "At least 85%", "84% (76 of 90)", "80% (52 of 65)", "▼ Red"),
                    ("Identified early", "No target is set.", "40% (20 of 50)", "c", "Hidden"),
                    ("Cases included", "At most 65", "60", "65", "● Green"),
                ),
            ),
            base=base,
            figures=(
                PackFigure("TB1", "Homelessness prevented", "80% (52 of 65)", 52, 65, 0.8, "Red"),
                PackFigure("TB4", "Identified early", "c", status="Hidden"),
            ),
            notes=("A quarter whose return is outstanding has no status.",),
        ),
        Screen(
            "volumes",
            "volumes",
            "Volumes and included cases",
            Takeaway(
                "32 referrals a month in Jul 2018 to Sep 2018",
                "Chance alone could make it 21 to 46",
                "no clear change from 30",
            ),
            Table(
                ("Month", "Cases"),
                (
                    ("Apr 2018", 31),
                    ("May 2018", 28),
                    ("Jun 2018", "c"),
                    ("Jul 2018", 35),
                    ("Aug 2018", 29),
                    ("Sep 2018", 12),
                ),
            ),
            chart_of_columns(),
            base="n = 135, data to 30 Sep 2018",
            about="All cases. Counted by referral date. Source of the definition: the return.",
            before="Apr-Jun 2018: 90 referrals; now 76",
            figures=(PackFigure("referrals", "Referrals", "76", 76, None),),
            comment="The summer was busier than planned for.",
        ),
        Screen(
            "outcomes",
            "outcomes",
            "Outcomes",
            Takeaway("Most often Prevented, 80% (52 of 65)", "95% limits 69% to 88%"),
            Table(
                ("How it ended", "Number", "Out of", "Share"),
                (
                    ("Prevented", 52, 65, "80.0%"),
                    ("Unsuccessful", 10, 65, "15.4%"),
                    ("Withdrew", 3, 65, "4.6%"),
                    ("Live", "c", "c", "c"),
                ),
            ),
            chart_of_bars(),
            base=base,
            about="Cases by outcome.",
            notes=("* few cases",),
            figures=(PackFigure("prevention_rate", "Homelessness prevented", "80% (52 of 65)", 52, 65, 0.8),),
            quote="They rang my landlord when I could not.",
            quote_by="a tenant",
        ),
        Screen(
            "outcomes_quarters",
            "outcomes",
            "Outcomes",
            Takeaway(
                "Jul-Sep 2018: 80% (52 of 65)",
                "95% limits 69% to 88%",
                "no clear change from Apr-Jun 2018, 84%",
            ),
            Table(
                ("Quarter", "Number", "Out of", "Share"),
                (
                    ("Jan-Mar 2018", 39, 50, "78.0%"),
                    ("Apr-Jun 2018", 76, 90, "84.4%"),
                    ("Jul-Sep 2018", 52, 65, "80.0%"),
                ),
            ),
            chart_of_shares(),
            base="n = 205",
            about="Cases that ended well, of those that ended.",
        ),
        Screen(
            "complaints",
            "complaints",
            "Complaints",
            Takeaway("Complaints by quarter: not shown to this audience"),
            Table(("Quarter", "Complaints"), ()),
            withheld="Areas are shown for all dates only.",
        ),
        Screen(
            "new_actions",
            "new_actions",
            "New actions",
            Takeaway("1 action agreed"),
            Table(("Action", "Who", "Due"), (("Send the list", "Officer", "1 Dec 2018"),)),
        ),
    )


def a_pack(**changes: object) -> MeetingPack:
    """A pack of one provider, with hidden numbers, a withheld screen, a comment, a quote, and an overdue action."""
    first, second = actions()
    pack = MeetingPack(
        council="Example Council",
        service="mentoring",
        service_label="Homelessness-prevention mentoring",
        provider="provider-a",
        area="",
        about="Example provider A",
        period=PERIOD,
        audience=Audience.with_provider("provider-a").key,
        audience_words="For us and Example provider A",
        version=12,
        stood=datetime(2018, 10, 20, 13, 5, tzinfo=UTC),
        as_at="Data to 30 Sep 2018",
        selection="Example provider A; all areas; Jul-Sep 2018",
        link="/meeting?service=mentoring&provider=provider-a&from=2018-07&to=2018-09&for=provider:provider-a",
        example="Example data, not your figures.",
        breath=(
            "Homelessness was prevented in 80% (52 of 65) of cases.",
            "One KPI of three is red, and allowing for chance it cannot be told apart from its target.",
            "One action is overdue.",
        ),
        screens=screens(),
        carried=(first,),
        agreed=(second,),
        meeting=3,
        held_on=date(2018, 10, 22),
    )
    return replace(pack, **changes)  # type: ignore[arg-type]
