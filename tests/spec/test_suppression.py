"""What is hidden from others than us: the printed table of outcomes by district, and what each rule does to a row a person can read."""

from __future__ import annotations

import pytest

from domain.published import published_figures
from domain.suppression import CannotProtect, Line, hide, recoverable

OUTCOMES = ("Prevented", "Unsuccessful", "Withdrawn")
ROW = (*OUTCOMES, "all")
UNKNOWN = {"Prevented": 2, "Unsuccessful": 0, "Withdrawn": 0, "all": 2}

CELL_RULE_ALONE = """
    Basildon      | 29 | c  | c
    Braintree     | 40 | 0  | 15
    Brentwood     | 15 | c  | c
    Castle Point  | 21 | c  | c
    Chelmsford    | 9  | c  | c
    Colchester    | 14 | c  | c
    Epping Forest | 25 | 0  | 9
    Harlow        | 52 | 10 | 8
    Maldon        | 45 | c  | c
    Rochford      | 13 | 0  | 0
    Southend      | 15 | c  | c
    Tendring      | 48 | 0  | 8
    Thurrock      | 19 | c  | c
    Uttlesford    | 40 | c  | c
"""
RESTS_TOO = """
    Basildon      | 29 | c  | c  | 37
    Braintree     | 40 | 0  | 15 | 55
    Brentwood     | c  | 0  | c  | 16
    Castle Point  | c  | c  | 0  | 22
    Chelmsford    | c  | c  | c  | 13
    Colchester    | c  | c  | c  | 18
    Epping Forest | 25 | 0  | 9  | 34
    Harlow        | 52 | 10 | 8  | 70
    Maldon        | c  | 0  | c  | 48
    Rochford      | 13 | 0  | 0  | 13
    Southend      | c  | c  | 0  | 17
    Tendring      | 48 | 0  | 8  | 56
    Thurrock      | c  | 0  | c  | 21
    Uttlesford    | 40 | c  | c  | 49
"""
AS_SHOWN = (
    RESTS_TOO.replace("c  | c  | c  | 13", "c  | c  | c  | c ")
    + """
    Unknown       | c  | 0  | 0  | c
    All           | 387 | 26 | 58 | 471
"""
)
AS_SHOWN_THINNED = AS_SHOWN.replace("Chelmsford    | c ", "Chelmsford    | 9 ")


def districts() -> dict[str, dict[str, int]]:
    rows: dict[str, dict[str, int]] = {}
    for figure in published_figures("essex"):
        if figure.measure in ("case_outcome", "case_outcome_base") and "districts" not in figure.area:
            rows.setdefault(figure.area, {})[figure.category or "all"] = figure.count or 0
    return rows


def cells_of(rows):
    return {(area, column): row[column] for area, row in rows.items() for column in ROW}


def across(rows):
    return [Line((area, "all"), tuple((area, outcome) for outcome in OUTCOMES)) for area in rows]


def rests_of(rows):
    """Each cell's base less the cell: the numbers, their lines, and the cell that stands for each."""
    guards = {(area, outcome, "rest"): (area, outcome) for area in rows for outcome in OUTCOMES}
    numbers = {rest: rows[rest[0]]["all"] - rows[rest[0]][rest[1]] for rest in guards}
    return numbers, [Line((cell[0], "all"), (cell, rest)) for rest, cell in guards.items()], guards


def with_unknown_and_totals():
    rows = districts() | {"Unknown": UNKNOWN}
    totals = {column: sum(row[column] for row in rows.values()) for column in ROW}
    down = [Line(("All", column), tuple((area, column) for area in rows)) for column in ROW]
    return rows | {"All": totals}, down


def printed(rows, hidden, columns):
    return [
        (area, *("c" if (area, c) in hidden else str(row[c]) for c in columns)) for area, row in rows.items()
    ]


def table(text):
    return [
        tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines() if line.strip()
    ]


def test_rows_with_their_own_totals_hide_18_cells_as_printed():
    rows = districts()
    cells, lines = cells_of(rows), across(rows)
    small = {cell for cell, number in cells.items() if 0 < number < 5}
    hidden = hide(cells, lines)
    assert (len(rows), len(small), len(hidden)) == (14, 11, 18)
    assert printed(rows, hidden, OUTCOMES) == table(CELL_RULE_ALONE)
    assert not recoverable(cells, lines, hidden, small)


def test_with_those_who_did_not_meet_it_guarded_20_are_hidden():
    rows = districts()
    rests, rest_lines, guards = rests_of(rows)
    cells, lines = cells_of(rows) | rests, across(rows) + rest_lines
    hidden = hide(cells, lines, unseen=rests, guards=guards)
    assert rests.keys() <= hidden
    assert len(hidden - rests.keys()) == 20
    assert printed(rows, hidden, ROW) == table(RESTS_TOO)
    assert not recoverable(cells, lines, hidden, {cell for cell, number in cells.items() if 0 < number < 5})


@pytest.mark.parametrize(("thin", "count", "as_shown"), [(False, 23, AS_SHOWN), (True, 22, AS_SHOWN_THINNED)])
def test_as_shown_with_the_unknown_district_and_totals_23_are_hidden_or_22_thinned(thin, count, as_shown):
    rows, down = with_unknown_and_totals()
    rests, rest_lines, guards = rests_of(rows)
    cells, lines = cells_of(rows) | rests, across(rows) + down + rest_lines
    hidden = hide(cells, lines, unseen=rests, guards=guards, thin=thin)
    assert len(hidden - rests.keys()) == count
    assert printed(rows, hidden, ROW) == table(as_shown)
    assert not recoverable(cells, lines, hidden, {cell for cell, number in cells.items() if 0 < number < 5})


def test_one_cell_fewer_than_thinned_gives_a_small_number_away():
    rows, down = with_unknown_and_totals()
    rests, rest_lines, guards = rests_of(rows)
    cells, lines = cells_of(rows) | rests, across(rows) + down + rest_lines
    hidden = hide(cells, lines, unseen=rests, guards=guards, thin=True)
    small = {cell for cell, number in cells.items() if 0 < number < 5}
    assert all(recoverable(cells, lines, hidden - {cell}, small) for cell in hidden - rests.keys())


WHOLE = Line("all", ("a", "b", "c"))


def hidden_of(all_, a, b, c, **how):
    return "".join(sorted(hide({"all": all_, "a": a, "b": b, "c": c}, [WHOLE], **how)))


def test_a_small_number_takes_the_smallest_of_its_line_with_it_the_first_of_equals_and_zeros_too():
    assert hidden_of(30, 3, 20, 7) == "ac"
    assert hidden_of(30, 20, 3, 7) == "bc"
    assert hidden_of(17, 7, 7, 3) == "ac"
    assert hidden_of(23, 20, 0, 3) == "bc"


def test_nothing_is_hidden_where_nothing_is_small():
    assert hidden_of(30, 20, 0, 10) == ""
    assert hidden_of(0, 0, 0, 0) == ""


def test_two_small_numbers_protect_each_other():
    assert hidden_of(23, 20, 1, 2) == "bc"


def test_small_is_under_the_threshold_agreed():
    assert hidden_of(38, 5, 20, 13) == ""
    assert hidden_of(38, 5, 20, 13, threshold=6) == "ac"
    assert hidden_of(38, 4, 20, 14, threshold=3) == ""


def test_a_small_total_hides_what_it_is_made_of():
    assert hide({"all": 3, "a": 0, "b": 3, "c": 0}, [WHOLE]) == {"all", "b"}


def test_the_total_is_hidden_only_where_no_part_is_left():
    assert hide({"all": 3, "a": 3}, [Line("all", ("a",))]) == {"all", "a"}
    assert hide({"all": 33, "a": 3, "b": 30}, [Line("all", ("a", "b"))], forced=["b"]) == {"all", "a"}


def test_blanks_point_at_nobody_but_may_be_hidden_for_others():
    assert hidden_of(30, 3, 20, 7, harmless=["a"]) == ""
    assert hidden_of(25, 3, 20, 2, harmless=["a"]) == "ac"


def test_what_was_shown_before_stays_shown_and_another_is_hidden():
    assert hidden_of(30, 3, 20, 7, forced=["c"]) == "ab"


def test_what_was_hidden_before_stays_hidden_and_is_not_left_alone():
    assert hidden_of(30, 15, 5, 10, already=["c"]) == "bc"


def test_a_small_number_that_was_shown_all_around_cannot_be_protected_and_is_named():
    with pytest.raises(CannotProtect, match="1 small numbers can be worked out") as refused:
        hide({"all": 30, "a": 3, "b": 20, "c": 7}, [WHOLE], forced=["all", "b", "c"])
    assert refused.value.cells == ("a",)


def test_a_rest_that_is_small_hides_what_stands_for_it_and_a_large_rest_may_be_worked_out():
    cells, lines = {"base": 16, "met": 15, "rest": 1}, [Line("base", ("met", "rest"))]
    assert hide(cells, lines, unseen=["rest"], guards={"rest": "met"}) == {"met", "rest"}
    cells = {"base": 36, "met": 15, "rest": 21}
    assert hide(cells, lines, unseen=["rest"], guards={"rest": "met"}) == {"rest"}


def test_a_rest_in_no_line_hides_what_stands_for_it():
    assert hide({"met": 15, "rest": 1}, [], unseen=["rest"], guards={"rest": "met"}) == {"met", "rest"}


def test_a_hidden_pair_that_adds_up_to_nothing_is_no_secret():
    cells, hidden = {"all": 9, "a": 9, "b": 0, "c": 0}, {"b", "c"}
    assert recoverable(cells, [WHOLE], hidden, {"a", "b", "c"}) == {"a", "b", "c"}
    assert recoverable(cells, [WHOLE], {"all", "b", "c"}, {"b", "c"}) == set()


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"all": 30, "a": 3, "b": 20, "c": 8}, "do not add up"),
        ({"all": 10, "a": -3, "b": 6, "c": 7}, "not negative"),
        ({"all": 30, "a": 3, "b": 27}, "names 'c'"),
    ],
)
def test_numbers_that_cannot_be_are_refused(cells, fault):
    with pytest.raises(ValueError, match=fault):
        hide(cells, [WHOLE])


def test_a_threshold_under_one_is_refused():
    with pytest.raises(ValueError, match="1 or more"):
        hidden_of(30, 3, 20, 7, threshold=0)
