"""A warning that was accepted with a reason, as it is kept with the return and printed beside the figures it touches."""

from __future__ import annotations

from dataclasses import dataclass

NO_FIGURE = "none"
"""Stands among the fields of a warning that touches no figure, such as one about a column that was left out."""


LAST_THREE = "Accepted in the last three returns"
"""The reason of a warning that is only said, since its sender has accepted it three times running."""


@dataclass(frozen=True, slots=True)
class AcceptedWarning:
    """One warning of one return, accepted by the person who saved it.

    Parameters
    ----------
    rule : the name of the rule's function. check : its id, such as 'V12'.
    said : what was found, in sentences without a number of cases and without any value of a cell that may be personal.
    count : how many rows it was about; 1 for the whole file.
    reason : chosen from a list. note : in the sender's words, often blank.
    fields : keys of the columns whose figures it touches; empty when it touches all, `NO_FIGURE` when it touches none.
    """

    rule: str
    check: str
    said: str
    count: int
    reason: str
    note: str = ""
    fields: tuple[str, ...] = ()
