"""Reading the pack of a meeting: every figure of it from one moment, as its audience may see it. Nothing else makes a figure for a pack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from data_access.coverage import coverage_in
from data_access.footnotes import footnotes_of
from data_access.late_entry import read_late_entry
from data_access.ledger import data_version
from data_access.packs.asking import questions_of, shown_of
from data_access.packs.frame import Frame
from data_access.packs.judging import causes_of, statuses_of, statuses_of_actions
from data_access.packs.showing import Answers, screens_of
from data_access.questions import Question
from data_access.released import read_released
from data_access.settings import settings_in
from data_access.stores import Store, reading
from data_access.tables import ledger
from domain.access import THE_DASHBOARD, Viewer
from domain.actions import Action, ShownAction
from domain.agenda import known_items
from domain.base_words import as_at_words
from domain.disclosure import Released
from domain.example_words import example_statuses
from domain.footnotes import Footnote
from domain.formats import sentence_case
from domain.issued import together
from domain.kpis import KpiStatus
from domain.late_entry import LateEntry, LearntFrom
from domain.meeting_link import link_of, whom
from domain.meetings import Meeting
from domain.pack import MeetingPack, Screen
from domain.returns_calendar import CLOCK
from domain.screens.actions import shown_actions
from domain.screens.before import LastTime, with_last
from domain.screens.breath import breath_of
from domain.screens.kpi_rows import Judged
from domain.services import service as service_of
from domain.tally import Source
from domain.whose import for_whom

_ATTEMPTS: Final = 5
"""So often it is read again where the data change meanwhile."""
_NO_LATE_ENTRY: Final = LateEntry(LearntFrom.NOTHING)


def read_pack(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    *,
    last: Meeting | None = None,
    actions: Sequence[Action] = (),
    today: date,
    as_of: int | None = None,
    address: str = "",
) -> MeetingPack:
    """Everything that a meeting is shown, of one moment.

    Parameters
    ----------
    last : the meeting before this one, frozen, that figures are held against. actions : those brought along and those of this meeting.
    as_of : an earlier moment; the pack then equals the one read at that moment, for the commissioning team. None for now.
    address : the server's own, which stands before the link.

    Raises
    ------
    OutOfReach
        For a provider or service of whom the viewer may see nothing.
    ValueError
        For a moment that is still to come.
    RuntimeError
        Where the data change again and again while they are read.
    """
    for _ in range(_ATTEMPTS):
        version = data_version(store)
        if as_of is not None and as_of > version:
            raise ValueError(f"there is no moment {as_of} yet; the latest is {version}")
        # The latest moment is now: others may see it, and no earlier one.
        earlier = as_of if as_of != version else None
        pack = _Reading(store, viewer, meeting, earlier, version, today).pack(last, actions, address)
        if data_version(store) == version:
            return pack
    raise RuntimeError("The figures changed while they were read. Try again in a moment.")


class _Reading:
    """One attempt, between two acts."""

    def __init__(
        self,
        store: Store,
        viewer: Viewer,
        meeting: Meeting,
        as_of: int | None,
        version: int,
        today: date,
    ) -> None:
        self._store, self._viewer, self._meeting = store, viewer, meeting
        self._as_of, self._today = as_of, today
        self._version = version if as_of is None else as_of
        about = meeting.about
        viewer.check_asked(about.service, [about.provider] if about.provider else [])
        with reading(store, viewer) as connection:
            settings = settings_in(connection, as_of=as_of)
            every = coverage_in(connection, viewer, settings, about.service, as_of=as_of)
            own = every
            if about.provider:
                named = (about.provider,)
                own = coverage_in(connection, viewer, settings, about.service, named, as_of=as_of)
        self._frame = Frame(about, service_of(about.service), settings, every, own, viewer, as_of)

    def pack(self, last: Meeting | None, actions: Sequence[Action], address: str) -> MeetingPack:
        """The whole of it."""
        frame, about = self._frame, self._frame.about
        items = known_items(self._meeting.agenda)
        asked = questions_of(items, frame)
        questions = list(asked.values())
        answered = read_released(self._store, questions, self._viewer, about.audience, self._footnotes)
        released = [
            shown_of(item, question, one, frame)
            for ((item, _), question), one in zip(asked.items(), answered, strict=True)
        ]
        judged = Judged(
            statuses_of(self._store, frame, frame.period) if "kpis" in items or "outcomes" in items else (),
            statuses_of(self._store, frame, frame.earlier) if "kpis" in items else (),
            frame.period,
            frame.earlier,
            about.audience,
            frame.own.as_at,
        )
        then, now = statuses_of_actions(self._store, frame, actions)
        mine = [one for one in actions if one.meeting is not None and one.meeting == self._meeting.id]
        others = [one for one in actions if one not in mine]
        answers = Answers(
            frame,
            dict(zip(asked, released, strict=True)),
            judged,
            self._late() if "volumes" in items else _NO_LATE_ENTRY,
            causes_of(self._store, frame) if "escalations" in items and not frame.gated else None,
            self._example(),
            self._shown(others, then, now),
            self._shown(mine, then, now),
            self._meeting.remarks,
        )
        found = with_last(
            [screen for item in items for screen in screens_of(item, answers)], self._last_time(last)
        )
        screens = tuple(self._said(screen) for screen in found)
        return self._made(answers, screens, released, (*judged.now, *judged.before, *then, *now), address)

    def _made(
        self,
        answers: Answers,
        screens: tuple[Screen, ...],
        released: Iterable[Released],
        statuses: Iterable[KpiStatus],
        address: str,
    ) -> MeetingPack:
        frame, about, meeting = self._frame, self._frame.about, self._meeting
        return MeetingPack(
            council=frame.settings.council,
            service=about.service,
            service_label=frame.service.label,
            provider=about.provider,
            area=about.area,
            about=whom(about, frame.settings),
            period=about.period,
            audience=about.audience.key,
            audience_words=for_whom(about.audience, frame.settings, about.service),
            version=self._version,
            stood=self._stood(),
            as_at=sentence_case(as_at_words(frame.own.as_at, about.audience)),
            selection=frame.selection.sentence(frame.settings),
            link=f"{address.rstrip('/')}{link_of(about, meeting.id)}",
            example=answers.example,
            breath=breath_of(screens),
            screens=screens,
            carried=answers.carried,
            agreed=answers.agreed,
            meeting=meeting.id or None,
            held_on=meeting.held_on,
            issue=together([*(one.issue for one in released), *(one.issue for one in statuses)]),
        )

    def _shown(
        self, actions: Sequence[Action], then: Sequence[KpiStatus], now: Sequence[KpiStatus]
    ) -> tuple[ShownAction, ...]:
        return shown_actions(actions, then, now, self._today, self._frame.settings)

    def _footnotes(self, question: Question) -> tuple[Footnote, ...]:
        """What was accepted in the returns that a figure rests on."""
        return footnotes_of(self._store, self._viewer, question, as_of=self._as_of)

    def _late(self) -> LateEntry:
        chosen = self._frame.selection
        return read_late_entry(self._store, self._viewer, chosen, as_of=self._as_of)

    def _last_time(self, last: Meeting | None) -> LastTime | None:
        """What was shown at the meeting before, where it was frozen."""
        if last is None or last.pack is None:
            return None
        frame = self._frame
        whole = not frame.not_reported(frame.period) and not frame.not_reported(last.pack.period)
        return LastTime(
            last.pack,
            frame.period,
            whole,
            small=frame.settings.small_number,
            audience=frame.about.audience.key,
        )

    def _example(self) -> str:
        match self._store.source:
            case Source.EXAMPLES:
                return example_statuses(self._frame.service.key)
            case Source.IN_HAND:
                return "Your file, not saved."
        return ""

    def _said(self, screen: Screen) -> Screen:
        """The screen with what is said beside it; a quote only where whoever said it agreed."""
        said = self._meeting.remarks.get(screen.key)
        if said is None or screen.item == "feedback":
            return screen
        quote = said.quote if said.agreed else ""
        return replace(screen, comment=said.comment, quote=quote, quote_by=said.quote_by if quote else "")

    def _stood(self) -> datetime | None:
        """When the last act before these figures was done, by the clock of England."""
        with reading(self._store, THE_DASHBOARD) as connection:
            at = connection.execute(select(ledger.c.at).where(ledger.c.seq == self._version)).scalar()
        return at.astimezone(CLOCK) if at else None
