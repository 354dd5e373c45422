"""The shell runs before every page, and a page without it shows nothing."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import PAGES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("file", [entry.file for entry in PAGES])
def test_a_page_run_by_itself_stops_with_a_way_out(file: str) -> None:
    page = AppTest.from_file(str(ROOT / "pages" / file), default_timeout=30).run()
    assert not page.exception
    assert not page.title
    assert "front page" in page.error[0].value


def test_the_front_page_runs_inside_the_shell() -> None:
    shell = AppTest.from_file(str(ROOT / "pages" / "_shell.py"), default_timeout=30).run()
    assert not shell.exception
    assert shell.title
