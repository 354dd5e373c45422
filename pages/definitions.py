"""Definitions: what exactly is counted, entered and checked?"""

from components.definitions import choose_part, show_definitions
from components.frame import page_head
from components.navigation import require_shell
from pages._desk import open_desk

require_shell()

desk = open_desk(filters=False, services=True)
page_head(
    "Definitions",
    f"{desk.service.label}; a search looks through every service. "
    "Written from the same declarations that count the figures, make the blank return and check a file.",
    presented=False,
)
parts, words = choose_part()
show_definitions(parts, words, desk.settings, desk.service)
