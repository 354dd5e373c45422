"""What was found in a checked file: what was read, what must be mended, what to confirm with which reason, and the marked workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import streamlit as st

from components.downloads import offer
from components.frame import section
from components.problems import (
    offer_list,
    personal_words,
    show_lacking,
    show_must_fix,
    show_not_run,
    show_said,
    where_words,
)
from domain.checks import Examined
from domain.formats import counted, listed, sentence_case, unmarked
from domain.grouping import ToConfirm
from domain.problem import Problem

ANOTHER: Final = "Another reason"
REASONS: Final = (
    "Checked with the person who recorded it: correct as it stands",
    "Not recorded by our system",
    "Not known yet: it will come in a later return",
    "What was dropped is not needed for the return",
    ANOTHER,
)
_LONGEST_NOTE: Final = 300
_FOR_ALL: Final = "upload_reason_for_all"
_PLACES: Final = 5
"""So many places of one question are listed on the screen."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reason and note given for each question, by the name of its rule, and whether every question has one."""

    given: Mapping[str, tuple[str, str]]
    complete: bool
    personal: str = ""


class Marked(Protocol):
    """The sender's own workbook with its problems marked."""

    @property
    def file_name(self) -> str:
        """What the download is called."""

    def content(self) -> bytes:
        """The workbook."""

    @property
    def lost(self) -> tuple[str, ...]:
        """What the copy could not keep of the original."""


def show_read(examined: Examined, provider: str) -> None:
    """Say what was read, and what was left out."""
    read = [
        counted(rows, f"row on the sheet {sheet}", f"rows on the sheet {sheet}")
        for sheet, rows in examined.rows_read.items()
        if rows
    ]
    if examined.accepted and provider:
        st.markdown(
            unmarked(f"{provider}, {examined.accepted.period.label}. We read {listed(read) or 'no rows'}.")
        )
    elif read:
        st.markdown(unmarked(f"We read {listed(read)}."))
    if examined.must_fix:
        st.error("Nothing was saved. Put right what is listed below in the file, then upload it again.")
    if examined.dropped_columns:
        left = listed([f"'{column}'" for column in examined.dropped_columns], most=12)
        st.info(unmarked(f"Columns that are not part of a return were left out and are not kept: {left}."))


def show_found(examined: Examined) -> None:
    """Show what must be mended, with links to what Settings lacks."""
    show_must_fix(examined.problems)
    show_lacking(examined.problems)


def show_rest(
    examined: Examined,
    marked: Marked | None,
    *,
    may_mark: bool,
    why_not: str = "",
    whose: tuple[str, str] = ("", ""),
) -> bool:
    """Show what is only said, what was not checked, and the files to work through; whether the workbook is to be marked.

    Parameters
    ----------
    marked : the sender's own workbook with the problems marked, once it was made. may_mark : whether the file has cells to mark.
    why_not : why it could not be marked, once it was tried. whose : service and provider of the file, by their keys, where it is known.
    """
    show_said(examined.problems)
    show_not_run(examined.not_run, examined.why_not, refused=bool(examined.must_fix))
    if not examined.problems:
        return False
    wanted = False
    with st.container(horizontal=True):
        if marked is not None:
            offer(
                "Download your marked workbook",
                marked.content,
                file_name=marked.file_name,
                key="marked",
                what="Uploaded file with its problems marked",
                service=whose[0],
                provider=whose[1],
                cases=True,
            )
        elif may_mark and not why_not:
            wanted = st.button("Mark the problems in your workbook", key="mark", icon=":material/edit_note:")
        offer_list(examined.problems, examined.file_name, whose, cases=True)
    if why_not:
        st.warning(unmarked(why_not))
    if marked is not None and marked.lost:
        st.markdown(
            "The marked copy lacks these, or shows them in another way. Your own file has them still:"
        )
        st.markdown("\n".join(f"- {unmarked(sentence_case(words))}" for words in marked.lost))
    return wanted


def ask_reasons(asked: Sequence[ToConfirm], *, now: bool = True) -> Reasons:
    """Ask for one reason for each question, with one picker that fills in all of them.

    Parameters
    ----------
    now : whether the return can be saved; else the questions are only shown, and asked once the rest is put right.
    """
    if not asked:
        return Reasons({}, complete=True)
    if not now:
        section(f"To confirm later: {counted(len(asked), 'thing')}")
        st.markdown(
            "We ask for a reason once the rest is put right, unless you correct these in the file as well."
        )
        for question in asked:
            st.markdown("\n".join(_told(problem) for problem in question.problems[:_PLACES]))
        return Reasons({}, complete=False)
    section(f"Please confirm: {counted(len(asked), 'thing')}")
    st.markdown(
        "The file can be saved as it is, with a reason for each. It is kept, and printed under the figures concerned."
    )
    keys = [_key(question) for question in asked]
    if len(asked) > 1:
        st.selectbox(
            "The same reason for all of them",
            REASONS[:-1],
            index=None,
            key=_FOR_ALL,
            placeholder="Choose a reason",
            on_change=_fill_all,
            args=(keys,),
        )
    given = {question.rule: _ask(number, question) for number, question in enumerate(asked, start=1)}
    complete = all(reason and (reason != ANOTHER or note) for reason, note in given.values())
    personal = personal_words(*(note for _, note in given.values()))
    if personal:
        st.error(personal)
    return Reasons(given, complete and not personal, personal)


def _key(question: ToConfirm) -> str:
    return f"upload_reason_{question.rule}"


def _fill_all(keys: Sequence[str]) -> None:
    if chosen := st.session_state.get(_FOR_ALL):
        for key in keys:
            st.session_state[key] = chosen


def _ask(number: int, question: ToConfirm) -> tuple[str, str]:
    with st.container(border=True):
        st.markdown("\n".join(_told(problem) for problem in question.problems[:_PLACES]))
        if len(question.problems) > _PLACES:
            st.caption(f"and {len(question.problems) - _PLACES} more: the list below holds all of them.")
        left, right = st.columns(2)
        reason = left.selectbox(
            f"Reason {number}",
            REASONS,
            index=None,
            key=_key(question),
            placeholder="Choose a reason",
            help=question.title,
        )
        note = right.text_input(
            f"Note {number}" + (" (wanted)" if reason == ANOTHER else " (if you like)"),
            key=f"upload_note_{question.rule}",
            max_chars=_LONGEST_NOTE,
            help="No names or other personal details.",
        )
    return reason or "", note.strip()


def _told(problem: Problem) -> str:
    wanted = f" *Expected:* {unmarked(problem.wanted)}" if problem.wanted else ""
    return f"- **{unmarked(where_words(problem))}**: {unmarked(sentence_case(problem.found))}{wanted}"


def forget_reasons() -> None:
    """Let the questions of another file start without answers."""
    for key in [k for k in st.session_state if str(k).startswith(("upload_reason_", "upload_note_"))]:
        del st.session_state[key]
