"""The parts of the Settings page on who and where: the council, the providers and the areas."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import reduce
from typing import Final

import streamlit as st

from components.frame import section, show_table
from components.settings_frame import Step, a_day, asked_to_add, attempt, choose_one, submitted, without_blank
from components.settings_look import look_part
from domain.formats import counted, day, unmarked
from domain.settings import ROUNDED_TO, SMALL_NUMBERS, Area, Provider, Settings
from domain.settings_edits import (
    end_provider,
    put_area,
    put_provider,
    take_out_area,
    take_out_provider,
)
from domain.settings_words import AREA_KINDS, service_label
from domain.table import Table

KEEP_FILES: Final = "Keep the files as they were sent"
KEEP_FILES_WORDS: Final = (
    "Off: a return's rows are kept, its file is not. On: each file saved from then on is kept whole and can be downloaded "
    "from Returns. Such a file holds every column as it was sent, so your rules on personal data and on how long records "
    "are kept hold for it too. A file in which names or other personal details were found is never kept. Turning it off "
    "later keeps no further files; those already kept stay."
)
CAP: Final = "Warn when more than this share of cases has an agreed exception (%)"
CAP_WORDS: Final = (
    "Cases with an agreed exception are left out of an adjusted figure. Past this share of the cases due, the KPI pages and the "
    "Exceptions page say that the adjusted figure leaves out a great deal. It changes no figure and no status."
)
CAP_TITLE: Final = "When exceptions carry a warning"
SMALL: Final = "Hide numbers under this from everybody but us"
ROUND: Final = "Round counts to the nearest 5 for everybody but us"
SMALL_WORDS: Final = (
    "Whoever is chosen under 'Who will see this', other than us, is shown no number from 1 to under this one, and nothing that would "
    "give one away. With rounding, the counts that they are shown are rounded too, and shares are worked out from those. What was "
    "downloaded for others before cannot be taken back: a larger number hides nothing that they have."
)
SMALL_TITLE: Final = "What others may see"
_RENAME, _END, _OUT = "Change its name", "End its contracts on a day", "Take it out (entered by mistake)"
_CHANGE = "Change it, or give it a last day"


def council_part(settings: Settings, turn: int) -> Step | None:
    """What is set of the council itself, and what its packs look like."""
    section("Council")
    # Both are drawn, whichever was asked to be checked.
    step, look = _council(settings, turn), look_part(settings, turn)
    return step or look


def _council(settings: Settings, turn: int) -> Step | None:
    """The council's name, whether it keeps the files of returns, when exceptions carry a warning, and what others may see."""
    with st.form(f"council_{turn}"):
        name = st.text_input(
            "Name of the council", settings.council, max_chars=100, key=f"council_name_{turn}"
        ).strip()
        keep = st.toggle(KEEP_FILES, settings.keep_originals, key=f"council_keep_{turn}")
        st.caption(KEEP_FILES_WORDS)
        cap = st.number_input(
            CAP,
            0.0,
            100.0,
            float(settings.exceptions_cap * 100),
            step=1.0,
            format="%g",
            key=f"council_cap_{turn}",
        )
        st.caption(CAP_WORDS)
        small = st.number_input(SMALL, *SMALL_NUMBERS, settings.small_number, key=f"council_small_{turn}")
        rounding = st.toggle(ROUND, bool(settings.rounding), key=f"council_round_{turn}")
        st.caption(SMALL_WORDS)
        if not submitted():
            return None
    after = replace(
        settings,
        council=name,
        keep_originals=keep,
        exceptions_cap=Decimal(str(round(cap, 4))) / 100,
        small_number=int(small),
        rounding=ROUNDED_TO if rounding else 0,
    )
    if not name and (settings.council or after == settings):
        st.error("Enter the council's name.")
        return None
    if name != settings.council:
        return Step("The council", after)
    if keep != settings.keep_originals:
        return Step(KEEP_FILES, after)
    return Step(CAP_TITLE if after.exceptions_cap != settings.exceptions_cap else SMALL_TITLE, after)


def providers_part(settings: Settings, turn: int) -> Step | None:
    """Add a provider, rename one, end its contracts, or take it out."""
    section("Providers")
    if settings.providers:
        show_table(without_blank(providers_table(settings)), "Providers")
    which = choose_one(
        "Provider",
        settings.providers,
        lambda p: p.label,
        new="Add a new provider",
        key=f"provider_which_{turn}",
    )
    if which is None:
        return _new_provider(settings, turn)
    return _known_provider(settings, which, turn)


def _new_provider(settings: Settings, turn: int) -> Step | None:
    what, asked = asked_to_add()
    name = asked if what == "provider" else ""
    with st.form(f"provider_new_{turn}"):
        typed = st.text_input(
            "Name of the provider",
            name,
            max_chars=100,
            key=f"provider_name_{turn}_{name}",
            help="The organisation's name as returns give it, never a person's.",
        )
        if not submitted():
            return None
    return attempt(f"Add {typed.strip()}", lambda: put_provider(settings, typed))


def _known_provider(settings: Settings, known: Provider, turn: int) -> Step | None:
    place = f"{turn}_{known.key}"
    what = st.radio("What to do", (_RENAME, _END, _OUT), horizontal=True, key=f"provider_do_{place}")
    with st.form(f"provider_{place}_{what}"):
        name, last = known.label, None
        if what == _RENAME:
            name = st.text_input(
                "Name of the provider", known.label, max_chars=100, key=f"provider_rename_{place}"
            )
        elif what == _END:
            last = a_day("Last day of its contracts", None, f"provider_end_{place}")
        else:
            st.markdown(
                "Its contracts, targets and questions go with it. A provider that has sent returns stays."
            )
        if not submitted():
            return None
    if what == _RENAME:
        return attempt(f"Rename {known.label}", lambda: put_provider(settings, name, was=known.key))
    if what == _OUT:
        return attempt(f"Take out {known.label}", lambda: take_out_provider(settings, known.key))
    if last is None:
        st.error("Enter the last day.")
        return None
    return attempt(f"End the contracts of {known.label}", lambda: end_provider(settings, known.key, last))


def providers_table(settings: Settings) -> Table:
    """Each provider with its contracts."""
    rows = []
    for provider in settings.providers:
        contracts = [c for c in settings.contracts if c.provider == provider.key]
        bought = "; ".join(
            f"{service_label(c.service)} from {day(c.start)}" + (f" to {day(c.end)}" if c.end else "")
            for c in contracts
        )
        rows.append((provider.label, bought or "No contract yet", "Example" if provider.example else ""))
    return Table(("Provider", "Contracts", "Marked"), tuple(rows))


def areas_part(settings: Settings, turn: int) -> Step | None:
    """Add areas, change one, or take it out."""
    section("Areas")
    if settings.areas:
        show_table(without_blank(areas_table(settings)), "Areas")
    which = choose_one(
        "Area", settings.areas, lambda a: a.label, new="Add new areas", key=f"area_which_{turn}"
    )
    if which is None:
        return _new_areas(settings, turn)
    return _known_area(settings, which, turn)


def areas_table(settings: Settings) -> Table:
    """Each area with its kind and dates."""
    return Table(
        ("Area", "Code", "Kind", "Other spellings", "From", "To", "Successor"),
        tuple(
            (
                a.label,
                a.key,
                a.kind,
                "; ".join(a.aliases),
                day(a.valid_from) if a.valid_from else "",
                day(a.valid_to) if a.valid_to else "",
                settings.area_label(a.successor) if a.successor else "",
            )
            for a in settings.areas
        ),
    )


def _kinds(settings: Settings) -> list[str]:
    return list(dict.fromkeys([*AREA_KINDS, *(a.kind for a in settings.areas)]))


def _new_areas(settings: Settings, turn: int) -> Step | None:
    what, asked = asked_to_add()
    name = asked if what == "area" else ""
    with st.form(f"area_new_{turn}"):
        kind = st.selectbox("Kind", _kinds(settings), key=f"area_kind_{turn}")
        text = st.text_area(
            "Names of the areas, one a line",
            name,
            max_chars=10_000,
            key=f"area_names_{turn}_{name}",
            help="An ONS code may follow after a comma: Harlow, E07000073. Without one, a code is made from the name.",
        )
        since = a_day("First day (blank: always there)", None, f"area_from_{turn}")
        if not submitted():
            return None
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        st.error("Enter the name of an area.")
        return None

    def with_all() -> Settings:
        return reduce(lambda held, line: put_area(held, _typed_area(line, kind), was=""), lines, settings)

    def _typed_area(line: str, kind: str) -> Area:
        label, _, code = (part.strip() for part in line.rpartition(",")) if "," in line else (line, "", "")
        return Area(code, label, kind, valid_from=since)

    return attempt(f"Add {counted(len(lines), 'area')}", with_all)


def _known_area(settings: Settings, known: Area, turn: int) -> Step | None:
    place = f"{turn}_{known.key}"
    what = st.radio("What to do", (_CHANGE, _OUT), horizontal=True, key=f"area_do_{place}")
    if what == _OUT:
        with st.form(f"area_out_{place}"):
            st.markdown("An area that saved returns hold cases in stays: give it a last day instead.")
            if not submitted():
                return None
        return attempt(f"Take out {known.label}", lambda: take_out_area(settings, known.key))
    others = [a.key for a in settings.areas if a.key != known.key]
    kinds = _kinds(settings)
    with st.form(f"area_{place}"):
        label = st.text_input("Name", known.label, max_chars=100, key=f"area_label_{place}").strip()
        kind = st.selectbox("Kind", kinds, index=kinds.index(known.kind), key=f"area_kind_{place}")
        aliases = st.text_input(
            "Other spellings, with ; between them", "; ".join(known.aliases), key=f"area_aliases_{place}"
        )
        left, right = st.columns(2)
        with left:
            since = a_day("First day (blank: always there)", known.valid_from, f"area_from_{place}")
        with right:
            until = a_day("Last day (blank: still there)", known.valid_to, f"area_to_{place}")
        successor = st.selectbox(
            "Which area took its place?",
            ["", *others],
            index=([*others].index(known.successor) + 1) if known.successor in others else 0,
            format_func=lambda key: settings.area_label(key) if key else "None",
            key=f"area_successor_{place}",
        )
        st.caption(f"Its code, {unmarked(known.key)}, stays: saved returns know the area by it.")
        if not submitted():
            return None
    spellings = tuple(text for part in aliases.split(";") if (text := part.strip()))
    area = replace(
        known,
        label=label,
        kind=kind,
        aliases=spellings,
        valid_from=since,
        valid_to=until,
        successor=successor,
    )
    return attempt(f"Change {known.label}", lambda: put_area(settings, area, was=known.key))
