"""The pages about data open on every kind of database, and say nothing in words of our own."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data_access.stores import Store
from tests.pages.opening import words_on
from tests.pages.test_reading_pages import NEVER_ON_SCREEN

DATA = ("upload.py", "returns.py", "definitions.py")


@pytest.mark.parametrize("kind", ["examples", "one_case", "empty"])
@pytest.mark.parametrize("file", DATA)
def test_a_page_opens_on(
    file: str, kind: str, opened: Callable[..., AppTest], request: pytest.FixtureRequest
) -> None:
    store: Store = request.getfixturevalue(kind)
    app = opened(file, store)
    assert not app.exception
    assert len(app.title) == 1
    assert not NEVER_ON_SCREEN.findall(words_on(app))


def test_every_definition_avoids_our_own_words(opened: Callable[..., AppTest], examples: Store) -> None:
    app = opened("definitions.py", examples, part="Everything")
    assert not app.exception
    assert len(app.header) == 6
    assert not NEVER_ON_SCREEN.findall(words_on(app))
