"""What the answers of some people to a survey rest on: each question has a base of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from components.basis import basis_of
from components.panel import Basis
from components.satisfaction_answers import Asked
from domain.disclosure import Figure, Released
from domain.survey_answers import answers_base


def answers_basis(released: Released, asked: Asked, figures: Sequence[Figure], who: str) -> Basis:
    """What the figures of some people rest on; each question has a base of its own."""
    return replace(basis_of(released, asked.settings), base=answers_base(released, figures, who))
