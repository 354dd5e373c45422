"""What a reader chose stands in the address of the page, and goes with them to the next one.

Streamlit's own binding of a picker to the address forgets both as soon as another page is opened. So a picker is filled
by `fill` before it is drawn (from an address that was opened, else from what was chosen last) and written down by
`write` after it.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import streamlit as st

PAGE: Final = "page_open"
"""Where the shell keeps the address of the page that is open."""
_CHOSEN: Final = "chosen_before"
_WRITTEN: Final = "address_written"


def fill(name: str, read: Callable[[list[str]], Any], default: Any) -> None:
    """Set a picker before it is drawn.

    Parameters
    ----------
    name : the picker's key, which is also its name in the address.
    read : turns the texts of the address into the picker's value; texts that mean nothing give the default.
    default : what is chosen at first.
    """
    said = st.query_params.get_all(name)
    page, written = st.session_state.get(_WRITTEN, {}).get(name, (None, []))
    if said and said != written:
        value = read(said)
    elif not said and written and page == st.session_state.get(PAGE):
        # The reader went back to an address of the same page that did not say it yet.
        value = default
    elif name in st.session_state:
        value = st.session_state[name]
    else:
        value = st.session_state.get(_CHOSEN, {}).get(name, default)
    # Set at every run: on the first run of a page a picker takes only what was set in that run.
    st.session_state[name] = value


def chosen_last(name: str) -> list[str]:
    """What a picker was last set to, as text, on this page or another; none where it was never drawn."""
    value = st.session_state.get(name, st.session_state.get(_CHOSEN, {}).get(name))
    return [] if value is None else [str(value)]


def allow(name: str, options: Sequence[Any], default: Any) -> None:
    """Take from a picker what can no longer be chosen: other figures have other providers and months."""
    value = st.session_state[name]
    if isinstance(value, list | tuple):
        st.session_state[name] = [one for one in value if one in options]
    elif value not in options:
        st.session_state[name] = default


def forget_unsaid(*keep: str) -> None:
    """Let the pickers that say nothing start again, before they are drawn: other figures have other months at first.

    `keep` names pickers that stay as they are.
    """
    for name, (_, said) in st.session_state.get(_WRITTEN, {}).items():
        if not said and name not in keep:
            st.session_state.pop(name, None)
            st.session_state.get(_CHOSEN, {}).pop(name, None)


def write(name: str, said: Sequence[str]) -> None:
    """Put what a drawn picker says into the address, as texts; none for what is chosen at first."""
    st.session_state.setdefault(_CHOSEN, {})[name] = st.session_state[name]
    st.session_state.setdefault(_WRITTEN, {})[name] = (st.session_state.get(PAGE), list(said))
    if st.query_params.get_all(name) != list(said):
        if said:
            st.query_params[name] = list(said)
        else:
            del st.query_params[name]


def put(name: str, said: Sequence[str]) -> None:
    """Have the address say something, whatever it said and whatever was chosen last; the picker follows when it is drawn.

    Parameters
    ----------
    said : none for what is chosen at first.
    """
    for held in (st.session_state, st.session_state.get(_CHOSEN, {}), st.session_state.get(_WRITTEN, {})):
        held.pop(name, None)
    if said:
        st.query_params[name] = list(said)
    else:
        st.query_params.pop(name, None)


def just_entered(name: str) -> bool:
    """Whether a picker was last written on another page, or never: the reader has just come to this one."""
    page, _ = st.session_state.get(_WRITTEN, {}).get(name, (None, []))
    return page is None or page != st.session_state.get(PAGE)


def own_address() -> str:
    """The server's own address, so that the link in a file leads back; blank where the browser did not say."""
    url = st.context.url or ""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.split('/', 1)[0]}" if rest else ""


def one_of(options: Sequence[Any], texts: Callable[[Any], str], default: Any) -> Callable[[list[str]], Any]:
    """A reader of addresses for a picker of one value."""
    named = {texts(option): option for option in options}
    return lambda said: named.get(said[0], default)
