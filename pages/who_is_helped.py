"""Who is helped: what is known of the people and households that were referred?"""

from components.frame import page_head, show
from components.navigation import require_shell
from components.who_is_helped_beside import show_beside
from components.who_is_helped_controls import choose_comparison, choose_share_of
from components.who_is_helped_panels import people_message, person_panel
from domain.messages import several
from pages._desk import open_desk, stop_if_empty
from pages._who_is_helped import compared_panels, groups_offered, household_panels, smaller_parts

require_shell()

desk = open_desk()
stop_if_empty(desk, "Who is helped")

service, settings = desk.service, desk.settings
referrals, *shown = desk.ask_all(("referrals",), *desk.splits(service.profile))
page_head(people_message(referrals, shown, service), desk.sentence)

of_answers = any(several(one) for one in shown) and choose_share_of(service)
comparison = choose_comparison(shown, groups_offered(desk))
panels = [
    person_panel(
        f"who_is_helped_{one.measure.key}", one, settings, service, of_answers=of_answers, parts=smaller_parts(desk, one)
    )
    for one in shown
]  # fmt: skip
show([*compared_panels(desk, tuple(shown), comparison), *household_panels(desk, referrals), *panels])
show_beside(service)
