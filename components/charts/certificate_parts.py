"""Changes of mind as a share of the referrals that ended, with and without a certificate: two parts of one bar for each year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from components.charts.canvas import draw, name_axis, rows_height, share_axis, text_column, words_room
from components.theme import LINE, MAIN
from domain.formats import share_of, share_with_limits
from domain.tally import Source

WITH, WITHOUT = "With a certificate", "Without a certificate"


@dataclass(frozen=True, slots=True)
class Parts:
    """One year: how many referrals ended, and how many of them by a change of mind, with and without a certificate."""

    key: str
    label: str
    certified: int
    uncertified: int
    ended: int

    @property
    def together(self) -> int:
        """All who changed their mind."""
        return self.certified + self.uncertified


def certificate_parts(years: Sequence[Parts], source: Source) -> go.Figure:
    """Draw one bar a year; the words are about both parts together."""
    shown = [year for year in years if year.ended]
    labels = [year.label for year in shown]
    words = [share_of(year.together, year.ended) for year in shown]
    looks = (
        (WITHOUT, [year.uncertified for year in shown], MAIN, ""),
        (WITH, [year.certified for year in shown], LINE, "x"),
    )
    longest = max((year.together / year.ended for year in shown), default=0)
    return draw(
        [
            *(
                {
                    "type": "bar",
                    "orientation": "h",
                    "name": name,
                    "y": labels,
                    "x": [count / year.ended for count, year in zip(counts, shown, strict=True)],
                    "marker": {"color": colour, "pattern": {"shape": pattern, "solidity": 0.3}},
                    "customdata": [
                        share_with_limits(count, year.ended)
                        for count, year in zip(counts, shown, strict=True)
                    ],
                    "hovertemplate": "%{y}, %{fullData.name}:<br>%{customdata}<extra></extra>",
                }
                for name, counts, colour, pattern in looks
            ),
            text_column(labels, [year.together / year.ended for year in shown], words),
        ],
        source,
        height=rows_height(labels),
        barmode="stack",
        showlegend=True,
        legend={"orientation": "h", "traceorder": "normal", "yanchor": "bottom", "y": 1.0, "x": 0},
        margin={**words_room(words), "t": 44},
        xaxis=share_axis(longest),
        yaxis=name_axis(labels),
    )
