"""The panels on families who changed their mind: over time, with and without a certificate, by wait, and by who and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from components.basis import basis_of, giving_away
from components.change_messages import (
    apart_message,
    certificate_message,
    stand_apart,
    wait_message,
)
from components.charts.canvas import FEW_NOTE
from components.charts.certificate_parts import WITH, WITHOUT, Parts, certificate_parts
from components.charts.share_rows import ShareRow, drawn, low_base_notes, rows_in_words, share_rows
from components.hidden import only_shown
from components.navigation import link_to_page
from components.panel import Panel
from components.panels import over_time_panel
from domain.disclosure import Released
from domain.figure_table import table_of
from domain.formats import NOTHING, interval, listed, number, percent_of, share_of
from domain.settings import Settings
from domain.statistics import wilson_interval
from domain.table import Cell, Table

CERTIFIED = "CHANGED_CERT"
WITH_AND_WITHOUT = "Changed their mind: with and without a certificate together."
NOT_THE_REASON = "The returns do not ask a family why it changed its mind; they only say how the referral ended and what it was about."


def show_send_only(service: str, link: Mapping[str, Sequence[str]]) -> None:
    """Say that another service has no such figures, and lead to its outcomes."""
    st.info(f"Families who change their mind are counted in SEND mediation only, not in {service.lower()}.")
    link_to_page(
        "outcomes.py",
        label=f"Outcomes: how cases of {service.lower()} ended, and who withdrew",
        icon=":material/flag:",
        query_params={name: list(values) for name, values in link.items()},
    )


WHEN_IT_ENDED = (
    "A referral stands in the time in which it ended. On Outcomes and in Norfolk's own report it stands in the time in which it came, "
    "so the numbers of a year differ."
)


def changed_over_time_panel(
    key: str, released: Released, settings: Settings, *, unfinished: Collection[str]
) -> Panel:
    """The rate in each quarter or year."""
    panel = over_time_panel(key, released, settings, unfinished=unfinished)
    time = released.by[0].replace("_", " ")
    return replace(
        panel,
        title=f"Changed their mind, by {time}. {panel.title}",
        notes=(WITH_AND_WITHOUT, WHEN_IT_ENDED, *panel.notes),
    )


def certificate_panel(
    key: str, released: Released, settings: Settings, *, unfinished: Collection[str]
) -> Panel:
    """The two kinds of changes of mind, year by year. `released` is the rate by year, then by outcome."""
    years = _years(released)
    part = [year.label for year in years if year.key in unfinished and year.ended]
    said = "; ".join(
        f"{year.label} {number(year.uncertified)} without and {number(year.certified)} with a certificate, "
        f"together {share_of(year.together, year.ended)}"
        for year in years
        if year.ended
    )
    panel = Panel(
        key=key,
        title=certificate_message(years, unfinished),
        figure=certificate_parts(years, released.source) if any(year.ended for year in years) else None,
        alt=f"Changes of mind out of the referrals that ended, by year: {said}.",
        table=_certificate_table(years),
        basis=basis_of(released, settings),
        notes=(
            "Shares are out of all referrals that ended. A family that asks for a certificate can still appeal.",
            *([f"Not complete, so not compared: {listed(part)}."] if part else []),
        ),
    )
    return only_shown(panel, settings, released)


def wait_panel(key: str, released: Released, whole: Released, settings: Settings) -> Panel:
    """How referrals ended, by the days from referral to outcome."""
    rows = _rows(released, blank="Without both dates")
    panel = Panel(
        key=key,
        title=wait_message(rows),
        figure=share_rows(rows, released.source, average=_all(whole)) if drawn(rows) else None,
        undrawn=any(row.base for row in rows),
        alt=f"Share that ended by a change of mind, by days from referral to outcome: {rows_in_words(rows)}.",
        table=table_of(released),
        basis=giving_away(basis_of(whole, settings), released),
        notes=(
            "Each row is about the referrals that ended after that many days, whatever the outcome. It does not say how "
            "likely a family that still waits is to change its mind: those who wait on stand in the later rows only.",
            "A family may change its mind at once, while a meeting takes weeks to arrange: for that reason alone, the "
            "referrals that end soon hold more changes of mind.",
            *low_base_notes(rows, "referral"),
            *_few(rows),
        ),
    )
    return only_shown(panel, settings, released, whole, keep_chart=True)


def apart_panel(
    key: str, released: Released, whole: Released, settings: Settings, *, what: str, several: bool = False
) -> Panel:
    """How groups differ. `what` names the grouping; `several` where one referral may stand in several groups."""
    # Without the figure of all nothing can be compared with the others.
    rows, every = _rows(released) if whole.total else (), _all(whole)
    apart = [row.key for row in stand_apart(rows, every)]
    panel = Panel(
        key=key,
        title=apart_message(what, rows, every),
        figure=share_rows(rows, released.source, average=every, apart=apart) if drawn(rows) else None,
        undrawn=any(row.base for row in rows),
        alt=f"Share that ended by a change of mind, by {what}: {rows_in_words(rows)}.",
        table=table_of(released),
        basis=giving_away(basis_of(whole, settings), released),
        notes=(
            "In the order of the list, not a ranking. A diamond: the 95% limits of the difference from all other referrals "
            "leave out zero; chance alone would do that to about one group in 20.",
            *(
                ["A referral with several reasons stands in each, so the rows add up to more than all."]
                if several
                else []
            ),
            *low_base_notes(rows, "referral"),
            *_few(rows),
        ),
    )
    return only_shown(panel, settings, released, whole, keep_chart=True)


def _rows(released: Released, *, blank: str = "") -> tuple[ShareRow, ...]:
    return tuple(
        ShareRow(f.keys[0], blank if blank and not f.keys[0] else f.label, f.met, f.base)
        for f in released.figures
        if f.base
    )


def _all(whole: Released) -> ShareRow:
    total = whole.total
    return ShareRow("", "All", total.met if total else 0, total.base if total else 0)


def _years(released: Released) -> tuple[Parts, ...]:
    found: dict[str, Parts] = {}
    for figure in released.figures:
        key, outcome = figure.keys
        if not key:
            continue
        held = found.setdefault(key, Parts(key, figure.labels[0], 0, 0, 0))
        certified = figure.met if outcome == CERTIFIED else 0
        found[key] = Parts(
            key,
            held.label,
            held.certified + certified,
            held.uncertified + figure.met - certified,
            held.ended + figure.base,
        )
    return tuple(found.values())


def _certificate_table(years: Sequence[Parts]) -> Table:
    def row(year: Parts) -> tuple[Cell, ...]:
        limits = interval(*wilson_interval(year.certified, year.together)) if year.together else NOTHING
        return (
            year.label,
            year.certified,
            year.uncertified,
            year.together,
            year.ended,
            percent_of(year.together, year.ended),
            percent_of(year.certified, year.together),
            limits,
        )

    heads = (
        "Year",
        WITH,
        WITHOUT,
        "Changed their mind",
        "Referrals that ended",
        "Share who changed their mind",
        "Of these, with a certificate",
        "95% limits of that",
    )
    return Table(heads, tuple(row(year) for year in years))


def _few(rows: Sequence[ShareRow]) -> tuple[str, ...]:
    return (FEW_NOTE.replace("cases", "referrals"),) if any(row.small for row in drawn(rows)) else ()
