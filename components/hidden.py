"""What is said where some numbers are hidden from an audience: of what is shown alone, and never a sum of it for the whole."""

from __future__ import annotations

from dataclasses import replace

from components.basis import basis_of
from components.panel import Panel
from domain.base_words import subject_of
from domain.disclosure import Released
from domain.figure_table import table_of
from domain.hidden_words import IS_HIDDEN, partly
from domain.settings import Settings


def only_shown(
    panel: Panel, settings: Settings, first: Released, *others: Released, keep_chart: bool = False
) -> Panel:
    """The panel; where some of its figures are hidden, only those that may be shown, in a table and not worked out further.

    For panels that add figures up, or set them against each other: with some of them hidden the sums would be wrong, or would tell
    what is hidden.

    Parameters
    ----------
    first : the figures of the table. others : what else the panel is made of.
    keep_chart : whether the chart only shows what may be shown, a mark each, and adds nothing up.
    """
    if not partly(first, *others):
        return panel
    basis = basis_of(first, settings, *others)
    return replace(
        panel,
        title=f"{subject_of(first)}: some of it is {IS_HIDDEN}",
        figure=panel.figure if keep_chart else None,
        alt=panel.alt if keep_chart else "",
        table=table_of(first),
        grid=None,
        screen_grid=None,
        cells=None,
        undrawn=False,
        notes=(),
        basis=replace(basis, hidden=max(basis.hidden, 1)),
    )
