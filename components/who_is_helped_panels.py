"""The panels of the page about people: each answer with its base, limits, and don't know apart from missing.

Several answers a case can be read as a share of the cases or of the answers; the reader chooses, and title and notes say which.
"""

from __future__ import annotations

from collections.abc import Sequence

from components.basis import basis_of
from components.charts.share_rows import LOW_BASE
from components.charts.split_bars import split_bars
from components.panel import Panel
from components.panels import few_note, rounding_note
from components.who_is_helped_groups import Part, with_headings, with_parts
from domain.access import Audience
from domain.base_words import base_and_missing
from domain.data_quality import Said, codes_that_say
from domain.dimensions import dimension
from domain.disclosure import Figure, Released
from domain.figure_table import table_of
from domain.formats import NOTHING, counted, few_cases, listed, number, percent_of, share_of
from domain.measures import Split
from domain.messages import personal, several
from domain.rounding import percent
from domain.services import Service
from domain.settings import Settings
from domain.shared_measures import ABOUT_ONE_PERSON, WHO
from domain.shown import answered
from domain.table import Cell, Table

_LIMITS = "The thin lines are 95% limits: where chance alone could have put the share."
PERSONAL = "A personal characteristic: for the commissioning team only, not to be passed on."
ARTEFACTS = ("primary_vulnerability",)
"""What the way of recording decides more than the people do; the note of the measure says why."""
_HIDDEN = "hidden to protect people"
CAUTION = "; few {}, read with caution"
OF_ANSWERS = "Share of all answers"
_HEADS = ("Number", "Out of", "Share", "95% from", "95% to", "Missing", "Don't know", "Note")


def people_message(referrals: Released, shown: Sequence[Released], service: Service) -> str:
    """How many are meant, and the commonest answer where it is no personal characteristic: a meeting reads the title first."""
    many = (
        f"Who is helped: {counted(referrals.total.met, service.one, service.many)}" if referrals.total else ""
    )
    said = []
    for released in [one for one in shown if not personal(one)][:2]:
        first = _commonest(released)
        if first and not hidden(released) and isinstance(released.measure, Split):
            said.append(_often(first, first[0].base))
    return "; most often ".join(part for part in (many or "Who is helped", ", ".join(said)) if part)


def hidden(released: Released) -> bool:
    """Whether a group is hidden from this audience, so that what is shown does not add up to all."""
    return bool(getattr(released, "hidden", ()) or getattr(released, "withheld", ""))


def can_be_of_answers(released: Released) -> bool:
    """Whether a share of all answers can be given: a case may have several, and every answer is known here."""
    return several(released) and not hidden(released)


def person_panel(
    key: str,
    released: Released,
    settings: Settings,
    service: Service,
    *,
    of_answers: bool = False,
    parts: Sequence[Part] = (),
) -> Panel:
    """One thing that is known of the people.

    Parameters
    ----------
    of_answers : whether the reader wants shares of all answers where a case may have several.
    parts : smaller groups within the answers, for the table.
    """
    figures, turned = answered(released), of_answers and can_be_of_answers(released)
    said = "; ".join(f"{figure.label} {_share(figure, figures, turned)}" for figure in figures[:8])
    of = f"share of {'all answers' if turned else service.many}"
    return Panel(
        key=key,
        title=person_message(released, service, of_answers=turned),
        figure=split_bars(released, of_answers=turned) if figures else None,
        alt=f"{released.measure.label}, {of}: {said}.",
        table=_whole_table(released, service, parts),
        basis=basis_of(released, settings),
        notes=_notes(released, service, asked=of_answers, turned=turned),
    )


def person_message(released: Released, service: Service, *, of_answers: bool = False) -> str:
    """The commonest answer, of how many, and what the share is of where a case may have several answers."""
    figures, label = answered(released), released.measure.label
    if not any(figure.met for figure in figures):
        return f"{label}: {_HIDDEN if hidden(released) else 'nothing recorded yet'}"
    first, given = _commonest(released), sum(figure.met for figure in figures)
    if several(released):
        label += ", % of answers" if of_answers else f", % of {service.many}"
    often = _often(first, given if of_answers else first[0].base, ",")
    said = f"{label}: most often {often}"
    if hidden(released):
        said = f"{label}: of what may be shown, most often {often}"
    elif several(released):
        said += f"; {counted(given, 'answer')} for {counted(first[0].base, service.one, service.many)}"
    if released.measure.key in ARTEFACTS:
        said += " (an artefact of recording)"
    return said + (CAUTION.format(service.many) if first[0].base < LOW_BASE else "")


def _commonest(released: Released) -> list[Figure]:
    """The commonest answers: several that are equally common, none where nobody gave any."""
    figures = answered(released)
    most = max((figure.met for figure in figures), default=0)
    return [figure for figure in figures if most and figure.met == most]


def _often(first: Sequence[Figure], base: int, comma: str = "") -> str:
    each = " each" if len(first) > 1 else ""
    return f"{listed([figure.label for figure in first], 3)}{comma} {share_of(first[0].met, base)}{each}"


def _notes(released: Released, service: Service, *, asked: bool, turned: bool) -> tuple[str, ...]:
    figures = answered(released)
    if not figures:
        return ()
    return (
        *((PERSONAL,) if personal(released) and released.audience == Audience.US else ()),
        *_whose(released, service),
        *((released.measure.note,) if released.measure.note and not several(released) else ()),
        *_of_what(released, service, asked=asked, turned=turned),
        *low_base_note(figures[0].base, service.one, service.many),
        *_with_unsure(released),
        *_no_answers(released, service),
        *few_note(figures),
        *(() if several(released) else rounding_note(figures)),
        *(() if turned else (_LIMITS,)),
    )


def _whose(released: Released, service: Service) -> tuple[str, ...]:
    """Whether it is known of one person or of the household: the two must not be taken for each other."""
    if released.measure.key in ABOUT_ONE_PERSON:
        who = WHO[service.key]
        if service.one == "household":
            return (f"Of the {who} alone, not of everybody in the household.",)
        return (f"Of the {who}: one for each {service.one}.",)
    return (
        ("Of the whole household: each counts once, whoever asked for help.",)
        if service.one == "household"
        else ()
    )


def _of_what(released: Released, service: Service, *, asked: bool, turned: bool) -> tuple[str, ...]:
    if not several(released):
        return ()
    if turned:
        none = "'None identified' counts as an answer." if released.figure("NONE") else ""
        return (
            "Each share is out of all answers, so together they make 100%. No limits are given: the answers of one "
            f"{service.one} do not come about independently. {none}".rstrip(),
        )
    said = f"Each share is out of the {service.many}; one {service.one} may have several answers, so together they may pass 100%."
    if hidden(released):
        return (
            (said, "A share of all answers cannot be given while a number is hidden.") if asked else (said,)
        )
    return (f"{said} The table gives the share of all answers too.",)


def low_base_note(base: int, one: str, many: str) -> tuple[str, ...]:
    """That a share rests on few, where it does."""
    return (f"Low base: {counted(base, one, many)}, fewer than {LOW_BASE}.",) if 0 < base < LOW_BASE else ()


def _with_unsure(released: Released) -> tuple[str, ...]:
    """What the commonest answer would be if 'don't know' were kept in the base: both bases are given."""
    base, _, unsure = base_and_missing(released)
    top = max(answered(released), key=lambda figure: figure.met, default=None)
    if not unsure or top is None or not top.met or hidden(released):
        return ()
    return (
        f"'Don't know' is left out of the base. Kept in it, '{top.label}' would be {share_of(top.met, base + unsure)} "
        f"instead of {percent_of(top.met, base)}; the table has both for every answer.",
    )


def _no_answers(released: Released, service: Service) -> tuple[str, ...]:
    """That a list has an answer of its own for what is not known: it is in the base, as 'don't know' is not."""
    field = dimension(released.measure.field).field if isinstance(released.measure, Split) else None
    if field is None:
        return ()
    said = codes_that_say(field, service.key)
    codes = (*said.get(Said.DONT_KNOW, ()), *said.get(Said.DECLINED, ()))
    found = [f"'{one.label}'" for one in answered(released) if one.met and one.keys[-1] in codes]
    if not found:
        return ()
    return (
        f"{listed(found)} {'is an answer' if len(found) == 1 else 'are answers'} here, and so in the base.",
    )


def _whole_table(released: Released, service: Service, parts: Sequence[Part]) -> Table:
    """The table with smaller groups beneath theirs, or with the headings of the list below; neither where a number is hidden."""
    table = share_table(released)
    if hidden(released):
        return table
    if parts:
        return with_parts(table, released, parts)
    return table if several(released) else with_headings(table, released, service.key)


def share_table(released: Released) -> Table:
    """Every group with number, base, share, limits, missing and don't know; with don't know kept in the base, and out of all answers."""
    table = table_of(released)
    if hidden(released):
        return table
    figures = released.figures
    # Another audience is told nothing of what is missing and not known: nought would be said of it here.
    if not isinstance(released.measure, Split) and released.audience == Audience.US:
        heads = (released.measure.label, *_HEADS)
        table = Table(heads, tuple((figure.label, *_cells(figure)) for figure in figures))
    if any(figure.unsure for figure in figures):
        kept = [_percent(figure.met, figure.base + figure.unsure) for figure in figures]
        table = _with_column(table, "Share with don't know in the base", kept)
    given = sum(figure.met for figure in figures)
    if several(released) and given:
        table = _with_column(table, OF_ANSWERS, [_percent(figure.met, given) for figure in figures])
    return table


def _cells(figure: Figure) -> tuple[Cell, ...]:
    limits = [NOTHING if edge is None else f"{number(100 * edge, 1)}%" for edge in (figure.low, figure.high)]
    beside = (figure.missing, figure.unsure, few_cases(figure))
    return (figure.met, figure.base, _percent(figure.met, figure.base), *limits, *beside)


def _percent(met: int, base: int) -> str:
    return f"{percent(met, base, 1)}%" if base else NOTHING


def _with_column(table: Table, header: str, cells: Sequence[Cell]) -> Table:
    rows = tuple((*row, cell) for row, cell in zip(table.rows, cells, strict=True))
    return Table((*table.headers, header), rows)


def _share(figure: Figure, figures: Sequence[Figure], turned: bool) -> str:
    return share_of(figure.met, sum(one.met for one in figures) if turned else figure.base)
