"""Every published figure held against the examples: the cases are asked through the same reading functions as the pages."""

from __future__ import annotations

from data_access.examples import read_published
from data_access.questions import Question
from data_access.returns import Refused
from data_access.settings import read_settings
from data_access.stores import Store
from data_access.tallies import read_tallies
from domain.access import Duty, Viewer
from domain.dimensions import find_code
from domain.measures import Split, measure
from domain.published import CheckState, PublishedCheck, PublishedFigure, published_figures
from domain.selection import Selection
from domain.settings import Settings
from domain.tally import Tally
from domain.verification import Answer, AnswerRow, HeldFigure, Verdict, compare

VERIFY_COLUMNS = ("fig_id", "source", "state", "published", "ours", "why")
_PRINTED = ("count", "denominator", "percent_as_published", "value_as_published")


def hold_figures(store: Store, viewer: Viewer, document: str = "") -> tuple[HeldFigure, ...]:
    """Hold the figures of one source document, or of all, against the examples, all at one moment.

    Raises
    ------
    Refused
        When the database does not hold the examples, so that there is nothing to hold the figures against.
    """
    # A published total less one's own is what the others had.
    viewer.check(Duty.FIGURES)
    loaded = read_published(store)
    if not loaded:
        raise Refused(
            "This database holds no published figures. Make one with: python -m data_access init --sample"
        )
    figures = published_figures(document)
    answers = _answers(store, viewer, [figure.check for figure in figures if figure.check.asks_cases])
    found = []
    for figure in figures:
        verdict = compare(figure, answers.__getitem__)
        changed = _changed(figure, loaded.get(figure.fig_id))
        if changed:
            why = f"the record says {figure.printed}; the file that was loaded says {changed}"
            verdict = Verdict(CheckState.DIFFERS, changed, verdict.ours, why)
        found.append(HeldFigure(figure, verdict))
    return tuple(found)


def verify(store: Store, viewer: Viewer) -> list[dict[str, str]]:
    """One row a published figure: fig_id, source, state, published, ours, why. Raises as `hold_figures` does."""
    return [
        {
            "fig_id": held.figure.fig_id,
            "source": held.figure.document,
            "state": str(held.verdict.state),
            "published": held.verdict.published,
            "ours": held.verdict.ours,
            "why": held.verdict.why,
        }
        for held in hold_figures(store, viewer)
    ]


def _changed(figure: PublishedFigure, loaded: dict[str, str] | None) -> str:
    """What the loaded file prints where it is not what was published; blank when it is."""
    if loaded is None:
        return "nothing"
    ours = ("" if figure.count is None else str(figure.count), "" if figure.denominator is None else str(figure.denominator),
            "" if figure.percent is None else str(figure.percent), figure.value)  # fmt: skip
    theirs = tuple(loaded[key] for key in _PRINTED)
    different = [their or "nothing" for our, their in zip(ours, theirs, strict=True) if our != their]
    return ", ".join(different)


def _answers(store: Store, viewer: Viewer, checks: list[PublishedCheck]) -> dict[PublishedCheck, Answer]:
    """What the cases answer to each check."""
    settings = read_settings(store, viewer)
    asked = {check: _questions(check, settings) for check in checks}
    questions = list(dict.fromkeys(question for each in asked.values() for question in each))
    tallies = dict(zip(questions, read_tallies(store, questions, viewer), strict=True))
    return {
        check: Answer(
            _rows(tallies[first]),
            sum(row.met for each in over for row in tallies[each].rows) if over else None,
        )
        for check, (first, *over) in asked.items()
    }


def _questions(check: PublishedCheck, settings: Settings) -> list[Question]:
    """The question that a check asks, and the one about its base, if it has one of its own."""
    where = tuple((field, find_code(field, value, settings)) for field, value in check.where)
    selection = Selection(check.service, first=check.first_month, last=check.last_month, where=where)
    declared = measure(check.measure, check.service)
    by = (check.by,) if check.by else (declared.field,) if isinstance(declared, Split) else ()
    found = [Question(check.measure, by, selection, at=check.at)]
    if check.over:
        found.append(Question(check.over, (), Selection(check.service)))
    return found


def _rows(tally: Tally) -> tuple[AnswerRow, ...]:
    return tuple(
        AnswerRow(row.keys[-1] if row.keys else "", row.met, row.base, row.value) for row in tally.rows
    )
