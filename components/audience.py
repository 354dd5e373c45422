"""Who will see what is on the screen: chosen at the side, kept in the address, printed under every figure."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.address import allow, chosen_last, fill, one_of, write
from components.present import SWITCH
from domain.access import Audience, Circle
from domain.settings import Settings

AUDIENCE: Final = "for"
_BY_HAND: Final = "audience_by_hand"


def choose_audience(
    settings: Settings, service: str, providers: Sequence[str], chosen: Sequence[str]
) -> Audience:
    """Who will see this; drawn at the side, above the other pickers.

    A meeting is not the commissioning team: whoever starts to present without having said who is there shows what the providers may
    see; with one provider chosen, what that provider may see.

    Parameters
    ----------
    providers : keys of those with returns of the service. chosen : those that the address chooses.
    """
    found = [
        Audience.US,
        *(Audience.with_provider(key) for key in providers),
        Audience.PROVIDERS,
        Audience.PUBLIC,
    ]
    named = {one.key: one for one in found}
    said = st.query_params.get_all(AUDIENCE)
    # An audience that is not here, as a provider of another service, is never taken for the commissioning team; and an address that
    # says none, as that of a step back, does not send the others away: only a choice does.
    before = next((one for one in chosen_last(AUDIENCE) if one != Audience.US.key), Audience.US.key)
    fill(AUDIENCE, one_of(list(named), str, Audience.PROVIDERS.key), before)
    allow(AUDIENCE, list(named), Audience.PROVIDERS.key)
    if presenting_asked() and st.session_state[AUDIENCE] == Audience.US.key and not said and not _by_hand():
        st.session_state[AUDIENCE] = _in_the_room(providers, chosen).key
    with st.sidebar:
        key = st.selectbox(
            "Who will see this",
            list(named),
            format_func=lambda one: audience_name(named[one], settings),
            key=AUDIENCE,
            on_change=_mark_by_hand,
            help="Small numbers are hidden from everybody but the commissioning team, and so is what would give them away.",
        )
    default = key == Audience.US.key and not _by_hand() and not said
    write(AUDIENCE, [] if default else [key])
    return named[key]


def others_chosen() -> bool:
    """Whether the address, or what was chosen last, says that others than the commissioning team will see the page."""
    said = st.query_params.get_all(AUDIENCE) or chosen_last(AUDIENCE)
    return any(one != Audience.US.key for one in said)


def audience_name(audience: Audience, settings: Settings) -> str:
    """An audience as it is chosen."""
    return {
        Circle.US: "Us, the commissioning team",
        Circle.PROVIDER: f"Us and {settings.provider_label(audience.provider)}",
        Circle.PROVIDERS: "Several providers",
        Circle.PUBLIC: "Everybody",
    }[audience.circle]


def seen_as(audience: Audience, settings: Settings) -> str:
    """That a page is shown as others may see it, so that nobody takes it for all; blank for the commissioning team."""
    if not audience.gated:
        return ""
    named = {
        Circle.PROVIDER: settings.provider_label(audience.provider),
        Circle.PROVIDERS: "several providers",
        Circle.PUBLIC: "everybody",
    }
    return f"Shown as {named[audience.circle]} may see it: small numbers, and what would give them away, are hidden."


def presenting_asked() -> bool:
    """Whether the page is about to be presented: its switch is drawn after the pickers."""
    switch = st.session_state.get(SWITCH)
    return bool(switch) if switch is not None else st.query_params.get(SWITCH) == "true"


def _in_the_room(providers: Sequence[str], chosen: Sequence[str]) -> Audience:
    alone = [key for key in chosen if key in providers]
    return Audience.with_provider(alone[0]) if len(alone) == 1 else Audience.PROVIDERS


def _mark_by_hand() -> None:
    st.session_state[_BY_HAND] = True


def _by_hand() -> bool:
    return bool(st.session_state.get(_BY_HAND))
