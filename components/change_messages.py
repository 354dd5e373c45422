"""The titles of the figures on families who changed their mind: each says how referrals ended, and none says why."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from components.charts.certificate_parts import Parts
from components.charts.share_rows import ShareRow, drawn
from domain.chance import chance_of_as_many
from domain.dimensions import BANDS
from domain.disclosure import Released
from domain.formats import listed, number, percent_of, sentence_case, share_of
from domain.hidden_words import hidden_message, partly
from domain.messages import BY_CHANCE, NO_CLEAR_CHANGE
from domain.settings import UNKNOWN_AREA
from domain.statistics import newcombe_difference

NO_CLEAR_DIFFERENCE = "no clear difference"


def changed_message(rate: Released) -> str:
    """The rate: 'Families changed their mind in 35% of the referrals that ended: 718 of 2,064'."""
    total = rate.total
    if total is None and partly(rate):
        return hidden_message(rate)
    if total is None or not total.base:
        return "Families who changed their mind: no referral has ended yet"
    share = percent_of(total.met, total.base)
    return f"Families changed their mind in {share} of the referrals that ended: {number(total.met)} of {number(total.base)}"


def rest_of(row: ShareRow, whole: ShareRow) -> ShareRow:
    """All referrals that are not in a row."""
    return ShareRow("", "All others", whole.met - row.met, whole.base - row.base)


def stand_apart(rows: Sequence[ShareRow], whole: ShareRow) -> tuple[ShareRow, ...]:
    """The rows whose share differs clearly from that of all others."""
    return tuple(row for row in comparable(rows) if row.against(rest_of(row, whole)).clear)


def comparable(rows: Sequence[ShareRow]) -> tuple[ShareRow, ...]:
    """The rows with enough to compare; what is not recorded or not known is no group."""
    return tuple(row for row in drawn(rows) if row.key not in ("", UNKNOWN_AREA))


def apart_message(what: str, rows: Sequence[ShareRow], whole: ShareRow) -> str:
    """Which groups differ: two are compared with each other, of more each with all others, and chance is allowed for."""
    known = comparable(rows)
    if len(known) < 2:
        only = f"only {known[0].label} has enough: {share_of(known[0].met, known[0].base)}" if known else ""
        return f"By {what}: {only or 'too few referrals have ended to compare'}"
    if len(known) == 2:
        said = listed([f"{row.label} {share_of(row.met, row.base)}" for row in known])
        clear = known[0].against(known[1]).clear
        return f"By {what}: {said}, {'a clear' if clear else 'no clear'} difference"
    apart = stand_apart(known, whole)
    if not apart:
        return f"By {what}: {NO_CLEAR_DIFFERENCE} from the {percent_of(whole.met, whole.base)} of all"
    if chance_of_as_many(len(apart), len(known), BY_CHANCE) > BY_CHANCE:
        stands = f"{len(apart)} of {len(known)} {'stands' if len(apart) == 1 else 'stand'} apart"
        return f"By {what}: {NO_CLEAR_DIFFERENCE}; {stands}, which chance alone would often give"
    said = listed([_more_or_less(row, whole) for row in apart], 4)
    return f"By {what}, against all others: {said}"


def wait_message(rows: Sequence[ShareRow]) -> str:
    """Referrals that ended soonest against those that took longer: how each ended, not how likely a change of mind is."""
    soonest, words, _ = BANDS["days_to_outcome_band"][0]
    soon = [row for row in rows if row.key == soonest]
    late = [row for row in rows if row.key and row.key != soonest]
    first, second = (
        ShareRow("", "", sum(row.met for row in side), sum(row.base for row in side)) for side in (soon, late)
    )
    within = f"ended within {words.removeprefix('Up to ')}"
    said = [
        f"of referrals that {how}, {share_of(side.met, side.base)} ended by a change of mind"
        for how, side in ((within, first), ("took longer", second))
        if side.base
    ]
    if not said:
        return "By days waited: no referral has both dates yet"
    title = sentence_case("; ".join(said))
    if not (first.drawn and second.drawn):
        return title
    return f"{title}: {'a clear difference' if first.against(second).clear else NO_CLEAR_DIFFERENCE}"


def certificate_message(years: Sequence[Parts], unfinished: Collection[str]) -> str:
    """How many of those who changed their mind asked for a certificate, and whether that changed."""
    certified, together = sum(y.certified for y in years), sum(y.together for y in years)
    if not together:
        return "No family changed its mind in what is chosen"
    said = f"Of those who changed their mind, {share_of(certified, together)} asked for a certificate"
    whole = [y for y in years if y.key and y.key not in unfinished and y.together]
    if len(whole) < 2:
        return said
    before, latest = whole[-2:]
    change = newcombe_difference(latest.certified, latest.together, before.certified, before.together)
    words = f"{'higher' if change.value > 0 else 'lower'} than" if change.clear else f"{NO_CLEAR_CHANGE} from"
    return (
        f"{said}; {latest.label} {percent_of(latest.certified, latest.together)}, "
        f"{words} {before.label}, {percent_of(before.certified, before.together)}"
    )


def _more_or_less(row: ShareRow, whole: ShareRow) -> str:
    more = row.against(rest_of(row, whole)).value > 0
    return f"{'more' if more else 'less'} often for {row.label}, {share_of(row.met, row.base)}"
