"""The pickers of the page about people: what several answers a case are a share of, and what is compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from components.address import allow, fill, one_of, write
from domain.disclosure import Released
from domain.measures import Split
from domain.services import Service
from domain.shown import answered

_CASES, _ANSWERS = "cases", "answers"
_NOTHING = "nothing"
_GROUPS = {_NOTHING: "Nothing", "provider": "Providers", "area": "Areas"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared: the grouping, the measure and the key of its answer."""

    by: str
    measure: str
    answer: str


def choose_share_of(service: Service) -> bool:
    """Whether several answers a case are shown as shares of all answers; of the cases at first."""
    options = {
        _CASES: f"% of {service.many}, may pass 100% together",
        _ANSWERS: "% of answers, adds up to 100%",
    }
    fill("share_of", one_of(list(options), str, _CASES), _CASES)
    allow("share_of", list(options), _CASES)
    chosen = st.radio(
        f"Where one {service.one} has several answers, show",
        list(options),
        format_func=options.__getitem__,
        key="share_of",
        horizontal=True,
    )
    write("share_of", [] if chosen == _CASES else [chosen])
    return bool(chosen == _ANSWERS)


def choose_comparison(shown: Sequence[Released], offered: Mapping[str, int]) -> Comparison | None:
    """What is compared, and by what; None for nothing. `offered` says how many groups each grouping has: two are needed."""
    splits = {
        one.measure.key: one
        for one in shown
        if isinstance(one.measure, Split) and any(f.met for f in answered(one))
    }
    groups = [key for key in _GROUPS if key == _NOTHING or offered.get(key, 0) > 1]
    if not splits or len(groups) < 2:
        return None
    fill("compare", one_of(groups, str, _NOTHING), _NOTHING)
    allow("compare", groups, _NOTHING)
    by = st.radio("Compare", groups, format_func=_GROUPS.__getitem__, key="compare", horizontal=True)
    write("compare", [] if by == _NOTHING else [by])
    if by == _NOTHING:
        return None
    measure = _choose(
        "compare_what", "What to compare", {key: one.measure.label for key, one in splits.items()}
    )
    figures = answered(splits[measure])
    first = max(figures, key=lambda figure: figure.met).keys[-1]
    answers = {figure.keys[-1]: figure.label for figure in figures}
    return Comparison(by, measure, _choose("compare_answer", "Answer", answers, first))


def _choose(name: str, label: str, options: Mapping[str, str], first: str = "") -> str:
    keys = list(options)
    default = first or keys[0]
    fill(name, one_of(keys, str, default), default)
    allow(name, keys, default)
    chosen = st.selectbox(label, keys, format_func=options.__getitem__, key=name)
    write(name, [] if chosen == default else [chosen])
    return str(chosen)
