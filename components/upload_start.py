"""The start of an upload: for which service, provider and period, and the workbook to fill in for them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.address import allow, fill, one_of, write
from components.downloads import offer
from components.filters import PROVIDER, SERVICE
from components.frame import section
from components.settings_links import to_settings
from domain.fields import COUNCIL_FIELDS
from domain.formats import unmarked
from domain.periods import Period
from domain.returns import COUNCIL
from domain.services import SERVICES, Service
from domain.settings import Settings

_PROVIDER: Final = "upload_provider"
PROVIDER_PICKERS: Final = (_PROVIDER, "told_provider")
"""How the pickers of a provider are called, before the service: here, and where a file does not say whose it is."""
_PERIOD: Final = "upload_period"
_FORM: Final = "upload_form"


class Form(StrEnum):
    """What is downloaded to be filled in."""

    FILLED = "With the cases still open, from the last return"
    BLANK = "Blank"
    TOTALS = "Totals only, where no cases may be shared"
    SUPPLEMENT = "The council's supplement"


_ABOUT: Final = {
    Form.FILLED: "Your own last rows are in it already: each case that is still open or may still change. Add new ones and type what "
    "changed. A case that you delete is said to have gone.",
    Form.BLANK: "It has drop-downs for every answer and explains each column.",
    Form.TOTALS: "One row for each figure instead of one for each case. What totals cannot show is said on the pages.",
    Form.SUPPLEMENT: "It holds what only the council knows of the same cases. With a period chosen, the cases that lack it are in it.",
}
_FILE: Final = {
    Form.FILLED: "return",
    Form.BLANK: "return",
    Form.TOTALS: "totals",
    Form.SUPPLEMENT: "supplement",
}
_WHAT: Final = {
    Form.FILLED: "the workbook with open cases",
    Form.BLANK: "the blank return",
    Form.TOTALS: "the blank totals",
    Form.SUPPLEMENT: "the council's supplement",
}


@dataclass(frozen=True, slots=True)
class Start:
    """For whom and when a return is begun; provider blank and period None where nobody chose."""

    service: Service
    provider: str = ""
    period: Period | None = None


def choose_start(settings: Settings, wanted: Callable[[str], Mapping[str, Sequence[Period]]]) -> Start:
    """The service, provider and period; at first what was looked at last, and the earliest period still wanted.

    Parameters
    ----------
    wanted : for a service, the periods of each provider that may be reported: those still wanted first, the earliest of them first.
    """
    section("1. Fill in the return, starting from the last one")
    left, middle, right = st.columns(3)
    with left:
        service = _choose_service(settings)
    periods = wanted(service.key)
    offered = ["", *(p.key for p in settings.providers_of(service.key))]
    provider = _choose_provider(middle, settings, service.key, offered)
    mine: list[Period | None] = [*periods.get(provider, ())]
    # Another provider has other periods: its picker starts again at the earliest one wanted.
    period = right.selectbox(
        "Period",
        mine or [None],
        format_func=lambda p: p.label if p else "Leave blank",
        key=f"{_PERIOD}_{service.key}_{provider}",
        disabled=not mine,
    )
    return Start(service, provider, period)


def _choose_service(settings: Settings) -> Service:
    bought = {contract.service for contract in settings.contracts}
    ordered = sorted(SERVICES, key=lambda one: (one.key not in bought, SERVICES.index(one)))
    named = {one.key: one for one in ordered}
    fill(SERVICE, one_of(list(named), str, ordered[0].key), ordered[0].key)
    allow(SERVICE, list(named), ordered[0].key)
    key = st.selectbox(
        "Service",
        list(named),
        format_func=lambda one: named[one].label + ("" if one in bought else " (no contract yet)"),
        key=SERVICE,
    )
    write(SERVICE, [key])
    return named[key]


def _choose_provider(place: DeltaGenerator, settings: Settings, service: str, offered: Sequence[str]) -> str:
    looked_at = [key for key in st.session_state.get("chosen_before", {}).get(PROVIDER, []) if key in offered]
    known = [*looked_at[:1], *offered[1:]]
    key = f"{_PROVIDER}_{service}"
    return place.selectbox(
        "Provider",
        offered,
        index=offered.index(known[0]) if known else 0,
        format_func=lambda one: settings.provider_label(one) if one else "Leave blank",
        key=key,
    )


def offer_workbooks(
    start: Start, workbook: Callable[[Form, Start], bytes], *, sent_before: Callable[[Start], bool]
) -> None:
    """Offer the workbook to fill in, in the forms there are.

    Parameters
    ----------
    workbook : makes it, when it is wanted. sent_before : whether the provider has a return from which to go on.
    """
    forms = [
        *([Form.FILLED] if start.provider and start.period and sent_before(start) else []),
        Form.BLANK,
        Form.TOTALS,
        *([Form.SUPPLEMENT] if any(start.service.key in field.services for field in COUNCIL_FIELDS) else []),
    ]
    form = st.radio("Workbook", forms, horizontal=True, key=f"{_FORM}_{len(forms)}_{forms[0].name}")
    st.caption(_ABOUT[form])
    who = "" if form is Form.SUPPLEMENT else start.provider
    when = start.period.key.replace("..", "-to-") if start.period else ""
    offer(
        f"Download {_WHAT[form]}",
        lambda: workbook(form, start),
        file_name="-".join(part for part in (start.service.key, _FILE[form], who, when) if part) + ".xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="template",
        what=f"Workbook to fill in: {_WHAT[form].removeprefix('the ')}",
        service=start.service.key,
        provider=COUNCIL if form is Form.SUPPLEMENT else start.provider,
        # The supplement holds the cases of its period that lack it.
        cases=form is Form.FILLED or (form is Form.SUPPLEMENT and start.period is not None),
    )


def asks_for_nothing(start: Start, settings: Settings) -> bool:
    """Offer to report that there was nothing; whether it was pressed."""
    if not (start.provider and start.period):
        return False
    about = f"{settings.provider_label(start.provider)} had no case and no activity in {start.period.label}?"
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button("Nothing to report for this period", key="nil", icon=":material/event_busy:")
        st.caption(unmarked(f"{about} Then no file is needed: you see what it changes before it is saved."))
    return pressed


def no_providers() -> None:
    """Say that the shared database knows no provider yet, and how to begin."""
    st.warning(
        "No return can be checked yet, because the dashboard does not know your providers.",
        icon=":material/info:",
    )
    st.markdown(
        "A return is checked against the council's own providers, areas and contracts. They are added once, in Settings; "
        "or a settings workbook is loaded with `.venv/bin/python -m data_access settings load settings.xlsx`."
    )
    to_settings("Add them in Settings")


def holds_examples() -> None:
    """Say why nothing can be saved in a database of examples."""
    st.warning(
        "This database holds the examples, so that no real return can be saved in it: the two are never mixed. "
        "You can check a file here and look at it. To save returns, start the dashboard with a database of your own "
        "(`DATABASE_URL`).",
        icon=":material/info:",
    )
