"""Other ways to arrive at a number of referrals, beside the one that a scenario goes by: no forecast says itself how far they agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.formats import number
from domain.pack import Chart, Form, PackFigure, Screen, Series, Takeaway
from domain.procurement.peaks import whole
from domain.procurement.show_parts import NOT_VALIDATED
from domain.procurement.volumes import Volumes
from domain.screens.marks import alt_of
from domain.table import Table

_HEADERS = ("Way", "Expected", "95 of 100 years from", "95 of 100 years to", "Tried on the past")


@dataclass(frozen=True, slots=True)
class Way:
    """One way, without assumptions.

    Parameters
    ----------
    volumes : None where `why` says why there are none. chosen : whether the scenario goes by it.
    """

    label: str
    volumes: Volumes | None
    why: str = ""
    chosen: bool = False


def ways_screens(ways: Sequence[Way]) -> tuple[Screen, ...]:
    """The first contract year by every way that can say something; nothing where that is only one."""
    able = [(way, way.volumes) for way in ways if way.volumes is not None]
    if len(able) < 2:
        return ()
    year = able[0][1].label(0)
    expected = [whole(volumes.middle[0]) for _, volumes in able]
    limits = [volumes.limits(0) for _, volumes in able]
    low, high = max(edge for edge, _ in limits), min(edge for _, edge in limits)
    takeaway = Takeaway(
        f"{len(able)} ways to arrive at {year} expect {number(min(expected))} to {number(max(expected))}",
        f"All of their 95% limits hold {number(low)} to {number(high)}"
        if low <= high
        else "Their 95% limits hold no number in common",
    )
    names = tuple(_name(way) for way, _ in able)
    words = tuple(
        f"{number(middle)} ({number(edges[0])} to {number(edges[1])})"
        for middle, edges in zip(expected, limits, strict=True)
    )
    rows = [
        (name, middle, *edges, "yes" if volumes.validated else f"no: {NOT_VALIDATED}")
        for name, middle, edges, (_, volumes) in zip(names, expected, limits, able, strict=True)
    ]
    figures = tuple(
        PackFigure(f"way:{way.label}", name, said, value=volumes.middle[0])
        for (way, volumes), name, said in zip(able, names, words, strict=True)
    )
    unable = tuple(
        f"{way.label}: nothing, because {_lower(way.why)}." for way in ways if way.volumes is None and way.why
    )
    return (
        Screen(
            "forecast_ways",
            "forecast",
            "Other ways to arrive at it",
            takeaway,
            Table(_HEADERS, tuple(rows)),
            _chart(takeaway, names, words, expected, limits),
            about=f"Referrals of {year}, by each way alone and without what is assumed.",
            notes=(
                "The ways share the same past, so that they may all be wrong together. Where they differ much, the number is "
                "less sure than the limits of any one of them say.",
                *unable,
            ),
            figures=figures,
        ),
    )


def _chart(
    takeaway: Takeaway,
    names: tuple[str, ...],
    words: tuple[str, ...],
    expected: Sequence[int],
    limits: Sequence[tuple[int, int]],
) -> Chart:
    """A bar with its limits for each way."""
    bars = Series(
        "Expected referrals",
        tuple(float(one) for one in expected),
        tuple(float(edge) for edge, _ in limits),
        tuple(float(edge) for _, edge in limits),
    )
    return Chart(
        Form.BARS,
        names,
        (bars,),
        share=False,
        words=words,
        alt=alt_of(takeaway, bars.name, names, words),
    )


def _name(way: Way) -> str:
    return f"{way.label} (this scenario)" if way.chosen else way.label


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].removesuffix(".")
