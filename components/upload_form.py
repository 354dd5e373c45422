"""The parts of the Upload page: the blank return, the file, the reason for warnings, and what to do with a checked file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from components.address import allow, fill, one_of, write
from components.filters import SERVICE, link_to
from components.formats import counted, listed, unmarked
from components.frame import section
from components.navigation import PAGES_FOLDER
from components.problems import personal_words, show_problems
from components.settings_links import to_settings
from components.versions import sender_label
from domain.checks import Examined
from domain.fields import COUNCIL_FIELDS
from domain.periods import Period
from domain.returns import COUNCIL, Return
from domain.selection import Selection
from domain.services import SERVICES, Service
from domain.settings import Settings

ENDINGS: Final = ["xlsx", "xlsm", "csv"]
DEFAULT_USER: Final = "local user"
ANOTHER: Final = "Another reason"
REASONS: Final = (
    "Checked with the person who recorded it: correct as it stands",
    "Not recorded by our system",
    "Not known yet: it will come in a later return",
    ANOTHER,
)
_SENDERS: Final = ("A provider's return", "The council's supplement")
_LONGEST_NOTE: Final = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for with a checked file: to save it, to look at it only, or to leave it."""

    save: bool = False
    look: bool = False
    again: bool = False
    user: str = DEFAULT_USER
    reason: str = ""


def choose_service(settings: Settings) -> Service:
    """The service that the blank return is for; at first the one that was looked at last, or one under contract."""
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


def offer_template(
    service: Service,
    settings: Settings,
    periods: Callable[[str], Sequence[Period]],
    workbook: Callable[..., bytes],
) -> None:
    """Offer the blank return, filled with the provider and period when they are chosen.

    Parameters
    ----------
    periods : the periods that a provider may still report, by its key. workbook : takes service, provider (the council for its
        supplement) and period, and gives the workbook.
    """
    section("1. Fill in the blank return")
    st.markdown(
        "It has drop-downs for every answer and explains each column. Your own export may be used too."
    )
    council = False
    if any(service.key in field.services for field in COUNCIL_FIELDS):
        council = st.radio("Whose return", _SENDERS, horizontal=True, key="template_sender") == _SENDERS[1]
        st.caption("The supplement holds what only the council knows of the same cases.")
    if council:
        _download(
            f"{service.key}-supplement", "the blank supplement", lambda: workbook(service.key, COUNCIL, None)
        )
        return
    left, right = st.columns(2)
    provider = left.selectbox(
        "Provider",
        ["", *(p.key for p in settings.providers_of(service.key))],
        format_func=lambda key: settings.provider_label(key) if key else "Leave blank",
        key="template_provider",
    )
    period = right.selectbox(
        "Period",
        [None, *periods(provider)] if provider else [None],
        format_func=lambda p: p.label if p else "Leave blank",
        key="template_period",
        disabled=not provider,
    )
    name = "-".join(part for part in (service.key, "return", provider, period.key if period else "") if part)
    _download(
        name.replace("..", "-to-"),
        "the blank return",
        lambda: workbook(service.key, provider, period),
    )


def _download(name: str, what: str, data: Callable[[], bytes]) -> None:
    st.download_button(
        f"Download {what}",
        data=data,
        file_name=f"{name}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        on_click="ignore",
        icon=":material/download:",
        key="template",
    )


def choose_file(turn: int) -> tuple[str, bytes] | None:
    """The file and the button that checks it; its name and bytes when the button was pressed.

    Parameters
    ----------
    turn : counts the files checked, so that a checked file leaves the memory with its upload box.
    """
    section("2. Choose the filled-in return")
    file = st.file_uploader(
        "Return to check",
        type=ENDINGS,
        key=f"upload_file_{turn}",
        max_upload_size=20,
    )
    st.caption(
        "An Excel workbook (.xlsx) or a CSV file of at most 20 MB; save an older .xls as .xlsx first. "
        "Nothing is saved until you say so."
    )
    pressed = st.button("Check this file", type="primary", disabled=file is None, key="check")
    return (file.name, file.getvalue()) if pressed and file is not None else None


def show_examined(examined: Examined, provider: str) -> None:
    """Show what was read, and every problem."""
    read = [
        counted(rows, f"row on the sheet {sheet}", f"rows on the sheet {sheet}")
        for sheet, rows in examined.rows_read.items()
    ]
    if examined.accepted and provider:
        st.markdown(
            unmarked(f"{provider}, {examined.accepted.period.label}. We read {listed(read) or 'no rows'}.")
        )
    elif read:
        st.markdown(unmarked(f"We read {listed(read)}."))
    if examined.must_fix:
        st.error(
            f"Nothing was saved. Put right {counted(len(examined.must_fix), 'thing')} in the file, then upload it again."
        )
    if examined.dropped_columns:
        left = listed([f"'{column}'" for column in examined.dropped_columns], most=12)
        st.info(unmarked(f"Columns that are not part of a return were left out and are not kept: {left}."))
    show_problems(examined.problems, examined.file_name)
    if examined.must_fix and examined.not_run:
        with st.expander(f"{counted(len(examined.not_run), 'check')} could not run yet"):
            st.markdown("They run once the above is put right:")
            st.markdown("\n".join(f"- {unmarked(title)}" for title in examined.not_run))


def ask_what_next(*, confirm: int, may_save: bool, may_look: bool) -> Wanted:
    """Ask for a reason where there are warnings, then whether to save the return or only look at it.

    Parameters
    ----------
    confirm : how many warnings want a reason. may_save, may_look : what is possible with the file.
    """
    section("What next?")
    reason, ready = "", True
    if may_save and confirm:
        left, right = st.columns(2)
        pick = left.selectbox(
            f"Reason for the {counted(confirm, 'thing')} to confirm",
            REASONS,
            index=None,
            key="reason",
            placeholder="Choose a reason",
        )
        note = right.text_input(
            "Note", key="reason_note", max_chars=_LONGEST_NOTE, help="No names or other personal details."
        )
        ready = pick is not None and (pick != ANOTHER or bool(note.strip()))
        reason = ": ".join(part for part in (pick or "", note.strip()) if part)
    user = DEFAULT_USER
    if may_save:
        user = st.text_input(
            "Your job title",
            key="upload_user",
            max_chars=80,
            help="A job title, not a name. It is kept with the return.",
        ).strip()
    if personal := personal_words(reason, user):
        ready = False
        st.error(personal)
    save = look = False
    with st.container(horizontal=True):
        if may_save:
            save = st.button(
                "Save this return", type="primary", disabled=not ready, key="save", icon=":material/save:"
            )
        if may_look:
            look = st.button("Look at it without saving", key="look", icon=":material/visibility:")
        again = st.button("Upload your file again", key="again", icon=":material/upload_file:")
    if may_save and not ready and not personal:
        st.caption("Choose a reason first; with 'Another reason', write a note.")
    return Wanted(save, look, again, user or DEFAULT_USER, reason)


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


def title_of(examined: Examined, *, saved: bool, refused: bool) -> str:
    """The title of the page once a file was checked: whether it can be saved."""
    name = examined.file_name
    if saved:
        return "The return is saved"
    if refused:
        return f"{name} cannot be saved as it is"
    if examined.must_fix:
        return f"There is a problem with {name}"
    return f"{name} can be saved" + (", with a reason" if examined.to_confirm else "")


def show_refused(why: str) -> None:
    """Say why a file that has nothing to mend cannot be saved."""
    st.error(unmarked(why if "nothing was saved" in why else f"Nothing was saved. {why}"))


def show_saved(new: Return, settings: Settings, version: int, *, changed: bool) -> bool:
    """Say what was saved and where to look next; whether another file is wanted."""
    about = f"{sender_label(new.provider, settings)}, {new.period.label}"
    if changed:
        st.success(unmarked(f"{about}: version {version} is saved and counts in every figure now."))
    else:
        st.info(
            unmarked(f"{about}: the same file was saved before as version {version}, so nothing has changed.")
        )
    whose = () if new.provider == COUNCIL else (new.provider,)
    link = link_to(Selection(new.service, whose, (), new.period.first_month, new.period.last_month))
    service = {"service": [new.service]}
    for file, label in (
        ("kpis.py", "See its KPIs"),
        ("overview.py", "Go to the overview"),
        ("returns.py", "See all returns"),
    ):
        query = link if file == "kpis.py" else service
        st.page_link(PAGES_FOLDER / file, label=label, icon=":material/arrow_forward:", query_params=query)
    return st.button("Upload another return", key="again", icon=":material/upload_file:")
