"""Which answers a formula counts."""

from domain.one_field import answers_where, only_field

CODES = ["WON", "LOST", "OPEN", None]


def test_a_blank_is_neither_in_nor_out_as_in_a_database() -> None:
    assert answers_where(lambda c: c.outcome != "LOST", "outcome", CODES) == {"WON", "OPEN"}
    assert answers_where(lambda c: ~(c.outcome == "LOST"), "outcome", CODES) == {"WON", "OPEN"}
    assert answers_where(lambda c: c.outcome.is_(None) | (c.outcome == "WON"), "outcome", CODES) == {
        None,
        "WON",
    }
    assert answers_where(lambda c: c.outcome.not_in(["WON"]), "outcome", CODES) == {"LOST", "OPEN"}


def test_no_formula_takes_all() -> None:
    assert answers_where(None, "outcome", CODES) == set(CODES)


def test_a_formula_about_another_field_is_told() -> None:
    assert answers_where(lambda c: (c.outcome == "WON") & (c.sex == "F"), "outcome", CODES) is None
    assert answers_where(lambda c: c.outcome < 5, "outcome", CODES) is None


def test_a_column_that_follows_from_the_answer_is_known() -> None:
    ended = {"ended": lambda code: None if code is None else ("N" if code == "OPEN" else "Y")}
    assert answers_where(lambda c: c.ended == "Y", "outcome", CODES, ended) == {"WON", "LOST"}
    assert answers_where(lambda c: c.ended == "Y", "outcome", CODES) is None


def test_the_first_field_is_named() -> None:
    assert only_field(lambda c: c.outcome == "WON") == "outcome"
    assert only_field(lambda c: 1 == 1) == ""
