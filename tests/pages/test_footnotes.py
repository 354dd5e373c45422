"""What was accepted with a return stands under the figures that rest on it, folded, and in the file that is downloaded."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from components.panel import Basis, Panel, as_csv
from data_access.return_rows import WithReturn
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.accepted import AcceptedWarning
from domain.access import COMMISSIONER
from domain.table import Table
from tests.builders import NORTH, Q1, a_case, a_return, some_settings

Open = Callable[..., AppTest]
NOTE = (
    "North Mentors, Apr-Jun 2018 (Q1 2018/19): there is no referral date "
    "(accepted: not recorded by our system)."
)


def notes_on(app: AppTest) -> list[str]:
    return [str(one.label) for one in app.expander if "Notes on this figure" in str(one.label)]


@pytest.fixture
def noted(shared: Store) -> Store:
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER.signing("test"))
    warning = AcceptedWarning(
        "wanted_filled",
        "V01",
        "There is no referral date.",
        1,
        "Not recorded by our system",
        "",
        ("referral_date",),
    )
    cases = [a_case(), a_case(referred=date(2018, 5, 3)), a_case(referred=None)]
    save_return(
        shared, a_return(NORTH, Q1, cases), by=COMMISSIONER.signing("test"), with_it=WithReturn((warning,))
    )
    return shared


def test_a_figure_that_rests_on_the_column_has_a_note_and_another_has_none(
    opened: Open, noted: Store
) -> None:
    demand = opened("demand.py", noted, service="mentoring")
    assert not demand.exception
    assert "Notes on this figure (1)" in notes_on(demand)
    assert f"- {NOTE}" in [str(one.value).replace("\\", "") for one in demand.markdown]
    complaints = opened("satisfaction.py", noted, service="mentoring")
    assert notes_on(complaints) == []


def test_a_kpi_that_rests_on_it_has_the_note_too(opened: Open, noted: Store) -> None:
    kpis = opened("kpis.py", noted, service="mentoring")
    assert kpis.selectbox(key="kpi").value == "Prevention rate"
    assert notes_on(kpis) == []
    kpis.selectbox(key="kpi").set_value("Identified early").run()
    assert not kpis.exception
    assert notes_on(kpis) == ["Notes on this figure (1)"]


def test_the_downloaded_file_carries_the_notes_above_its_table() -> None:
    panel = Panel("one", "A title", Table(("A",), (("1",),)), Basis("n = 3", "", "", "", footnotes=(NOTE,)))
    lines = as_csv(panel).decode("utf-8-sig").splitlines()
    assert lines == ["A title", "n = 3", f'"{NOTE}"', "", "A", "1"]
