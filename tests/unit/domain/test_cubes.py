"""Cubes: counts of places, spans and answers, with the lines by which they add up."""

from domain.cubes import ALL_TIME, EVERYWHERE, Cell, Counted, Cube, windows_of

Q1, Q2 = "2018-01..2018-03", "2018-04..2018-06"


def holds(cube: Cube) -> bool:
    return all(cube.values[line.total] == sum(cube.values[one] for one in line.parts) for line in cube.lines)


def counted(*numbers: int) -> list[Counted]:
    places = [("a", "X"), ("a", "Y"), ("b", "X")]
    return [Counted(p, area, (), ALL_TIME, n) for (p, area), n in zip(places, numbers, strict=True)]


def test_places_add_up_to_everywhere() -> None:
    cube = Cube("area")
    cube.count("cases", counted(3, 4, 5))
    whole = Cell("cases", EVERYWHERE, ALL_TIME, ())
    assert cube.values == {
        whole: 12,
        whole._replace(place=("area", "X")): 8,
        whole._replace(place=("area", "Y")): 4,
    }
    assert [line.total for line in cube.lines] == [whole]
    assert holds(cube)


def test_what_has_no_date_is_a_cell_that_nobody_sees() -> None:
    cube = Cube("", {"both": (Q1, Q2)})
    cube.count(
        "cases",
        [Counted("a", "X", (), ALL_TIME, 10), Counted("a", "X", (), Q1, 4), Counted("a", "X", (), Q2, 3)],
        about=False,
    )
    undated = Cell("cases without a date", EVERYWHERE, ALL_TIME, ("without a date",))
    assert cube.values[undated] == 3
    assert undated in cube.unseen
    assert undated in cube.harmless
    assert cube.values[Cell("cases", EVERYWHERE, "both", ())] == 7
    assert holds(cube)


def test_several_answers_of_one_case_are_no_sum() -> None:
    cube = Cube()
    cube.count("cases", [Counted("a", "X", (), ALL_TIME, 5)])
    cube.count("needs", [Counted("a", "X", (code,), ALL_TIME, 4) for code in ("M", "N")])
    before = len(cube.lines)
    cube.answers("cases", "needs")
    assert len(cube.lines) == before


def test_answers_add_up_to_what_lacks_one_of_them() -> None:
    cube = Cube()
    cube.count("won", [Counted("a", "X", (code,), ALL_TIME, n) for code, n in (("F", 5), ("M", 2))])
    pairs = {("F", "old"): 4, ("F", "new"): 1, ("M", "old"): 2}
    cube.count("pair", [Counted("a", "X", codes, ALL_TIME, n) for codes, n in pairs.items()])
    cube.answers("won", "pair", drop=1)
    sums = {line.total.codes: len(line.parts) for line in cube.lines}
    assert sums == {("F",): 2, ("M",): 1}
    assert holds(cube)


def test_the_rest_of_a_share_is_guarded_by_what_is_met() -> None:
    cube = Cube()
    for what, number in (("base", 16), ("met", 15)):
        cube.count(what, [Counted("a", "X", (), ALL_TIME, number)])
    cube.count("rest", [Counted("a", "X", (), ALL_TIME, 1)], unseen=True)
    cube.halves("base", "met", "rest")
    met = Cell("met", EVERYWHERE, ALL_TIME, ())
    assert cube.guards == {met._replace(what="rest"): met}
    assert holds(cube)


def test_a_sum_of_some_answers_is_said_only_where_it_is_true() -> None:
    cube = Cube()
    cube.count("outcome", [Counted("a", "X", (code,), ALL_TIME, 2) for code in "ABC"])
    cube.count("A or B", [Counted("a", "X", (), ALL_TIME, 4)])
    whole = Cell("A or B", EVERYWHERE, ALL_TIME, ())
    cube.unite(whole, "outcome", [("A",), ("B",), ("C",)])
    assert not cube.lines
    cube.unite(whole, "outcome", [("A",), ("B",)])
    assert len(cube.lines) == 1


def test_places_have_fewer_spans_than_everywhere() -> None:
    quarters = [f"{year}-{m:02}..{year}-{m + 2:02}" for year in (2017, 2018, 2019) for m in (1, 4, 7, 10)]
    everywhere, places = windows_of(quarters), windows_of(quarters, few=True)
    assert set(places) < set(everywhere)
    assert f"{quarters[1]} to {quarters[4]}" in places  # a financial year
