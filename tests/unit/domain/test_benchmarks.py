"""The benchmarks: every number as it was printed, from the newest edition that gives it, and none added up from less than all."""

import csv
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from domain import benchmarks
from domain.benchmarks import ENGLAND, Value, areas_of, editions, editions_in, labels, newest, series, within
from domain.benchmarks_send import PARTS, appeals_of, mediation_areas, mediations_of
from domain.rounding import half_up

OFFICIAL = Path(benchmarks.__file__).parent / "official"
ESSEX, NORFOLK, THURROCK = "E10000012", "E10000020", "E06000034"
TABLES = ("dfe_send_mediation.csv", "dfe_send_appeals.csv", "mhclg_prevention.csv")
ROWS = {name: list(csv.DictReader((OFFICIAL / name).open(encoding="utf-8"))) for name in TABLES}


def found(row: Mapping[str, str]) -> Value:
    (one,) = (
        value
        for value in series(row["measure"], row["area"])
        if (str(value.period.start), str(value.period.end)) == (row["period_start"], row["period_end"])
    )
    return one


@pytest.mark.parametrize("name", TABLES)
def test_every_number_reaches_the_reader_as_it_was_printed(name: str) -> None:
    said = [(row["value"], row["edition"]) for row in ROWS[name]]
    assert [(one.printed, one.edition.key) for one in map(found, ROWS[name])] == said


def test_there_are_as_many_as_were_published() -> None:
    assert {name: len(rows) for name, rows in ROWS.items()} == dict(
        zip(TABLES, (254, 165, 1914), strict=True)
    )
    assert not {path.name for path in OFFICIAL.iterdir()} - {*TABLES, "areas.csv", "editions.csv"}


@pytest.mark.parametrize(
    ("measure", "area", "start", "printed"),
    [
        ("total_mediation", ENGLAND, "2015-01-01", "1399"),
        ("total_mediation", NORFOLK, "2022-01-01", "80"),
        ("total_tribunal_followed_mediation", ENGLAND, "2022-01-01", "z"),
        ("mediation_related_request", ENGLAND, "2022-01-01", "x"),
        ("mediation_related_request", NORFOLK, "2023-01-01", "102"),
        ("number_other_mediation_tribunal", ENGLAND, "2024-01-01", "701"),
        ("requests_decided_not_to_assess", ESSEX, "2022-01-01", "660"),
        ("appeals_registered", NORFOLK, "2024-01-01", "532"),
        ("appeal_rate", ESSEX, "2014-01-01", "2.00%"),
        ("mediation_prevent_eviction", ENGLAND, "2025-10-01", "1650"),
        ("secured_total", "E07000072", "2025-10-01", ".."),
        ("prevention_duty_owed", ENGLAND, "2024-04-01", "37250"),
    ],
)
def test_a_number_of_each_source_is_what_it_prints(measure: str, area: str, start: str, printed: str) -> None:
    (one,) = (value for value in series(measure, area) if str(value.period.start) == start)
    assert one.printed == printed
    assert (one.count is None) == (not printed.isdecimal())
    assert bool(one.missing) == (printed in ("x", "z", ".."))


def test_every_row_names_a_release_and_an_area_that_are_known() -> None:
    rows = [row for each in ROWS.values() for row in each]
    assert {row["edition"] for row in rows} == set(editions())
    assert {row["area"] for row in rows} == set(labels())
    assert set(within().values()) == {ESSEX, NORFOLK}
    assert all(one.read_from and one.version for one in editions().values())
    # A file that was issued again may be younger than the day of its first issue, so that day is not said of it.
    issued_again = [
        one for one in editions().values() if "fix" in one.version or "revised" in one.version.lower()
    ]
    assert issued_again
    assert not any(one.published for one in issued_again)


RELEASES = [
    {"edition": key, "published": day, **dict.fromkeys(("publisher", "title", "table", "version", "published_where", "read_from"), key)}
    for key, day in (("old", "2020-01-31"), ("new", ""))
]  # fmt: skip


def row(edition: str, value: str, year: int = 2019) -> dict[str, str]:
    period = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
    return {"edition": edition, "area": ENGLAND, "measure": "m", "value": value, **period}


def test_the_newest_release_is_used_and_the_change_can_be_said() -> None:
    known = editions_in(RELEASES)
    held = newest([row("new", "12"), row("old", "11"), row("old", "9", 2018), row("new", "9", 2018)], known)
    same, changed = held["m", ENGLAND]
    assert (changed.count, changed.edition.key, changed.changed) == (12, "new", True)
    assert [(one.count, one.edition.published) for one in changed.earlier] == [(11, date(2020, 1, 31))]
    assert (same.count, same.changed, len(same.earlier)) == (9, False, 1)


def test_a_number_that_only_the_older_release_gives_is_kept() -> None:
    (one,) = newest([row("old", "11")], editions_in(RELEASES))["m", ENGLAND]
    assert (one.count, one.edition.key, one.earlier) == (11, "old", ())


def test_two_numbers_of_one_release_are_refused() -> None:
    with pytest.raises(ValueError, match="'new' gives m of E92000001 twice"):
        newest([row("new", "1"), row("new", "2")], editions_in(RELEASES))


def test_the_parts_add_up_to_what_was_found_to_disagree_with_norfolk() -> None:
    years = {one.year: one for one in mediations_of(NORFOLK)}
    assert [[part.count for part in years[year].parts] for year in (2023, 2024)] == [
        [102, 63, 26],
        [127, 82, 19],
    ]
    assert [(years[year].held, years[year].followed) for year in (2023, 2024)] == [(191, 23), (228, 30)]
    assert [years[year].held for year in range(2018, 2023)] == [139, 88, 92, 81, 80]
    assert all(
        not years[year].parts and years[year].edition.key == "dfe_sen2_mi" for year in range(2018, 2023)
    )


def test_england_is_the_older_table_to_2022_and_the_newer_release_from_2023() -> None:
    held = {one.year: one.held for one in mediations_of()}
    assert list(held) == list(range(2015, 2025))
    assert list(held.values()) == [1399, 1886, 2497, 3202, 4125, 4135, 5097, 5484, 10436, 14493]
    assert [one.followed for one in mediations_of()[-4:]] == [1302, None, 1690, 2649]


def test_a_part_is_never_taken_for_the_whole() -> None:
    first = mediations_of(THURROCK)[0]
    assert (first.year, first.held, first.followed) == (2022, None, None)
    assert [part.missing for part in first.parts] == ["not available", "", ""]
    assert len(PARTS) == len(first.parts)


def test_the_rate_of_appeals_is_what_is_printed() -> None:
    assert list(mediation_areas().values()) == ["Essex", "Norfolk", "Southend-on-Sea", "Suffolk", "Thurrock"]
    for area in mediation_areas():
        years = appeals_of(area)
        assert [one.year for one in years] == list(range(2014, 2025))
        for one in years:
            assert float(one.rate.removesuffix("%")) == float(
                half_up(Fraction(100 * one.appeals, one.decisions), 1)
            )
    assert appeals_of(ENGLAND) == ()


def test_of_an_area_that_is_not_held_nothing_is_said() -> None:
    assert series("total_mediation", "X-ASHBY") == ()
    assert mediations_of("X-ASHBY") == ()
    assert areas_of("no such measure") == {}
