"""The list of people on the People page: who they are, what they may do, and the same as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.downloads import offer
from components.frame import section, show_table
from components.people_words import grant_words, roles_words
from components.versions import moment
from domain.access import Role
from domain.formats import counted, csv_cell, day, unmarked
from domain.people import Person
from domain.returns_calendar import CLOCK
from domain.settings import Settings
from domain.settings_words import service_label
from domain.table import Table

MANY: Final = 12
"""With more people than this, only so many are shown at first, and a field finds any of them."""
ROLES_MATTER: Final = (
    "Nobody signs in at present, so that whoever sits at this computer may do everything. The roles here hold once people sign in "
    "(AUTH_MODE, in docs/deploy.md)."
)
FIRST: Final = (
    "Nobody has a role yet. The first administrator is made on the server, by "
    "`python -m data_access grant NAME administrator`, with the name by which they sign in; "
    "an administrator gives everybody else a role here."
)


def people_message(people: Sequence[Person]) -> str:
    """The title of the page: how many people may do anything."""
    some = [one for one in people if one.grants]
    if not some:
        return "Nobody has a role yet"
    has = "has" if len(some) == 1 else "have"
    return f"{counted(len(some), 'person', 'people')} {has} a role"


def show_notes(*, signs_in: bool, administrators: int, wall: str) -> None:
    """What must be known before anything is changed here.

    Parameters
    ----------
    wall : why the database does not by itself keep people to their rows; blank where it does, or cannot.
    """
    if wall:
        st.warning(unmarked(wall), icon=":material/shield:")
    if not signs_in:
        st.info(ROLES_MATTER, icon=":material/info:")
    if signs_in and administrators == 1:
        st.info(
            "There is one administrator. Make somebody else one too, so that roles can be changed while they are away.",
            icon=":material/info:",
        )


def show_people(people: Sequence[Person], settings: Settings) -> None:
    """The list, those with a role first, and its file."""
    section("Who may do what")
    if not people:
        st.info(FIRST)
        return
    ordered = sorted(people, key=lambda one: (not one.grants, one.user))
    shown = ordered
    if len(ordered) > MANY:
        words = st.text_input("Find a person, a role or a place", key="people_find").strip().casefold()
        every = st.toggle(f"Show all {len(ordered)}", key="people_all")
        found = [one for one in ordered if words in _searched(one, settings)]
        shown = found if words or every else found[:MANY]
    if shown:
        show_table(people_table(shown, settings), "People and their roles")
    else:
        st.info("Nobody here has these words in their name, job title or roles.")
    offer(
        "Download as CSV",
        lambda: people_csv(ordered, settings),
        file_name="people.csv",
        mime="text/csv",
        key="people_csv",
        what="Every person with the roles that they have and had",
    )


def people_table(people: Sequence[Person], settings: Settings) -> Table:
    """One row a person."""
    return Table(
        ("Person", "May do what"),
        tuple(
            (
                f"{one.user} ({one.title})" if one.title else one.user,
                roles_words(one.grants, settings) if one.grants else _had(one),
            )
            for one in people
        ),
    )


def people_csv(people: Sequence[Person], settings: Settings) -> bytes:
    """One row for each role that somebody has or had, as a CSV file that Excel opens in UTF-8."""
    written = io.StringIO()
    write = csv.writer(written, lineterminator="\r\n")
    write.writerow(
        (
            "Person",
            "Job title",
            "Role",
            "Service",
            "Provider",
            "Area",
            "Given",
            "Given by",
            "Taken away",
            "Taken away by",
        )
    )
    for one in people:
        for held in one.held:
            reach = held.grant.reach
            limits = (
                service_label(reach.service) if reach.service else "",
                settings.provider_label(reach.provider) if reach.provider else "",
                settings.area_label(reach.area) if reach.area else "",
            )
            ended = moment(held.revoked_at) if held.revoked_at else ""
            row = (
                one.user,
                one.title,
                held.grant.role.label,
                *limits,
                moment(held.granted_at),
                held.granted_by,
            )
            write.writerow([csv_cell(cell) for cell in (*row, ended, held.revoked_by)])
        if not one.held:
            write.writerow([csv_cell(cell) for cell in (one.user, one.title, *[""] * 8)])
    return written.getvalue().encode("utf-8-sig")


def administrators_of(people: Sequence[Person]) -> int:
    """How many people decide who may do what."""
    return sum(any(grant.role is Role.ADMINISTRATOR for grant in one.grants) for one in people)


def _had(person: Person) -> str:
    """Why somebody stands in the list who may do nothing."""
    last = person.held[-1] if person.held else None
    if last is None or last.revoked_at is None:
        return "No role yet"
    return f"No role: taken away on {day(last.revoked_at.astimezone(CLOCK))} by {last.revoked_by}"


def _searched(person: Person, settings: Settings) -> str:
    roles = (grant_words(one, settings) for one in person.grants)
    return " ".join((person.user, person.title, *roles)).casefold()
