"""The needs-assessment pack: what the page shows, once, for the screen, the Word document and the workbook alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from domain.issued import Issue
from domain.pack import Screen, as_they_stood
from domain.procurement.drivers import DriverFigures
from domain.procurement.outlook import Outlook
from domain.procurement.scenario import Scenario
from domain.procurement.simulate import Cost
from domain.procurement.volumes import Volumes
from domain.procurement.work import Work, WorkFigures


@dataclass(frozen=True, slots=True)
class Part:
    """One question of the page, and one chapter of the document.

    Parameters
    ----------
    bidders : whether bidders may have it; what is the council's alone is not.
    """

    key: str
    label: str
    help: str
    bidders: bool = True


PARTS: tuple[Part, ...] = (
    Part("why", "Why demand comes", "What leads to a referral, and how often?"),
    Part(
        "forecast",
        "How many to expect",
        "How many referrals may each contract year bring, and how sure is that?",
    ),
    Part(
        "work",
        "What work they make",
        "How do referrals end, when do they come, and how many people does that take?",
    ),
    Part(
        "prices",
        "What each way of paying costs",
        "What would it cost under each price model, and what is the risk?",
        bidders=False,
    ),
    Part("bands", "Volumes for the tender", "Which volumes should the tender name, and why?"),
)
"""In the order of the page and of the document. A screen names its part in `Screen.item`."""


def part(key: str) -> Part:
    """The part with this key. Raises KeyError when there is none."""
    for one in PARTS:
        if one.key == key:
            return one
    raise KeyError(f"'{key}' is no part; there is {', '.join(one.key for one in PARTS)}")


@dataclass(frozen=True, slots=True)
class NeedsPack:
    """A needs assessment.

    Parameters
    ----------
    council : its name, blank where none is set. about : of whom, in words, as 'all providers, all areas'.
    audience, audience_words : who may see it, its key and in words. bidders : whether it is the version for bidders.
    version : the moment of the figures; stood : the time of it, None before anything was saved.
    screens : the sections, those of one part together. assumptions, sources, definitions : name and words, one row each.
    number, link : of the scenario, and the address that brings it back; 0 and blank for one that is not kept, and for bidders.
    issue : what files of it give away to others than the commissioning team.
    """

    council: str
    service: str
    service_label: str
    about: str
    scenario: str
    audience: str
    audience_words: str
    bidders: bool
    version: int
    stood: datetime | None
    as_at: str
    example: str
    link: str
    screens: tuple[Screen, ...]
    assumptions: tuple[tuple[str, str], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    issue: Issue | None = field(default=None, compare=False, repr=False)
    number: int = 0

    @property
    def title(self) -> str:
        """'Needs assessment: SEND mediation, all providers'."""
        return f"Needs assessment: {self.service_label}, {self.about}"

    @property
    def stood_words(self) -> str:
        """The moment of the figures."""
        return as_they_stood(self.stood)


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """All that one scenario leads to, as one audience may see it.

    Parameters
    ----------
    outlook : the history carried forward, whatever the scenario goes by. drivers, figures : what demand and work are learnt from.
    plain, volumes : contract years without and with assumptions; None where `why_not` says why.
    work : how they end; None where that is not known or not shown. costs : one a price model, for the commissioning team alone.
    """

    scenario: Scenario
    outlook: Outlook
    drivers: DriverFigures
    figures: WorkFigures
    plain: Volumes | None
    volumes: Volumes | None
    work: Work | None
    costs: tuple[Cost, ...]
    why_not: str
    pack: NeedsPack
