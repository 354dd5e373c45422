"""Audit: who did what, saw which cases, and was refused?"""

from components.audit_list import A_PAGE, choose_part, page_before, show_entries
from components.frame import page_head
from components.navigation import require_shell
from data_access.audit import read_audit
from data_access.sources import shared_store
from pages._audit import audit_csv, known_users, places
from pages._who import viewer

require_shell()

store = shared_store()
settings = places(store)
page_head("Audit", "Who did what, saw single cases, and was refused.", presented=False)

part = choose_part(settings, known_users(store))
entries = read_audit(
    store,
    viewer(),
    first=part.first,
    last=part.last,
    person=part.person,
    act=part.act,
    service=part.service,
    provider=part.provider,
    limit=A_PAGE + 1,
    before_id=page_before(part),
)
show_entries(entries, part, settings, audit_csv(store, viewer(), part), "audit.csv")
