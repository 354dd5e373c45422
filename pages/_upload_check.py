"""Checking a file for the Upload page: read, matched, every rule applied, its effect worked out. Runs in a thread, draws nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from data_access import clock
from data_access.attempts import record_attempt
from data_access.effects import read_effect
from data_access.held_files import HeldFile
from data_access.intake import Examined, check_whose, examine_draft
from data_access.kept import KeptReturn
from data_access.ledger import data_version
from data_access.mappings import remembered
from data_access.receipts import already_saved
from data_access.return_rows import WithReturn
from data_access.returns import Refused, known_returns
from data_access.settings import read_settings
from data_access.spreadsheets.apart import Cancelled, read_apart
from data_access.stores import Store
from domain.access import Audience, Viewer
from domain.drafts import Draft, RawCell
from domain.effects import Effect
from domain.grouping import grouped, questions
from domain.mapping import NO_MAPPING, Mapping
from domain.matching import Choice, How, Proposal, propose
from domain.returns import COUNCIL, Return
from domain.settings import Settings
from pages._upload_work import Steps, Stopped

STEPS = 4
"""Reading, matching, checking, and working out the effect."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be checked, and what was said about it on the screen.

    Parameters
    ----------
    held : the file; None for a draft that was made here, as of a return with nothing to report.
    mapping, told : what was confirmed, and lines that the Cover lacks.
    confirmed : whether somebody has looked at its columns. asked : what was asked about then.
    guess : service and provider that the upload was begun for, whose mapping is tried where the file says neither.
    """

    name: str
    held: HeldFile | None = None
    draft: Draft | None = None
    mapping: Mapping = NO_MAPPING
    told: AnyMapping[str, RawCell] = field(default_factory=dict)
    confirmed: bool = False
    asked: frozenset[Choice] = frozenset()
    guess: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked file: how it was understood, what was found, what it would change. It holds no cell but a few samples.

    `examined` is None while somebody has to say which of its columns is which. `already` is the version that the very
    same file was saved as before.
    """

    proposal: Proposal
    guesses: tuple[str, ...]
    examined: Examined | None = None
    effect: Effect | None = None
    refused: str = ""
    already: KeptReturn | None = None

    @property
    def new(self) -> Return | None:
        """The return, when it can be saved or looked at."""
        return self.examined.accepted if self.examined else None

    @property
    def may_look(self) -> bool:
        """Whether it can be looked at alone: the council's supplement says nothing without the cases of the providers."""
        return self.new is not None and self.new.provider != COUNCIL


def check(store: Store, by: Viewer, wish: Wish, steps: Steps) -> Checked:
    """Check one file, against what is saved and set when it has its turn.

    Parameters
    ----------
    by : who wants to save it.

    Raises
    ------
    OutOfReach
        When it is a return that they may not send.
    Stopped
        When it is not wanted any more.
    """
    draft = wish.draft or read_held(wish, steps)
    check_whose(store, by, draft, clock.today())
    steps.say("Matching its sheets, columns and answers")
    today, seen = clock.today(), data_version(store)
    settings = read_settings(store, by)
    mapping, proposal = _match(store, by, settings, wish, draft)
    guesses = (*draft.guesses, *(words for sheet in draft.sheets for words in sheet.guesses))
    already = already_saved(store, draft.digest, viewer=by)
    checked = Checked(proposal, guesses, already=already)
    if draft.refusal is None and _must_ask(proposal, wish):
        return checked
    rows = sum(len(sheet.grid) for sheet in draft.sheets)
    steps.say(f"Checking {rows:,} rows" if rows > 1 else "Checking it")
    examined = examine_draft(draft, settings, known_returns(store, by, today), mapping, wish.told)
    del draft
    _note_attempt(store, by, examined, proposal)
    if examined.accepted is None:
        return replace(checked, examined=examined)
    steps.say("Working out what it would change")
    return with_effect(store, by, replace(checked, examined=examined), examined.accepted, seen)


def read_held(wish: Wish, steps: Steps) -> Draft:
    """Read the file in a process of its own; several CSV files become one draft."""
    steps.say("Reading it")
    if wish.held is None:
        raise ValueError("There is no file to read")
    try:
        read = [
            read_apart(name, data, progress=steps.more, cancelled=steps.stopped)
            for name, data in wish.held.read().items()
        ]
    except (Cancelled, FileNotFoundError) as why:
        raise Stopped from why
    return read[0] if len(read) == 1 else joined(wish.name, read)


def joined(name: str, read: list[Draft]) -> Draft:
    """Several CSV files as the one return they are; a refusal of any of them refuses all."""
    refusal = next((draft.refusal for draft in read if draft.refusal), None)
    digest = hashlib.sha256()
    for draft in sorted(read, key=lambda one: one.file_name):
        digest.update(draft.file_name.encode() + b"\0" + bytes.fromhex(draft.digest))
    return Draft(
        name,
        digest.hexdigest(),
        () if refusal else tuple(sheet for draft in read for sheet in draft.sheets),
        tuple(left for draft in read for left in draft.unread),
        refusal=refusal,
        form="csv",
        guesses=tuple(f"{PurePath(d.file_name).name}: {words}" for d in read for words in d.guesses),
    )


def _match(
    store: Store, by: Viewer, settings: Settings, wish: Wish, draft: Draft
) -> tuple[Mapping, Proposal]:
    """The mapping that the file is read with, and how it is understood by it.

    The mapping is what its sender confirmed before, then what was said now. Where the file does not say whose it is, its columns are
    matched as those of the provider that the upload was begun for; whose it is stays to be asked.
    """
    today = clock.today()
    first = propose(draft, settings, wish.mapping, wish.told, today)
    service, provider = first.service or wish.guess[0], first.provider or wish.guess[1]
    before = remembered(store, by, service, provider) if service and provider else NO_MAPPING
    mapping = before.and_then(wish.mapping)
    asked = {field.key for field in first.asks_cover}
    likely = {
        key: said
        for key, said in zip(("service", "provider"), wish.guess, strict=True)
        if key in asked and said
    }
    if not before and not likely:
        return mapping, first
    second = propose(draft, settings, mapping, {**likely, **wish.told}, today)
    return mapping, replace(
        second,
        asks_cover=first.asks_cover,
        unsure=second.unsure or bool(first.asks_cover),
        service=first.service,
        provider=first.provider,
        period=first.period,
    )


def _must_ask(proposal: Proposal, wish: Wish) -> bool:
    """Whether somebody has to look at its columns first: once, and again where an answer brought up a new question."""
    if not wish.confirmed:
        return proposal.unsure
    return bool(proposal.asks_cover or to_say(proposal) - wish.asked)


def to_say(proposal: Proposal) -> frozenset[Choice]:
    """What a person has to say, apart from whose file it is."""
    if not proposal.unsure:
        return frozenset()
    open_ = (How.NEAR, How.UNKNOWN)
    sheets: set[Choice] = {one.name for one in proposal.sheets if one.how in open_ and one.choices}
    columns: set[Choice] = {
        (one.sheet_name, one.header) for one in proposal.columns if one.how in open_ and one.choices
    }
    values: set[Choice] = {
        (one.sheet, one.field.key, one.text) for one in proposal.values if one.how in open_ and one.choices
    }
    return frozenset(sheets | columns | values)


def with_effect(store: Store, by: Viewer, checked: Checked, new: Return, seen: int) -> Checked:
    """What the checked file would change now, or why it cannot be saved.

    Parameters
    ----------
    seen : the data version that its rules were applied on. A save must still find everything as it was then, or what was changed between
        its check and its effect would be saved unchecked.
    """
    try:
        beside = WithReturn(mapping=checked.examined.mapping if checked.examined else NO_MAPPING)
        effect = read_effect(store, new, by, Audience.US, with_it=beside)
    except Refused as why:
        return replace(checked, effect=None, refused=str(why))
    return replace(checked, effect=replace(effect, version=seen), refused="")


def _note_attempt(store: Store, by: Viewer, examined: Examined, proposal: Proposal) -> None:
    """Keep that somebody is at it, where the file says whose it is; nothing of what it holds."""
    service, provider, period = proposal.service, proposal.provider, proposal.period
    if service and provider and period:
        must_fix, to_confirm = len(grouped(examined.must_fix)), len(questions(examined.problems))
        record_attempt(store, by, service, provider, period, must_fix, to_confirm, clock.now())
