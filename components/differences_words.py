"""How different from average each area or provider is, in words: the message, the sentence under it and the words of a table's column.

Above and below are said, never better or worse: what stands clear is to be asked about, and is not yet a fault or a merit.
"""

from __future__ import annotations

from functools import lru_cache

from domain.disclosure import Figure, Hidden, Released
from domain.formats import NOTHING, counted, listed, number, percent_of, share_of
from domain.funnel import COMPARED_FROM, Funnel, Group, Placed, Standing, funnel
from domain.measures import Share
from domain.settings import UNKNOWN_AREA, Settings
from domain.statistics import newcombe_difference
from domain.table import Table

COLUMN = "Different from average?"
LEAST = 10
"""With fewer cases in every group nothing can be told."""
HIDDEN_CELL = "c"
_LITTLE = 2.0
"""Under this dispersion the groups differ a little, however surely."""
_SURE = 0.001


def one_of(released: Released, settings: Settings) -> str:
    """What one group is called: 'provider', or what the areas are where they are all of one kind, as 'district'."""
    if released.by[-1] != "area":
        return released.by[-1].replace("_", " ")
    found = [settings.area(key) for key in {figure.keys[-1] for figure in _known(released)}]
    kinds = {area.kind for area in found if area is not None}
    return kinds.pop() if len(kinds) == 1 else "area"


def several_of(one: str) -> str:
    """Several groups: 'districts', 'localities'."""
    return f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"


def _known(released: Released) -> tuple[Figure, ...]:
    return tuple(f for f in released.figures if f.base and f.keys[-1] not in ("", UNKNOWN_AREA))


def funnel_of(released: Released) -> Funnel | None:
    """The groups of a share against their average; None where there is no average that may be said, or no group."""
    total, known = released.total, _known(released)
    if total is None or not total.base or not known or not isinstance(released.measure, Share):
        return None
    groups = tuple(Group(f.keys[-1], f.label, f.met, f.base) for f in known)
    return _funnel(groups, total.met, total.base, not released.hidden)


@lru_cache(maxsize=64)
def _funnel(groups: tuple[Group, ...], met: int, base: int, every: bool) -> Funnel:
    return funnel(groups, met, base, every=every)


def drawn_funnel(released: Released) -> Funnel | None:
    """The funnel where there are enough groups, and enough cases in one of them, to draw it; else None."""
    found = funnel_of(released)
    enough = found is not None and found.comparable and _largest(found) >= LEAST
    return found if enough else None


def _largest(found: Funnel) -> int:
    return max(placed.group.base for placed in found.placed)


def difference_message(released: Released, one: str) -> str:
    """What is to be said of the groups, without a capital: 'districts differ no more than chance could give'.

    Parameters
    ----------
    one : what one group is called, as `one_of` gives it.
    """
    found, many = funnel_of(released), several_of(one)
    if found is None:
        if released.hidden or released.total_hidden or released.withheld:
            return f"{many} cannot be compared, because the average is hidden to protect people"
        return f"no case to compare by {one} yet"
    if len(found.placed) < COMPARED_FROM:
        if released.hidden and len(found.placed) == 1:
            only = found.placed[0].group
            return f"only {only.label} may be shown: {share_of(only.met, only.base)}"
        said = _of_two(found, one)
        return f"of what may be shown, {said}" if released.hidden else said
    if _largest(found) < LEAST:
        said = _too_few(found, one)
        return f"of what may be shown, {said}" if released.hidden else said
    if found.clear:
        return _stand_clear(found, f"{many} shown" if released.hidden else many)
    if released.hidden:
        average = percent_of(found.met, found.base)
        return f"none of the {len(found.placed)} {many} shown stands clear of the average of {average}"
    if found.differ:
        little = "a little " if found.dispersion < _LITTLE else ""
        return f"{many} differ {little}more than chance, and no single one stands clear"
    return f"{many} differ no more than chance could give"


def _too_few(found: Funnel, one: str) -> str:
    return (
        f"too few cases to tell {several_of(one)} apart: the largest has {counted(_largest(found), 'case')}"
    )


def _of_two(found: Funnel, one: str) -> str:
    groups = [placed.group for placed in found.placed]
    if len(groups) == 1:
        (only,) = groups
        return f"only {only.label} has cases to compare: {share_of(only.met, only.base)}"
    if _largest(found) < LEAST:
        return _too_few(found, one)
    first, second = groups
    change = newcombe_difference(first.met, first.base, second.met, second.base)
    shares = f"{share_of(first.met, first.base)} and {share_of(second.met, second.base)}"
    if not change.clear:
        return f"no clear difference between {first.label} and {second.label}: {shares}"
    high, low = (first, second) if change.value > 0 else (second, first)
    return (
        f"{high.label} is above {low.label}, by more than chance gives: "
        f"{share_of(high.met, high.base)} and {share_of(low.met, low.base)}"
    )


def _stand_clear(found: Funnel, many: str) -> str:
    named = [f"{placed.group.label} ({_side(placed)})" for placed in found.clear]
    average = f"clear of the average of {percent_of(found.met, found.base)}"
    if 2 * len(named) > len(found.placed):
        return f"{len(named)} of {len(found.placed)} {many} stand {average}: {listed(named, 4)}"
    return f"{listed(named, 4)} {'stands' if len(named) == 1 else 'stand'} {average}"


def _side(placed: Placed) -> str:
    return "above" if placed.above else "below"


def difference_sentence(found: Funnel, released: Released) -> str:
    """How many are outside which limits, and how many chance alone would put there; of some groups alone not that.

    '1 of 14 is outside the plain 95% limits (Maldon), 0.7 expected; none once they are widened for dispersion 1.8; none outside 99.8%'
    """
    if released.hidden:
        parts = [
            f"{_how_many(found, found.outside)} outside the 95% limits{_names(found.outside)}",
            f"{len(found.clear) or 'none'} outside 99.8%{_names(found.clear)}",
            "whether all together differ more than chance gives is not said, because the hidden ones are missing",
        ]
        return "; ".join(parts)
    plain = " plain" if found.widened else ""
    parts = [
        f"{_how_many(found, found.outside_plain)} outside the{plain} 95% limits{_names(found.outside_plain)}, "
        f"{number(found.expected, 1)} expected"
    ]
    if found.widened:
        left = _names(found.outside)
        parts.append(
            f"{len(found.outside) or 'none'}{left} once they are widened for dispersion {number(found.dispersion, 1)}"
        )
    parts.append(f"{len(found.clear) or 'none'} outside 99.8%{_names(found.clear)}")
    return "; ".join(parts)


def _how_many(found: Funnel, some: tuple[Placed, ...]) -> str:
    verb = "is" if len(some) == 1 else "are"
    return f"{len(some) or 'None'} of {len(found.placed)} {verb}"


def _names(some: tuple[Placed, ...]) -> str:
    return f" ({listed([placed.group.label for placed in some], 4)})" if some else ""


def chance_words(chance: float) -> str:
    """A probability: '0.037', or 'under 0.001'."""
    return f"under {_SURE}" if chance < _SURE else number(chance, 3)


def overall_words(found: Funnel, many: str) -> str:
    """Whether the groups together differ more than chance gives, with the test that says so."""
    return (
        f"All {many} together: chance alone would make them differ as much or more with probability {chance_words(found.chance)} "
        f"(chi-square {number(found.chi_square, 1)}; dispersion {number(found.dispersion, 2)}, where 1 is chance alone)"
    )


def standing_words(placed: Placed) -> str:
    """Whether one group is different from average: 'no', 'perhaps' or 'yes', and why."""
    side = _side(placed)
    if placed.standing is Standing.OUTSIDE_998:
        return f"yes: {side}, outside the 99.8% limits"
    if placed.standing is Standing.OUTSIDE_95:
        return f"perhaps: {side}, outside the 95% limits but not the 99.8%"
    if placed.plainly is not Standing.INSIDE:
        return f"no: {side} the plain limits, inside the widened ones"
    return "no: inside the limits for its size"


def standing_column(released: Released) -> tuple[str, ...]:
    """The words of the column 'Different from average?', one for each group in the order of the table; none where none is compared."""
    found = drawn_funnel(released)
    if found is None:
        return ()
    said = {placed.group.key: standing_words(placed) for placed in found.placed}

    def words(one: Figure | Hidden) -> str:
        if isinstance(one, Hidden):
            return HIDDEN_CELL
        return said.get(one.keys[-1], "not compared, but in the average" if one.base else NOTHING)

    return tuple(words(one) for one in released.in_order)


def with_standing(table: Table, released: Released) -> Table:
    """A table of groups with the column that stands in place of a ranking; as it was where nothing can be compared."""
    words = standing_column(released)
    if len(words) != len(table.rows):
        return table
    rows = tuple((*row, said) for row, said in zip(table.rows, words, strict=True))
    return Table((*table.headers, COLUMN), rows)
