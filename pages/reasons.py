"""Reasons: why do people need help?"""

from components.frame import page_head, show
from components.navigation import link_to_page, require_shell
from components.panels import split_panel
from components.present import presenting
from domain.messages import commonest_message
from pages._desk import open_desk, stop_if_empty

require_shell()

desk = open_desk()
stop_if_empty(desk, "Reasons")

figures = desk.ask_all(*desk.splits(("reasons",)))
page_head(commonest_message(figures), desk.sentence)
show([split_panel(f"reasons_{figure.measure.key}", figure, desk.settings) for figure in figures])
if not presenting():
    link_to_page(
        "who_is_helped.py", label="Who is helped", icon=":material/diversity_1:", query_params=desk.link
    )
