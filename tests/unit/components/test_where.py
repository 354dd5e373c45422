"""Where a problem stands is said once, by its place or by its own words."""

from dataclasses import replace

from components.problems import where_words
from domain.problem import Level, Problem

PROBLEM = Problem("V23", Level.CONFIRM, "It is blank.", "", "", "Cases", None, "Sex", rows=(4, 9))


def test_rows_are_named_once() -> None:
    assert where_words(PROBLEM) == "Sheet 'Cases', 'Sex', 2 rows: 4 and 9"
    assert where_words(replace(PROBLEM, found="It is blank (2 rows: 4 and 9).")) == "Sheet 'Cases', 'Sex'"
