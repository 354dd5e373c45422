"""The returns as a list of versions, and who has sent what as a grid of providers and periods."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

import streamlit as st

from components.formats import counted, day, number, unmarked
from components.panel import Table
from components.problems import personal_words
from domain.periods import Period
from domain.settings import Contract, Settings

_DONE: Final = "return_withdrawn"
_CLOCK: Final = ZoneInfo("Europe/London")


class Version(Protocol):
    """One version of a return, as far as it is shown."""

    @property
    def id(self) -> str:
        """Service, provider, period and version, as one text."""

    @property
    def service(self) -> str:
        """Key of the service."""

    @property
    def provider(self) -> str:
        """Key of the provider."""

    @property
    def period(self) -> Period:
        """The months it covers."""

    @property
    def version(self) -> int:
        """1 for the first file of its period."""

    @property
    def state(self) -> str:
        """'current', 'replaced' or 'withdrawn'."""

    @property
    def accepted_at(self) -> datetime:
        """When it was saved."""

    @property
    def accepted_by(self) -> str:
        """Who saved it."""

    @property
    def cases_n(self) -> int:
        """Rows of cases."""

    @property
    def activities_n(self) -> int:
        """Rows of activities."""

    @property
    def file_name(self) -> str:
        """As the sender's computer called it."""

    @property
    def reason(self) -> str:
        """Why its warnings were accepted."""

    @property
    def withdrawn_at(self) -> datetime | None:
        """When it was withdrawn."""

    @property
    def withdrawn_by(self) -> str:
        """Who withdrew it."""

    @property
    def withdrawn_why(self) -> str:
        """Why it was withdrawn."""


def versions_table(found: Sequence[Version], settings: Settings) -> Table:
    """Every version, the latest period first."""
    ordered = sorted(found, key=lambda v: (v.period.end, v.provider, v.version), reverse=True)
    return Table(
        (
            "Period",
            "Provider",
            "Version",
            "State",
            "Saved",
            "By",
            "Cases",
            "Activities",
            "File",
            "Reason given",
        ),
        tuple(
            (
                v.period.label,
                settings.provider_label(v.provider),
                v.version,
                state_words(v),
                moment(v.accepted_at),
                v.accepted_by,
                number(v.cases_n),
                number(v.activities_n),
                v.file_name,
                v.reason,
            )
            for v in ordered
        ),
    )


def state_words(version: Version) -> str:
    """The state of a version in words."""
    if version.state == "withdrawn":
        by = f" by {version.withdrawn_by}" if version.withdrawn_by else ""
        on = f" on {day(version.withdrawn_at.astimezone(_CLOCK))}" if version.withdrawn_at else ""
        return f"Withdrawn{on}{by}: {version.withdrawn_why}"
    return {"current": "Current", "replaced": "Replaced by a later return"}[version.state]


def moment(at: datetime) -> str:
    """A moment as a person reads it, by the clock in England: '3 Oct 2026, 14:05'."""
    here = at.astimezone(_CLOCK)
    return f"{day(here)}, {here:%H:%M}"


def version_label(version: Version, settings: Settings) -> str:
    """One version in words, for a picker."""
    return f"{settings.provider_label(version.provider)}, {version.period.label}, version {version.version}"


def received_table(found: Sequence[Version], settings: Settings, service: str, until: date) -> Table:
    """Who has sent what: a row for each period, a column for each provider under contract.

    Parameters
    ----------
    until : the day up to which returns are expected.
    """
    # One provider may have had several contracts, one after another.
    expected: dict[str, dict[Period, Contract]] = {}
    for contract in (c for c in settings.contracts if c.service == service):
        wanted = expected.setdefault(contract.provider, {})
        wanted.update(dict.fromkeys(contract.expected_periods(until), contract))
    here = [v for v in found if v.service == service]
    current = {(v.provider, v.period): v for v in here if v.state == "current"}
    providers = [
        p.key for p in settings.providers if p.key in expected or any(p.key == v.provider for v in here)
    ]
    periods = {period for each in expected.values() for period in each} | {period for _, period in current}

    def cell(provider: str, period: Period) -> str:
        version = current.get((provider, period))
        if version:
            return "✓ Received" + (f", version {version.version}" if version.version > 1 else "")
        if period not in expected.get(provider, ()):
            return ""
        if any(key == provider and other.covers(period) for key, other in current):
            return "✓ Received, in a longer return"
        due = period.end + timedelta(days=expected[provider][period].due_days)
        return f"○ Outstanding, was due {day(due)}" if due < until else f"◇ Due by {day(due)}"

    rows = sorted(periods, key=lambda period: (period.end, period.start), reverse=True)
    return Table(
        ("Period", *(settings.provider_label(key) for key in providers)),
        tuple((period.label, *(cell(key, period) for key in providers)) for period in rows),
    )


def returns_message(received: Table) -> str:
    """The title of the page: how many returns are in and how many are outstanding."""
    cells = [str(cell) for row in received.rows for cell in row[1:]]
    late = sum(cell.startswith("○") for cell in cells)
    came = counted(sum(cell.startswith("✓") for cell in cells), "return")
    return f"{came} received, {number(late)} outstanding" if late else f"{came} received, none outstanding"


def withdrawn_note() -> None:
    """Say what was withdrawn a moment ago."""
    if words := st.session_state.pop(_DONE, ""):
        st.success(unmarked(words))


def choose_withdrawal(
    found: Sequence[Version], settings: Settings, withdraw: Callable[[str, str, str], object]
) -> None:
    """Offer to withdraw one of the returns that count, after a reason and a confirmation.

    Parameters
    ----------
    withdraw : takes the id of the version, who withdraws it and why; raises ValueError with a sentence when it cannot.
    """
    st.markdown(
        "Its cases then count no longer; the version before it, if there is one, counts again. Nothing is deleted."
    )
    chosen = st.selectbox(
        "Return",
        sorted(found, key=lambda v: (v.period.end, v.provider), reverse=True),
        index=None,
        format_func=lambda version: version_label(version, settings),
        placeholder="Choose a return",
        key="withdraw_which",
    )
    if (
        st.button("Withdraw this return", disabled=chosen is None, key="withdraw", icon=":material/undo:")
        and chosen
    ):
        _confirm(chosen, settings, withdraw)


@st.dialog("Withdraw this return?")
def _confirm(version: Version, settings: Settings, withdraw: Callable[[str, str, str], object]) -> None:
    about = version_label(version, settings)
    st.markdown(
        f"{unmarked(about)}. What counted before it counts again; otherwise its period has no return."
    )
    why = st.text_area(
        "Why is it withdrawn?",
        key="withdraw_why",
        max_chars=300,
        help="Kept with the return. No names or other personal details.",
    )
    user = st.text_input("Your job title", key="withdraw_user", max_chars=80).strip()
    st.caption("To undo it later, upload the same file again.")
    if st.button("Yes, withdraw it", type="primary", key="withdraw_yes"):
        if not why.strip():
            st.error("Write why the return is withdrawn.")
            return
        if personal := personal_words(why, user):
            st.error(personal)
            return
        try:
            withdraw(version.id, user or "local user", why)
        except ValueError as refused:
            st.error(unmarked(str(refused)))
            return
        st.session_state[_DONE] = f"{about} is withdrawn."
        st.rerun()
