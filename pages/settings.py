"""Settings: what has the council set, and who changed it?"""

from components.frame import page_head
from components.navigation import require_shell
from components.settings_confirm import ask_to_save, holds_examples, saved_note
from components.settings_contracts import contracts_part
from components.settings_frame import choose_part, show_start
from components.settings_history import history_part, workbook_part
from components.settings_places import areas_part, council_part, providers_part
from components.settings_survey import survey_part
from components.settings_targets import targets_part
from data_access.settings import read_settings
from data_access.settings_history import read_settings_history
from data_access.sources import is_empty, shared_store
from domain.tally import Source
from pages._settings import (
    leave,
    may_take_back,
    propose,
    proposed,
    read_workbook,
    save,
    turn,
    undo,
    workbook,
)
from pages._who import viewer

require_shell()

FORMS = {
    "Council": council_part,
    "Providers": providers_part,
    "Areas": areas_part,
    "Contracts": contracts_part,
    "Targets": targets_part,
    "Survey": survey_part,
}

store = shared_store()
settings = read_settings(store, viewer())
looked_at = proposed()
page_head(f"Settings of {settings.council}" if settings.council else "Settings", presented=False)
if store.source is Source.EXAMPLES:
    holds_examples()
saved_note()

if looked_at:
    answer = ask_to_save(looked_at.title, looked_at.changes, looked_at.moves, looked_at.refused, turn())
    if answer.save:
        save(store, looked_at, answer.user, answer.why)
    elif answer.back:
        leave()
else:
    show_start(settings, received=not is_empty(store))
    part = choose_part()
    step = None
    if part in FORMS:
        step = FORMS[part](settings, turn())
    elif part == "History":
        acts = read_settings_history(store, viewer())
        if seq := history_part(acts, may_take_back=may_take_back(acts)):
            undo(store, seq)
    elif sent := workbook_part(lambda: workbook(settings), turn()):
        step = read_workbook(settings, *sent)
    if step:
        propose(store, settings, step)
