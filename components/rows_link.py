"""From the table under a figure to the rows behind one of its numbers: a group is picked, and a link leads to its list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from components.address import PAGE
from components.navigation import is_open, link_to_page
from domain.figure_row_words import rows_called
from domain.figure_rows import Behind, FigureKey
from domain.formats import unmarked
from domain.measures import measure

BACK: Final = "back"
"""What the address calls the page that the list was opened from."""
_FILE: Final = "rows.py"
_OPEN_TO: Final = "rows_open_to"
_CAME_WITH: Final = "rows_came_with"

Allows = Callable[[str, str], bool]


def allow_rows(check: Allows) -> None:
    """Say for this run of whom the reader may see every single row: of a service and a provider, blank for all; the shell does."""
    st.session_state[_OPEN_TO] = check


def came_with(page: str) -> Mapping[str, list[str]]:
    """What the address of a page said when a list was opened from it; nothing where it was opened in a tab of its own."""
    here: dict[str, Mapping[str, list[str]]] = st.session_state.get(_CAME_WITH, {})
    return here.get(page, {})


def lead_to_rows(behind: Behind, panel: str) -> None:
    """Show the way to the rows behind a number of a panel's table, to whoever may see them."""
    allows: Allows | None = st.session_state.get(_OPEN_TO)
    chosen = behind.figure.selection
    if allows is None or not is_open(_FILE):
        return
    groups = behind.groups
    if not all(allows(chosen.service, one) for one in chosen.providers or ("",)):
        if "provider" not in behind.figure.by or chosen.providers:
            return
        place = behind.figure.by.index("provider")
        groups = tuple(one for one in groups if allows(chosen.service, one[0][place]))
    if groups:
        _pick(Behind(behind.figure, groups), panel)


@st.fragment
def _pick(behind: Behind, panel: str) -> None:
    """A picker of its own: the page above it is not drawn again when a group is chosen."""
    declared = measure(behind.figure.measure, behind.figure.selection.service)
    _, many = rows_called(declared, behind.figure.side)
    label = f"See the {many} behind '{declared.label}'"
    if not behind.figure.by:
        _link(behind.of(()), label)
        return
    named = dict(enumerate(words for _, words in behind.groups))
    picked = st.selectbox(
        label,
        list(named),
        index=None,
        format_func=lambda place: named[place],
        placeholder="Choose a row of the table",
        key=f"rows_of_{panel}",
    )
    if picked in named:
        keys, words = behind.groups[picked]
        _link(behind.of(keys), f"The {many}: {words}")


def _link(figure: FigureKey, label: str) -> None:
    here = str(st.session_state.get(PAGE))
    said = {name: st.query_params.get_all(name) for name in st.query_params}
    st.session_state.setdefault(_CAME_WITH, {})[here] = said
    link_to_page(
        _FILE,
        label=unmarked(label),
        icon=":material/list_alt:",
        query_params={**figure.to_query(), BACK: [here]},
    )
