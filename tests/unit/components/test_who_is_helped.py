"""The page about people: what may be said of groups that are compared, and of households worked out from two numbers."""

from collections.abc import Sequence

from components.who_is_helped_compare import compare_panel
from components.who_is_helped_groups import Part, parts_of, smaller_groups, with_parts
from components.who_is_helped_household import household_panel, household_rows
from components.who_is_helped_panels import people_message, person_panel, share_table
from domain.access import Audience
from domain.disclosure import Released, release
from domain.measures import measure
from domain.selection import Selection
from domain.services import MENTORING, SEND
from domain.settings import Settings
from domain.statistics import wilson_interval
from domain.tally import Source, Tally, TallyRow
from tests.unit.components.builders import released

SETTINGS = Settings()


def of_sexes(counts: dict[str, tuple[int, int]]) -> tuple[Released, Released]:
    """Women of all, in each provider and in all together."""

    def tally(by: tuple[str, ...], rows: Sequence[tuple[tuple[str, ...], int, int]]) -> Released:
        made = tuple(
            TallyRow(keys, keys, met, base, value=met / base, low=wilson_interval(met, base)[0], high=1.0)
            for keys, met, base in rows
        )
        declared = measure("sex", "send")
        return release(Tally(declared, by, made, Selection("send"), Source.SHARED, 1), Audience.US)

    each = [
        ((name, code), n, base)
        for name, (met, base) in counts.items()
        for code, n in (("F", met), ("M", base - met))
    ]
    met, base = (sum(pair[place] for pair in counts.values()) for place in (0, 1))
    whole = tally(("sex",), [(("F",), met, base), (("M",), base - met, base)])
    return tally(("provider", "sex"), each), whole


def title(counts: dict[str, tuple[int, int]]) -> str:
    by_group, whole = of_sexes(counts)
    return compare_panel("k", by_group, whole, "F", SETTINGS, SEND, what="provider").title


def test_two_groups_are_told_apart_only_when_the_limits_of_their_difference_leave_out_nought() -> None:
    """Newcombe's limits as printed for Norfolk: 270 of 630 against 255 of 549 is no clear change."""
    assert title({"A": (270, 630), "B": (255, 549)}).endswith(
        "A 43% (270 of 630), B 46% (255 of 549): no clear difference (-3.6 points, 95% limits -9.2 to +2.1)"
    )
    assert ": a clear difference (" in title({"A": (200, 630), "B": (255, 549)})


def test_of_several_groups_those_that_chance_may_have_set_apart_are_not_named() -> None:
    alike = dict.fromkeys("ABCDEFGHIJKLMN", (50, 100))
    assert "No provider is clearly different from the 50% of all" in title(alike)
    assert "No provider stands clear" in title({**alike, "N": (62, 100)})
    said = title({**alike, "M": (90, 100), "N": (10, 100)})
    assert said.endswith("Different from the 50% of all even by 99.8% limits: M (above) and N (below)")


def test_groups_of_fewer_than_ten_are_in_the_table_and_nowhere_else() -> None:
    by_group, whole = of_sexes({"A": (4, 9), "B": (1, 1)})
    panel = compare_panel("k", by_group, whole, "F", SETTINGS, SEND, what="provider")
    assert panel.title.endswith("Fewer than two providers have at least 10 to compare")
    assert panel.figure is None
    assert panel.undrawn
    assert [row[:3] for row in panel.table.rows] == [("A", 4, 9), ("B", 1, 1)]


def test_a_group_is_held_against_the_others_and_not_against_itself() -> None:
    by_group, whole = of_sexes({"A": (270, 630), "B": (200, 500), "C": (55, 49 + 6)})
    table = compare_panel("k", by_group, whole, "F", SETTINGS, SEND, what="provider").table
    place = table.headers.index("Difference from the others")
    # 270 of 630 is 42.9%, and the others 255 of 555 are 45.9%.
    assert str(table.rows[0][place]).startswith("-3.1 points")


def test_households_are_counted_by_adults_with_and_without_children() -> None:
    without = released("adults", ("adults",), [("1", "1", 209, 257), ("2", "2", 48, 257)])
    with_children = released("adults", ("adults",), [("1", "1", 218, 280), ("3", "3", 62, 280)])
    rows = household_rows(without, with_children)
    assert [(row.met, row.base) for row in rows] == [(209, 537), (218, 537), (48, 537), (62, 537)]
    assert household_panel("k", without, with_children, 540, SETTINGS).basis.base.startswith(
        "n = 537 of 540, 3 missing one number or both"
    )
    nobody = household_panel(
        "k", released("adults", ("adults",)), released("adults", ("adults",)), 0, SETTINGS
    )
    assert nobody.title == "Kind of household: nothing recorded yet"
    assert nobody.figure is None


def test_a_smaller_group_that_nobody_is_in_has_no_row_and_the_rest_is_said() -> None:
    groups = released("ethnicity", ("ethnicity",), [("ASIAN", "Asian", 12, 40), ("WHITE", "White", 28, 40)])
    keys = ("AS_BAN", "AS_CHI", "AS_IND", "AS_PAK", "AS_OTH")
    counts = dict(zip(keys, (7, 0, 2, 0, 0), strict=True))
    found = {key: released("ethnicity", (), [("", "", n, n)] if n else []) for key, n in counts.items()}
    parts = parts_of(groups, found, "mentoring")
    assert parts == (
        Part("ASIAN", "Bangladeshi", 7),
        Part("ASIAN", "Indian", 2),
        Part("ASIAN", "not described further", 3),
    )
    rows = with_parts(share_table(groups), groups, parts).rows
    assert [row[0] for row in rows] == [
        "Asian", "Asian: Bangladeshi", "Asian: Indian", "Asian: not described further", "White",
    ]  # fmt: skip
    assert rows[2][-1] == "few cases (2)"


def test_where_nobody_says_a_smaller_group_no_row_repeats_the_larger_one() -> None:
    groups = released("ethnicity", ("ethnicity",), [("ASIAN", "Asian", 12, 40), ("WHITE", "White", 28, 40)])
    found = {
        key: released("ethnicity", (), [])
        for keys in smaller_groups(groups, "mentoring").values()
        for key in keys
    }
    assert found
    assert parts_of(groups, found, "mentoring") == ()


def test_an_answer_that_means_not_known_is_said_to_be_in_the_base() -> None:
    def notes(*rows: tuple[str, str, int, int]) -> str:
        return " ".join(person_panel("k", released("sex", ("sex",), list(rows)), SETTINGS, MENTORING).notes)

    assert "'Not recorded' is an answer here, and so in the base." in notes(
        ("F", "Female", 30, 40), ("U", "Not recorded", 10, 40)
    )
    assert "an answer here" not in notes(("F", "Female", 40, 40), ("U", "Not recorded", 0, 40))


def test_ten_groups_expect_half_a_group_outside_which_is_said_as_one() -> None:
    groups = {chr(65 + at): (25, 50) for at in range(10)}
    assert title({**groups, "C": (18, 50), "D": (32, 50)}).endswith("about 1 would be by chance")


def test_equally_common_answers_are_all_named_on_top_of_the_page() -> None:
    risk = released(
        "reasons", ("risk_at_assessment",), [("FUTURE", "Future", 20, 50), ("D28", "28 days", 20, 50)]
    )
    referrals = released("referrals", (), [("", "", 50, 50)])
    assert people_message(referrals, [risk], MENTORING).endswith(
        "most often Future and 28 days 40% (20 of 50) each"
    )


def test_the_title_of_the_page_says_no_personal_characteristic() -> None:
    referrals = released("referrals", (), [("", "", 540, 540)])
    kinds = released("vulnerabilities", ("vulnerabilities",), [("MENTAL", "Mental health", 319, 507)])
    risk = released("reasons", ("risk_at_assessment",), [("FUTURE", "Future risk", 226, 508)])
    assert (
        people_message(referrals, [kinds, risk], MENTORING)
        == "Who is helped: 540 households; most often Future risk 44% (226 of 508)"
    )


def test_a_low_base_is_said_in_the_title_and_in_a_note() -> None:
    def panel(base: int) -> tuple[str, str]:
        made = person_panel("k", released("sex", ("sex",), [("F", "Female", 8, base)]), SETTINGS, MENTORING)
        return made.title, " ".join(made.notes)

    assert "read with caution" in panel(29)[0]
    assert "Low base: 29 households, fewer than 30." in panel(29)[1]
    assert "caution" not in panel(30)[0]
    assert "Low base" not in panel(30)[1]
