"""The outcome funnel: a bar for each stage, and between two stages a bar for each way of leaving."""

from dataclasses import dataclass

import plotly.graph_objects as go

from components.charts.canvas import draw, name_axis, rows_height, text_column, words_room
from components.formats import percent_of, share_of
from components.theme import HATCHED, LINE, MAIN, QUIET
from domain.disclosure import Released
from domain.services import Service


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the funnel: a stage, or a way of leaving it.

    `start` is where the bar begins: an exit ends where its stage ended. `still_open` marks live cases.
    """

    label: str
    count: int
    start: int
    stage: bool
    still_open: bool = False


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
    known = {code for stage in service.stages for way in stage.exits for code in way.outcomes} | set(
        service.good
    )
    unfinished = sum(count for code, count in counts.items() if code not in known)
    steps: list[Step] = []
    for stage in service.stages:
        total = stages[stage.measure].total
        reached = total.met if total else 0
        steps.append(Step(stage.label, reached, 0, stage=True))
        end = reached
        for way in stage.exits:
            left = sum(counts.get(code, 0) for code in way.outcomes) + (unfinished if way.still_open else 0)
            end -= left
            steps.append(Step(way.label, left, max(end, 0), stage=False, still_open=way.still_open))
    return tuple(steps)


def outcome_funnel(steps: tuple[Step, ...], released: Released) -> go.Figure:
    """Draw the funnel; the shares are out of the first stage."""
    first = steps[0].count if steps else 0
    labels = [step.label if step.stage else f"– {step.label}" for step in steps]
    words = [
        f"{step.count}" if place == 0 else share_of(step.count, first) for place, step in enumerate(steps)
    ]
    return draw(
        [
            {
                "type": "bar",
                "orientation": "h",
                "y": labels,
                "x": [step.count for step in steps],
                "base": [step.start for step in steps],
                "marker": {
                    "color": [
                        MAIN if step.stage else LINE if not step.still_open else QUIET for step in steps
                    ],
                    "pattern": {
                        "shape": ["" if step.stage else "/" if step.still_open else "x" for step in steps],
                        "solidity": HATCHED["solidity"],
                    },
                },
                "customdata": words,
                "hovertemplate": "%{y}: %{customdata}<extra></extra>",
            },
            text_column(labels, [step.start + step.count for step in steps], words),
        ],
        released.source,
        height=rows_height(labels),
        showlegend=False,
        margin=words_room(words),
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
    parts = [f"{step.label} {step.count} ({percent_of(step.count, first)})" for step in steps]
    return f"Outcome funnel: {'; '.join(parts)}." if parts else "Outcome funnel without cases."
