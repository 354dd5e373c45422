"""The titles of the satisfaction figures: who answered, and no more than their answers bear."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from domain.chance import chance_of_as_many
from domain.formats import listed, percent_of, share_of
from domain.messages import BY_CHANCE, NO_CLEAR_CHANGE
from domain.share_rows import Series, ShareRow, drawn


def span_message(who: str, rows: Sequence[ShareRow]) -> str:
    """How the questions span, for the head of the page: 'Parent or carer: 83% to 100% positive, question by question'."""
    shown = sorted(drawn(rows), key=lambda row: row.met / row.base)
    if len(shown) < 2:
        said = [f"{share_of(row.met, row.base)} positive" for row in shown]
        return f"{who}: {said[0] if said else 'too few answers to say'}"
    low, high = (percent_of(row.met, row.base) for row in (shown[0], shown[-1]))
    return (
        f"{who}: {low} to {high} positive, question by question" if low != high else f"{who}: {low} positive"
    )


def positive_message(who: str, rows: Sequence[ShareRow]) -> str:
    """The span of the questions and the lowest: 'Parent or carer: 83% to 100% positive; lowest for …'."""
    shown = drawn(rows)
    if not shown:
        return f"{who}: too few answers to say" if rows else f"{who}: no answer yet"
    if len(shown) == 1:
        only = shown[0]
        return f"{who}: {share_of(only.met, only.base)} answered positively to '{only.label}'"
    shares = {row.met / row.base for row in shown}
    lowest = [row for row in shown if row.met / row.base == min(shares)]
    if len(shares) == 1:
        return f"{who}: {percent_of(lowest[0].met, lowest[0].base)} positive on every question"
    named = listed([f"'{row.label}'" for row in lowest], 2)
    beside = f" ({lowest[0].met} of {lowest[0].base})" if len(lowest) == 1 else ""
    return f"{span_message(who, rows)}; lowest for {named}{beside}"


def years_message(who: str, earlier: Series, later: Series) -> str:
    """Which questions changed between two years, once it is allowed for that of many some would by chance."""
    before = {row.key: row for row in drawn(earlier.rows)}
    pairs = [(row, before[row.key]) for row in drawn(later.rows) if row.key in before]
    span = f"{who}, {earlier.name} to {later.name}"
    if not pairs:
        return f"{span}: too few answers to compare"
    return f"{span}: {changed_questions(pairs)}"


def changed_questions(pairs: Sequence[tuple[ShareRow, ShareRow]]) -> str:
    """Which of some questions changed, each now and before, once it is allowed for that of many some would by chance."""
    changed = [(new, old, change) for new, old in pairs if (change := new.against(old)).clear]
    where = f" in any of {len(pairs)} questions" if len(pairs) > 1 else f", {_from_to(*pairs[0])}"
    if not changed:
        return f"{NO_CLEAR_CHANGE}{where}"
    if by_chance(len(changed), len(pairs)):
        differ = f"{len(changed)} of {len(pairs)} questions {'differs' if len(changed) == 1 else 'differ'}"
        return f"{NO_CLEAR_CHANGE}; {differ}, which chance alone would often give"
    said = [
        f"'{new.label}' {'higher' if change.value > 0 else 'lower'} ({_from_to(new, old)})"
        for new, old, change in changed
    ]
    return listed(said, 3)


def by_chance(changed: int, of: int) -> bool:
    """Whether so many of several would often differ by chance alone."""
    return of > 1 and chance_of_as_many(changed, of, BY_CHANCE) > BY_CHANCE


def types_message(rows: Sequence[ShareRow], question: str) -> str:
    """How those who answered compare: a difference is said only of two, and only where it is clear."""
    shown = drawn(rows)
    if not shown:
        return f"'{question}' by who answered: too few answers to say"
    said = listed([f"{row.label} {percent_of(row.met, row.base)}" for row in shown], len(shown))
    if len(shown) != 2:
        return f"'{question}' by who answered: {said}"
    change = shown[0].against(shown[1])
    return f"'{question}' by who answered: {said}, {'a clear' if change.clear else 'no clear'} difference"


def latest_answers_message(
    who: str, question: str, rows: Sequence[ShareRow], unfinished: Collection[str]
) -> str:
    """The latest complete period with enough answers against the one before."""
    whole = [row for row in drawn(rows) if row.key and row.key not in unfinished]
    if not whole:
        return f"'{question}', {who}: no complete period has enough answers yet"
    latest = whole[-1]
    said = f"'{question}', {who}: {share_of(latest.met, latest.base)} positive in {latest.label}"
    if len(whole) == 1:
        return said
    earlier = whole[-2]
    change = latest.against(earlier)
    words = f"{'higher' if change.value > 0 else 'lower'} than" if change.clear else f"{NO_CLEAR_CHANGE} from"
    return f"{said}, {words} {percent_of(earlier.met, earlier.base)} in {earlier.label}"


def _from_to(new: ShareRow, old: ShareRow) -> str:
    return f"{percent_of(old.met, old.base)} to {percent_of(new.met, new.base)}"
