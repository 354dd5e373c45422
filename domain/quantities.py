"""What a measure counts, named by its formula: two measures that count the same cases count them under one name.

A measure whose formulas ask about one field only belongs to the family of that field: all of them are sums of its answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from domain.columns import Condition, in_words
from domain.derived import has_ended
from domain.dimensions import dimension
from domain.fields import Kind
from domain.measures import (
    Average,
    Completeness,
    Count,
    Measure,
    Rate,
    Share,
    Split,
    Spread,
    Stock,
    Table,
    measures_of,
)
from domain.one_field import answers_where, only_field
from domain.vocabulary import DONT_KNOW, rolled_up

CASES = "cases"
"""What is counted of all cases, whatever they are."""


@dataclass(frozen=True, slots=True)
class Quantities:
    """The names of what one figure of a measure is made of.

    Parameters
    ----------
    base : how many it is out of; of a count, how many. met : how many of them are; blank of a count. rest : how many are not.
    family : the field whose answers all of them are sums of; blank for none.
    met_codes, base_codes : those answers.
    """

    base: str
    met: str = ""
    rest: str = ""
    family: str = ""
    met_codes: frozenset[str] = frozenset()
    base_codes: frozenset[str] = frozenset()

    @property
    def cells(self) -> list[tuple[str, tuple[str, ...]]]:
        """What a view shows of it, each with its answers: a single answer of a family is the cell of that answer."""
        found = [(self.met, self.met_codes), (self.base, self.base_codes)]
        return [
            (self.family, tuple(codes)) if self.family and len(codes) == 1 else (what, ())
            for what, codes in found
            if what
        ]

    @property
    def shown(self) -> tuple[str, ...]:
        """What a view shows of it."""
        return (self.met, self.base) if self.met else (self.base,)


def supported(measure: Measure) -> bool:
    """Whether what it counts adds up by place and time, so that it can be protected for others than the commissioning team."""
    return (
        isinstance(measure, Count | Share | Split | Spread | Average | Rate | Stock)
        and not isinstance(measure, Completeness)
        and not measure.in_totals_only
    )


@cache
def quantities(measure: Measure, service: str) -> Quantities:
    """What a figure of a measure is made of; of a split, how many answered, and of a rate how many it is divided by."""
    prefix = "" if measure.table is Table.CASES else f"{measure.table} "
    if isinstance(measure, Average):
        return quantities(measure.spread, service)
    if isinstance(measure, Rate):
        over, of = quantities(measure.over, service), quantities(measure.of, service)
        return Quantities(of.base, over.base)
    if isinstance(measure, Share):
        conditions = [measure.base, lambda c: measure.met(c) & measure.base(c)]
        found = _family(measure, service, *conditions)
        if found and measure.asks in ("", found[0]):
            field, (base_codes, met_codes) = found
            if measure.asks:
                # Who does not know is beside the base, whatever the formula says of the answer.
                nobody = {DONT_KNOW, *measure.unknown}
                base_codes, met_codes = base_codes - nobody, met_codes - nobody
            base, met = _named(field, base_codes), _named(field, met_codes)
            rest = _named(field, base_codes - met_codes)
            return Quantities(base, met, rest, field, met_codes, base_codes)
        base = (
            prefix + _words(measure.among, measure.base) + (f" asked {measure.asks}" if measure.asks else "")
        )
        met = f"{base} and {_words(measure.met)}"
        if measure.standing:
            base, met = f"{measure.key} base", f"{measure.key} met"
        return Quantities(base, met, f"{met} not")
    if isinstance(measure, Split):
        apart = {*measure.leave_out, *measure.unknown}
        found = _family(measure, service, lambda c: getattr(c, measure.field).not_in(apart))
        if found:
            field, (codes,) = found
            return Quantities(
                _named(field, codes - {DONT_KNOW}), family=field, base_codes=codes - {DONT_KNOW}
            )
        return Quantities(f"{prefix}{_words(measure.among)} answering {measure.field} of {measure.key}")
    if isinstance(measure, Stock):
        return Quantities(f"{measure.key} standing")
    if isinstance(measure, Spread):
        return Quantities(f"{prefix}{_words(measure.among)} with {measure.value} of {measure.key}")
    if measure.among is None and measure.table is Table.CASES:
        return Quantities(CASES)
    found = _family(measure, service, measure.among) if measure.among else None
    if found:
        field, (codes,) = found
        return Quantities(_named(field, codes), family=field, base_codes=codes)
    return Quantities(prefix + _words(measure.among))


def family_of(field: str, service: str) -> tuple[Quantities, ...]:
    """Everything that measures of a service count and that is a sum of the answers of one field."""
    found = (
        quantities(one, service)
        for one in measures_of(service)
        if isinstance(one, Share | Count | Split) and not one.in_totals_only and not one.at_a_date
    )
    return tuple(dict.fromkeys(one for one in found if one.family == field))


def _words(*conditions: Condition | None) -> str:
    return " and ".join(in_words(one) for one in conditions if one is not None) or "all"


def _named(field: str, codes: frozenset[str]) -> str:
    return f"{field}: {', '.join(sorted(codes)) or 'none'}"


def _family(
    measure: Measure, service: str, *conditions: Condition
) -> tuple[str, tuple[frozenset[str], ...]] | None:
    """The field that is all these formulas ask about, with the groups of answers for which each holds."""
    if measure.table is not Table.CASES or measure.at_a_date:
        return None
    key = only_field(conditions[0])
    key = "outcome" if key == "ended" else key
    try:
        field = dimension(key).field
    except KeyError:
        return None
    if field is None or not field.coded or field.kind is Kind.CODES or service not in field.services:
        return None
    listed = field.code_list_for(service)
    derived = {"ended": lambda code: has_ended(service, code)} if key == "outcome" else {}
    codes: list[str | None] = [*(code.key for code in listed.entries), DONT_KNOW, None]
    found = []
    for condition in conditions:
        held = answers_where(condition, key, codes, derived)
        within = answers_where(measure.among, key, codes, derived)
        if held is None or within is None:
            return None
        both = held & within
        groups = frozenset("" if code is None else rolled_up(listed, code) for code in both)
        if any((("" if c is None else rolled_up(listed, c)) in groups) != (c in both) for c in codes):
            return None
        found.append(groups)
    return key, tuple(found)
