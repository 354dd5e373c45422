"""The structure of the project, where an import contract cannot hold it."""

import ast
import tomllib
from pathlib import Path

import pytest

from components.navigation import PAGES

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LAYERS = CONFIG["tool"]["importlinter"]["root_packages"]
# Folders with no place in the layers, and why each has none.
OUTSIDE_THE_LAYERS = {
    "tests": "may import everything",
    "docs": "no code",
    "sample_data": "writes files as a provider would; imported by nothing",
    "benchmarks": "measures; imported by nothing",
    "var": "databases; never committed",
}
LONGEST_FILE = 300
LONGEST_PAGE = 70
LONGEST_LAUNCHER = 120


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


ALL_SOURCES = sources(*LAYERS)
# A file of pages/ that starts with an underscore is what pages share, not a page.
PAGE_FILES = [path for path in sources("pages") if not path.name.startswith("_")]


def test_every_top_level_folder_has_its_place() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0] not in "._"}
    unplaced = folders - set(LAYERS) - set(OUTSIDE_THE_LAYERS)
    assert not unplaced, f"place {unplaced} in root_packages of pyproject.toml, or say why it has no layer"


def test_no_contract_ignores_an_import() -> None:
    linter = CONFIG["tool"]["importlinter"]
    excused = [part["name"] for part in linter["contracts"] if "ignore_imports" in part]
    assert not excused
    assert "ignore_imports" not in linter


def test_types_are_checked_strictly_in_every_layer() -> None:
    mypy = CONFIG["tool"]["mypy"]
    assert mypy["strict"] is True
    assert set(mypy["packages"]) == set(LAYERS)


def test_the_launcher_only_launches() -> None:
    tree = parsed(ROOT / "app.py")
    kinds = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.ClassDef)
    allowed = (*kinds, ast.FunctionDef, ast.AsyncFunctionDef, ast.Expr, ast.If)
    assert all(isinstance(node, allowed) for node in tree.body)
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "st"
    }
    assert used == {"App"}, "the launcher draws nothing: put it in pages/_shell.py"
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not any(str(module).startswith(("pages", "domain")) for module in imported)
    assert lines_of(ROOT / "app.py") <= LONGEST_LAUNCHER


def test_every_page_file_is_in_the_menu_once() -> None:
    declared = [entry.file for entry in PAGES]
    assert sorted(declared) == sorted(path.name for path in PAGE_FILES)
    addresses = [entry.url_path for entry in PAGES]
    assert len(addresses) == len(set(addresses))
    assert addresses[0] == "", "the first page is the front page"
    assert not any("/" in address for address in addresses)


@pytest.mark.parametrize("path", PAGE_FILES, ids=name_of)
def test_a_page_runs_only_inside_the_shell(path: Path) -> None:
    first = next(node for node in parsed(path).body if isinstance(node, ast.Expr) and is_call(node))
    assert ast.unparse(first) == "require_shell()", "a page starts with require_shell()"


@pytest.mark.parametrize("path", PAGE_FILES, ids=name_of)
def test_a_page_is_short(path: Path) -> None:
    assert lines_of(path) <= LONGEST_PAGE


@pytest.mark.parametrize("path", ALL_SOURCES, ids=name_of)
def test_a_file_can_be_read_in_one_go(path: Path) -> None:
    assert lines_of(path) <= LONGEST_FILE


@pytest.mark.parametrize("path", ALL_SOURCES, ids=name_of)
def test_a_file_says_what_lives_in_it(path: Path) -> None:
    assert ast.get_docstring(parsed(path))


@pytest.mark.parametrize("path", ALL_SOURCES, ids=name_of)
def test_no_file_is_named_after_nothing(path: Path) -> None:
    assert not {"utils", "helpers", "manager", "misc", "common"} & set(path.stem.split("_"))


@pytest.mark.parametrize("path", ALL_SOURCES, ids=name_of)
def test_charts_are_drawn_without_plotly_express(path: Path) -> None:
    # It takes ten times as long for the same chart.
    assert "plotly.express" not in imports_of(path)


@pytest.mark.parametrize("path", sources("domain", "components"), ids=name_of)
def test_nothing_below_the_pages_asks_what_day_it_is(path: Path) -> None:
    asked = {
        ast.unparse(node.func)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"today", "now", "utcnow"}
    }
    assert not asked, "take the day as an argument: the same figures must come out tomorrow"


def is_call(node: ast.Expr) -> bool:
    return isinstance(node.value, ast.Call)


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found
