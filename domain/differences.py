"""What lies between two versions of a provider's returns, and what one version was received as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.accepted import AcceptedWarning
from domain.disclosure import Released
from domain.field_kinds import Sheet
from domain.kpis import KpiStatus
from domain.mapping import Mapping
from domain.periods import Period
from domain.row_changes import RowChanges


@dataclass(frozen=True, slots=True)
class VersionOf:
    """One version of a return, as it is named.

    `seq` is the moment from which it counted, `counts` how many rows each sheet has.
    """

    id: str
    period: Period
    version: int
    seq: int
    accepted_by: str
    accepted_at: datetime
    file_name: str
    counts: tuple[tuple[Sheet, int], ...]


@dataclass(frozen=True, slots=True)
class KpiBetween:
    """One KPI of the sender as it stood with the earlier version and with the later; `before` is None where there was none."""

    before: KpiStatus | None
    after: KpiStatus

    @property
    def changed(self) -> bool:
        """Whether its figure or its status is another one."""
        old, new = self.before, self.after
        return old is None or (old.status, old.met, old.base, old.value) != (
            new.status,
            new.met,
            new.base,
            new.value,
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """What a later version of a return says that an earlier one did not.

    Parameters
    ----------
    earlier : None when there was none, so that every row is added.
    rows : the rows of the two files compared, whatever counted at the time.
    kpis : of the provider, each in the version's own period and as the figures stood when it was saved.
    """

    service: str
    provider: str
    earlier: VersionOf | None
    later: VersionOf
    rows: RowChanges
    kpis: tuple[KpiBetween, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was received, and how the figures stood with it.

    Parameters
    ----------
    state : 'current', 'replaced' or 'withdrawn', today. previous : the id of the version before it; blank for the first.
    digest : SHA-256 of the file, in hexadecimal.
    reason : the one reason for all warnings, where one was given so. warnings : those accepted one by one.
    mapping : how the sender's sheets, columns and answers were matched.
    figures, kpis : the provider's in the return's period, as they stood when it was saved.
    original_kept : whether the file itself is kept.
    """

    service: str
    provider: str
    provider_label: str
    version: VersionOf
    state: str
    previous: str
    digest: str
    reason: str
    nil: bool
    warnings: tuple[AcceptedWarning, ...]
    mapping: Mapping
    figures: tuple[Released, ...]
    kpis: tuple[KpiStatus, ...]
    original_kept: bool
