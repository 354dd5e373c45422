"""Who may prepare a procurement: whoever may see all figures and all prices of a service. Page, figures and scenarios ask here."""

from __future__ import annotations

from domain.access import Duty, OutOfReach, Viewer


def may_prepare(viewer: Viewer, service: str) -> bool:
    """Whether somebody may see all figures and all prices of a service."""
    return viewer.may(Duty.PRICES, service) and viewer.whole(service)


def check_may_prepare(viewer: Viewer, service: str, subject: str = "procurement") -> None:
    """Raise OutOfReach, which names the subject, for whom may not."""
    if not may_prepare(viewer, service):
        raise OutOfReach(Duty.PRICES, service=service, subject=subject)
