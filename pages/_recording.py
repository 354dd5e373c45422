"""What the pages of this run keep in the audit: files that leave, cases that are shown, and what is refused. Not a page."""

from __future__ import annotations

from dataclasses import dataclass

from components.downloads import Export, Seen
from components.identity import LOCAL_IDENTITY, Identity, holds, settings
from data_access.audit import note
from data_access.issued import keep_issue
from data_access.people import find_viewer
from data_access.sources import shared_store
from domain.access import Duty, OutOfReach, Viewer
from domain.audit import Act


@dataclass(frozen=True, slots=True)
class Recorder:
    """Keeps the acts of one person. It is called outside a run too, when a file is built, and so asks nothing of the session.

    Parameters
    ----------
    identity : who signed in; None for nobody. page : the title of the page on which it happens.
    """

    viewer: Viewer
    identity: Identity | None
    page: str

    def exported(self, export: Export) -> None:
        """Keep that a file was built; that it holds single cases is said, and of a file for others what it shows.

        Raises
        ------
        OutOfReach
            When this person is no longer here, or has lost a role: a page may stay open for long after it was drawn.
        """
        if not self._still_may():
            duty = Duty.CASES if export.cases else Duty.FIGURES
            raise OutOfReach(duty, service=export.service, provider=export.provider, subject=export.file_name)
        about = (export.what, "with single cases" if export.cases else "", export.detail)
        words = "; ".join(filter(None, about))
        if export.issued is None:
            self._keep(Act.EXPORTED, export.service, export.provider, export.file_name, words)
            return
        keep_issue(
            shared_store(),
            self.viewer,
            export.issued,
            file_name=export.file_name,
            provider=export.provider,
            detail=words,
        )

    def _still_may(self) -> bool:
        here = self.identity
        if here is LOCAL_IDENTITY:
            return True
        if here is None or not holds(here, settings()):
            return False
        return set(self.viewer.grants) <= set(find_viewer(shared_store(), here.user).grants)

    def saw_cases(self, seen: Seen) -> None:
        """Keep that single cases are about to be shown."""
        self._keep(Act.SAW_CASES, seen.service, seen.provider, seen.subject or self.page, seen.what)

    def refused(self, why: OutOfReach) -> None:
        """Keep that somebody asked for what they may not see or do."""
        self._keep(
            Act.REFUSED, why.service, why.provider, why.subject or self.page, f"may not {why.duty.label}"
        )

    def _keep(self, act: Act, service: str, provider: str, subject: str, detail: str) -> None:
        note(
            shared_store(),
            self.viewer,
            act,
            service=service,
            provider=provider,
            subject=subject,
            detail=detail,
        )
