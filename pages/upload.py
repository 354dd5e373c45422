"""Upload: what is wrong with a return, and what would it change?"""

from functools import partial

from components.effect import show_effect
from components.frame import page_head
from components.navigation import require_shell
from components.upload_form import (
    ask_what_next,
    choose_file,
    choose_service,
    holds_examples,
    no_providers,
    offer_template,
    show_examined,
    show_refused,
    show_saved,
    title_of,
)
from components.versions import sender_label
from data_access.settings import read_settings
from data_access.sources import shared_store
from domain.tally import Source
from pages._upload import check_file, held, look, open_periods, save, start_again, template, turn

require_shell()

store = shared_store()
settings = read_settings(store)
checked = held()
page_head(
    title_of(checked.examined, saved=bool(checked.saved), refused=bool(checked.refused))
    if checked
    else "Upload a return",
    presented=False,
)
if store.source is Source.EXAMPLES:
    holds_examples()

if not settings.providers:
    no_providers()
elif checked is None:
    service = choose_service(settings)
    lacking = partial(open_periods, store, settings, service.key)
    offer_template(service, settings, lacking, partial(template, settings))
    if chosen := choose_file(turn()):
        check_file(store, settings, *chosen)
elif checked.saved and checked.examined.accepted:
    if show_saved(checked.examined.accepted, settings, checked.saved.version, changed=checked.saved.changed):
        start_again()
else:
    new = checked.examined.accepted
    provider = sender_label(new.provider, settings) if new else ""
    if checked.refused:
        show_refused(checked.refused)
    show_examined(checked.examined, provider)
    if new and checked.effect:
        show_effect(checked.effect, new.period, provider)
    wanted = ask_what_next(
        confirm=len(checked.examined.to_confirm),
        may_save=checked.effect is not None and store.source is Source.SHARED,
        may_look=checked.may_look,
    )
    if wanted.save:
        save(store, checked, wanted.user, wanted.reason)
    elif wanted.look and new:
        look(store, new)
    elif wanted.again:
        start_again()
