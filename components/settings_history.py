"""The parts of the Settings page on its past: what changed when and by whom, taking the last change back, and the workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, Protocol

import streamlit as st

from components.downloads import offer
from components.frame import section, show_table
from components.problems import show_problems
from components.versions import moment
from domain.formats import csv_cell, unmarked
from domain.problem import Problem
from domain.table import Table

SHOWN: Final = 50
"""So many acts are shown; the file holds all of them."""
MOST: Final = 5
"""So many changes of an act are shown."""
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Act(Protocol):
    """One change of the settings, as far as it is shown."""

    @property
    def seq(self) -> int:
        """Its number."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def who(self) -> str:
        """Who."""

    @property
    def why(self) -> str:
        """Why."""

    @property
    def changes(self) -> tuple[str, ...]:
        """What, one sentence each."""


def history_part(acts: Sequence[Act], *, may_take_back: bool) -> int | None:
    """Every change, the latest first; gives the number of the last one when it should be taken back."""
    section("History")
    if not acts:
        st.info("Nothing has been set yet.")
        return None
    last, pressed = acts[0], False
    if may_take_back:
        said = "; ".join(last.changes[:3]) + ("; and more" if len(last.changes) > 3 else "")
        st.markdown(unmarked(f"The last change, {moment(last.at)}: {said}."))
        pressed = st.button("Take back the last change", key="take_back", icon=":material/undo:")
        st.caption(
            "The settings then are as they were before it. Nothing is deleted: both changes stay in the history."
        )
    show_table(history_table(acts[:SHOWN]), "History of the settings")
    if len(acts) > SHOWN:
        st.caption(f"The latest {SHOWN} of {len(acts):,} changes. The file holds all of them.")
    offer(
        "Download the history (CSV)",
        lambda: history_csv(acts),
        file_name="settings-history.csv",
        mime="text/csv",
        key="history_csv",
        what="History of the settings",
    )
    return last.seq if pressed else None


def history_table(acts: Sequence[Act]) -> Table:
    """One row an act, with the first things that it changed."""
    return Table(
        ("When", "Who", "Why", "What changed"),
        tuple((moment(act.at), act.who, act.why, _few(act.changes)) for act in acts),
    )


def _few(changes: Sequence[str]) -> str:
    """The first changes of an act; a loaded workbook may hold hundreds."""
    more = len(changes) - MOST
    return ". ".join(changes[:MOST]) + (f". And {more} more, in the file" if more > 0 else "")


def history_csv(acts: Sequence[Act]) -> bytes:
    """One row for each thing that changed, as a CSV file that Excel opens in UTF-8."""
    written = io.StringIO()
    write = csv.writer(written, lineterminator="\r\n")
    write.writerow(("When", "Who", "Why", "What changed"))
    write.writerows(
        [csv_cell(cell) for cell in (moment(act.at), act.who, act.why, change)]
        for act in acts
        for change in act.changes
    )
    return written.getvalue().encode("utf-8-sig")


def workbook_part(write: Callable[[], bytes], turn: int) -> tuple[str, bytes] | None:
    """Download the settings as a workbook, and offer to check one; its name and bytes when that was pressed."""
    section("Workbook")
    st.markdown(
        "All settings in one Excel workbook: to fill in many at once, or to keep a copy. "
        "Nothing is saved before you have seen what it changes."
    )
    offer(
        "Download the settings",
        write,
        file_name="settings.xlsx",
        mime=WORKBOOK,
        key="settings_download",
        what="Settings",
    )
    file = st.file_uploader(
        "Settings workbook to check", type=["xlsx"], key=f"settings_file_{turn}", max_upload_size=20
    )
    pressed = st.button("Check this workbook", type="primary", disabled=file is None, key="settings_check")
    return (file.name, file.getvalue()) if pressed and file is not None else None


def show_workbook_problems(problems: Sequence[Problem], name: str) -> None:
    """Everything that must be put right in a settings workbook."""
    st.error("Nothing was saved. Put these right in the workbook, then upload it again.")
    show_problems(problems, name)
