"""The versions of returns: one of them looked at, with its receipt, and any two of a sender compared."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import streamlit as st

from components.address import allow, fill, one_of, write
from components.downloads import offer
from components.frame import show_table
from components.upload_receipt import file_name, show_receipt_parts
from components.upload_rows import row_lines, rows_csv, show_rows
from components.versions import Version, moment, state_words, version_label
from domain.differences import Difference, KpiBetween, Receipt, VersionOf
from domain.formats import NOTHING, csv_cell, unmarked
from domain.kpi_words import kpi_name, value_words
from domain.kpis import KpiStatus
from domain.settings import Settings
from domain.table import Table

VERSION, EARLIER, LATER = "version", "earlier", "later"
"""What the choices are called in the address."""
_JSON: Final = "application/json"


def choose_version(found: Sequence[Version], settings: Settings) -> Version | None:
    """One version, whatever became of it."""
    return _choose(VERSION, "Version", _ordered(found), settings)


def choose_two(found: Sequence[Version], settings: Settings) -> tuple[Version | None, Version | None]:
    """Two versions of one sender: the later one is chosen first, and is compared with the one before it unless another is chosen."""
    left, right = st.columns(2)
    with left:
        later = _choose(LATER, "Version", _ordered(found), settings)
    if later is None:
        return None, None
    others = [v for v in _ordered(found) if v.provider == later.provider and v.id != later.id]
    with right:
        earlier = _choose(EARLIER, "Compared with", others, settings, "The version before it")
    return earlier, later


def _ordered(found: Sequence[Version]) -> list[Version]:
    return sorted(found, key=lambda v: (v.period.end, v.provider, v.version), reverse=True)


def _choose(
    name: str,
    label: str,
    found: Sequence[Version],
    settings: Settings,
    nothing: str = "Choose a version",
) -> Version | None:
    by_id = {v.id: v for v in found}
    fill(name, one_of(list(by_id), str, None), None)
    allow(name, list(by_id), None)
    chosen: str | None = st.selectbox(
        label,
        list(by_id),
        index=None,
        format_func=lambda key: _label(by_id[key], settings),
        placeholder=nothing,
        key=name,
    )
    write(name, [chosen] if chosen else [])
    return by_id.get(chosen or "")


def _label(version: Version, settings: Settings) -> str:
    state = {"current": "", "replaced": ", replaced", "withdrawn": ", withdrawn"}[version.state]
    return f"{version_label(version, settings)}{state}"


def show_version(
    version: Version, receipt: Receipt, read_original: Callable[[], tuple[str, bytes] | None]
) -> None:
    """What one version was received as.

    Parameters
    ----------
    read_original : gives the name and the bytes of the file, where it is kept.
    """
    st.markdown(unmarked(f"{state_words(version)}. Saved on {moment(version.accepted_at)}."))
    show_receipt_parts(receipt, when="Then")
    with st.container(horizontal=True):
        named = f"Version {receipt.version.version} of {receipt.version.period.label}"
        kept = partial(offer, service=receipt.service, provider=receipt.provider, detail=named)
        if receipt.original_kept:
            kept(
                "The file as it was sent",
                partial(_original, read_original),
                file_name=receipt.version.file_name,
                key="original_file",
                what="Return as it was sent",
                cases=True,
            )
        if receipt.mapping.columns or receipt.mapping.values or receipt.mapping.sheets:
            kept(
                "How its columns were matched (JSON)",
                receipt.mapping.to_json,
                file_name=f"{file_name(receipt)}-matching.json",
                mime=_JSON,
                key="mapping_json",
                what="How the columns of a return were matched",
            )


def _original(read: Callable[[], tuple[str, bytes] | None]) -> bytes:
    found = read()
    if found is None:
        raise LookupError("The file of this version is not kept any more")
    return found[1]


def show_difference(difference: Difference, settings: Settings, *, saved: bool = True) -> None:
    """What lies between two versions: rows field by field, and the KPIs as they stood with each.

    Parameters
    ----------
    saved : whether the cases are those of saved returns, and not invented.
    """
    st.markdown(unmarked(difference_words(difference)))
    name = f"difference-{difference.service}-{difference.provider}"
    show_rows(
        difference.rows,
        name,
        (difference.service, difference.provider),
        subject=difference.later.id,
        saved=saved,
    )
    if difference.kpis:
        st.subheader("KPIs as they stood with each", anchor=False)
        table = kpis_table(difference.kpis)
        show_table(table, "KPIs as they stood with each version")
    offer(
        "Download the difference (CSV)",
        lambda: difference_csv(difference),
        file_name=f"{name}.csv",
        mime="text/csv",
        key="difference_csv",
        what="Difference between two versions of a return",
        service=difference.service,
        provider=difference.provider,
        detail=difference_words(difference),
        cases=saved and difference.rows.moved,
    )


def difference_words(difference: Difference) -> str:
    """Which two versions are compared: 'Version 2 of Apr-Jun 2018, saved on …, against version 1 of …'."""
    earlier = f"against {_named(difference.earlier)}" if difference.earlier else "the first of its period"
    return f"V{_named(difference.later)[1:]}, {earlier}."


def _named(version: VersionOf) -> str:
    return f"version {version.version} of {version.period.label}, saved on {moment(version.accepted_at)} by {version.accepted_by}"


def kpis_table(kpis: Sequence[KpiBetween]) -> Table:
    """Each KPI with its figure and status before and after."""
    return Table(
        ("KPI", "Before", "After", "Moved"),
        tuple(
            (kpi_name(one.after), _stood(one.before), _stood(one.after), "Yes" if one.changed else "")
            for one in kpis
        ),
    )


def _stood(status: KpiStatus | None) -> str:
    if status is None:
        return NOTHING
    return f"{status.status.shape} {status.status.label} {value_words(status)}".replace("\u00a0", " ")


def difference_csv(difference: Difference) -> bytes:
    """The whole difference as a CSV file: which versions, what happened to the rows, every changed field, and the KPIs."""
    written = io.StringIO()
    write = csv.writer(written, lineterminator="\r\n")
    for line in (difference_words(difference), *row_lines(difference.rows)):
        write.writerow([csv_cell(line)])
    write.writerow([])
    written.write(rows_csv(difference.rows).decode("utf-8-sig"))
    for one in difference.kpis:
        cells = ("KPI", "", "", kpi_name(one.after), _stood(one.before), _stood(one.after))
        write.writerow([csv_cell(cell) for cell in cells])
    return written.getvalue().encode("utf-8-sig")
