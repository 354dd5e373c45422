"""The sender's own workbook back, with the problems of the return marked in it.

Opening a stranger's workbook is done in a process of its own, with an end to its time and its memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from data_access.spreadsheets.apart import FailedApart, LimitReached, run_apart
from domain.problem import Problem

_ADDED = " - problems marked"


class NotMarked(ValueError):
    """No marked workbook can be made of the file; the message says what to do instead."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A workbook to be sent back.

    Parameters
    ----------
    file_name : made from the sender's own. content : its bytes.
    lost : what the copy lacks or may show in another way, in words; to be said before it is taken.
    """

    file_name: str
    content: bytes
    lost: tuple[str, ...]


def mark_workbook(
    name: str,
    data: bytes,
    problems: Sequence[Problem],
    *,
    progress: Callable[[str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Marked:
    """Mark the problems of a return in its sender's own workbook.

    Formats, formulas and sheets stay; each faulty cell gets a colour and a note, and a sheet lists every problem with a link to each
    cell. Marks of an earlier time are taken away first. Of any other file, or one too large, the copy holds the values only.

    Parameters
    ----------
    name : as the sender's computer called it. data : the bytes that were read. problems : as they were found in them.
    progress, cancelled : as of `run_apart`.

    Raises
    ------
    NotMarked
        When no copy can be made; the message says what to do instead.
    Cancelled
        When `cancelled` said so; nothing is left.
    """
    why = "too large to be marked"
    for values_only in (False, True):
        try:
            answer = run_apart("mark", (name, data, tuple(problems), values_only), progress, cancelled)
        except LimitReached:
            continue  # the values alone take far less
        except FailedApart:
            why = "not one that we can open and write again"
            break
        ending, content, lost = _checked(answer)
        return Marked(_file_name(name, ending), content, lost)
    raise NotMarked(f"The file is {why}. Take the list of problems as a CSV file instead.")


def _checked(answer: object) -> tuple[str, bytes, tuple[str, ...]]:
    """The child's answer, after a look at what it is: a child may have been taken over by the file."""
    match answer:
        case (".xlsx" | ".xlsm" as ending, bytes(content), tuple(lost)) if all(
            isinstance(w, str) for w in lost
        ):
            return ending, content, lost
    raise TypeError("The marking of a workbook gave something else than a workbook")


def _file_name(name: str, ending: str) -> str:
    stem = PurePath(name.replace("\\", "/")).stem.removesuffix(_ADDED)
    return f"{stem or 'return'}{_ADDED}{ending}"
