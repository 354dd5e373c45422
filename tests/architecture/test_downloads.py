"""No file leaves the dashboard beside the one place that tells the audit of it."""

import ast
import tomllib
from pathlib import Path

import pytest

from components.frame import CHART_CONFIG

ROOT = Path(__file__).resolve().parents[2]
THE_PLACE = ROOT / "components" / "downloads.py"
SOURCES = [
    ROOT / "app.py",
    *sorted((ROOT / "components").rglob("*.py")),
    *sorted((ROOT / "pages").glob("*.py")),
]
GIVE_AWAY = {"download_button", "pdf", "image", "vega_lite_chart", "altair_chart", "echarts_chart"}
"""What gives a file or a picture, by a button of its own or to be saved. Only the first is used, and at one place."""


def used_in(path: Path) -> set[str]:
    return {
        node.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_one_file_offers_downloads(path: Path) -> None:
    given = used_in(path) & GIVE_AWAY
    assert given == ({"download_button"} if path == THE_PLACE else set())


def test_streamlit_and_plotly_offer_no_file_of_their_own() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["client"].get("disableDataExport") is True
    assert CHART_CONFIG["displayModeBar"] is False
