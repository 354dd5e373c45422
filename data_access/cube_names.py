"""What the counts of a figure are called in a cube, so that two figures that count the same cases share their cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from data_access.questions import Question
from domain.dimensions import BANDS, dimension
from domain.fields import Kind, Sheet
from domain.measures import Count, Split, measure
from domain.quantities import CASES, Quantities, quantities

Codes = tuple[str, ...]


class Family(NamedTuple):
    """A field whose answers everything asked is sums of, and the grouping that it is crossed with; blank for none."""

    field: str
    across: str = ""

    @property
    def pair(self) -> str:
        """What the answers of both fields together are called, whichever of the two is asked about."""
        return " by ".join(sorted(self))

    def both(self, code: str, other: str) -> Codes:
        """The answers of a cell of the pair."""
        return (code, other) if self.field <= self.across else (other, code)

    def either(self) -> Family:
        """The same pair, whichever of the two was asked about: it is decided about at once."""
        if self.field == "outcome" or not has_one_answer(self.across):
            return self
        return Family(*sorted(self))

    @property
    def place(self) -> int:
        """Where the answer of the field itself stands in a cell of the pair."""
        return 0 if self.field <= self.across else 1


def names_in(question: Question, service: str) -> Quantities:
    """What a question counts; where exceptions are left out, that is something else."""
    named = quantities(measure(question.measure, service), service)
    if not question.adjusted_for:
        return named
    apart = f" without exceptions to {question.adjusted_for}"
    return Quantities(named.base + apart, named.met + apart, named.rest + apart)


def has_one_answer(key: str) -> bool:
    """Whether a grouping is a coded field of the cases that has one answer a case, so that its answers come to all of them."""
    field = dimension(key).field
    return field is not None and field.coded and field.kind is not Kind.CODES and field.sheet is Sheet.CASES


def adds_up(key: str) -> bool:
    """Whether nothing that is counted stands in two groups of a grouping, so that its groups come to all of it.

    As those of a field with one answer do, of whatever sheet, and bands: whoever has all groups but one has that one too.
    """
    field = dimension(key).field
    return key in BANDS or (field is not None and field.kind is not Kind.CODES)


def family_asked(question: Question, service: str, dims: Sequence[str]) -> Family | None:
    """The field that everything asked is sums of the answers of, and what it is crossed with; None where there is none such."""
    if question.adjusted_for:
        return None
    declared = measure(question.measure, service)
    named = quantities(declared, service)
    if named.family:
        others = [key for key in dims if key != named.family]
        return Family(named.family, *others) if len(others) < 2 else None
    if named.base == CASES and isinstance(declared, Count) and len(dims) == 1 and has_one_answer(dims[0]):
        return Family(dims[0])
    return None


def by_answers(what: str, dims: Sequence[str]) -> str:
    """What is counted by some answers. All cases by one field are the answers of that field."""
    if what == CASES and len(dims) == 1 and has_one_answer(dims[0]):
        return dims[0]
    return f"{what} by {', '.join(dims)}" if dims else what


def cells_of(question: Question, service: str, dims: Sequence[str], codes: Codes) -> list[tuple[str, Codes]]:
    """What is shown in one figure, each with its answers. `dims` are the groupings by answers, `codes` the answers of the figure."""
    named, declared = names_in(question, service), measure(question.measure, service)
    if not dims:
        return named.cells
    if family := family_asked(question, service, dims):
        return _of_family(
            named, family, dict(zip(dims, codes, strict=True)), split=isinstance(declared, Split)
        )
    if isinstance(declared, Split) and declared.field in dims:
        at = list(dims).index(declared.field)
        others = [key for key in dims if key != declared.field]
        left = codes[:at] + codes[at + 1 :]
        return [(by_answers(named.base, dims), codes), (by_answers(named.base, others), left)]
    return [(by_answers(what, dims), codes) for what in named.shown]


def _of_family(
    named: Quantities, family: Family, codes: dict[str, str], *, split: bool
) -> list[tuple[str, Codes]]:
    field, across = family
    other = codes.get(across, "")

    def part(what: str, answers: frozenset[str]) -> tuple[str, Codes]:
        if len(answers) == 1:
            (code,) = answers
            return (family.pair, family.both(code, other)) if across else (field, (code,))
        return (f"{what} by {across}", (other,)) if across else (what, ())

    whole = [part(named.base, named.base_codes)] if named.family else []
    if field in codes:
        own = (family.pair, family.both(codes[field], other)) if across else (field, (codes[field],))
        return [own, *(whole if split else [])]
    return [*([part(named.met, named.met_codes)] if named.met else []), *whole]
