"""Agreeing exceptions: one by a form, many by a file, and the last look before they are saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

from components.downloads import offer
from components.exceptions_words import cases_words
from components.frame import section, show_table
from components.problems import show_problems
from components.settings_frame import without_blank
from domain.disclosure import Figure, Released
from domain.exception_checks import (
    A_TITLE,
    AGREED_BY,
    AGREED_ON,
    CASE,
    CAUSED_BY,
    KPI,
    PROVIDER,
    REASON,
    UNTIL,
    cause_said,
    reasons_for,
)
from domain.exceptions import AgreedException, Cause, reasons_of
from domain.exceptions_kept import Moved
from domain.formats import NOTHING, day, share_of, unmarked
from domain.kpis import Kpi
from domain.people import MOST_OF_A_TITLE
from domain.problem import Problem
from domain.settings import Settings
from domain.table import Cell, Table

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN: Final = 50
"""So many exceptions of a list are shown before it is saved."""
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was entered in the form; `provider` is blank where the reference should say whose case it is."""

    kpi: Kpi
    reason: str
    caused_by: Cause
    case_ref: str
    provider: str
    agreed_by: str
    agreed_on: date | None
    until: date | None


def ask_exception(
    kpis: Sequence[Kpi], settings: Settings, title: str, today: date, turn: int
) -> Asked | None:
    """The form for one exception; None until it is to be checked.

    Parameters
    ----------
    title : the reader's own job title, filled in for who agreed it. turn : counts what was saved, so that the form starts afresh.
    """
    section("Agree an exception")
    one, two = st.columns(2)
    kpi = one.selectbox(KPI, kpis, format_func=lambda k: f"{k.id} {k.name}", key=f"exception_kpi_{turn}")
    reasons = {code.key: code.label for code in reasons_for(kpi)}
    reason = two.selectbox(
        REASON, list(reasons), format_func=reasons.__getitem__, key=f"exception_reason_{turn}_{kpi.id}"
    )
    causes: list[Cause] = list(Cause)
    usual = cause_said(reason)
    providers = [p.key for p in settings.providers_of(kpi.service)]
    with st.form(f"exception_{turn}", enter_to_submit=False):
        left, right = st.columns(2)
        case_ref = left.text_input(
            CASE,
            max_chars=60,
            key=f"exception_case_{turn}",
            help="As the provider's return writes it. Never a name.",
        )
        provider = right.selectbox(
            PROVIDER,
            ["", *providers],
            format_func=lambda key: settings.provider_label(key) if key else "As the reference says",
            key=f"exception_provider_{turn}",
        )
        caused_by = left.selectbox(
            CAUSED_BY,
            causes,
            index=causes.index(usual) if usual else 0,
            format_func=lambda cause: cause.label,
            key=f"exception_cause_{turn}_{reason}",
            help="Filled in from the reason. What the provider caused is never taken out.",
        )
        agreed_by = right.text_input(
            AGREED_BY, title, max_chars=MOST_OF_A_TITLE, key=f"exception_by_{turn}", help=A_TITLE
        )
        agreed_on = left.date_input(
            AGREED_ON,
            today,
            min_value=_FIRST,
            max_value=today,
            format="DD/MM/YYYY",
            key=f"exception_on_{turn}",
        )
        until = right.date_input(
            f"{UNTIL} (may stay blank)",
            None,
            min_value=_FIRST,
            max_value=_LAST,
            format="DD/MM/YYYY",
            key=f"exception_until_{turn}",
            help="The last day that it excuses.",
        )
        pressed = st.form_submit_button(
            "Check this exception", type="primary", icon=":material/arrow_forward:"
        )
    if not pressed:
        return None
    return Asked(
        kpi, reason, caused_by or Cause.PROVIDER, case_ref.strip(), provider or "", agreed_by, agreed_on, until
    )  # fmt: skip


def ask_file(write: Callable[[], bytes], turn: int) -> tuple[str, bytes] | None:
    """The file to fill in, and a filled one to be checked: its name and bytes once that is pressed."""
    section("Upload a list of exceptions")
    st.markdown(
        "One row for each exception, in Excel or CSV. All of them are kept or none, and nothing before you have seen what it changes."
    )
    offer(
        "Download the list to fill in",
        write,
        file_name="exceptions.xlsx",
        mime=WORKBOOK,
        key="exceptions_template",
        what="The blank list of exceptions",
    )
    file = st.file_uploader(
        "List of exceptions",
        type=["xlsx", "xls", "ods", "csv"],
        key=f"exceptions_file_{turn}",
        max_upload_size=20,
    )
    pressed = st.button("Check this list", type="primary", disabled=file is None, key="exceptions_check")
    return (file.name, file.getvalue()) if pressed and file is not None else None


def show_refused(problems: Sequence[Problem], name: str) -> None:
    """Everything that stands against keeping what was entered or uploaded."""
    st.error("Nothing was saved. Put these right first.")
    show_problems(problems, name)


def ask_to_save(found: Sequence[AgreedException], moved: Sequence[Moved]) -> str:
    """Show what exceptions change and ask whether to save them: 'save', 'back', or blank while nothing is pressed."""
    section(f"What {cases_words(len(found))} would change")
    show_table(entered_table(found[:SHOWN]), "Exceptions to be saved")
    if len(found) > SHOWN:
        st.caption(f"The first {SHOWN} of {len(found):,}.")
    st.markdown("The raw figures stay as they are, and no deadline moves.")
    table = moved_table(moved)
    if table.rows:
        show_table(table, "Adjusted figures before and after")
    else:
        st.info(
            "No adjusted figure changes: the cases are in time or not due, or their contract does not count the reason. "
            "They can be saved all the same, and are then on the list."
        )
    with st.container(horizontal=True):
        save = st.button("Save", type="primary", icon=":material/save:", key="exceptions_save")
        back = st.button("Go back without saving", icon=":material/arrow_back:", key="exceptions_back")
    return "save" if save else "back" if back else ""


def entered_table(found: Sequence[AgreedException]) -> Table:
    """One row for each exception that is to be saved, as it was understood."""
    heads = (CASE, KPI, REASON, CAUSED_BY, AGREED_BY, AGREED_ON, UNTIL)

    def row(one: AgreedException) -> tuple[Cell, ...]:
        reasons = {code.key: code.label for code in reasons_of(one.service)}
        until = day(one.ends_on) if one.ends_on else ""
        said = (reasons.get(one.reason, one.reason), one.caused_by.label, one.agreed_by, day(one.agreed_on))
        return (one.case_ref, one.kpi, *said, until)

    return without_blank(Table(heads, tuple(map(row, found))))


def moved_table(moved: Sequence[Moved]) -> Table:
    """One row for each provider and quarter whose adjusted figure changes."""
    heads = ("KPI", "Provider", "Quarter", "Raw", "Adjusted now", "Adjusted then")
    rows: list[tuple[Cell, ...]] = []
    for one in moved:
        raw, now, then = map(_by_keys, (one.raw, one.before, one.after))
        for keys, figure in raw.items():
            before, after = now.get(keys), then.get(keys)
            if (before and (before.met, before.base)) != (after and (after.met, after.base)):
                shares = (_share(figure), _share(before), _share(after))
                rows.append((f"{one.kpi.id} {one.kpi.name}", *figure.labels, *shares))
    return Table(heads, tuple(rows))


def _by_keys(released: Released) -> Mapping[tuple[str, ...], Figure]:
    return {figure.keys: figure for figure in released.figures if figure.keys[-1]}


def _share(figure: Figure | None) -> str:
    return share_of(figure.met, figure.base) if figure and figure.base else NOTHING


def note_of(count: int) -> str:
    """What is said once exceptions are saved."""
    return unmarked(f"{cases_words(count)} saved.")
