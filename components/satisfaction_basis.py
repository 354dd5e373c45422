"""What the answers of some people to a survey rest on: each question has a base of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from components.basis import basis_of
from components.panel import Basis
from components.satisfaction_answers import Asked
from domain.base_words import as_at_words
from domain.disclosure import Figure, Released
from domain.formats import number
from domain.hidden_words import NO_WHOLE, partly


def answers_basis(released: Released, asked: Asked, figures: Sequence[Figure], who: str) -> Basis:
    """What the figures of some people rest on; each question has a base of its own."""
    bases = [f.base for f in figures if f.base]
    span = number(min(bases, default=0))
    if bases and min(bases) != max(bases):
        span = f"{span} to {number(max(bases))} for each figure"
    blank, unsure = sum(f.missing for f in figures), sum(f.unsure for f in figures)
    # How many were left blank is not told where small numbers are hidden: none would be untrue.
    none_blank = [] if released.shut else ["none left blank"]
    parts = [
        f"n = {span} ({who})" if bases or not partly(released) else "",
        *([f"{number(blank)} left blank"] if blank else none_blank),
        *([f"{number(unsure)} don't know, not applicable or refused"] if unsure else []),
        NO_WHOLE.removesuffix(".") if released.hidden else "",
        as_at_words(released.as_at, released.audience),
    ]
    return replace(basis_of(released, asked.settings), base=", ".join(part for part in parts if part))
