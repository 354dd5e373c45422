"""How different from average? Which areas or providers stand apart by more than chance alone gives to one of their size?"""

from components.differences_controls import choose_groups, choose_share, shares_to_compare
from components.differences_panels import differences_panel
from components.frame import page_head, show
from components.navigation import require_shell
from pages._desk import open_desk, stop_if_empty

TITLE = "How different from average?"

require_shell()

desk = open_desk()
stop_if_empty(desk, TITLE)

page_head(TITLE, desk.sentence)
share = choose_share(shares_to_compare(desk.service))
by = choose_groups()
show([differences_panel(f"differences_{share.key}_{by}", desk.ask(share.key, by), desk.settings)])
