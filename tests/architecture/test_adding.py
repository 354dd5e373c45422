"""Adding a KPI, a column of the return and a page takes the places that CONTRIBUTING.md names, and no other.

It is done here, in a copy of the project: four files change or are new, beside the schema step, which is generated.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("domain", "data_access", "components", "pages", "tests", "pyproject.toml", "app.py")
LEFT = shutil.ignore_patterns("__pycache__", "*.db", "pictures")

KPI = """
[[kpi]]
id = "HM99"
name = "Sessions held"
measure = "session_held"
service = "housing"
accountable = "provider"
basis = "monitoring"
minimum_base = 1
source = "Agreed at a meeting"

[[kpi.target]]
operator = ">="
value = "0.01"
since = 2014-09-01
note = "Agreed at a meeting"
"""
COLUMN = """    _yes_no("interpreter_used", "Interpreter used", help="Whether an interpreter took part."),
"""
PAGE = '''"""Minutes: what was agreed at the last meeting?"""

import streamlit as st

from components.navigation import require_shell

require_shell()

st.title("Minutes of meetings")
'''
ENTRY = """    PageEntry(
        section="",
        file="minutes.py",
        title="Minutes",
        icon=":material/notes:",
        url_path="minutes",
        help="What was agreed at the last meeting?",
        needs=Duty.FIGURES,
    ),
"""
WRITE_STEP = """
from alembic import command
from data_access.schema import _config, newest_step, upgrade
from data_access.stores import open_store, shared_url, writing
from domain.access import COMMISSIONER
from domain.tally import Source

store = open_store(shared_url(), Source.SHARED)
upgrade(store)
config = _config()
with writing(store, COMMISSIONER) as connection:
    config.attributes["connection"] = connection
    name = f"{int(newest_step()) + 1:04d}"
    command.revision(config, "interpreter_used", autogenerate=True, rev_id=name)
upgrade(store)
"""
SHOW = """
import json
from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from components.definitions import field_definitions, kpi_definitions
from data_access.intake import examine
from data_access.kpis import read_kpis
from data_access.returns import save_return
from data_access.settings import change_settings, read_settings
from data_access.sources import shared_store
from data_access.spreadsheets.template import write_template
from data_access.stores import reading
from data_access.tables import cases
from domain.access import COMMISSIONER, Audience
from domain.kpis import kpi
from tests.upload_files.returns import KNOWN, SETTINGS, a_return, case

store = shared_store()
targets = kpi("HM99").starting_targets
same = {name: getattr(SETTINGS, name) for name in SETTINGS.__slots__}
change_settings(store, lambda now: type(now)(**{**same, "targets": targets}), by=COMMISSIONER)
settings = read_settings(store, COMMISSIONER)

def looked_at(value):
    return examine("r.xlsx", a_return(case(2, "interpreter_used", value), kind="housing"), settings, KNOWN)

blank = BytesIO()
write_template("housing", settings, blank)
headers = [cell for row in load_workbook(BytesIO(blank.getvalue()))["Cases"].iter_rows(values_only=True) for cell in row]
sent = looked_at("Y").accepted
save_return(store, sent, by=COMMISSIONER.signing("ann"))
with reading(store, COMMISSIONER) as connection:
    kept = connection.execute(select(cases.c.interpreter_used).order_by(cases.c.row_id)).scalars().all()
statuses = read_kpis(store, sent.period, COMMISSIONER, Audience.US, by=("provider",), service="housing")
app = AppTest.from_file("pages/_shell.py", default_timeout=60).run()
app.switch_page("minutes.py").run()
print(json.dumps({
    "kpi": [s.status.value for s in statuses if s.kpi.id == "HM99" and s.provider == sent.provider],
    "defined": [row for row in kpi_definitions(settings, "housing").rows if "Sessions held" in str(row)] != [],
    "template": "Interpreter used" in headers,
    "check": [p.column for p in looked_at("Perhaps").problems if p.column == "Interpreter used"],
    "table": kept[0],
    "dictionary": [row[0] for row in field_definitions(settings, "housing").rows if row[0] == "Interpreter used"],
    "page": [title.value for title in app.title],
    "failed": [str(e) for e in app.exception],
}))
"""


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project again, without its examples and history."""
    folder = tmp_path_factory.mktemp("project")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=LEFT)
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the folder, on a database of its own beside it."""
    database = f"sqlite:///{folder.with_name(folder.name + '.db')}"
    environment = os.environ | {"DATABASE_URL": database}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def schema_test(folder: Path) -> subprocess.CompletedProcess[str]:
    name = "tests/storage/test_schema.py::test_the_steps_make_the_declared_tables[sqlite]"
    return run(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", name)


def prints(folder: Path) -> dict[str, str]:
    """What every file holds, as a number."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def add(path: Path, text: str, to: str) -> None:
    """Put a text at the end of a declared tuple."""
    whole = path.read_text(encoding="utf-8")
    start = whole.index(to)
    end = whole.index("\n)\n", start) + 1
    path.write_text(whole[:end] + text + whole[end:], encoding="utf-8")


def test_a_kpi_a_column_and_a_page_are_added_in_the_places_that_are_named_and_no_other(twin: Path) -> None:
    untouched = prints(twin)
    targets = twin / "domain" / "kpis.toml"
    targets.write_text(targets.read_text(encoding="utf-8") + KPI, encoding="utf-8")
    add(twin / "domain" / "housing_fields.py", COLUMN, "HOUSING_CASES: ")
    (twin / "pages" / "minutes.py").write_text(PAGE, encoding="utf-8")
    add(twin / "components" / "page_list.py", ENTRY, "PAGES: ")

    missing = schema_test(twin)
    assert missing.returncode == 1
    assert "interpreter_used" in missing.stdout, "the test names the column that has no schema step"

    step = run(twin, "-c", WRITE_STEP)
    assert step.returncode == 0, step.stderr
    assert schema_test(twin).returncode == 0
    shown = run(twin, "-c", SHOW)
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout.splitlines()[-1]) == {
        "kpi": ["red"],  # there was no session in the return
        "defined": True,
        "template": True,
        "check": ["Interpreter used"],
        "table": "Y",
        "dictionary": ["Interpreter used"],
        "page": ["Minutes of meetings"],
        "failed": [],
    }

    after = prints(twin)
    touched = {name for name in after if after[name] != untouched.get(name)}
    steps = {name for name in touched if name.startswith("data_access/steps/versions/")}
    assert len(steps) == 1
    assert touched - steps == {
        "domain/kpis.toml",
        "domain/housing_fields.py",
        "pages/minutes.py",
        "components/page_list.py",
    }
    assert untouched.keys() <= after.keys()
