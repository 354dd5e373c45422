"""The counts of a family: everything that is a sum of the answers of one field, alone or crossed with another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from data_access.cube_names import Family, adds_up, by_answers, has_one_answer
from data_access.cube_rows import Counter, Row, Stage, summed
from data_access.questions import Question
from domain.cubes import Counted, Cube
from domain.measures import Count, Share, Split, measure, measures_of
from domain.quantities import CASES, Quantities, family_of, quantities
from domain.services import service as service_of

_REFERRED = "referral_month"


def fill_family(
    cube: Cube, counter: Counter, question: Question, family: Family, times: Sequence[str], stage: Stage
) -> None:
    """Add a family to a cube.

    Parameters
    ----------
    times : groupings by time, blank for all time.
    stage : BASE for its answers and what the headline is out of, WHOLE for every sum that is shown of them. With a grouping across it is
        always the whole: the answers of both fields together, and the sums of the answers of each in each group of the other.
    """
    alone = Family(family.field)
    by_referral = measure(question.measure, counter.service).month == _REFERRED or not any(times)
    rows = _answered(counter, question, alone, times, by_referral=by_referral)
    if not family.across:
        _fill_alone(cube, counter.service, alone, rows, stage, by_referral=by_referral)
        return
    both = _answered(counter, question, family, times, by_referral=by_referral)
    cube.count(family.field, _each(rows))
    _harmless(cube, counter.service, family.field, family.field, 0)
    cube.count(family.pair, _with_noughts(family, both))
    _harmless(cube, counter.service, family.field, family.pair, family.place)
    _harmless(cube, counter.service, family.across, family.pair, 1 - family.place)
    if adds_up(family.across):
        cube.answers(family.field, family.pair, drop=1 - family.place)
    if by_referral:
        whole = by_answers(CASES, [family.across])
        cases = replace(question, measure="referrals", adjusted_for="", at=None)
        other = [row for time in times for row in counter.rows(cases, (family.across,), time)]
        cube.count(whole, _each(other))
        _harmless(cube, counter.service, family.across, whole, 0)
        cube.answers(whole, family.pair, drop=family.place)
    _fill_across(cube, counter.service, family, rows, both)
    if by_referral and has_one_answer(family.across) and "outcome" not in family:
        # By outcome only all cases are shown, so that the sums of other answers in each outcome are in no view.
        swapped = [(p, a, codes[::-1], t, row) for p, a, codes, t, row in both]
        _fill_across(cube, counter.service, Family(family.across, family.field), other, swapped)


def _answered(
    counter: Counter, question: Question, family: Family, times: Sequence[str], *, by_referral: bool
) -> list[Row]:
    """How many gave each answer (the first code), in each group of what is across (the second), whatever is asked of them."""
    dims = tuple(key for key in family if key)
    if by_referral:
        cases = replace(question, measure="referrals", adjusted_for="", at=None)
        return [row for time in times for row in counter.rows(cases, dims, time)]
    axis = measure(question.measure, counter.service).month
    found: dict[tuple[object, ...], Row] = {}
    for one in measures_of(counter.service):
        if (
            not isinstance(one, Share | Count | Split)
            or one.month != axis
            or quantities(one, counter.service).family != family.field
        ):
            continue
        asked = replace(question, measure=one.key, adjusted_for="", at=None)
        for time in times:
            for *at, row in counter.rows(asked, dims, time):
                number = row.base if isinstance(one, Share) else row.met
                held = found.get(tuple(at))
                if held is None or number > held[-1].met:
                    found[tuple(at)] = (*at, replace(row, met=number))  # type: ignore[assignment]
    return list(found.values())


def _fill_alone(
    cube: Cube, service: str, family: Family, rows: list[Row], stage: Stage, *, by_referral: bool
) -> None:
    field = family.field
    if by_referral:
        cube.count(CASES, summed(rows), about=False)
    cube.count(field, _each(rows))
    _harmless(cube, service, field, field, 0)
    if by_referral:
        cube.answers(CASES, field)
    headline = quantities(measure(service_of(service).headline, service), service)
    if headline.family == field:
        # What the headline is out of is kept before anything else that is a sum of some answers.
        _fill_set(cube, family, headline.base_codes, rows, headline.base)
        _fill_rests(cube, family, headline, rows)
        cube.dear |= {cell for cell in cube.values if cell.what in (headline.base, CASES)}
        if len(headline.met_codes) > 1:
            # So is what the headline counts: by place it says more than each of its answers does.
            _fill_set(cube, family, headline.met_codes, rows, headline.met)
            cube.dear |= {cell for cell in cube.values if cell.what == headline.met}
    if stage is not Stage.WHOLE:
        return
    for what, codes in _sets(field, service):
        _fill_set(cube, family, codes, rows, what)
    for named in _split_into_answers(field, service):
        _fill_rests(cube, family, named, rows)
    for what, codes in _differences(field, service):
        _fill_set(cube, family, codes, rows, what, unseen=True)


def _fill_across(cube: Cube, service: str, family: Family, rows: list[Row], both: list[Row]) -> None:
    """Every sum of answers in each group of what is across, with the same sum of all."""
    alone, named = Family(family.field), f" by {family.across}"
    for what, codes in _sets(family.field, service):
        _fill_set(cube, alone, codes, rows, what)
        _fill_set(cube, family, codes, both, what + named)
        if adds_up(family.across):
            cube.answers(what, what + named)
    for one in _split_into_answers(family.field, service):
        _fill_rests(cube, family, one, both)
    for what, codes in _differences(family.field, service):
        _fill_set(cube, family, codes, both, what + named, unseen=True)
    # Of whom nobody wrote the answer down, no figure says anything; the group is not shown.
    of_both = 1 - family.place
    cube.harmless |= {
        cell
        for cell in cube.values
        if cell.what in cube.made and cell.codes and not cell.codes[of_both if len(cell.codes) > 1 else 0]
    }


def _with_noughts(family: Family, both: list[Row]) -> list[Counted]:
    """The pairs, with those that nobody gave: who sees no figure of them does not know that they are nought."""
    held = {(p, a, family.both(*codes), t): row.met for p, a, codes, t, row in both}
    codes = sorted({family.both(*codes) for _, _, codes, _, _ in both})
    firsts, seconds = sorted({one for one, _ in codes}), sorted({other for _, other in codes})
    places = sorted({(p, a, t) for p, a, _, t, _ in both})
    return [
        Counted(p, a, (one, other), t, held.get((p, a, (one, other), t), 0))
        for p, a, t in places
        for one in firsts
        for other in seconds
    ]


def _each(rows: Iterable[Row]) -> list[Counted]:
    return [Counted(p, a, codes, t, row.met) for p, a, codes, t, row in rows]


def _harmless(cube: Cube, service: str, field: str, what: str, place: int) -> None:
    """That nobody wrote an answer down, or that a case is still open, is no answer about anybody."""
    nothing = {"", *service_of(service).open} if field == "outcome" else {""}
    cube.harmless |= {cell for cell in cube.values if cell.what == what and cell.codes[place] in nothing}


def _sets(field: str, service: str) -> list[tuple[str, frozenset[str]]]:
    """The sums of several answers that some measure shows, by their names."""
    shown = [(n.base, n.base_codes) for n in family_of(field, service)]
    shown += [(n.met, n.met_codes) for n in family_of(field, service) if n.met]
    return [(what, codes) for what, codes in dict.fromkeys(shown) if len(codes) > 1]


def _differences(field: str, service: str) -> list[tuple[str, frozenset[str]]]:
    """What one shown sum has more than another: it is in no view, and anybody can work it out."""
    shown = dict(_sets(field, service))
    found: dict[frozenset[str], str] = {}
    for larger in shown.values():
        for smaller in shown.values():
            left = larger - smaller
            if smaller < larger and len(left) > 1 and left not in shown.values():
                found[left] = f"{field}: {', '.join(sorted(left))}"
    return [(what, codes) for codes, what in found.items()]


def _split_into_answers(field: str, service: str) -> list[Quantities]:
    """The measures that show each answer beside what all of them come to."""
    return [
        quantities(one, service)
        for one in measures_of(service)
        if isinstance(one, Split) and quantities(one, service).family == field
    ]


def _fill_set(
    cube: Cube, family: Family, codes: frozenset[str], rows: list[Row], what: str, *, unseen: bool = False
) -> None:
    """A sum of some answers, once; a single answer is the cell of that answer."""
    if len(codes) < 2 or what in cube.made:
        return
    cube.made.add(what)
    inside = [(p, a, c[1:], t, row) for p, a, c, t, row in rows if c[0] in codes]
    cube.count(what, [Counted(p, a, c, t, row.met) for p, a, c, t, row in inside], unseen=unseen)
    if family.across:
        for cell in [one for one in cube.values if one.what == what]:
            cube.unite(cell, family.pair, [family.both(code, cell.codes[0]) for code in sorted(codes)])
    else:
        for cell in [one for one in cube.values if one.what == what]:
            cube.unite(cell, family.field, [(code,) for code in sorted(codes)])


def _fill_rests(cube: Cube, family: Family, named: Quantities, rows: list[Row]) -> None:
    """For each answer, how many gave another one: 15 of 16 says that one did not."""
    each = family.pair if family.across else family.field
    base = f"{named.base} by {family.across}" if family.across else named.base
    rest = f"{base} but one of {family.field}"
    if rest in cube.made or len(named.base_codes) < 2:
        return
    cube.made.add(rest)
    inside = [row for row in rows if row[2][0] in named.base_codes]
    whole: dict[tuple[str, str, tuple[str, ...], str], int] = {}
    for provider, area, codes, time, row in inside:
        at = provider, area, codes[1:], time
        whole[at] = whole.get(at, 0) + row.met
    own = {(p, a, c, t): row.met for p, a, c, t, row in inside}

    def codes_of(code: str, others: tuple[str, ...]) -> tuple[str, ...]:
        return family.both(code, *others) if family.across else (code,)

    cube.count(
        rest,
        [
            Counted(p, a, codes_of(code, others), t, number - own.get((p, a, (code, *others), t), 0))
            for (p, a, others, t), number in whole.items()
            for code in sorted(named.base_codes)
        ],
        unseen=True,
    )
    for cell in [one for one in cube.values if one.what == rest]:
        cube.values.setdefault(cell._replace(what=each), 0)
    cube.halves(base, each, rest, split=family.place if family.across else 0)
