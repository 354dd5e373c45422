"""What stands under every figure: its base, what is missing, how far the data reach, and who may see it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from components.example_words import example_words
from components.formats import NOTHING, counted, day, few_cases, listed, number
from components.panel import Basis, Cell, Table
from domain.access import Audience
from domain.dimensions import dimension
from domain.disclosure import SMALL, Figure, Hidden, Released
from domain.issued import together
from domain.measures import Average, Count, Rate, Share, Split, Spread, Stock
from domain.rounding import percent
from domain.settings import Settings
from domain.tally import AsAt, Source, totals_do_not_give
from domain.whose import for_whom

_IN_HAND = "Your file, not saved."
HIDDEN = "c"
"""What stands in a table for a number that an audience may not see."""


def base_and_missing(released: Released) -> tuple[int, int, int]:
    """How many are in the base, blank and don't know; each case once, even with several answers."""
    measure = released.measure
    if isinstance(measure, Split) and measure.field in released.by:
        place = released.by.index(measure.field)
        groups: dict[tuple[str, ...], list[tuple[int, int, int]]] = defaultdict(list)
        for figure in released.figures:
            groups[figure.keys[:place] + figure.keys[place + 1 :]].append(
                (figure.base, figure.missing, figure.unsure)
            )
        best = [tuple(max(part) for part in zip(*rows, strict=True)) for rows in groups.values()]
        return sum(row[0] for row in best), sum(row[1] for row in best), sum(row[2] for row in best)
    if isinstance(measure, Spread):
        base = sum(figure.met for figure in released.figures)
        return (
            base,
            max((f.missing for f in released.figures), default=0),
            max((f.unsure for f in released.figures), default=0),
        )
    return sum(figure.base for figure in released.figures), released.missing, released.unsure


def as_at_words(as_at: AsAt, audience: Audience = Audience.US) -> str:
    """How far the data reach, and how many returns are outstanding; whose they are is told to no other `audience`."""
    parts = []
    if as_at.earliest is not None:
        later = (
            f" (some providers to {day(as_at.latest)})"
            if as_at.latest and as_at.latest != as_at.earliest
            else ""
        )
        parts.append(f"data to {day(as_at.earliest)}{later}")
    if as_at.outstanding:
        named = "" if audience.gated else f" ({listed(as_at.outstanding, 3)})"
        parts.append(f"{counted(len(as_at.outstanding), 'return')} outstanding{named}")
    return ", ".join(parts)


def base_words(released: Released) -> str:
    """The base line: 'n = 523 of 540, 17 missing, data to 31 Oct 2018, 2 returns outstanding'."""
    if released.hidden or released.withheld or released.total_hidden:
        return _base_hidden(released)
    base, missing, unsure = base_and_missing(released)
    asked = base + missing + unsure
    parts = [f"n = {number(base)}" + (f" of {number(asked)}" if asked != base else "")]
    if isinstance(released.measure, Rate):
        parts = [_rate_base(released, released.measure), *([f"{number(missing)} missing"] if missing else [])]
    elif isinstance(released.measure, Count | Stock) or released.shut:
        # Where small numbers are hidden nobody is told how many are missing: none would be untrue.
        parts.extend([] if not missing else [f"{number(missing)} missing"])
    else:
        parts.append(f"{number(missing)} missing" if missing else "none missing")
    if unsure:
        parts.append(f"{number(unsure)} don't know")
    reach = as_at_words(released.as_at, released.audience)
    if released.not_given and not released.figures:
        parts = ["not given"]
    words = ", ".join([*parts, *([reach] if reach else [])])
    return f"{words}. {not_counted_here(released)}" if released.not_given else words


def _base_hidden(released: Released) -> str:
    """The base line where some groups are hidden: what is shown never adds up to all, so that only a total that is shown is said."""
    parts = [f"n = {number(released.total.base)}"] if released.total is not None else []
    if released.hidden:
        many = counted(len(released.hidden), "group is", "groups are")
        parts.append(f"{many} hidden (c), so that nobody can be recognised in a small number")
    reach = as_at_words(released.as_at, released.audience)
    words = ", ".join([*parts, *([reach] if reach else [])])
    return words[:1].upper() + words[1:] if words and not parts else words


def _rate_base(released: Released, measure: Rate) -> str:
    """The two counts of a rate; of several groups only what is divided by, where it may be added up."""
    if len(released.figures) == 1:
        (figure,) = released.figures
        return f"{number(figure.met)} {measure.over.unit}, {divided_by(figure, measure)}"
    return f"{number(sum(figure.met for figure in released.figures))} {measure.over.unit}"


def divided_by(figure: Figure, measure: Rate) -> str:
    """What a rate is divided by, in words: '257 cases', or '9.5 full-time posts'."""
    if figure.divisor is None:
        return f"{number(figure.base)} {measure.of.unit}"
    return f"{figure.divisor:g} full-time {measure.of.unit}"


def not_counted_here(released: Released) -> str:
    """Whose totals a figure lacks; blank when it lacks none."""
    return totals_do_not_give(released.not_given)[:-1] + ": not counted here" if released.not_given else ""


def basis_of(released: Released, settings: Settings, *others: Released) -> Basis:
    """What a released figure rests on, in words; `others` are figures of the same panel, which is withheld where one of them is."""
    measure = released.measure
    when = measure.dated_by
    chosen = released.selection
    return Basis(
        base=base_words(released),
        about=f"{measure.definition} Counted {when}. Source of the definition: {measure.source}.",
        selection=f"Shown: {chosen.sentence(settings)}.",
        audience=f"{for_whom(released.audience, settings, chosen.service)}.",
        example=source_words(released),
        footnotes=released.footnotes,
        without=released.not_given,
        withheld=next((one.withheld for one in (released, *others) if one.withheld), ""),
        hidden=sum(len(one.hidden) or one.total_hidden for one in (released, *others)),
        subject=subject_of(next((one for one in (released, *others) if one.withheld), released)),
        service=chosen.service,
        provider=chosen.providers[0] if len(chosen.providers) == 1 else "",
        issued=together([one.issue for one in (released, *others)]),
    )


def giving_away(basis: Basis, *released: Released | None) -> Basis:
    """The same basis of a panel whose file shows these figures too."""
    return replace(basis, issued=together([basis.issued, *(one.issue for one in released if one)]))


def subject_of(released: Released) -> str:
    """What is counted and by what, as a name that says no figure: 'Referrals by area'."""
    measure = released.measure
    # The answers of a split are what the measure is about.
    named = [
        dimension(key).label.lower() for key in released.by if key not in (measure.key, released.split_by)
    ]
    return f"{measure.label}{f' by {listed(named)}' if named else ''}"


def source_words(released: Released) -> str:
    """What example and unsaved figures say of themselves; blank for the council's own."""
    if released.source is Source.IN_HAND:
        return _IN_HAND
    return example_words(released) if released.source is Source.EXAMPLES else ""


def table_of(released: Released) -> Table:
    """All figures as a table: the groups, then the counts and what goes with them; 'c' stands for what is hidden."""
    measure = released.measure
    groups = [measure.label if key == measure.key else dimension(key).label for key in released.by]
    # For others how many were blank in each group is not told: it would give hidden bases away.
    beside = () if released.shut else ("Missing", "Don't know")
    if isinstance(measure, Share | Split):
        headers = ("Number", "Out of", "Share", "95% from", "95% to", *beside, "Note")
    elif isinstance(measure, Rate):
        headers = (measure.over.label, measure.of.label, measure.label, "95% from", "95% to")
    elif isinstance(measure, Average):
        headers = (measure.unit.capitalize(), "Out of")
    else:
        headers = (measure.unit.capitalize(), "Note")
    rows = [
        (*one.labels, *(HIDDEN for _ in headers))
        if isinstance(one, Hidden)
        else (*one.labels, *_figure_cells(one, released))
        for one in released.in_order
        if not (released.shut and _untold(one, released.by))
    ]
    return Table((*groups, *headers), tuple(rows))


def _untold(one: Figure | Hidden, by: Sequence[str]) -> bool:
    """Whether a row would be 'No date' and a nought, which would be untrue to who is not told of what is missing."""
    undated = any(dimension(key).timed and not own for key, own in zip(by, one.keys, strict=True))
    return isinstance(one, Figure) and undated and not one.met and not one.base


def _figure_cells(figure: Figure, released: Released) -> tuple[Cell, ...]:
    """What a table says of one figure."""
    measure = released.measure
    if isinstance(measure, Share | Split):
        cells = _share_cells(figure)
        return (*cells[:5], *cells[-1:]) if released.shut else cells
    if isinstance(measure, Rate):
        return figure.met, figure.base if figure.divisor is None else figure.divisor, *_rate_cells(figure)
    if isinstance(measure, Average):
        return number(figure.value, 1), figure.base
    return figure.met, _few(figure)


def _rate_cells(figure: Figure) -> tuple[Cell, ...]:
    return tuple(NOTHING if v is None else number(v, 1) for v in (figure.value, figure.low, figure.high))


def _share_cells(figure: Figure) -> tuple[Cell, ...]:
    share = f"{percent(figure.met, figure.base, 1)}%" if figure.base else NOTHING
    limits = [NOTHING if edge is None else f"{number(100 * edge, 1)}%" for edge in (figure.low, figure.high)]
    return (figure.met, figure.base, share, *limits, figure.missing, figure.unsure, _note(figure))


def _few(figure: Figure) -> str:
    return f"few cases ({figure.met})" if 0 < figure.met < SMALL else ""


def _note(figure: Figure) -> str:
    """What must be known of a share: that it rests on few cases, or says the same of everybody in a small group."""
    return ", ".join(part for part in (few_cases(figure), figure.flag) if part)
