"""Every published figure held against the examples: the cases are asked through the same reading functions as the pages."""

from __future__ import annotations

from functools import partial

from data_access.examples import read_published
from data_access.questions import Question
from data_access.returns import Refused
from data_access.settings import read_settings
from data_access.stores import Store
from data_access.tallies import read_tally
from domain.access import COMMISSIONER
from domain.dimensions import find_code
from domain.measures import Split, measure
from domain.published import CheckState, PublishedCheck, PublishedFigure, published_figures
from domain.selection import Selection
from domain.settings import Settings
from domain.tally import Tally
from domain.verification import Answer, AnswerRow, compare

VERIFY_COLUMNS = ("fig_id", "state", "published", "ours", "why")
_PRINTED = ("count", "denominator", "percent_as_published", "value_as_published")


def verify(store: Store) -> list[dict[str, str]]:
    """One row a published figure: fig_id, state, published, ours, why.

    Raises
    ------
    Refused
        When the database does not hold the examples, so that there is nothing to hold the figures against.
    """
    loaded = read_published(store)
    if not loaded:
        raise Refused(
            "This database holds no published figures. Make one with: python -m data_access init --sample"
        )
    settings = read_settings(store)
    answer = partial(_answer, store, settings)
    rows = []
    for figure in published_figures():
        verdict = compare(figure, answer)
        row = {
            "state": str(verdict.state),
            "published": verdict.published,
            "ours": verdict.ours,
            "why": verdict.why,
        }
        changed = _changed(figure, loaded.get(figure.fig_id))
        if changed:
            row |= {
                "state": str(CheckState.DIFFERS),
                "published": changed,
                "why": f"the record says {figure.printed}; the file that was loaded says {changed}",
            }
        rows.append({"fig_id": figure.fig_id, **row})
    return rows


def _changed(figure: PublishedFigure, loaded: dict[str, str] | None) -> str:
    """What the loaded file prints where it is not what was published; blank when it is."""
    if loaded is None:
        return "nothing"
    ours = ("" if figure.count is None else str(figure.count), "" if figure.denominator is None else str(figure.denominator),
            "" if figure.percent is None else str(figure.percent), figure.value)  # fmt: skip
    theirs = tuple(loaded[key] for key in _PRINTED)
    different = [their or "nothing" for our, their in zip(ours, theirs, strict=True) if our != their]
    return ", ".join(different)


def _answer(store: Store, settings: Settings, check: PublishedCheck) -> Answer:
    where = tuple((field, find_code(field, value, settings)) for field, value in check.where)
    selection = Selection(first=check.first_month, last=check.last_month, where=where)
    declared = measure(check.measure)
    by = (check.by,) if check.by else (declared.field,) if isinstance(declared, Split) else ()
    tally = read_tally(store, Question(check.measure, by, selection, at=check.at), COMMISSIONER)
    over = None
    if check.over:
        over = sum(row.met for row in read_tally(store, Question(check.over), COMMISSIONER).rows)
    return Answer(_rows(tally), over)


def _rows(tally: Tally) -> tuple[AnswerRow, ...]:
    return tuple(
        AnswerRow(row.keys[-1] if row.keys else "", row.met, row.base, row.value) for row in tally.rows
    )
