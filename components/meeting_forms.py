"""What may be done with a meeting: keep it, say something beside a screen, freeze it, withdraw it, take its pack away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import streamlit as st

from components.downloads import offer
from components.frame import section
from domain.actions import MOST_OF_AN_OWNER
from domain.formats import unmarked
from domain.issued import Issue
from domain.meetings import MOST_OF_A_COMMENT, Remark
from domain.pack import MeetingPack, Screen

_DONE: Final = "meeting_done"
_TURN: Final = "meeting_turn"
TOP: Final = ""
"""The place of what is said above the page; any other is the key of a screen."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done a moment ago, where it is said, and the action that may be taken back."""

    place: str
    words: str
    action: int | None = None


class File(Protocol):
    """One file of a pack."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def mime(self) -> str:
        """What kind of file it is."""

    @property
    def make(self) -> Callable[[], bytes]:
        """Builds it; asks nothing of Streamlit."""


def turn() -> int:
    """Counts what was saved, so that every form starts afresh after it."""
    return int(st.session_state.get(_TURN, 0))


def note_done(words: str, place: str = TOP, *, action: int | None = None) -> None:
    """Remember what was done, to be said when the page is drawn again."""
    st.session_state[_DONE] = Done(place, words, action)
    st.session_state[_TURN] = turn() + 1


def show_done(place: str = TOP, take_back: Callable[[int], None] | None = None) -> None:
    """Say what was done a moment ago, in its place, with the way back where there is one."""
    done: Done | None = st.session_state.get(_DONE)
    if done is None or done.place != place:
        return
    st.session_state.pop(_DONE)
    st.success(unmarked(done.words))
    if done.action is not None and take_back is not None:
        st.button(
            "Undo: drop this action",
            icon=":material/undo:",
            key="action_undo",
            on_click=take_back,
            args=(done.action,),
        )


def answer(why: str) -> None:
    """Say what stands against keeping something that was entered; draw the page again where nothing does."""
    if why:
        st.error(unmarked(why))
    else:
        st.rerun()


def ask_remark(screen: Screen, remark: Remark, key: str, say: Callable[[Remark], str]) -> None:
    """A folded form for a comment and a quote beside a screen; `say` keeps them and gives what stands against it."""
    label = "Change the comment or quote" if remark.comment or remark.quote else "Add a comment or a quote"
    with (
        st.expander(label, icon=":material/chat:", key=f"remark_{screen.key}_{key}"),
        st.form(f"remark_form_{screen.key}_{key}", enter_to_submit=False, border=False),
    ):
        comment = st.text_area(
            "Comment",
            remark.comment,
            max_chars=MOST_OF_A_COMMENT,
            key=f"remark_comment_{screen.key}_{key}",
            help="It stands beside the figures, on the screen and in the pack. No names, and no number that is hidden from those who "
            "will see this: what is typed is not held against what they may see.",
        )
        quote = st.text_area(
            "Quote",
            remark.quote,
            max_chars=MOST_OF_A_COMMENT,
            key=f"remark_quote_{screen.key}_{key}",
            help="What somebody said, word for word. In the pack only if you ask for it there.",
        )
        by = st.text_input(
            "Whose words they are",
            remark.quote_by,
            max_chars=MOST_OF_AN_OWNER,
            key=f"remark_by_{screen.key}_{key}",
            help="As 'a parent' or 'a tenant', never a name.",
        )
        agreed = st.checkbox(
            "No names, agreed to be used", value=remark.agreed, key=f"remark_agreed_{screen.key}_{key}"
        )
        pressed = st.form_submit_button("Save", icon=":material/save:")
        if pressed:
            answer(say(Remark(comment.strip(), quote.strip(), by.strip(), agreed)))


def offer_pack(
    make_files: Callable[[bool], Sequence[File]], pack: MeetingPack, issued: Issue | None, *, quotes: bool
) -> None:
    """The three files to take away, each built when it is pressed.

    Parameters
    ----------
    make_files : the files of the pack, with quotes or without. issued : what they give away to others, where that is not kept yet.
    quotes : whether something was quoted, so that it may be asked for.
    """
    section("Take the pack away")
    with_quotes = quotes and st.checkbox(
        "With the quotes",
        key=f"meeting_quotes_{pack.meeting or pack.title}",
        help="Without this no quote leaves the screen.",
    )
    with st.container(horizontal=True, key="on_screen_pack"):
        for file in make_files(with_quotes):
            ending = file.name.rpartition(".")[2]
            offer(
                {"pptx": "Slides (PowerPoint)", "pdf": "Document (PDF)", "xlsx": "Workbook (Excel)"}.get(
                    ending, file.name
                ),
                file.make,
                file_name=file.name,
                mime=file.mime,
                key=f"meeting_{ending}",
                what=f"Meeting pack, {ending}",
                service=pack.service,
                provider=pack.provider,
                detail=" ".join(part for part in (pack.selection, pack.example) if part),
                issued=issued,
            )
    st.caption(unmarked(f"{pack.audience_words}. Each file says so on every page."))


def offer_freeze(freeze: Callable[[], str]) -> None:
    """The button that keeps what was shown, after a confirmation; `freeze` gives what stands against it."""
    if st.button("Freeze what was shown", type="primary", icon=":material/lock:", key="meeting_freeze"):
        _confirm_freeze(freeze)


@st.dialog("Freeze what was shown?")
def _confirm_freeze(freeze: Callable[[], str]) -> None:
    st.markdown(
        "Every figure, sentence, comment and quote stays as it is now, for good: whoever opens this meeting later sees what was shown, "
        "and what has changed since. Its agenda and comments can then no longer be changed; actions go on."
    )
    if st.button("Yes, freeze it", type="primary", key="meeting_freeze_yes"):
        answer(freeze())


def offer_withdraw(withdraw: Callable[[str], str]) -> None:
    """The button that says a meeting should not count, after a reason; `withdraw` gives what stands against it."""
    if st.button("Withdraw this meeting", icon=":material/block:", key="meeting_withdraw"):
        _confirm_withdraw(withdraw)


@st.dialog("Withdraw this meeting?")
def _confirm_withdraw(withdraw: Callable[[str], str]) -> None:
    st.markdown(
        "It stays in the list, marked as withdrawn, with your reason. The actions agreed in it go on. This cannot be undone."
    )
    why = st.text_area("Why is it withdrawn?", key="meeting_why", max_chars=MOST_OF_A_COMMENT)
    if st.button("Yes, withdraw it", type="primary", key="meeting_withdraw_yes"):
        answer(withdraw(why.strip()))


def show_changes(changed: Sequence[str], acts: Sequence[str]) -> None:
    """What has changed since the meeting: figure by figure, and what was sent or set since then."""
    section("What has changed since")
    if not changed:
        st.markdown("No figure that was shown has changed.")
    for one in changed:
        st.markdown(f"- {unmarked(one)}")
    if acts:
        label = f"What happened to the figures since ({len(acts)})"
        with st.expander(label, icon=":material/history:", key="meeting_acts", expanded=bool(changed)):
            st.markdown("\n".join(f"- {unmarked(one)}" for one in acts))
