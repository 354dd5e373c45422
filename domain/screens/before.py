"""Last time and now: what a meeting was shown before, beside what is shown now; a direction only where chance does not explain it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from domain.access import Audience
from domain.figure import SMALL
from domain.figure_table import HIDDEN
from domain.formats import NOTHING, day, number, sentence_case
from domain.kpi_words import is_a_share
from domain.kpis import kpis_of
from domain.measures import Count, Share, Split, measures_of
from domain.messages import NO_CLEAR_CHANGE
from domain.pack import MeetingPack, PackFigure, Screen
from domain.periods import Period
from domain.share_rows import LEAST_BASE
from domain.since import change_of
from domain.statistics import newcombe_difference, rate_ratio_clear
from domain.survey_words import by_chance

MOST: Final = 3
"""So many figures are said one by one; of more only those that changed."""
TOO_FEW: Final = "too few to compare"
_HOW_MANY: Final = ("kpis", "kpis_council", "actions", "outstanding")
"""What is no figure of cases: it is set side by side and not tested."""


@dataclass(frozen=True, slots=True)
class LastTime:
    """What was shown before, and how it may be held against what is shown now.

    Parameters
    ----------
    pack : as it was frozen. period : the months of the meeting now.
    whole : whether all returns of both are in; else counts are not compared. longer : keys of figures that are counted over more
        than the months of the meeting, as the twelve months that end with them: they share cases, so that no direction is said.
    small : the number under which numbers are hidden from other audiences. audience : the key of who looks now; blank for whom it was
        shown to.
    """

    pack: MeetingPack
    period: Period
    whole: bool = True
    longer: Collection[str] = ()
    small: int = SMALL
    audience: str = ""

    @property
    def hidden_under(self) -> int:
        """Under which number a difference is not said; 0 to the commissioning team."""
        return self.small if Audience.parse(self.audience or self.pack.audience).gated else 0

    @property
    def shown_on(self) -> str:
        """'Shown on 3 Oct 2026'; 'Shown last time' where the day is not known."""
        stood: date | None = self.pack.held_on or (self.pack.stood.date() if self.pack.stood else None)
        when = f"on {day(stood)}" if stood else "last time"
        return (
            f"Shown {when}"
            if self.pack.period == self.period
            else f"Shown {when} for {self.pack.period.label}"
        )


@dataclass(frozen=True, slots=True)
class _Pair:
    """One figure then and now; `words` of its change, `clear` where it is one, None where no direction may be said."""

    then: PackFigure
    now: PackFigure
    words: str
    clear: bool | None

    @property
    def moved(self) -> bool:
        """Whether its status is another one, and both may be seen."""
        seen = HIDDEN not in (self.then.shown, self.now.shown)
        return bool(seen and self.then.status and self.now.status and self.then.status != self.now.status)


def with_last(screens: Sequence[Screen], last: LastTime | None) -> tuple[Screen, ...]:
    """The screens, each with what the meeting before showed of it; what stood in the period before stays where nothing was shown."""
    if last is None:
        return tuple(screens)
    return tuple(replace(one, before=before_words(one, last) or one.before) for one in screens)


def before_words(screen: Screen, last: LastTime) -> str:
    """'Shown on 3 Oct 2026 for Apr-Jun 2026 (Q1 2026/27): 82% (41 of 50); now 84% (42 of 50), no clear change'; blank where nothing was."""
    then = last.pack.figures
    pairs = [
        _pair(then[one.key], one, last)
        for one in screen.figures
        if one.key in then and _held(then[one.key]) and _held(one)
    ]
    if all(one.then.shown == one.now.shown == HIDDEN for one in pairs):
        return ""
    if len(pairs) <= MOST:
        alone = len(pairs) == 1 and "%" in pairs[0].now.shown
        said = [_said(one, last, named=not alone) for one in pairs]
        return f"{last.shown_on}: {'. '.join(said)}" if said else ""
    return _of_many(pairs, last)


def _held(figure: PackFigure) -> bool:
    """Whether it is a number of its own, of the meeting's months: not words beside one, one period of several, nor said elsewhere."""
    if "@" in figure.key or (figure.key.startswith("exceptions:") and figure.key.endswith(":raw")):
        return False
    has = figure.met is not None or figure.base is not None or figure.shown == HIDDEN
    return has and figure.shown != NOTHING


def _pair(then: PackFigure, now: PackFigure, last: LastTime) -> _Pair:
    if HIDDEN in (then.shown, now.shown):
        return _Pair(then, now, "", None)
    if last.pack.period == last.period:
        said = change_of(then, now, last.pack.service, hidden_under=last.hidden_under)
        return _Pair(then, now, said or f"{_with_status(then, None)}, unchanged", bool(said))
    few = any(one.base is not None and one.base < LEAST_BASE for one in (then, now))
    if few and _kind(now.key, last.pack.service) == "share":
        return _Pair(then, now, TOO_FEW, None)
    clear = _clear(then, now, last)
    if clear is None:
        return _Pair(then, now, "", None)
    return _Pair(then, now, clear or NO_CLEAR_CHANGE, bool(clear))


def _clear(then: PackFigure, now: PackFigure, last: LastTime) -> str | None:
    """'higher' or 'lower', 'more' or 'fewer'; blank where chance may explain it, None where that cannot be said."""
    if now.key in last.longer or last.pack.period.overlaps(last.period):
        return None
    kind = _kind(now.key, last.pack.service)
    if kind == "share" and then.base and now.base and then.met is not None and now.met is not None:
        change = newcombe_difference(now.met, now.base, then.met, then.base)
        return ("higher" if change.value > 0 else "lower") if change.clear else ""
    if kind == "count" and last.whole and then.met is not None and now.met is not None:
        ratio = rate_ratio_clear(now.met, len(last.period.months), then.met, len(last.pack.period.months))
        return ("more" if ratio.value > 1 else "fewer") if ratio.clear else ""
    return None


def _kind(key: str, service: str) -> str:
    """'share' or 'count', by the measure or the KPI that a key begins with; blank for what is neither, or is counted over a longer time."""
    head, _, rest = key.partition(":")
    if head in _HOW_MANY:
        return ""
    if head == "exceptions":
        return "share"
    for kpi in kpis_of(service):
        if kpi.id == head:
            return "share" if is_a_share(kpi) and not kpi.contract_year else ""
    declared = next((one for one in measures_of(service) if one.key == head), None)
    if isinstance(declared, Share | Split):
        return "share"
    return "count" if isinstance(declared, Count) and not rest else ""


def _said(one: _Pair, last: LastTime, *, named: bool) -> str:
    label = f"{one.now.label} " if named else ""
    if one.words and last.pack.period == last.period:
        return f"{label}{one.words}"
    if one.then.shown == HIDDEN and one.now.shown == HIDDEN:
        return f"{label}hidden; now hidden too"
    then, now = _with_status(one.then, one.now), _with_status(one.now, one.then)
    return f"{label}{then}; now {now}{f', {one.words}' if one.words else ''}"


def _with_status(figure: PackFigure, other: PackFigure | None) -> str:
    """A figure with its status, where that is another one than of the `other`."""
    shown = "hidden" if figure.shown == HIDDEN else figure.shown
    says = figure.status and figure.shown != HIDDEN and (other is None or figure.status != other.status)
    return f"{shown}, {figure.status.lower()}" if says else shown


def _of_many(pairs: Sequence[_Pair], last: LastTime) -> str:
    """Of many figures those that changed, once it is allowed for that of many some would by chance."""
    tested = [one for one in pairs if one.clear is not None]
    clear = [one for one in tested if one.clear]
    same_months = last.pack.period == last.period
    guarded = bool(clear) and not same_months and by_chance(len(clear), len(tested))
    named = [one for one in pairs if one.moved or (one.clear and not guarded)]
    parts = [_said(one, last, named=True) for one in named[:MOST]]
    if len(named) > MOST:
        parts.append(f"{number(len(named) - MOST)} more changed")
    if guarded:
        verb = "differs" if len(clear) == 1 else "differ"
        parts.append(
            f"{number(len(clear))} of {number(len(tested))} figures {verb}, which chance alone would often give"
        )
    elif not clear and tested:
        parts.append(
            _none_of([one for one in tested if one not in named], named=bool(named), same=same_months)
        )
    said = ". ".join(sentence_case(one) if place else one for place, one in enumerate(filter(None, parts)))
    return f"{last.shown_on}: {said}" if said else ""


def _none_of(others: Sequence[_Pair], *, named: bool, same: bool) -> str:
    """That none of the others changed; blank where there are no others."""
    if not others:
        return ""
    many = len(others)
    which = (
        "the other figure" if named and many == 1 else f"the other {number(many)} figures" if named else ""
    )
    if same:
        return f"{which or f'all {number(many)} figures'} unchanged"
    if which:
        return f"{NO_CLEAR_CHANGE} in {which if many == 1 else f'any of {which}'}"
    return (
        f"{NO_CLEAR_CHANGE} in any of {number(many)} figures"
        if many > 1
        else f"{NO_CLEAR_CHANGE} in the one figure that can be compared"
    )
