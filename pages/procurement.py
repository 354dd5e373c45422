"""Before a procurement: how many referrals to expect, what work they make, and what would each way of paying cost?"""

import streamlit as st

from components.frame import page_head
from components.navigation import require_shell
from components.procurement_state import PACK, SAVED, choose_part
from pages._desk import open_desk, stop_if_empty
from pages._procurement import needs_of, open_kept, set_up, stop_unless_preparing
from pages._procurement_keep import pack_part, saved_part, say_done, say_state
from pages._procurement_parts import edit, show_bidders, show_part

TITLE = "Before a procurement"

require_shell()

kept = open_kept(TITLE)
desk = open_desk()
stop_if_empty(desk, TITLE)
stop_unless_preparing(desk, TITLE)
board = set_up(desk, kept)
page_head(TITLE, desk.sentence, presented=False)

if desk.audience.gated:
    show_bidders(board)
    st.stop()

say_done()
state = st.container()
part = choose_part(bidders=False)
board = edit(board, part)
needs = needs_of(board)
with state:
    say_state(board, needs)
if part == SAVED:
    saved_part(board)
elif part == PACK:
    pack_part(board, needs)
else:
    show_part(board, needs, part)
