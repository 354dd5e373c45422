"""What was received with one version of a return, the file itself where it is kept, and whether a file was sent before."""

from __future__ import annotations

from sqlalchemy import select

from data_access.acceptances import read_accepted
from data_access.kept import KeptReturn, read_kept
from data_access.kpis import read_kpis
from data_access.ledger import current_version
from data_access.moved import Refused
from data_access.questions import Question
from data_access.settings import settings_in
from data_access.stores import Store, reading
from data_access.tables import TABLE_OF, originals
from data_access.tallies import tallies_in
from domain.access import Audience, Duty, Viewer
from domain.differences import Receipt, VersionOf
from domain.disclosure import release
from domain.fields import Sheet, fields_of
from domain.kpis import KpiStatus
from domain.mapping import mapping_from_json
from domain.selection import Selection
from domain.services import service


def version_of(kept: KeptReturn) -> VersionOf:
    """How one version is named, with how many rows each of its sheets has."""
    sheets = [
        s for s in TABLE_OF if fields_of(s, kept.service) and (s is Sheet.SUPPLEMENT) is kept.from_council
    ]
    return VersionOf(
        id=kept.id,
        period=kept.period,
        version=kept.version,
        seq=kept.seq,
        accepted_by=kept.accepted_by,
        accepted_at=kept.accepted_at,
        file_name=kept.file_name,
        counts=tuple((s, getattr(kept, f"{TABLE_OF[s].name}_n")) for s in sheets),
    )


def check_named(viewer: Viewer, return_id: str) -> None:
    """Raise OutOfReach where an id names the return of a sender that somebody may not look into."""
    service, provider, *_ = (*return_id.split(":"), "", "")
    viewer.check(Duty.RETURNS, service, provider, subject=return_id)


def find_version(found: tuple[KeptReturn, ...], return_id: str) -> KeptReturn:
    """The version with this id among those that the viewer may see.

    Raises
    ------
    Refused
        When there is none.
    """
    kept = next((k for k in found if k.id == return_id), None)
    if kept is None:
        raise Refused(
            f"There is no return {return_id}. `python -m data_access returns` lists those there are."
        )
    return kept


def previous_of(found: tuple[KeptReturn, ...], kept: KeptReturn) -> KeptReturn | None:
    """The version before one of the same return that had not been withdrawn when it was saved."""
    before = [
        k
        for k in found
        if k.key == kept.key
        and k.version < kept.version
        and (k.withdrawn_seq is None or k.withdrawn_seq > kept.seq)
    ]
    return max(before, key=lambda k: k.version, default=None)


def read_receipt(
    store: Store, viewer: Viewer, return_id: str, *, audience: Audience = Audience.US
) -> Receipt:
    """What was received with one version, and how the provider's figures stood with it.

    Raises
    ------
    OutOfReach
        When it is of a sender that the viewer may not look into.
    Refused
        When there is no such version.
    """
    check_named(viewer, return_id)
    with reading(store, viewer) as connection:
        found = read_kept(connection, viewer)
        kept = find_version(found, return_id)
        previous = previous_of(found, kept)
        settings = settings_in(connection)
        as_of = None if kept.seq == current_version(connection) else kept.seq
        whose = () if kept.from_council else (kept.provider,)
        selection = Selection(kept.service, providers=whose)
        chosen = selection.during(kept.period)
        headline = service(kept.service).headline
        questions = [
            Question("referrals", (), chosen, as_of=as_of),
            Question(headline, (), chosen, as_of=as_of),
            Question("live_cases", (), selection, kept.period.last_month, as_of),
        ]
        figures = tuple(
            release(tally, audience) for tally in tallies_in(connection, store, questions, viewer)
        )
        original = connection.execute(
            select(originals.c.return_id).where(originals.c.return_id == kept.row)
        ).first()
    return Receipt(
        service=kept.service,
        provider=kept.provider,
        provider_label="The council" if kept.from_council else settings.provider_label(kept.provider),
        version=version_of(kept),
        state=kept.state,
        previous=previous.id if previous else "",
        digest=kept.digest,
        reason=kept.reason,
        nil=kept.nil,
        warnings=read_accepted(store, viewer, kept.row),
        mapping=mapping_from_json(kept.mapping),
        figures=figures,
        kpis=kpis_with(store, viewer, kept, audience, as_of=as_of),
        original_kept=original is not None,
    )


def kpis_with(
    store: Store, viewer: Viewer, kept: KeptReturn, audience: Audience, *, as_of: int | None
) -> tuple[KpiStatus, ...]:
    """The sender's KPIs in the period of a version, as they stood with it: the provider's, or what the council answers for."""
    by = () if kept.from_council else ("provider",)
    found = read_kpis(store, kept.period, viewer, audience, by=by, service=kept.service, as_of=as_of)
    whose = "" if kept.from_council else kept.provider
    return tuple(
        status
        for status in found
        if status.provider == whose
        and not status.kpi.programme_only
        and (status.kpi.accountable == "council") is kept.from_council
    )


def read_original(store: Store, viewer: Viewer, return_id: str) -> tuple[str, bytes] | None:
    """The name and the bytes of the file of one version; None where it was not kept.

    Raises
    ------
    OutOfReach
        When it is of a sender that the viewer may not look into.
    Refused
        When there is no such version.
    """
    check_named(viewer, return_id)
    with reading(store, viewer) as connection:
        kept = find_version(read_kept(connection, viewer), return_id)
        content = connection.execute(
            select(originals.c.content).where(originals.c.return_id == kept.row)
        ).scalar_one_or_none()
    return None if content is None else (kept.file_name, content)


def already_saved(
    store: Store, digest: str, service: str = "", provider: str = "", *, viewer: Viewer
) -> KeptReturn | None:
    """The version that the very same file was saved as, whatever became of it: the one that counts, else the latest.

    Its `state` tells whether it counts, was replaced or was withdrawn, and its `mapping` how its columns were matched then: matched in
    another way, the same file is worth saving again.

    Parameters
    ----------
    digest : SHA-256 of the file, in hexadecimal. service, provider : only returns of these; blank for any.
    """
    with reading(store, viewer) as connection:
        found = read_kept(connection, viewer, service=service or None, provider=provider or None)
    same = [kept for kept in found if kept.digest == digest]
    return max(same, key=lambda kept: (kept.state == "current", kept.seq), default=None)
