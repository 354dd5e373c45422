"""Reasons and people's situation: why do people need help, who are they and how do they live?"""

from components.frame import page_head, show
from components.messages import commonest_message
from components.navigation import require_shell
from components.panels import profile_panel
from pages._desk import open_desk, stop_if_empty

require_shell()

desk = open_desk()
stop_if_empty(desk, "Reasons and people's situation")

figures = desk.ask_all(*desk.splits(("reasons", *desk.service.profile)))
page_head(commonest_message(figures), desk.sentence)
show([profile_panel(f"reasons_{figure.measure.key}", figure, desk.settings) for figure in figures])
