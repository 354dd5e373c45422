"""Each group as one whole bar, divided into the shares of its answers; a pattern for each answer beside its colour."""

import plotly.graph_objects as go

from components.charts.canvas import LINE_LENGTH, draw, in_lines, name_axis, rows_height
from components.theme import LINE, MAIN, QUIET
from domain.disclosure import Figure, Released
from domain.formats import number, share_with_limits

_LOOKS = (
    (MAIN, ""),
    (LINE, "x"),
    (QUIET, "/"),
    ("#1f8c82", "."),
    ("#b0528e", "\\"),
    ("#7a8426", "+"),
    ("#7a6fd0", "-"),
    ("#a0693c", "|"),
)
"""One look an answer. No service has more ways to end than there are looks."""


def in_groups(released: Released) -> dict[str, tuple[Figure, ...]]:
    """The answers of each group that has a base, by its label; the answer is the last grouping."""
    found: dict[str, list[Figure]] = {}
    for figure in released.figures:
        if figure.base:
            found.setdefault(", ".join(figure.labels[:-1]), []).append(figure)
    return {label: tuple(figures) for label, figures in found.items()}


def stacked_shares(released: Released) -> go.Figure:
    """Draw one bar a group, named with its base: 'Harlow (n = 70)'."""
    groups = in_groups(released)
    names = {label: f"{label} (n = {number(figures[0].base)})" for label, figures in groups.items()}
    answers = list(dict.fromkeys(figure.labels[-1] for figures in groups.values() for figure in figures))
    traces = []
    for place, answer in enumerate(answers):
        colour, pattern = _LOOKS[place % len(_LOOKS)]
        parts = [
            (names[label], figure)
            for label, figures in groups.items()
            for figure in figures
            if figure.labels[-1] == answer
        ]
        shares = [figure.met / figure.base for _, figure in parts]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": "<br>".join(in_lines(answer, 2 * LINE_LENGTH)),
                "y": [name for name, _ in parts],
                "x": shares,
                "marker": {"color": colour, "pattern": {"shape": pattern, "solidity": 0.3}},
                # A number on a pattern cannot be read; those of the patterned parts stand in the table.
                "text": [number(figure.met) if not pattern else "" for _, figure in parts],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "textfont": {"color": "#ffffff"},
                "customdata": [share_with_limits(figure.met, figure.base) for _, figure in parts],
                "hovertemplate": "%{y}, %{fullData.name}:<br>%{customdata}<extra></extra>",
            }
        )
    return draw(
        traces,
        released.source,
        height=rows_height(list(names.values())),
        barmode="stack",
        legend={"orientation": "h", "traceorder": "normal", "yanchor": "bottom", "y": 1.0, "x": 0},
        xaxis={
            "range": [0, 1],
            "tickformat": ".0%",
            "nticks": 3,
            "tickangle": 0,
            "fixedrange": True,
            "title": None,
        },
        yaxis=name_axis(list(names.values())),
    )
