"""Why people came: the share of each answer, with its limits."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from domain.disclosure import Released
from domain.formats import limits_of, listed, number, percent_of
from domain.hidden_words import NO_WHOLE, partly
from domain.messages import several, split_message
from domain.pack import Form, PackFigure, Screen, Takeaway
from domain.screens.marks import said_of_whom, screen_of, with_notes
from domain.screens.parts import chart_of, figures_by, marks_note
from domain.share_rows import LEAST_BASE
from domain.shown import answered

ITEM: Final = "reasons"
LIMITS_NOTE: Final = "The thin lines are 95% limits: where chance alone could have put the share."
SEVERAL_CASES: Final = (
    "Each share is out of the cases; a case may have several answers, so that together they may pass 100%."
)


def split_screen(key: str, item: str, split: Released) -> Screen:
    """The share of each answer of one question: the commonest is said, with its limits."""
    takeaway = Takeaway(said_of_whom(_said(split), split), _sure(split))
    screen = screen_of(key, item, takeaway, split)
    if split.withheld:
        return screen
    chart = chart_of(split, Form.BARS, takeaway)
    notes = (
        SEVERAL_CASES if several(split) else "",
        split.measure.note if split.measure.note and "100%" not in split.measure.note else "",
        NO_WHOLE if partly(split) else "",
        LIMITS_NOTE if chart is not None else "",
        *marks_note(chart),
    )
    return replace(with_notes(screen, *notes), chart=chart, figures=(*figures_by(split), *_in_all(split)))


def _said(split: Released) -> str:
    """The commonest answer; of very few cases how many gave each, because none of them is common."""
    given = sorted((one for one in answered(split) if one.met), key=lambda one: -one.met)
    if not given or partly(split) or given[0].base >= LEAST_BASE:
        return split_message(split)
    each = listed([f"{number(one.met)} {one.label}" for one in given], len(given))
    return f"{split.measure.label}: {each}, out of {number(given[0].base)}"


def _sure(split: Released) -> str:
    """The limits of the commonest answer; of several that are equally common the same limits."""
    top = max(answered(split), key=lambda one: one.met, default=None)
    if top is None or not top.met or top.low is None:
        return ""
    if top.base < LEAST_BASE and not partly(split):
        return "Too few for a share"
    return f"95% limits {limits_of(top.met, top.base)}"


def _in_all(split: Released) -> tuple[PackFigure, ...]:
    """What the sentence says beside the answers: the limits, and how many answers were given where a case may have several."""
    found = []
    figures = answered(split)
    top = max(figures, key=lambda one: one.met, default=None)
    if top is not None and top.met and top.low is not None:
        found.append(
            PackFigure(
                f"{split.measure.key}:limits",
                f"{split.measure.label}: 95% limits of the commonest",
                f"{percent_of(top.met, top.base)} ({limits_of(top.met, top.base)})",
            )
        )
    if several(split) and not partly(split) and figures:
        given = sum(one.met for one in figures)
        found.append(
            PackFigure(
                f"{split.measure.key}:given", f"{split.measure.label}: answers given", f"{given:,}", given
            )
        )
    return tuple(found)
