"""The ways a referral may end as lines of work: what a price list names, and what hours are spent on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from domain.fields import case_field
from domain.services import SEND, Service


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Parameters
    ----------
    outcomes : the codes of the endings that it stands for. held : whether it is a meeting, which may be cancelled late.
    """

    key: str
    label: str
    outcomes: tuple[str, ...]
    held: bool = False


_SEND: Final = (
    Line("changed", "Changed their mind: advice and certificate only", ("CHANGED", "CHANGED_CERT")),
    Line("declined", "Council declined mediation", ("LA_DECLINED",)),
    Line("resolved", "Resolved before mediation", ("RESOLVED_PRE",)),
    Line("support", "Support and guidance only", ("SUPPORT_ONLY",)),
    Line("dr", "Disagreement resolution meeting held", ("DR_HELD",), held=True),
    Line("held", "Mediation meeting held", ("MED_HELD",), held=True),
)


def lines_of(service: Service) -> tuple[Line, ...]:
    """The lines of a service: for SEND as its price lists name them, for the others one for each final outcome.

    >>> [line.key for line in lines_of(SEND)]
    ['changed', 'declined', 'resolved', 'support', 'dr', 'held']
    """
    if service == SEND:
        return _SEND
    answers = case_field("outcome").code_list_for(service.key)
    return tuple(Line(code.lower(), answers.label(code), (code,)) for code in service.final)
