"""Uploading through the page as a person would, without a browser."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from data_access.kept import KeptReturn
from data_access.returns import list_returns
from data_access.stores import Store
from domain.access import COMMISSIONER
from tests.pages.opening import opened

PATIENCE = 200


def checked(*paths: Path, name: str = "", **query: str) -> AppTest:
    """A new session in which these files were checked."""
    return check(opened("upload.py", **query), *paths, name=name)


def check(page: AppTest, *paths: Path, name: str = "") -> AppTest:
    """Choose files on the open page and wait until they are checked."""
    return over(chosen(page, *paths, name=name))


def chosen(page: AppTest, *paths: Path, name: str = "") -> AppTest:
    """Choose files and have them checked, without waiting."""
    files = [(name or path.name, path.read_bytes(), "") for path in paths]
    page.file_uploader[0].set_value(files).run()
    return pressed(page, "check")


def over(page: AppTest) -> AppTest:
    """The page once its check, or the marking, is over; a browser draws it anew by itself."""
    for _ in range(PATIENCE):
        if not {"cancel", "cancel_marking"} & set(keys(page)):
            return page
        page.run()
        assert not page.exception, page.exception
    raise AssertionError("the check does not end")


def keys(page: AppTest) -> list[str]:
    """The buttons on the page, by their keys."""
    return [str(button.key) for button in page.button]


def pressed(page: AppTest, key: str) -> AppTest:
    """The page after a button was pressed."""
    page.button(key=key).click().run()
    assert not page.exception, page.exception
    return page


def reasoned(page: AppTest) -> AppTest:
    """The page with the first reason for everything that is to be confirmed."""
    for box in [box for box in page.selectbox if str(box.key).startswith("upload_reason_")][:1]:
        box.select_index(0).run()
    return page


def saved(page: AppTest, *, reasons: bool = True) -> AppTest:
    """The page after the return was saved. `reasons` : whether they are still to be given."""
    (reasoned(page) if reasons else page).text_input(key="upload_user").set_value("Contract manager").run()
    return pressed(page, "save")


def returns_in(store: Store) -> tuple[KeptReturn, ...]:
    """Every version that was saved."""
    return list_returns(store, COMMISSIONER)
