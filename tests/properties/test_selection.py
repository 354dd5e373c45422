"""A selection survives its own address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.periods import TIME_KEYS, months_between
from domain.selection import Selection
from tests.builders import HILL, NORTH, SHORE, SOUTH, VALE

MONTHS = st.none() | st.sampled_from(months_between(201601, 203012))
CODES = st.text(min_size=1, max_size=12)
FIELDS = st.sampled_from(["outcome", "vulnerabilities", "adults_n", *TIME_KEYS])
selections = st.builds(
    Selection,
    service=st.sampled_from(["mentoring", "housing"]),
    providers=st.lists(st.sampled_from([NORTH, SOUTH]), unique=True).map(tuple),
    areas=st.lists(st.sampled_from([HILL, VALE, SHORE, "UNK"]), unique=True).map(tuple),
    first=MONTHS,
    last=MONTHS,
    where=st.lists(st.tuples(FIELDS, CODES), max_size=4).map(tuple),
)


@given(selections)
def test_an_address_gives_its_selection_back(selection):
    assert Selection.from_query(selection.to_query()) == selection


@given(selections)
def test_an_address_is_plain_text(selection):
    assert all(isinstance(value, str) for values in selection.to_query().values() for value in values)


@given(selections, FIELDS, st.lists(CODES, min_size=1, max_size=3))
def test_narrowing_keeps_what_was_wanted_before(selection, field, codes):
    wanted = selection.only(field, *codes).wanted()
    assert wanted[field][-len(codes) :] == tuple(codes)
    assert all(wanted[key][: len(held)] == held for key, held in selection.wanted().items())


@pytest.mark.parametrize("text", ["outcome", "=LIVE", "outcome=", ""])
def test_a_condition_without_field_or_value_is_refused(text):
    with pytest.raises(ValueError, match="is not FIELD=VALUE"):
        Selection.from_query({"where": [text]})
