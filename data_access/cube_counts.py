"""The counts that cubes are made of: every measure by provider, area, answers and time, asked as any other tally."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from sqlalchemy import Connection

from data_access.questions import Question
from data_access.stores import Store
from data_access.tallies import tallies_in
from domain.access import Viewer
from domain.cubes import ALL_TIME, Counted, Cube
from domain.dimensions import dimension
from domain.fields import Kind, Sheet
from domain.measures import Average, Rate, Share, Split, about_posts, measure
from domain.quantities import CASES, Quantities, family_of, quantities
from domain.selection import Selection
from domain.services import service as service_of
from domain.tally import TallyRow


class Stage(StrEnum):
    """How much of a measure is decided about: all cases, then what it is out of, then all of it."""

    CASES = "cases"
    BASE = "base"
    WHOLE = "whole"


Row = tuple[str, str, tuple[str, ...], str, TallyRow]
"""Provider, area, answers, time and the row of the tally."""


class Counter:
    """Reads the counts of one service at one moment, for whoever sees what.

    Parameters
    ----------
    without : the key of a provider that is left out, because it knows its own figures; blank for none.
    """

    def __init__(
        self, connection: Connection, store: Store, viewer: Viewer, service: str, without: str
    ) -> None:
        self._connection, self._store, self._viewer = connection, store, viewer
        self.service, self._without = service, without

    def rows(self, question: Question, dims: Sequence[str], time: str) -> list[Row]:
        """The rows of a measure by provider, area, answers and a grouping by time (blank for all time)."""
        declared = measure(question.measure, self.service)
        places = ("provider",) if about_posts(declared) else ("provider", "area")
        by = (*places, *dims, *([time] if time else []))
        asked = replace(question, by=by, selection=Selection(self.service))
        (tally,) = tallies_in(self._connection, self._store, [asked], self._viewer)
        order = [tally.by.index(key) for key in by]
        found = []
        for row in tally.rows:
            keys = [row.keys[at] for at in order]
            area = keys[1] if len(places) == 2 else ""
            codes = tuple(keys[len(places) : len(places) + len(dims)])
            when = f"{declared.month} {keys[-1]}" if time else ALL_TIME
            if (time and not keys[-1]) or keys[0] == self._without:
                continue
            found.append((keys[0], area, codes, when, row))
        return found


def fill_cube(
    cube: Cube,
    counter: Counter,
    question: Question,
    dims: tuple[str, ...],
    times: Sequence[str],
    *,
    stage: Stage,
    family: str = "",
) -> None:
    """Add what a measure counts to a cube, by its answers where it has any, for all time and by the times given.

    Parameters
    ----------
    times : groupings by time, blank for all time.
    stage : how much of it. family : the field whose answers all of it are sums of.
    """
    service = counter.service
    declared, named = measure(question.measure, service), names_in(question, service)
    if stage is Stage.CASES:
        cases = replace(question, measure="referrals", adjusted_for="", at=None)
        cube.count(CASES, _counted(_read(counter, cases, (), times), "met"), about=False)
        return
    if family:
        _fill_family(cube, counter, question, family, times, whole=stage is Stage.WHOLE)
        return
    rows = _read(counter, question, (), times)
    base = _counted(rows, "base")
    about_nobody = not named.met
    cube.count(named.base, base, about=not about_nobody)
    if stage is Stage.BASE:
        return
    if isinstance(declared, Share):
        cube.count(named.met, _counted(rows, "met"))
        cube.count(named.rest, _counted(rows, "rest"), unseen=True)
        cube.halves(named.base, named.met, named.rest)
    elif isinstance(declared, Rate):
        cube.count(named.met, _counted(rows, "met"), about=False)
    if not dims:
        return
    rows, label = _read(counter, question, dims, times), ", ".join(dims)
    whole = named.base
    if isinstance(declared, Share):
        for what, part in ((named.base, "base"), (named.met, "met"), (named.rest, "rest")):
            cube.count(f"{what} by {label}", _counted(rows, part), unseen=part == "rest")
            cube.answers(what, f"{what} by {label}")
        cube.halves(*(f"{what} by {label}" for what in (named.base, named.met, named.rest)))
    elif isinstance(declared, Split) and declared.field in dims:
        _fill_split(cube, rows, named, dims, dims.index(declared.field))
    else:
        cube.count(f"{whole} by {label}", _counted(rows, "base" if isinstance(declared, Average) else "met"))
        cube.answers(whole, f"{whole} by {label}")


def names_in(question: Question, service: str) -> Quantities:
    """What a question counts; where exceptions are left out, that is something else."""
    named = quantities(measure(question.measure, service), service)
    if not question.adjusted_for:
        return named
    apart = f" without exceptions to {question.adjusted_for}"
    return Quantities(named.base + apart, named.met + apart, named.rest + apart)


def family_asked(question: Question, service: str, dims: Sequence[str]) -> str:
    """The field whose answers all that is asked are sums of; blank for none."""
    if question.adjusted_for:
        return ""
    named = quantities(measure(question.measure, service), service)
    if named.family:
        return named.family if tuple(dims) in ((), (named.family,)) else ""
    if named.base == CASES and len(dims) == 1:
        field = dimension(dims[0]).field
        alone = (
            field is not None and field.coded and field.kind is not Kind.CODES and field.sheet is Sheet.CASES
        )
        return dims[0] if alone else ""
    return ""


def _fill_split(cube: Cube, rows: list[Row], named: Quantities, dims: tuple[str, ...], place: int) -> None:
    label = ", ".join(dims)
    each, rest, whole = f"{named.base} by {label}", f"{named.base} but by {label}", named.base
    others = dims[:place] + dims[place + 1 :]
    if others:
        whole = f"{named.base} by {', '.join(others)}"
        bases = {(p, a, c[:place] + c[place + 1 :], t): row for p, a, c, t, row in rows}
        cube.count(whole, [Counted(p, a, c, t, row.base) for (p, a, c, t), row in bases.items()])
        cube.answers(named.base, whole)
    cube.count(each, _counted(rows, "met"))
    cube.count(rest, _counted(rows, "rest"), unseen=True)
    cube.halves(whole, each, rest, split=place)
    if not others:
        cube.answers(whole, each)


def _fill_family(
    cube: Cube,
    counter: Counter,
    question: Question,
    field: str,
    times: Sequence[str],
    *,
    whole: bool,
) -> None:
    """Everything that is a sum of the answers of one field, with the answers themselves."""
    service = counter.service
    timed = measure(question.measure, service).when
    source = "referrals" if timed == "referral_date" or not any(times) else ""
    if not source:
        _fill_own(cube, counter, question, times)
        return
    headline = quantities(measure(service_of(service).headline, service), service)
    cases = replace(question, measure=source, adjusted_for="", at=None)
    rows = _read(counter, cases, (field,), times)
    cube.count(CASES, _summed(rows), about=False)
    cube.count(field, [Counted(p, a, c, t, row.met) for p, a, c, t, row in rows])
    # That nobody wrote an answer down, or that a case is still open, is no answer about anybody.
    nothing = {"", *service_of(service).open} if field == "outcome" else {""}
    cube.harmless |= {cell for cell in cube.values if cell.what == field and cell.codes[0] in nothing}
    cube.answers(CASES, field)
    if headline.family == field:
        # What the headline is out of is kept before anything else that is a sum of some answers.
        _fill_set(cube, field, headline.base, headline.base_codes, rows)
        _fill_rests(cube, headline, field, rows)
        cube.dear |= {cell for cell in cube.values if cell.what in (headline.base, CASES)}
    if not whole:
        return
    for named in family_of(field, service):
        for what, codes in ((named.base, named.base_codes), (named.met, named.met_codes)):
            _fill_set(cube, field, what, codes, rows)
        left = named.base_codes - named.met_codes
        if named.met and len(left) > 1:
            # How many were not met is a sum of answers too; where it is a single answer, it is the cell of that answer.
            _fill_set(cube, field, named.rest, left, rows, unseen=True)


def _fill_set(
    cube: Cube, field: str, what: str, codes: frozenset[str], rows: list[Row], *, unseen: bool = False
) -> None:
    """A sum of some answers, once; a single answer is the cell of that answer."""
    if len(codes) > 1 and what not in cube.made:
        cube.made.add(what)
        cube.count(what, _summed([row for row in rows if row[2][0] in codes]), unseen=unseen)
        cube.unite(what, [(code,) for code in sorted(codes)], field)


def _fill_rests(cube: Cube, named: Quantities, field: str, rows: list[Row]) -> None:
    """For each answer, how many gave another one: 15 of 16 says that one did not."""
    rest = f"{named.base} but one of {field}"
    inside = [row for row in rows if row[2][0] in named.base_codes]
    whole: dict[tuple[str, str, str], int] = {}
    for provider, area, _, time, row in inside:
        whole[provider, area, time] = whole.get((provider, area, time), 0) + row.met
    own = {(p, a, t, c): row.met for p, a, c, t, row in inside}
    cube.count(
        rest,
        [
            Counted(p, a, (code,), t, number - own.get((p, a, t, (code,)), 0))
            for (p, a, t), number in whole.items()
            for code in sorted(named.base_codes)
        ],
        unseen=True,
    )
    kept = {cell for cell in cube.values if cell.what == field}
    for cell in [one for one in cube.values if one.what == rest]:
        if cell._replace(what=field) not in kept:
            cube.values[cell._replace(what=field)] = 0
    cube.halves(named.base, field, rest, split=0)


def _fill_own(cube: Cube, counter: Counter, question: Question, times: Sequence[str]) -> None:
    """A measure of a family whose date is not that of the referral: its own counts, under the family's names."""
    service = counter.service
    named = names_in(question, service)
    declared = measure(question.measure, service)
    rows = _read(counter, question, (), times)
    cube.count(named.base, _counted(rows, "base"))
    if named.met:
        single = [(code,) for code in named.met_codes] if len(named.met_codes) == 1 else [()]
        what = named.family if single[0] else named.met
        cube.count(what, [one._replace(codes=single[0]) for one in _counted(rows, "met")])
        cube.count(named.rest, [one._replace(codes=single[0]) for one in _counted(rows, "rest")], unseen=True)
        cube.halves(named.base, what, named.rest, split=0 if single[0] else None)
    if isinstance(declared, Split):
        field, rest = declared.field, f"{named.base} but one of {declared.field}"
        parts = _read(counter, question, (field,), times)
        cube.count(field, _counted(parts, "met"))
        cube.count(rest, _counted(parts, "rest"), unseen=True)
        cube.halves(named.base, field, rest, split=0)
        cube.answers(named.base, field)


def _read(counter: Counter, question: Question, dims: tuple[str, ...], times: Sequence[str]) -> list[Row]:
    return [row for time in times for row in counter.rows(question, dims, time)]


def _counted(rows: Iterable[Row], part: str) -> list[Counted]:
    def number(row: TallyRow) -> int:
        return {"met": row.met, "base": row.base, "rest": row.base - row.met}[part]

    return [Counted(p, a, c, t, number(row)) for p, a, c, t, row in rows]


def _summed(rows: Iterable[Row]) -> list[Counted]:
    return [Counted(p, a, (), t, row.met) for p, a, _, t, row in rows]
