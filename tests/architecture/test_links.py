"""A link reproduces a view: every picker that decides which figures stand on a page is written into its address."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PICKERS = {
    "selectbox",
    "radio",
    "multiselect",
    "segmented_control",
    "pills",
    "toggle",
    "slider",
    "select_slider",
}
# What is entered to be saved, sent or agreed is no view: an address that filled it in would save what nobody chose.
FORMS = (
    "settings_",
    "people_",
    "upload_",
    "exceptions_form",
    "exceptions_list",
    "unusual_form",
    "withdrawal",
    "saved_views",
    "meeting_",
    # What a scenario is made of: it is kept under a number, and no price ever stands in an address.
    "procurement_",
)
# A single case never stands in an address that is sent about; who did what is nobody's view but the reader's.
NEVER = {
    "'timeliness_case'",
    "'data_quality_case'",
    "'another_case'",
    "'another_row'",
    "'cases_shown'",
    "'audit_act'",
    "'audit_person'",
    "'audit_service'",
    "'audit_provider'",
    # It leads to another page, whose address says all that was picked.
    "f'rows_of_{panel}'",
}
LISTED_ELSEWHERE = {"PROVIDER", "AREA"}
"""Written in one loop of components/filters.py."""
BOUND = "bind"


def unsaid(path: Path) -> list[str]:
    """The keys of the pickers of a file that it does not write into the address."""
    calls = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    ]
    written = {ast.unparse(call.args[0]) for call in calls if ast.unparse(call.func) == "write" and call.args}
    found = []
    for call in calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr in PICKERS:
            named = {word.arg: ast.unparse(word.value) for word in call.keywords}
            if BOUND not in named and named.get("key") not in written | NEVER | LISTED_ELSEWHERE:
                found.append(str(named.get("key")))
    return found


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((ROOT / "components").rglob("*.py")) if not path.name.startswith(FORMS)],
    ids=lambda path: path.name,
)
def test_what_is_chosen_stands_in_the_address(path: Path) -> None:
    assert unsaid(path) == []


def test_a_picker_that_says_nothing_is_found(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("st.radio('Count by', ['month'], key='by')\nwrite('other', [])")
    assert unsaid(tmp_path / "one.py") == ["'by'"]
