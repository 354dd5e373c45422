"""Upload: what is wrong with a return, and what would it change?"""

from functools import partial

from components.frame import page_head
from components.navigation import require_shell
from components.strangers import refuse_strangers
from components.upload_file import choose_files, was_cancelled, was_not_theirs
from components.upload_matching import ask_matching
from components.upload_receipt import show_links, show_receipt
from components.upload_save import show_already_saved
from components.upload_start import (
    asks_for_nothing,
    choose_start,
    holds_examples,
    no_providers,
    offer_workbooks,
)
from data_access.settings import read_settings
from data_access.sources import shared_store
from domain.services import SERVICES
from domain.tally import Source
from pages._upload import begin, cancelled, current, not_theirs, repaired, start_again, title, turn, wait_for
from pages._upload_checked import begin_nil, leave_matching_out, match, show_checked
from pages._upload_start import periods_of, sent_before, workbook
from pages._who import sender

require_shell()

store = shared_store()
settings = read_settings(store, sender())
refuse_strangers(sender(), settings, {one.key for one in SERVICES})
upload = current()
page_head(title(upload), presented=False)
if store.source is Source.EXAMPLES:
    holds_examples()

if not settings.providers:
    no_providers()
elif upload is None:
    was_cancelled(cancelled())
    was_not_theirs(not_theirs())
    begun = choose_start(settings, partial(periods_of, store, settings))
    offer_workbooks(
        begun, partial(workbook, store, settings, sender()), sent_before=partial(sent_before, store)
    )
    if asks_for_nothing(begun, settings):
        begin_nil(store, settings, begun)
    if files := choose_files(turn(), repaired=repaired()):
        begin(store, files, begun)
elif upload.work:
    wait_for(upload)
elif upload.receipt:
    show_receipt(upload.receipt, changed=upload.changed)
    if show_links(upload.receipt):
        start_again()
elif upload.checked and upload.asks_matching:
    show_already_saved(upload.checked.already, settings)
    periods = partial(periods_of, store, settings)
    answered = ask_matching(upload.checked.proposal, settings, upload.likely, periods)
    if answered.confirmed:
        match(store, upload, answered)
    elif answered.back:
        leave_matching_out(upload)
else:
    show_checked(store, settings, upload)
