"""Giving somebody a role: the role first, then how far it reaches, then who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from components.frame import section
from components.settings_links import to_settings
from domain.access import Grant, Reach, Role
from domain.people import MOST_OF_A_TITLE, MOST_OF_A_USER
from domain.services import SERVICES
from domain.settings import Settings
from domain.settings_words import service_label

LIMITED: Final = (Role.VIEWER, Role.PRESENTER, Role.PROVIDER, Role.COMMISSIONER)
"""The roles that may be for a part only; an administrator's is for everything."""
NARROW: Final = "A commissioner of a part sees and sends what belongs to it, but the settings hold for the whole council and stay closed."
BY_AREA: Final = (
    "A role for one area shows figures only: single cases, returns and prices are of more than one area."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A role that somebody should have."""

    user: str
    grant: Grant
    title: str


def ask_role(settings: Settings, turn: int) -> Asked | None:
    """Ask which role whom should be given; None until the button is pressed.

    Parameters
    ----------
    turn : counts the roles given, so that the form starts afresh after one.
    """
    section("Give a role")
    roles: list[Role] = list(Role)
    role = st.radio(
        "Role",
        roles,
        index=0,
        format_func=lambda one: one.label,
        captions=[one.explained for one in Role],
        key=f"role_{turn}",
    )
    if role is Role.PROVIDER and not settings.providers:
        st.info("The settings hold no provider yet. Enter it there first.")
        to_settings("Add a provider")
        return None
    with st.form(f"role_given_{turn}", enter_to_submit=False):
        reach = _ask_reach(role, settings, turn) if role in LIMITED else Reach()
        left, right = st.columns(2)
        user = left.text_input(
            "Who, as their sign-in names them",
            max_chars=MOST_OF_A_USER,
            placeholder="name@council.gov.uk",
            key=f"role_user_{turn}",
            help="The e-mail address or id that the sign-in gives. Large and small letters are the same.",
        )
        title = right.text_input(
            "Job title (may stay blank)",
            max_chars=MOST_OF_A_TITLE,
            key=f"role_title_{turn}",
            help="Stands beside what they save, such as: Contracts manager. Not a name.",
        )
        if not st.form_submit_button("Give this role", type="primary", icon=":material/person_add:"):
            return None
    return Asked(user, Grant(role, reach), title)


def _ask_reach(role: Role, settings: Settings, turn: int) -> Reach:
    """The service, provider and area of a role: only those that there are."""
    one, two, three = st.columns(3)
    service = one.selectbox(
        "Service",
        ["", *(service.key for service in SERVICES)],
        format_func=lambda key: service_label(key) if key else "Every service",
        key=f"role_service_{turn}",
    )
    providers = [provider.key for provider in settings.providers]
    provider = two.selectbox(
        "Provider",
        providers if role is Role.PROVIDER else ["", *providers],
        index=None if role is Role.PROVIDER else 0,
        format_func=lambda key: settings.provider_label(key) if key else "Every provider",
        placeholder="Choose the provider",
        key=f"role_provider_{turn}_{role}",
    )
    area = three.selectbox(
        "Area",
        ["", *(area.key for area in settings.areas)],
        format_func=lambda key: settings.area_label(key) if key else "Every area",
        key=f"role_area_{turn}",
    )
    st.caption(f"{NARROW} {BY_AREA}" if role is Role.COMMISSIONER else BY_AREA)
    return Reach(service or "", provider or "", area or "")
