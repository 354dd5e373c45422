"""A needs assessment with a screen of every kind, for the tests of whatever writes or shows one. Its figures are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from domain.access import Audience
from domain.pack import Chart, Form, Line, PackFigure, Screen, Series, Takeaway
from domain.procurement.needs import NeedsPack
from domain.table import Table
from tests.packs import chart_of_bars, chart_of_columns, chart_of_shares

YEARS = ("2020/21", "2021/22", "2022/23", "2023/24", "2024/25", "2025/26", "2026/27", "2027/28", "2028/29")


def chart_of_a_fan() -> Chart:
    counted = (195.0, 248.0, None, 480.0, 636.0, 655.0, None, None, None)
    none = (None,) * 6
    return Chart(
        Form.FAN,
        YEARS,
        (
            Series("Referrals counted", counted),
            Series(
                "Expected",
                (*none, 746.0, 830.0, 915.0),
                (*none, 520.0, 490.0, 450.0),
                (*none, 972.0, 1170.0, 1380.0),
            ),
            Series(
                "Expected",
                (*none, 746.0, 830.0, 915.0),
                (*none, 622.0, 640.0, 650.0),
                (*none, 870.0, 1020.0, 1180.0),
            ),
        ),
        share=False,
        words=("195", "248", "c", "480", "636", "655*", "746 (520 to 972)", "830", "915"),
        alt="746 are expected in 2026/27, 520 to 972; counted 195 in 2020/21, 248, hidden in 2022/23, 480, 636 and 655.",
        unfinished=(5,),
        hidden=(2,),
        line=Line(500, "Included in the contract now: 500"),
    )


def chart_of_curves() -> Chart:
    cases = (*range(0, 500, 50), 500, 501, *range(550, 1250, 50))
    prices = {
        "Price list by stage": [3.1 * n + 20_000 for n in cases],
        "Fixed price for N cases, then a price per extra case": [
            180_000.0 + 420 * max(0, n - 500) for n in cases
        ],
        "Price per case": [345.0 * n for n in cases],
        "Hourly rate": [338.0 * n for n in cases],
        "Block price with volume bands": [
            150_000.0 if n <= 400 else 210_000.0 if n <= 700 else 270_000.0 + 300 * max(0, n - 900)
            for n in cases
        ],
    }
    return Chart(
        Form.CURVES,
        tuple(f"{n:,}" for n in cases),
        (
            *(Series(name, tuple(values)) for name, values in prices.items()),
            Series("500 cases included", tuple(180_000.0 if n == 500 else None for n in cases)),
        ),
        share=False,
        words=tuple(f"£{value:,.0f}" for value in prices["Price list by stage"]),
        alt="What a year costs at 0 to 1,200 referrals under five price models; the fixed price is lowest from 522 to 560.",
        line=Line(250_000, "The budget: £250,000"),
        unit="£",
    )


def screens() -> tuple[Screen, ...]:
    """One of every form of chart, one without a chart, one with a long table, one that is withheld."""
    return (
        Screen(
            "decisions",
            "why",
            "Referrals per 100 decisions",
            Takeaway(
                "61 of 100 refusals to assess led to a referral in 2024",
                "95% limits 56% to 66%",
                "71 of 100 refusals to issue did",
            ),
            Table(
                ("Decision", "Referrals", "Decisions", "Share", "95% from", "95% to"),
                (
                    ("Refusal to assess", 203, 333, "61.0%", "55.6%", "66.1%"),
                    ("Refusal to issue", 151, 214, "70.6%", "64.1%", "76.3%"),
                    ("Contents of a plan", "c", "c", "c", "c", "c"),
                ),
            ),
            chart_of_bars(),
            base="n = 547 decisions in 2024",
            about="Reasons of the referrals of a calendar year for each 100 decisions of the same kind.",
            notes=("A referral may dispute more than one decision.", "* few cases"),
            figures=(
                PackFigure("rate:refusal_assess", "Refusal to assess", "61% (203 of 333)", 203, 333, 0.61),
            ),
        ),
        Screen(
            "fan",
            "forecast",
            "Referrals counted and expected",
            Takeaway(
                "746 referrals are expected in 2026/27",
                "19 of 20 such years bring 520 to 972; a scenario, not validated",
                "655 were counted in 2025/26",
            ),
            Table(
                ("Year", "Counted", "Expected", "80% from", "80% to", "95% from", "95% to"),
                (
                    ("2025/26", 655, None, None, None, None, None),
                    ("2026/27", None, 746, 622, 870, 520, 972),
                    ("2027/28", None, 830, 640, "1,020", 490, "1,170"),
                ),
            ),
            chart_of_a_fan(),
            base="5 complete years, Apr 2020 to Mar 2025",
            about="Referrals by the year of referral. Source: the published series.",
            notes=("Not complete, so hollow: 2025/26.",),
            figures=(PackFigure("expected:2026-27", "Expected in 2026/27", "746 (520 to 972)", 746),),
        ),
        Screen(
            "tried",
            "forecast",
            "How well this would have done before",
            Takeaway("On average it missed by 12 referrals", "Tried at 8 moments of the past"),
            table_of_trials(),
            chart_of_shares(),
            base="8 trials",
            about="Each time only what was known then was used.",
        ),
        Screen(
            "peaks",
            "work",
            "When referrals come",
            Takeaway("The busiest quarter brings 31% of a year"),
            Table(
                ("Month", "Cases"),
                (("Apr 2018", 31), ("May 2018", 28), ("Jun 2018", "c"), ("Jul 2018", 35)),
            ),
            chart_of_columns(),
            base="n = 135, data to 30 Sep 2018",
        ),
        Screen(
            "ends",
            "work",
            "How referrals end",
            Takeaway("How referrals end: not shown to this audience"),
            Table(("Ending", "Share"), ()),
            withheld="Areas are shown for all dates only.",
        ),
        Screen(
            "curves",
            "prices",
            "What a year costs at so many referrals",
            Takeaway(
                "Up to 522 referrals the price per case costs less than the fixed price",
                "Half of all years cost less than £257,400, 9 of 10 less than £318,900",
            ),
            Table(
                ("Referrals", "Price list by stage", "Fixed", "Per case", "Hourly", "Block"),
                tuple(
                    (name, *(f"£{one.values[place]:,.0f}" for one in chart_of_curves().series[:5]))
                    for place, name in enumerate(chart_of_curves().categories)
                ),
            ),
            chart_of_curves(),
            base="10,000 drawn years",
            about="Every price was entered on the page; none is invented.",
            notes=("Example prices (not real).",),
            figures=(PackFigure("breakeven", "Break-even", "522 referrals", 522),),
        ),
        Screen(
            "bands",
            "bands",
            "Volumes for the tender",
            Takeaway(
                "Name 620 low, 746 expected and 870 high", "1 of 5 years lies outside", "655 in 2025/26"
            ),
            Table(
                ("Option", "Low", "Expected", "High", "Years outside", "Why"),
                (
                    ("Narrow", 690, 746, 800, "1 of 2", "Cheap to bid for, often wrong"),
                    ("Middle", 620, 746, 870, "1 of 5", "Wrong in one year of a five-year contract"),
                    ("Wide", 520, 746, 972, "1 of 20", "Rarely wrong, dear to bid for"),
                ),
            ),
            base="10,000 drawn years",
            about="Low and high are what so many drawn years stay within.",
        ),
    )


def table_of_trials() -> Table:
    return Table(
        ("Tried in", "Expected", "Came", "Missed by"),
        tuple((f"Quarter {number}", 40 + number, 44 + number % 5, 4 - number % 5) for number in range(1, 41)),
    )


def a_needs_pack(**changes: object) -> NeedsPack:
    """The commissioning team's own: prices, a scenario with a name, an address, a hidden number and a withheld screen."""
    pack = NeedsPack(
        council="Example Council",
        service="send",
        service_label="SEND mediation",
        about="all providers, all areas",
        scenario="New duty, cautious",
        audience=Audience.US.key,
        audience_words="For us, the commissioning team",
        bidders=False,
        version=12,
        stood=datetime(2026, 10, 20, 13, 5, tzinfo=UTC),
        as_at="Data to 30 Sep 2026",
        example="Example data, not your figures.",
        number=3,
        link="https://dashboard.example.gov.uk/procurement?scenario=3",
        screens=screens(),
        assumptions=(
            ("Contract", "3 years from Apr 2026"),
            ("New duty to assess early", "From Apr 2027 10% more referrals, 5% to 20%"),
        ),
        sources=(
            ("Referrals", "Returns of the providers, counted here; Norfolk needs assessment 2025-2028"),
            ("Decisions", "DfE, education, health and care plans (SEN2), January 2025"),
        ),
        definitions=(
            ("Referral", "A family's or young person's first contact with the service about one dispute."),
            ("Half of all years cost less", "Of the years that may come, one in two stays under this."),
        ),
    )
    return replace(pack, **changes)  # type: ignore[arg-type]


def for_bidders(**changes: object) -> NeedsPack:
    """What all bidders may have: no price, no name of the scenario, no address."""
    open_to_all = tuple(screen for screen in screens() if screen.item != "prices")
    return a_needs_pack(
        **{
            "audience": Audience.PUBLIC.key,
            "audience_words": "For everybody",
            "bidders": True,
            "scenario": "",
            "link": "",
            "screens": open_to_all,
            **changes,
        }
    )
