"""The title of every figure: a sentence made from the figures, which says no more than they bear."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.dimensions import dimension
from domain.disclosure import Figure, Released
from domain.fields import Kind
from domain.formats import counted, listed, number, percent_of, sentence_case, share_of
from domain.hidden_words import NOT_COMPARED, hidden_message, of_shown, partly
from domain.measures import Average, Split
from domain.settings import UNKNOWN_AREA
from domain.share_rows import LEAST_BASE
from domain.shown import WINDOW, answered, dated, with_a_base
from domain.statistics import newcombe_difference, rate_ratio_clear
from domain.stretch import Stretch
from domain.whose import REST

NO_CLEAR_CHANGE = "no clear change"
BY_CHANCE = 0.05
"""The share of groups that lie outside 95% limits when nothing but chance is at work."""


def share_message(released: Released) -> str:
    """One share: 'Homelessness prevented: 82% (387 of 471)'."""
    total = released.total
    if total is None and partly(released):
        return hidden_message(released)
    if total is None or not total.base:
        return f"{released.measure.label}: no case to count yet"
    return f"{released.measure.label}: {share_of(total.met, total.base)}"


def overview_message(referrals: Released, rate: Released) -> str:
    """The two figures of the service: '540 referrals; homelessness prevented: 387 of 471 (82%)'."""
    referred = counted(referrals.total.met if referrals.total else 0, "referral")
    if referrals.total is None and partly(referrals):
        referred = hidden_message(referrals)
    total = rate.total
    if total is None and partly(rate):
        return f"{referred}; {_lower(hidden_message(rate))}"
    if total is None or not total.base:
        return f"{referred}; no case has ended yet"
    share = f"{number(total.met)} of {number(total.base)} ({percent_of(total.met, total.base)})"
    return f"{referred}; {_lower(rate.measure.label)}: {share}"


def count_message(released: Released, one: str, many: str) -> str:
    """A count and the time it spans: '540 referrals, Apr 2017 to Oct 2018'."""
    if partly(released):
        # What is shown of the months is not all of them.
        return hidden_message(released) if released.total is None else counted(released.total.met, one, many)
    figures = dated(released) if released.by else released.figures
    if not figures and released.not_given:
        return f"{sentence_case(many)}: not given"
    if not figures or not released.by:
        return counted(sum(figure.met + figure.missing for figure in released.figures), one, many)
    placed = sum(figure.met for figure in figures)
    # Without a date a case is of all dates, but not of the months chosen.
    timed = released.selection.timed
    undated = 0 if timed else sum(figure.missing for figure in released.figures if not figure.keys[0])
    span = figures[0].label if len(figures) == 1 else f"{figures[0].label} to {figures[-1].label}"
    if undated:
        return f"{counted(placed + undated, one, many)}, {number(placed)} of them dated {span}"
    return f"{counted(placed, one, many)}, {span}"


def trend_message(released: Released, unfinished: Collection[str], what: str) -> str:
    """The latest against the ones before: '29 referrals a month in Aug 2018 to Oct 2018, no clear change from 36'.

    Three months against the three before them; of longer periods, the latest against the one before. Periods that
    are not finished are left out, and a direction is said only where the interval leaves out 'no change'.
    """
    placed = dated(released)
    if released.not_given:
        # What is missing in one period and not in another would look like a change.
        return f"{sentence_case(what)}: not every period is given, so none are compared"
    whole = [figure for figure in placed if figure.keys[0] not in unfinished]
    width = WINDOW if released.by[0] == "month" else 1
    found = trend_of(released, unfinished)
    if found is None:
        if _not_all_shown(released, whole, width):
            return f"{sentence_case(what)}: {NOT_COMPARED}"
        said = listed([f"{number(figure.met)} in {figure.label}" for figure in whole], most=len(whole))
        return f"{sentence_case(what)}: {said}" if whole else f"No period of {what} is complete yet"
    each = " a month" if width > 1 else ""
    words = f"{'more' if found.more else 'fewer'} than" if found.clear else f"{NO_CLEAR_CHANGE} from"
    latest = f"{found.each(found.now)} {what}{each} in {found.span}"
    return f"{latest}, {words} {found.each(found.then)} in {found.earlier}"


@dataclass(frozen=True, slots=True)
class Trend:
    """The latest months, or the latest longer period, against those before.

    Parameters
    ----------
    now, then : how many in `width` periods each. span, earlier : which periods those are, in words.
    clear : whether they differ by more than chance gives; `more` whether upwards.
    """

    now: int
    then: int
    width: int
    span: str
    earlier: str
    clear: bool
    more: bool

    def each(self, count: float) -> str:
        """How many a period, as written: of less than one a period a decimal is said, because 0 would be untrue."""
        mean = count / self.width
        return number(mean, 1 if 0 < mean < 1 else 0)


def trend_of(released: Released, unfinished: Collection[str]) -> Trend | None:
    """What `trend_message` compares; None where it compares nothing."""
    placed = dated(released)
    whole = [figure for figure in placed if figure.keys[0] not in unfinished]
    width = WINDOW if released.by[0] == "month" else 1
    if released.not_given or len(whole) < 2 * width or _not_all_shown(released, whole, width):
        return None
    latest, before = whole[-width:], whole[-2 * width : -width]
    now, then = sum(figure.met for figure in latest), sum(figure.met for figure in before)
    unbroken = width > 1 and _unbroken([*before, *latest], placed)
    earlier = f"the {width} months before" if unbroken else _span(before, placed)
    change = rate_ratio_clear(now, width, then, width)
    return Trend(now, then, width, _span(latest, placed), earlier, change.clear, change.value > 1)


def _not_all_shown(released: Released, whole: Sequence[Figure], width: int) -> bool:
    """Whether one of the periods that would be compared may not be shown."""
    since = whole[-2 * width].keys[0] if len(whole) >= 2 * width else ""
    return bool(released.withheld) or any(one.keys[0] > since for one in released.hidden)


def commonest_message(splits: Sequence[Released]) -> str:
    """The commonest answer of the first three questions: 'Most often: Future risk 44% (226 of 508)'.

    A personal characteristic is not said: the title is what a meeting reads first. Nor is an answer about something else than the
    first question is about, as meetings beside referrals: without its question it could not be told what it is a share of.
    """
    found = []
    # Where a number is hidden, an answer that is not shown may be the commonest.
    said = [one for one in splits if not personal(one) and not partly(one)]
    for released in [one for one in said if one.measure.when == said[0].measure.when][:3]:
        figures = answered(released)
        top = max(figures, key=lambda figure: figure.met, default=None)
        if top is not None and top.met:
            found.append(f"{top.label} {share_of(top.met, top.base)}")
    if not found and any(partly(one) for one in splits):
        return "What can be shown to this audience"
    return f"Most often: {', '.join(found)}" if found else "Nothing recorded yet"


def largest_message(released: Released, what: str) -> str:
    """Which group has most: 'Tendring had the most referrals: 72 of 540'; equal ones are all named.

    While returns are outstanding it is said of what has been reported: another group may yet have more.
    """
    known = [
        figure
        for figure in released.figures
        if figure.met and figure.keys[-1] not in ("", UNKNOWN_AREA, REST)
    ]
    if not known:
        return hidden_message(released) if partly(released) else f"No {what} to show by group"
    if partly(released) or any(figure.keys[-1] == REST for figure in released.figures):
        return _shown_message(released, known, what)
    total = sum(figure.met for figure in released.figures)
    if len(known) == 1:
        return f"{known[0].label}: {number(known[0].met)} of {number(total)} {what}"
    most = max(figure.met for figure in known)
    first = [figure.label for figure in known if figure.met == most]
    each = " each" if len(first) > 1 else ""
    reported = " reported so far" if released.as_at.outstanding else ""
    return f"{listed(first, 4)} had the most {what}{reported}: {number(most)} of {number(total)}{each}"


def _shown_message(released: Released, known: Sequence[Figure], what: str) -> str:
    """What is said of groups where some are hidden, or put together as the rest of a contract: of those shown alone."""
    total = released.total
    of = f" of {number(total.met)}" if total is not None else ""
    if any(figure.keys[-1] == REST for figure in released.figures):
        return listed([f"{figure.label}: {number(figure.met)}{of} {what}" for figure in known])
    most = max(figure.met for figure in known)
    first = listed([figure.label for figure in known if figure.met == most], 4)
    return f"{sentence_case(of_shown(released))}{first} had the most {what}: {number(most)}{of}"


def split_message(released: Released) -> str:
    """The commonest answer: 'Risk at assessment: most often Future risk, 44% (226 of 508)'."""
    figures = answered(released)
    label = released.measure.label
    if not any(figure.met for figure in figures) and partly(released):
        return hidden_message(released)
    if not figures or not any(figure.met for figure in figures):
        return f"{label}: nothing recorded yet"
    most = max(figure.met for figure in figures)
    first = [figure for figure in figures if figure.met == most]
    each = " each" if len(first) > 1 else ""
    often = f"{of_shown(released)}most often {listed([f.label for f in first], 3)}"
    said = f"{label}: {often}, {share_of(most, first[0].base)}{each}"
    return f"{said}; {several_words(released)}" if several(released) and not partly(released) else said


def several(released: Released) -> bool:
    """Whether one case may have several of the answers, so that their shares may pass 100%."""
    measure = released.measure
    field = dimension(measure.field).field if isinstance(measure, Split) else None
    return field is not None and field.kind is Kind.CODES


def personal(released: Released) -> bool:
    """Whether the answers are a personal characteristic, which only the commissioning team sees."""
    measure = released.measure
    field = dimension(measure.field).field if isinstance(measure, Split) else None
    return field is not None and field.characteristic


def several_words(released: Released) -> str:
    """How many answers how many cases gave: '701 answers for 630 referrals'."""
    figures = answered(released)
    given = sum(figure.met for figure in figures)
    base = figures[0].base if figures else 0
    return f"{counted(given, 'answer')} for {number(base)} {released.measure.unit}"


def change_message(before: Stretch, after: Stretch, what: str) -> str:
    """How the monthly count differs after a date, with a direction only where the interval is clear."""
    counts = f"{number(before.mean, 1)} a month before, {number(after.mean, 1)} after"
    change = rate_ratio_clear(after.count, after.months, before.count, before.months)
    if not change.clear:
        return f"{sentence_case(what)}: {NO_CLEAR_CHANGE}, {counts}"
    return f"{'More' if change.value > 1 else 'Fewer'} {what} a month after than before: {counts}"


def latest_message(released: Released, unfinished: Collection[str] = ()) -> str:
    """The latest period against the one before: 'Q2: 84% (120 of 143), no clear change from Q1, 80%'.

    A direction is said only where the 95% interval of the difference leaves out zero, and of ten or more on both sides.
    """
    if released.not_given:
        return f"{released.measure.label}: not every period is given, so none are compared"
    figures = [f for f in with_a_base(released) if f.keys[-1] and f.keys[-1] not in unfinished]
    if not figures and partly(released):
        return hidden_message(released)
    if not figures:
        why = "no period is complete yet" if with_a_base(released) else "no case to count yet"
        return f"{released.measure.label}: {why}"
    latest = figures[-1]
    # A later period may be hidden: this one is the latest of those that are not.
    later = any(one.keys[-1] > latest.keys[-1] and one.keys[-1] not in unfinished for one in released.hidden)
    said = f"{sentence_case(of_shown(released)) if later else ''}{latest.label}: {share_of(latest.met, latest.base)}"
    if len(figures) == 1:
        return said
    earlier = figures[-2]
    change = newcombe_difference(latest.met, latest.base, earlier.met, earlier.base)
    # Of very few the interval of the difference is narrower than chance: 0 of 2 is no clear change from 3 of 3.
    clear = change.clear and min(latest.base, earlier.base) >= LEAST_BASE
    words = f"{'higher' if change.value > 0 else 'lower'} than" if clear else f"{NO_CLEAR_CHANGE} from"
    return f"{said}, {words} {earlier.label}, {percent_of(earlier.met, earlier.base)}"


def spread_message(median: Released, mean: Released | None = None) -> str:
    """The middle of a length: 'Days of support: half of the cases took 47 or less; the mean is 57'."""
    if partly(median):
        return hidden_message(median)
    middle = median.figures[0] if median.figures else None
    if middle is None or middle.value is None:
        return f"{median.measure.label}: no case with both dates yet"
    declared = median.measure
    name = declared.spread.label if isinstance(declared, Average) else declared.label
    half = f"{name}: half of the cases took {number(middle.value, 1).removesuffix('.0')} or less"
    average = mean.figures[0] if mean and mean.figures else None
    return half if average is None else f"{half}; the mean is {number(average.value)}"


def _unbroken(figures: Sequence[Figure], among: Sequence[Figure]) -> bool:
    """Whether periods follow each other without one left out between them."""
    return among.index(figures[-1]) - among.index(figures[0]) == len(figures) - 1


def _span(figures: Sequence[Figure], among: Sequence[Figure]) -> str:
    """Periods in words: the first to the last, or each by its name where one between them is left out."""
    labels = [figure.label for figure in figures]
    return f"{labels[0]} to {labels[-1]}" if len(labels) > 1 and _unbroken(figures, among) else listed(labels)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
