"""The receipt of a saved return: who, when, which file, what was read and accepted, and the figures as they stand with it."""

import csv
import io
from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from components.downloads import offer
from components.effect import value_words as figure_words
from components.filters import link_to
from components.frame import section, show_table
from components.navigation import link_to_page
from components.versions import moment
from domain.differences import Receipt
from domain.formats import counted, csv_cell, listed, unmarked
from domain.kpi_words import kpi_name, value_words
from domain.kpis import KpiStatus
from domain.returns import COUNCIL
from domain.selection import Selection
from domain.table import Table

_HASH_SHOWN: Final = 12
HEADERS: Final = ("Part", "What", "Value")


def show_receipt(receipt: Receipt, *, changed: bool) -> None:
    """Show what was saved, with the receipt as files.

    Parameters
    ----------
    changed : whether a new version was made; not when the same file was current already.
    """
    version = receipt.version
    about = f"{receipt.provider_label}, {version.period.label}"
    if changed:
        st.success(
            unmarked(f"{about}: version {version.version} is saved and counts in every figure now."),
            icon=":material/check_circle:",
        )
    else:
        st.info(
            unmarked(
                f"{about}: the same file was saved before as version {version.version}, so nothing has changed."
            )
        )
    section("Receipt")
    show_receipt_parts(receipt, when="Now")


def show_receipt_parts(receipt: Receipt, *, when: str) -> None:
    """The parts of a receipt, and it as files; `when` heads its figures: 'Now', or 'Then' for one of before."""
    show_table(Table(("What", "This return"), _rows(receipt, short=True)), "Receipt")
    if receipt.warnings:
        st.subheader("Confirmed with a reason", anchor=False)
        told = tuple(
            (one.said, one.count if one.count > 1 else "", one.reason, one.note) for one in receipt.warnings
        )
        show_table(Table(("What was found", "Rows", "Reason", "Note"), told), "Confirmed with a reason")
    if receipt.figures or receipt.kpis:
        st.subheader("Figures as they stand with it", anchor=False)
        show_table(Table(("Figure", when, "Status"), _figures(receipt)), "Figures as they stand")
    name = file_name(receipt)
    with st.container(horizontal=True):
        for said, make, ending, mime in (
            ("CSV", receipt_csv, "csv", "text/csv"),
            ("text", receipt_text, "txt", "text/plain"),
        ):
            offer(
                f"Download the receipt ({said})",
                partial(make, receipt),
                file_name=f"{name}.{ending}",
                mime=mime,
                key=f"receipt_{said.lower()}",
                what="Receipt",
                service=receipt.service,
                provider=receipt.provider,
            )


def show_links(receipt: Receipt) -> bool:
    """Lead on to the figures and to a way back; whether another file is wanted."""
    section("Where next?")
    whose = () if receipt.provider == COUNCIL else (receipt.provider,)
    period = receipt.version.period
    link = link_to(Selection(receipt.service, whose, (), period.first_month, period.last_month))
    service = {"service": [receipt.service]}
    for file, label in (
        ("kpis.py", "See its KPIs"),
        ("overview.py", "Go to the overview"),
        ("returns.py", "See all returns, or withdraw this one"),
    ):
        query = link if file == "kpis.py" else service
        link_to_page(file, label=label, icon=":material/arrow_forward:", query_params=query)
    return st.button("Upload another return", key="another", icon=":material/upload_file:")


def file_name(receipt: Receipt) -> str:
    """What a file with the receipt is called, without its ending."""
    parts = ("receipt", receipt.service, receipt.provider, receipt.version.period.key.replace("..", "-to-"))
    return "-".join((*parts, f"version-{receipt.version.version}"))


def _rows(receipt: Receipt, *, short: bool) -> tuple[tuple[str, str], ...]:
    version = receipt.version
    held = [
        counted(number, f"row of {sheet}", f"rows of {sheet}") for sheet, number in version.counts if number
    ]
    digest = f"{receipt.digest[:_HASH_SHOWN]}…" if short else receipt.digest
    matched = len(receipt.mapping.columns) + len(receipt.mapping.values)
    rows = [
        ("Provider", receipt.provider_label),
        ("Period", version.period.label),
        ("Version", str(version.version) + (f", in place of {receipt.previous}" if receipt.previous and not short else "")),
        ("Saved by", version.accepted_by),
        ("Saved at", moment(version.accepted_at)),
        ("File", version.file_name),
        ("Fingerprint of the file (SHA-256)", digest),
        ("Holds", "nothing to report" if receipt.nil else listed(held, most=len(held)) or "no rows"),
    ]  # fmt: skip
    if matched:
        rows.append(("Read with", counted(matched, "column or answer as confirmed", "columns and answers as confirmed")))  # fmt: skip
    if receipt.reason:
        rows.append(("Reason given", receipt.reason))
    rows.append(
        (
            "The file itself",
            "is kept as it was sent" if receipt.original_kept else "is not kept; only what was read from it",
        )
    )
    return tuple(rows)


def _figures(receipt: Receipt) -> tuple[tuple[str, str, str], ...]:
    return (
        *((one.measure.label, figure_words(one), "") for one in receipt.figures),
        *((kpi_name(one), value_words(one).replace("\u00a0", " "), _status(one)) for one in receipt.kpis),
    )


def _status(status: KpiStatus) -> str:
    return f"{status.status.shape} {status.status.label}"


def receipt_csv(receipt: Receipt) -> bytes:
    """The receipt as a CSV file that Excel opens in UTF-8, with the whole fingerprint."""
    written = io.StringIO()
    write = csv.writer(written, lineterminator="\r\n")
    write.writerow(HEADERS)
    for part, rows in _parts(receipt):
        write.writerows([part, *(csv_cell(cell) for cell in row)] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def receipt_text(receipt: Receipt) -> str:
    """The receipt as plain text."""
    lines = []
    for part, rows in _parts(receipt):
        lines += [part, "-" * len(part), *(f"{name}: {value}" for name, value in rows), ""]
    return "\r\n".join(lines)


def _parts(receipt: Receipt) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    warnings = [
        (one.said, ": ".join(part for part in (one.reason, one.note) if part)) for one in receipt.warnings
    ]
    figures = [(name, " ".join(part for part in (value, status) if part)) for name, value, status in _figures(receipt)]  # fmt: skip
    parts = (
        ("Receipt", _rows(receipt, short=False)),
        ("Confirmed", warnings),
        ("Figures as they stood", figures),
    )
    return [(part, rows) for part, rows in parts if rows]
