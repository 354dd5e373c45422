"""How many of the surveys sent came back. The number sent is said of a return as a whole, never of a district or of who was asked."""

from __future__ import annotations

from dataclasses import dataclass

from domain.measure_kinds import Better, Share, Table
from domain.services import SERVICES


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedOfSent(Share):
    """A share of which both halves are counted return by return."""

    @property
    def definition(self) -> str:
        """The two halves, in words."""
        return (
            "People whose answers a return holds, each once, out of the surveys sent that its Cover gives; only returns "
            "that say how many were sent."
        )

    @property
    def dated_by(self) -> str:
        """Which date decides the period, in words."""
        return "in the period of the return"


@dataclass(frozen=True, slots=True)
class Sent:
    """What the returns say of the surveys sent.

    `returns` is how many returns there are, `unsaid` how many of them do not say how many surveys were sent, `beyond` how
    many hold more answers than surveys sent; neither kind gives a rate.
    """

    returns: int
    unsaid: int = 0
    beyond: int = 0


RESPONSE_RATE = ReturnedOfSent(
    key="response_rate",
    label="Surveys returned",
    table=Table.ANSWERS,
    met=lambda c: c.response_ref.is_not(None),
    base=lambda c: c.response_ref.is_not(None),
    unit="surveys sent",
    when="date_received",
    better=Better.HIGHER,
    services=tuple(service.key for service in SERVICES),
    source="Quarterly return, sheets Cover and Satisfaction",
    note="An answer may come in the period after the one in which the survey was sent.",
)
