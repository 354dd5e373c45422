"""People: who may see and do what?"""

from functools import partial

from components.frame import page_head
from components.navigation import require_shell
from components.people_change import change_part, show_done
from components.people_give import ask_role
from components.people_list import administrators_of, people_message, show_notes, show_people
from data_access.people import read_people
from data_access.sources import shared_store
from pages._people import end, entitle, give, give_back, places, take, turn, wall
from pages._who import people_sign_in, sign_ins_end_here, viewer

require_shell()

store = shared_store()
people = read_people(store, viewer())
settings = places(store)
signs_in = people_sign_in()

page_head(people_message(people), presented=False)
show_notes(signs_in=signs_in, administrators=administrators_of(people), wall=wall(store))
show_done(partial(give_back, store, settings), settings)
show_people(people, settings)
if asked := ask_role(settings, turn()):
    give(store, settings, asked)
if people:
    change_part(
        people,
        settings,
        viewer().user,
        partial(take, store, settings),
        partial(entitle, store),
        partial(end, store) if sign_ins_end_here() else None,
    )
