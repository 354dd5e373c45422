"""The outcome funnel: a bar for each stage, and between two stages a bar for each way of leaving, with what kind of ending it is."""

from dataclasses import dataclass

import plotly.graph_objects as go

from components.charts.canvas import LEGEND, draw, name_axis, rows_height, text_column, words_room
from components.theme import LINE, MAIN, QUIET, WELL
from domain.disclosure import Released
from domain.formats import number, percent_of, sentence_case, share_of, share_with_limits
from domain.services import Ending, Service

STAGE = "Reached this stage"
_LOOKS = {
    None: (MAIN, ""),
    Ending.WELL: (WELL, "."),
    Ending.LEFT: (LINE, "x"),
    Ending.OTHERWISE: (LINE, "-"),
    Ending.OPEN: (QUIET, "/"),
}
"""The colour and the pattern of a stage, and of each kind of ending."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the funnel: a stage, or a way of leaving it with its kind of ending.

    `start` is where the bar begins: an exit ends where its stage ended. `key` is that of the stage, or of the exit. `hidden` is true
    where the count may not be shown; it is 0 then and says nothing.
    """

    key: str
    label: str
    count: int
    start: int
    ending: Ending | None = None
    hidden: bool = False

    @property
    def stage(self) -> bool:
        """Whether it is a stage and no way of leaving."""
        return self.ending is None

    @property
    def kind(self) -> str:
        """What the row means, in words."""
        return STAGE if self.ending is None else sentence_case(self.ending)


def steps_of(service: Service, stages: dict[str, Released], outcomes: Released) -> tuple[Step, ...]:
    """The rows of the funnel, from the first stage to the last.

    Parameters
    ----------
    stages : dict of str to Released
        The figures of each stage by the key of its measure, not grouped.
    outcomes : Released
        The first stage's measure grouped by outcome. An outcome that is blank counts as open.
    """
    counts = {figure.keys[0]: figure.met for figure in outcomes.figures}
    gone = {one.keys[0] for one in outcomes.hidden}
    known = {code for stage in service.stages for way in stage.exits for code in way.outcomes} | set(
        service.good
    )
    unfinished = sum(count for code, count in counts.items() if code not in known)
    # Of what is hidden nothing is worked out, nor of what would hold it.
    unfinished_gone = bool(gone - known)
    steps: list[Step] = []
    for stage in service.stages:
        total = stages[stage.measure].total
        reached = total.met if total else 0
        steps.append(
            Step(
                stage.key, stage.label, reached, 0, hidden=total is None and _is_hidden(stages[stage.measure])
            )
        )
        end = reached
        for way in stage.exits:
            if gone & set(way.outcomes) or (way.still_open and unfinished_gone):
                steps.append(Step(way.key, way.label, 0, 0, way.ending, hidden=True))
                continue
            left = sum(counts.get(code, 0) for code in way.outcomes) + (unfinished if way.still_open else 0)
            end -= left
            steps.append(Step(way.key, way.label, left, max(end, 0), way.ending))
    return tuple(steps)


def _is_hidden(released: Released) -> bool:
    return bool(released.hidden or released.total_hidden)


def outcome_funnel(steps: tuple[Step, ...], released: Released) -> go.Figure:
    """Draw the funnel; the shares are out of the first stage. One trace a kind of row, so that the legend names the kinds."""
    first = steps[0].count if steps else 0
    labels = [step.label if step.stage else f"\u2013 {step.label}" for step in steps]
    words = [
        "c" if step.hidden else number(step.count) if place == 0 else share_of(step.count, first)
        for place, step in enumerate(steps)
    ]
    rows = list(zip(steps, labels, words, strict=True))
    traces = []
    for ending, (colour, pattern) in _LOOKS.items():
        own = [row for row in rows if row[0].ending is ending and not row[0].hidden]
        if own:
            traces.append(
                {
                    "type": "bar",
                    "orientation": "h",
                    "name": own[0][0].kind,
                    "y": [label for _, label, _ in own],
                    "x": [step.count for step, _, _ in own],
                    "base": [step.start for step, _, _ in own],
                    "marker": {"color": colour, "pattern": {"shape": pattern, "solidity": 0.35}},
                    "customdata": [
                        number(step.count) if step is steps[0] else share_with_limits(step.count, first)
                        for step, _, _ in own
                    ],
                    "hovertemplate": "%{y}, %{fullData.name}:<br>%{customdata}<extra></extra>",
                }
            )
    return draw(
        [*traces, text_column(labels, [step.start + step.count for step in steps], words)],
        released.source,
        height=rows_height(labels) + 40,
        showlegend=len(traces) > 1,
        legend={**LEGEND, "itemclick": False, "itemdoubleclick": False},
        barmode="overlay",
        margin={**words_room(words), "t": 52},
        xaxis={
            "range": [0, max(first, 1) * 1.02],
            "fixedrange": True,
            "title": None,
            "showticklabels": False,
        },
        yaxis=name_axis(labels),
    )


def funnel_words(steps: tuple[Step, ...]) -> str:
    """The funnel in one sentence, for people who do not see it."""
    first = steps[0].count if steps else 0
    parts = [
        f"{step.label} hidden"
        if step.hidden
        else f"{step.label} {number(step.count)} ({percent_of(step.count, first)}"
        f"{'' if step.ending is None else f', {step.ending}'})"
        for step in steps
    ]
    return f"Outcome funnel: {'; '.join(parts)}." if parts else "Outcome funnel without cases."
