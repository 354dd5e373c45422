"""The words and charts of official figures: what changed, what is missing, what may not be shown, and any number of cases."""

from dataclasses import replace

import pytest

from components.benchmarks_appeals import appeals_panel, followed_panel
from components.benchmarks_prevention import latest_panel, year_before_words
from components.benchmarks_quarters import six_months_panel
from components.benchmarks_send import beside_panel, england_panel
from components.benchmarks_words import change_notes, edition_words, official_basis, sources_panel
from components.charts.share_rows import ShareRow
from components.charts.year_lines import Look, YearLine, year_lines
from components.homelessness_districts import districts_panel
from components.panel import as_csv
from domain.access import Audience
from domain.benchmarks import AUDIENCE, ENGLAND, editions, editions_in, likely_area, newest, series
from domain.benchmarks_prevention import official_districts
from domain.benchmarks_send import appeals_of, mediation_areas, mediations_of
from domain.disclosure import Guard, Released, release
from domain.measures import measure
from domain.selection import Selection
from domain.tally import Source, Tally, TallyRow
from tests.unit.components.builders import SETTINGS

NORFOLK, THURROCK, EPPING = "E10000020", "E06000034", "E07000072"
SEND = Selection("send")
YEARS = (("2023", 255, 549), ("2024", 3, 9), ("2025", 43, 115))


def meetings(hidden: frozenset[tuple[str, ...]] | None = None) -> Released:
    """Our meetings by year, for the commissioning team, or for everybody with some of them hidden."""
    rows = tuple(
        TallyRow((year, "MED_HELD"), (year, "Mediation meeting held"), met, base, 0, 0, met / base)
        for year, met, base in YEARS
    )
    by = ("calendar_year", "outcome")
    tally = Tally(measure("outcomes", "send"), by, rows, SEND, Source.SHARED, 7)
    if hidden is None:
        return release(tally, Audience.US)
    guard = Guard(Audience.PUBLIC, "outcomes", by, SEND, 7, hidden=hidden, total=True)
    return release(tally, Audience.PUBLIC, guard=guard)


def appeals(*rows: tuple[str, int, int]) -> Released:
    found = tuple(
        TallyRow((y,), (y,), met, base, 0, 0, met / base if base else None) for y, met, base in rows
    )
    return release(
        Tally(measure("appeal_after_mediation", "send"), ("calendar_year",), found, SEND, Source.SHARED, 7),
        Audience.US,
    )


def test_ours_stand_beside_the_official_numbers_and_are_called_different() -> None:
    panel = beside_panel("k", mediations_of(NORFOLK), meetings(), SETTINGS, unfinished={"2025"})
    assert panel.title == (
        "Official figures, Norfolk: 228 mediations in 2024, 191 in 2023; 80 in 2022 by an older table. "
        "Counted here, differently: meetings held, 255 in 2023 and 3 in 2024"
    )
    assert "Not complete, so in the table alone: 2025." in panel.notes
    assert any("Why may they differ" in note and "255" in note for note in panel.notes)
    assert [row[2] for row in panel.table.rows] == [139, 88, 92, 81, 80, 191, 228, 255, 3, 43]
    assert panel.basis.audience == "For the commissioning team only."
    assert panel.figure is not None
    lines = {trace.name: [value for value in trace.y if value is not None] for trace in panel.figure.data}
    assert lines == {
        "Norfolk, older table": [139, 88, 92, 81, 80],
        "Norfolk, 2025 release": [191, 228],
        "Counted here: mediation meetings held": [255, 3],
    }


def test_a_year_that_may_not_be_seen_is_a_letter_in_the_table_and_nowhere_else() -> None:
    own = meetings(hidden=frozenset({("2024", "MED_HELD")}))
    panel = beside_panel("k", mediations_of(NORFOLK), own, SETTINGS, unfinished=())
    ours = [row for row in panel.table.rows if row[0] == "Counted here"]
    assert [(row[1], row[2]) for row in ours] == [("2023", 255), ("2024", "c"), ("2025", 43)]
    assert "255 in 2023" in panel.title
    assert "in 2024." not in panel.title.split("Counted here")[1]
    assert panel.figure is not None
    assert list(panel.figure.data[-1].y) == [None] * 5 + [255, None, 43]
    assert panel.basis.audience == f"{Audience.PUBLIC.label}."


def test_what_an_audience_may_not_see_at_all_takes_nothing_official_away() -> None:
    rows = (TallyRow(("2024",), ("2024",), 3, 209, 7, 0, 3 / 209),)
    asked = measure("appeal_after_mediation", "send")
    tally = Tally(asked, ("calendar_year",), rows, SEND, Source.SHARED, 7)
    guard = Guard(Audience.PUBLIC, asked.key, tally.by, SEND, 7, withheld="It would give small numbers away.")
    own = release(tally, Audience.PUBLIC, guard=guard)
    panel = followed_panel("k", mediations_of(), (), own, SETTINGS, unfinished=())
    assert panel.title == "Mediations followed by an appeal in 2024: England 18% (2,649 of 14,493)"
    assert not panel.basis.withheld
    assert panel.basis.base.endswith("Ours are not shown to this audience: It would give small numbers away.")
    assert "209" not in as_csv(panel).decode()


def test_without_ours_the_official_numbers_stand_alone_for_everybody() -> None:
    none = release(
        Tally(measure("outcomes", "send"), ("calendar_year", "outcome"), (), SEND, Source.EXAMPLES, 7),
        Audience.US,
    )
    panel = beside_panel("k", mediations_of(NORFOLK), none, SETTINGS, unfinished=())
    assert "Counted here" not in panel.title
    assert panel.basis.audience == f"{AUDIENCE}."
    assert "No mediation meeting is counted here for what is chosen." in panel.notes
    assert panel.figure is not None
    assert not panel.figure.layout.images, "official figures are no examples"


def test_what_a_release_does_not_give_is_said_and_never_counted_as_nought() -> None:
    panel = beside_panel("k", mediations_of(THURROCK), appeals(), SETTINGS, unfinished=())
    assert panel.table.rows[0][:5] == ("Thurrock", "2022", "not available", "not available", 2)
    assert "Not available: 2022, mediations about a decision not to assess." in panel.notes
    assert "68 mediations in 2024, 15 in 2023" in panel.title


@pytest.mark.parametrize("area", [ENGLAND, *mediation_areas()])
def test_every_council_has_its_panels(area: str) -> None:
    found = mediations_of(area)
    assert "1,690 of 10,436" not in england_panel("k", mediations_of()).title
    followed = followed_panel(
        "k", mediations_of(), () if area == ENGLAND else found, appeals(), SETTINGS, unfinished=()
    )
    assert followed.title.startswith(
        "Mediations followed by an appeal in 2024: England 18% (2,649 of 14,493)"
    )
    assert followed.basis.audience == f"{AUDIENCE}."
    if rows := appeals_of(area):
        panel = appeals_panel("k", rows, found)
        assert len(panel.table.rows) == len(rows) + sum(one.held is not None for one in found)
        assert b"Why may they differ" in as_csv(panel)


def test_our_appeals_of_unfinished_years_are_in_the_table_alone() -> None:
    own = appeals(("2023", 0, 0), ("2024", 14, 209), ("2025", 7, 63))
    panel = followed_panel("k", mediations_of(), mediations_of(NORFOLK), own, SETTINGS, unfinished={"2025"})
    assert panel.title.endswith(
        "England 18% (2,649 of 14,493), Norfolk 13% (30 of 228), counted here 7% (14 of 209)"
    )
    assert [row[1] for row in panel.table.rows if row[0] == "Counted here"] == ["2023", "2024", "2025"]
    assert panel.figure is not None
    assert [list(trace.y) for trace in panel.figure.data if trace.name == "Counted here"] == [["2024"]]


def test_the_latest_quarter_says_how_it_moved_and_only_clearly_where_it_is_clear() -> None:
    said = latest_panel("k", ENGLAND).title
    assert "to return to family or friends, England 5.2% (5.3% a year before)" in said
    assert "to prevent an eviction, England 8.7% (9.4% a year before)" in said
    # 1,650 of 18,870 and 1,770 of 18,890 are clearly apart as printed, and not when 1,655 and 1,765 were rounded to tens.
    now, then = ShareRow("", "", 1_650, 18_870), ShareRow("", "", 1_770, 18_890)
    assert now.against(then).clear
    assert year_before_words(now, then, rounded=True) == "9.4% a year before"
    assert year_before_words(now, then, rounded=False) == "9.4% a year before, so clearly less"
    fewer = ShareRow("", "", 1_500, 18_870)
    assert year_before_words(fewer, then, rounded=True) == "9.4% a year before, so clearly less"
    assert year_before_words(then, fewer, rounded=True) == "7.9% a year before, so clearly more"
    nobody = ShareRow("", "", 0, 10)
    assert year_before_words(nobody, nobody, rounded=True) == "0.0% a year before"


def test_a_council_that_did_not_report_has_no_mark_and_no_nought() -> None:
    panel = latest_panel("k", EPPING)
    assert "Epping Forest did not report" in panel.title
    assert panel.figure is not None
    assert {trace.name for trace in panel.figure.data if trace.mode == "markers" and len(trace.x)} == {
        "England"
    }
    duty = six_months_panel("k", EPPING, None, SETTINGS)
    assert "England 55.1% (18,870 of 34,250), Epping Forest did not report" in duty.title
    assert (
        "Epping Forest",
        "Oct-Dec 2025 (Q3 2025/26)",
        "Home for six months or more",
        "did not report",
    ) in [row[:4] for row in duty.table.rows]


def test_districts_stand_in_the_order_of_the_alphabet_with_a_year_before() -> None:
    panel = districts_panel("k", list(official_districts()), where=" of both")
    assert panel is not None
    names = [row[0] for row in panel.table.rows]
    assert names[:22] == ["England", *sorted(official_districts().values())] == names[22:]
    assert dict(zip(names, (row[-2] for row in panel.table.rows), strict=False))["England"] == "9.4%"
    assert panel.notes[0] == (
        "6 of 36 shares are outside the 95% limits of the difference from England's; about 1 in 20 would be by chance alone."
    )
    assert panel.basis.audience == f"{AUDIENCE}."


def test_the_day_and_version_of_a_release_are_said_or_that_the_day_is_not_known() -> None:
    known, unknown = editions()["mhclg_202512_P3"], editions()["dfe_ehcp_2025_requests"]
    assert edition_words(known).endswith("_202512.xlsx, published 30 Apr 2026")
    assert edition_words(unknown).endswith("version 2025 release, day not known on which it was published")
    panel = sources_panel("k", [known, unknown, known])
    assert panel.grid is not None
    assert len(panel.table.rows) == len(panel.grid.rows) == 2
    assert "Open Government Licence" in official_basis("", "", [known]).about


def test_a_change_by_a_newer_release_is_said() -> None:
    head = dict.fromkeys(("publisher", "title", "table", "published_where", "read_from"), "x")
    known = editions_in([{"edition": v, "version": v, "published": "", **head} for v in ("first", "second")])
    row = {"area": ENGLAND, "measure": "m", "period_start": "2024-01-01", "period_end": "2024-12-31"}
    (one,) = newest(
        [{**row, "edition": "first", "value": "11"}, {**row, "edition": "second", "value": "12"}], known
    )["m", ENGLAND]
    assert change_notes([one, replace(one, earlier=())]) == (
        "Changed by a newer release, which is what is shown: England, Jan 2024-Dec 2024: 12, before 11 (first).",
    )
    assert change_notes(series("total_mediation")) == ()


@pytest.mark.parametrize("count", [0, 1, 9, 30, 10_000])
def test_years_can_be_drawn_with_any_number_of_cases(count: int) -> None:
    line = YearLine("n", Look.NEWEST, (None, count), ("", str(count)))
    figure = year_lines(
        ["2023", "2024"], [line, YearLine("none", Look.OURS, (None, None), ("", ""))], Source.SHARED
    )
    assert figure.layout.yaxis.range[1] >= max(count, 1)
    assert list(figure.data[0].text) == ["", str(count)]
    assert list(figure.data[1].text) == ["", ""]


def test_the_area_that_is_likely_ours_is_never_guessed() -> None:
    send, districts = mediation_areas(), official_districts()
    assert likely_area(send, ["E07000143", "E07000148"]) == NORFOLK
    assert likely_area(send, ["E07000143", "E07000073"]) == ENGLAND, "of two counties"
    assert likely_area(send, ["E07000143", "X-ASHBY"]) == ENGLAND
    assert likely_area(send, [THURROCK]) == THURROCK
    assert likely_area(districts, ["E07000073"]) == "E07000073"
    assert likely_area(districts, []) == ENGLAND
