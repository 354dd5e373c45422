"""The services that councils buy: what one case is, how it moves through its stages, and how it may end."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exit:
    """A way of leaving the outcome funnel between two stages: the answers that mean it, and whether it is an ending at all."""

    key: str
    label: str
    outcomes: tuple[str, ...]
    still_open: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the outcome funnel: the measure that counts who reached it, and who left before the next."""

    key: str
    label: str
    measure: str
    exits: tuple[Exit, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """A service, declared once.

    `final` are the outcomes that end a case; a case with any other outcome, or none, is open. `good` are those it is bought for.
    """

    key: str
    label: str
    one_case: str
    reason_field: str
    final: tuple[str, ...]
    good: tuple[str, ...]
    open: tuple[str, ...]
    stages: tuple[Stage, ...]


MENTORING = Service(
    key="mentoring",
    label="Homelessness-prevention mentoring",
    one_case="a household at risk of losing its home",
    reason_field="risk_at_assessment",
    final=("PREVENTED", "UNSUCCESSFUL", "WITHDRAWN"),
    good=("PREVENTED",),
    open=("LIVE",),
    stages=(
        Stage(
            "referred",
            "Referred",
            "referrals",
            (Exit("live", "Still open", ("LIVE",), still_open=True),),
        ),
        Stage(
            "completed",
            "Case completed",
            "completed_cases",
            (
                Exit("withdrawn", "Withdrew", ("WITHDRAWN",)),
                Exit("unsuccessful", "Unsuccessful", ("UNSUCCESSFUL",)),
            ),
        ),
        Stage("prevented", "Homelessness prevented", "prevented_of_referred"),
    ),
)

SERVICES: tuple[Service, ...] = (MENTORING,)


def service(key: str) -> Service:
    """The service with this key.

    Raises
    ------
    KeyError
        When there is none; the message names those there are.
    """
    for declared in SERVICES:
        if declared.key == key:
            return declared
    raise KeyError(f"'{key}' is not a service; there is {', '.join(s.key for s in SERVICES)}")
