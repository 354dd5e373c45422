"""Opening one page inside the shell, and reading all its words."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access.sources import examples_store

SHELL = Path(__file__).parents[2] / "pages" / "_shell.py"


def at(app: AppTest, page: str) -> AppTest:
    """Have a new session begin at a page, as a link to it does: the front page is not drawn first, which takes as long."""
    return app if page == "overview.py" else app.switch_page(page)


def opened(page: str, **query: str) -> AppTest:
    """Open a page as a new session would."""
    app = AppTest.from_file(str(SHELL), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    at(app, page).run()
    assert not app.exception, app.exception
    return app


def opened_once(page: str, service: str, tables_file: Path, folder: Path) -> AppTest:
    """Open a page on the examples for several tests that only read it; beside it stands an empty shared database."""
    shutil.copy(tables_file, folder / "shared.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{folder / 'shared.db'}")
        app = AppTest.from_file(str(SHELL), default_timeout=60)
        app.session_state["store_in_hand"] = examples_store()
        app.session_state["service"] = service
        at(app, page).run()
    assert not app.exception, app.exception
    return app


def heading(app: AppTest) -> str:
    """The title of the page, without the marks that keep Markdown from reading names."""
    return str(app.title[0].value).replace("\\", "")


def words_on(app: AppTest) -> str:
    """Every word that a reader sees, but those of charts."""
    parts = [
        e.value
        for kind in (
            "title",
            "header",
            "subheader",
            "markdown",
            "caption",
            "warning",
            "info",
            "error",
            "success",
        )
        for e in app.get(kind)
    ]
    parts += [str(table.value.to_dict()) for table in app.table]
    return "\n".join(map(str, parts)).replace("\\", "")
