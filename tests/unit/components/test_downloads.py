"""A file is kept in the audit exactly when it is built for somebody, and single cases before they are shown."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.testing.v1 import AppTest

from components.downloads import Export, Seen
from domain.access import Duty, OutOfReach
from tests.downloading import Downloaded, keep_downloads


@dataclass
class Kept:
    """A recorder that remembers what it is told, and refuses what it is told to refuse."""

    exports: list[Export] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    refusals: list[OutOfReach] = field(default_factory=list)
    fails: Exception | None = None

    def exported(self, export: Export) -> None:
        if self.fails is not None:
            raise self.fails
        self.exports.append(export)

    def saw_cases(self, seen: Seen) -> None:
        if self.fails is not None:
            raise self.fails
        self.seen.append(seen)

    def refused(self, why: OutOfReach) -> None:
        self.refusals.append(why)


def a_page(recorder: object, make: object) -> None:
    import streamlit as st

    from components.downloads import offer, saw_cases, use

    use(recorder)
    offer(
        "Download",
        make,
        file_name="cases.csv",
        mime="text/csv",
        key="file",
        what="Case deadlines",
        service="send",
        provider="north",
        detail="All areas",
        cases=True,
    )
    saw_cases("Case deadlines", "send", "north")
    saw_cases("Case deadlines", "send", "north")
    saw_cases("Case deadlines", "send", "south")
    st.markdown("Case 17")


@dataclass
class Opened:
    """The small page, and what its buttons give."""

    page: AppTest
    press: Callable[[], Downloaded]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Opened]:
    downloads = keep_downloads(monkeypatch)

    def open_page(recorder: Kept | None, make: Callable[[], bytes | str] = lambda: "a,b") -> Opened:
        page = AppTest.from_function(a_page, args=(recorder, make)).run()
        return Opened(page, lambda: downloads.press(page, "file"))

    return open_page


EXPORT = Export("cases.csv", "Case deadlines", "send", "north", "All areas", cases=True)


def test_nothing_is_kept_of_a_file_that_nobody_wanted(opened: Callable[..., Opened]) -> None:
    kept, made = Kept(), []
    here = opened(kept, lambda: made.append(1) or b"")
    here.page.run()
    assert not here.page.exception
    assert (kept.exports, made) == ([], [])


def test_each_time_that_a_file_is_built_is_kept(opened: Callable[..., Opened]) -> None:
    kept = Kept()
    here = opened(kept)
    assert here.press() == Downloaded("cases.csv", "text/csv", b"a,b")
    assert kept.exports == [EXPORT]
    here.press()
    assert kept.exports == [EXPORT, EXPORT]


def test_a_page_without_a_recorder_gives_its_files(opened: Callable[..., Opened]) -> None:
    here = opened(None)
    assert not here.page.exception
    assert here.press().content == b"a,b"


def test_a_file_that_breaks_is_not_kept_and_the_page_says_so_until_it_works(
    opened: Callable[..., Opened], caplog: pytest.LogCaptureFixture
) -> None:
    kept, broken = Kept(), [True]

    def make() -> bytes:
        if broken:
            raise ValueError("the cell says Jane Smith")
        return b"whole"

    here = opened(kept, make)
    assert not here.page.error
    with pytest.raises(MediaFileStorageError) as said:
        here.press()
    assert kept.exports == []
    assert "Jane" not in str(said.value)
    here.page.run()
    words = here.page.error[0].value
    reference = caplog.records[-1].getMessage().rpartition(" ")[2]
    assert "'cases.csv' could not be made" in words
    assert f"reference {reference}" in words
    assert "Jane" not in words
    broken.clear()
    assert here.press().content == b"whole"
    here.page.run()
    assert not here.page.error
    assert kept.exports == [EXPORT]


def test_a_file_that_cannot_be_kept_in_the_audit_is_not_given(opened: Callable[..., Opened]) -> None:
    here = opened(kept := Kept())
    kept.fails = RuntimeError("the database does not answer")
    with pytest.raises(MediaFileStorageError):
        here.press()
    kept.fails = None
    assert "could not be made" in here.page.run().error[0].value


@pytest.mark.parametrize("from_recorder", [True, False])
def test_a_file_that_somebody_may_not_have_is_refused_and_that_is_kept(
    opened: Callable[..., Opened], from_recorder: bool
) -> None:
    why = OutOfReach(Duty.CASES, service="send", provider="north")

    def make() -> bytes:
        raise why

    kept = Kept()
    here = opened(kept, (lambda: b"made") if from_recorder else make)
    kept.fails = why if from_recorder else None
    with pytest.raises(MediaFileStorageError):
        here.press()
    assert (kept.exports, kept.refusals) == ([], [why])
    kept.fails = None
    assert (
        here.page.run().error[0].value.startswith("You are not allowed to see single cases. So 'cases.csv'")
    )


def test_cases_on_a_screen_are_kept_once_in_a_session(opened: Callable[..., Opened]) -> None:
    kept = Kept()
    here = opened(kept)
    here.page.run()
    assert kept.seen == [
        Seen("Case deadlines", "send", "north"),
        Seen("Case deadlines", "send", "south"),
    ]


def test_cases_are_not_shown_where_that_cannot_be_kept(opened: Callable[..., Opened]) -> None:
    kept = Kept(fails=RuntimeError("the database does not answer"))
    here = opened(kept)
    assert here.page.exception
    assert not here.page.markdown
    kept.fails = None
    here.page.run()
    assert len(kept.seen) == 2
    assert here.page.markdown
