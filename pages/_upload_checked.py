"""A checked file on the Upload page: what was found in it, what it would change, and what somebody does about it. Not a page."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from components.effect import show_effect
from components.upload_matching import Answered
from components.upload_problems import ask_reasons, show_found, show_read, show_rest
from components.upload_save import ask_what_next, show_already_saved, show_moved, show_refused
from components.upload_start import Start
from components.upload_understood import show_matching
from components.versions import sender_label
from data_access.stores import Store
from domain.drafts import Draft, RawCell, SheetDraft
from domain.fields import Sheet, fields_of
from domain.grouping import questions
from domain.matching import mapping_of
from domain.settings import Settings
from domain.tally import Source
from pages._upload import Upload, check_again, redraw, send_repaired, start, start_again
from pages._upload_check import Wish, to_say
from pages._upload_end import look, mark, save, wait_for_marks

NOTHING = "Nothing to report"


def show_checked(store: Store, settings: Settings, upload: Upload) -> None:
    """Show what was found in the file and what it would change, then do what is wanted with it."""
    checked = upload.checked
    if checked is None or checked.examined is None:
        start_again()
        return
    examined, new, shared = checked.examined, checked.new, store.source is Source.SHARED
    provider = sender_label(new.provider, settings) if new else ""
    show_already_saved(checked.already, settings)
    if upload.moved and show_moved(str(upload.moved), upload.meanwhile):
        check_again(store, upload)
    if checked.refused:
        show_refused(checked.refused)
    show_read(examined, provider)
    mapping = examined.mapping.to_text()
    if upload.wish.held and show_matching(checked.proposal, checked.guesses, mapping, changeable=True):
        upload.rematch = True
        redraw()
    show_found(examined)
    reasons = ask_reasons(questions(examined.problems), now=new is not None)
    markable = upload.wish.held is not None and len(upload.wish.held.names) == 1 and upload.marking is None
    whose = (checked.proposal.service or "", checked.proposal.provider or "")
    if show_rest(examined, upload.marked, may_mark=markable, why_not=upload.not_marked, whose=whose):
        mark(upload)
    if upload.marking is not None:
        wait_for_marks(upload)
    # What somebody else changed meanwhile is not in it.
    if new and checked.effect and not upload.moved:
        name = upload.wish.name.rpartition(".")[0] or "return"
        show_effect(checked.effect, new.period, provider, name, (new.service, new.provider))
    wanted = ask_what_next(
        reasons,
        may_save=checked.effect is not None and shared and upload.moved is None,
        may_look=checked.may_look,
        may_repair=upload.wish.held is not None,
    )
    if wanted.save:
        save(store, upload, wanted.user, reasons.given)
    elif wanted.look:
        look(store, upload)
    elif wanted.repaired:
        send_repaired(upload)
    elif wanted.again:
        start_again()


def match(store: Store, upload: Upload, answered: Answered) -> None:
    """Check the file again, with what was said about its columns."""
    if upload.checked is None:
        return
    said = mapping_of(upload.checked.proposal, answered.chosen)
    wish = replace(
        upload.wish,
        mapping=upload.wish.mapping.and_then(said),
        told={**upload.wish.told, **answered.told},
        confirmed=True,
        asked=upload.wish.asked | to_say(upload.checked.proposal),
    )
    start(store, Upload(wish, upload.begun))


def leave_matching_out(upload: Upload) -> None:
    """Leave the screen of columns: back to what was checked, or to the start where nothing was yet."""
    if not upload.rematch:
        start_again()
    upload.rematch = False
    redraw()


def begin_nil(store: Store, settings: Settings, begun: Start) -> None:
    """Check a return that says only that there was nothing to report; it is previewed and saved as any other."""
    if begun.period is None:
        return
    said: dict[str, RawCell] = {
        "service": begun.service.label,
        "provider": settings.provider_label(begun.provider),
        "period_start": begun.period.start,
        "period_end": begun.period.end,
        "nil_return": "Y",
    }
    labels = {field.key: field.label for field in fields_of(Sheet.COVER)}
    grid = tuple((labels[key], value) for key, value in said.items())
    digest = hashlib.sha256(f"{begun.service.key}:{begun.provider}:{begun.period.key}:nil".encode())
    draft = Draft(NOTHING, digest.hexdigest(), (SheetDraft(str(Sheet.COVER), grid),))
    start(store, Upload(Wish(NOTHING, draft=draft), begun))
