"""Components and exports accept only released tallies: what did not pass the gate cannot be shown, written or printed."""

import ast
from pathlib import Path

import pytest

from domain.disclosure import Released

ROOT = Path(__file__).resolve().parents[2]
# What shows, writes or prints figures. The pages ask for them too, so they may hold a tally, but only to release it.
SHOWING = sorted((ROOT / "components").rglob("*.py"))
ASKING = sorted([*(ROOT / "pages").rglob("*.py"), *(ROOT / "data_access" / "commands").rglob("*.py")])
UNRELEASED = {"Tally", "TallyRow", "Preview"}
READING = {"read_tally", "read_tallies", "tallies_in", "preview_return"}
GATE = "release"


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def names_of(tree: ast.AST) -> set[str]:
    """Every name that the code speaks of, in imports, annotations written as text and elsewhere."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                found.add(name)
            case ast.arg(annotation=ast.Constant(value=str(text))):
                found |= names_of(ast.parse(text))
    return found


def ungated(tree: ast.AST) -> list[str]:
    """Calls that read tallies outside a call of `release`, or outside a comprehension that releases each."""
    inside: set[int] = set()
    for node in ast.walk(tree):
        calls_gate = isinstance(node, ast.Call) and ast.unparse(node.func) == GATE
        releases_each = (
            isinstance(node, ast.GeneratorExp | ast.ListComp)
            and isinstance(node.elt, ast.Call)
            and ast.unparse(node.elt.func) == GATE
        )
        if calls_gate or releases_each:
            inside |= {id(part) for part in ast.walk(node)}
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in READING and id(node) not in inside
    ]


@pytest.mark.parametrize("path", SHOWING, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_component_knows_only_released_figures(path: Path) -> None:
    assert not names_of(parsed(path)) & (UNRELEASED | {GATE}), "take a Released; the page releases"


@pytest.mark.parametrize("path", ASKING, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_or_command_releases_what_it_asks_for_at_once(path: Path) -> None:
    tree = parsed(path)
    assert not names_of(tree) & UNRELEASED
    assert ungated(tree) == []


def test_there_is_something_to_hold() -> None:
    shown = {name for path in SHOWING for name in names_of(parsed(path))}
    asked = {name for path in ASKING for name in names_of(parsed(path))}
    assert Released.__name__ in shown
    # Most ask for figures that are released where they are read; what a page reads by itself it releases at once.
    assert {"read_released", GATE} <= asked


@pytest.mark.parametrize(
    "code",
    [
        "def show(tally: Tally): ...",
        "def show(tally: 'Sequence[Tally]'): ...",
        "from domain.tally import TallyRow",
        "import domain.tally\ndef show(row: domain.tally.TallyRow): ...",
    ],
)
def test_a_component_that_takes_a_tally_is_found(code: str) -> None:
    assert names_of(ast.parse(code)) & UNRELEASED


def test_a_page_that_shows_what_it_did_not_release_is_found() -> None:
    assert ungated(ast.parse("show(read_tally(store, question, viewer))"))
    assert ungated(ast.parse("found = [draw(t) for t in read_tallies(store, asked, viewer)]"))
    assert not ungated(ast.parse("show(release(read_tally(store, question, viewer), audience))"))
    assert not ungated(
        ast.parse("found = [release(t, audience) for t in read_tallies(store, asked, viewer)]")
    )
