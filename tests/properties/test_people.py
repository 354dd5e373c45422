"""Names of people and the audit's texts, whatever is typed or sent."""

from __future__ import annotations

from hypothesis import assume, example, given
from hypothesis import strategies as st

from data_access.audit import row_of
from domain.access import Viewer
from domain.audit import Act
from domain.people import NotPossibleRole, as_user, checked_title, checked_user, is_user
from domain.personal_data import value_kind

ANY = st.text(st.characters(codec=None), max_size=400)
PARTS = st.sampled_from(
    ["/cases", "?", "#", " ", "x=1", "\n", "\x00", "jo@example.org", "943 476 5919", "TB-1", "é"]
)
ADDRESSES = st.lists(PARTS, max_size=8).map("".join)


@given(ANY | ADDRESSES)
@example("ΑΣ")
@example("İ@council.gov.uk")
@example("ẞ")
def test_a_name_that_is_taken_is_the_same_taken_again(text: str) -> None:
    try:
        user = checked_user(text)
    except NotPossibleRole:
        assert not is_user(as_user(text))
        return
    assert checked_user(user) == user == as_user(text.upper()) or text.upper().lower() != text.lower()
    assert 0 < len(user) <= 200
    assert not any(c.isspace() or ord(c) < 32 for c in user)


@given(ANY)
def test_a_title_that_is_taken_stands_in_one_line_without_personal_details(text: str) -> None:
    try:
        title = checked_title(text)
    except NotPossibleRole:
        return
    assert checked_title(title) == title
    assert title.isprintable()
    assert not value_kind(title)


@given(ANY | ADDRESSES, st.sampled_from(list(Act)))
def test_what_is_written_down_can_be_kept_and_holds_nothing_that_must_not(text: str, act: Act) -> None:
    row = row_of(Viewer(text), act, text, text, text, text)
    for kept in row.values():
        assert len(kept) <= 300
        assert "\x00" not in kept
        assert "\n" not in kept
        kept.encode()  # no half of a character, which PostgreSQL does not take
    assert not value_kind(row["service"], dates=False)
    assert not value_kind(row["detail"], dates=False)
    if act not in (
        Act.CHANGED_ROLES,
        Act.SIGNED_OUT,
    ):  # these are about a person, by the name they sign in with
        assert not value_kind(row["subject"], dates=False)


@given(st.sampled_from(["/returns", "/cases/list", "https://council.example/upload"]), ANY)
def test_nothing_behind_an_address_is_kept(address: str, behind: str) -> None:
    assume(not value_kind(address + behind, dates=False))
    assert row_of(Viewer("a"), Act.REFUSED, "", "", f"{address}?{behind}", "")["subject"] == address
