"""Another layout and other words, confirmed, give the return that the template gives; what was confirmed changes nothing else."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.checks import check_draft
from domain.drafts import Draft, SheetDraft
from domain.fields import Kind, Sheet, fields_of
from domain.mapping import LEFT_OUT, Mapping
from domain.matching import How, mapping_of, propose
from domain.returns import Return
from domain.vocabulary import plain
from tests.upload_files.returns import KNOWN, SETTINGS, TODAY, Rows, right_return
from tests.upload_files.right import RIGHT

ONCE = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def draft_of(sheets: dict[str, Rows]) -> Draft:
    return Draft(
        "r.xlsx", "0" * 64, tuple(SheetDraft(n, tuple(map(tuple, rows))) for n, rows in sheets.items())
    )


@cache
def right(kind: str) -> Return:
    accepted = check_draft(draft_of(right_return(kind)), SETTINGS, KNOWN).accepted
    assert accepted is not None
    return accepted


@st.composite
def rearranged(draw: st.DrawFn, kind: str) -> tuple[dict[str, Rows], Mapping]:
    """The right return of a kind in another layout and other words, and what says so."""
    sheets: dict[str, Rows] = {}
    names, columns = [], []
    for name, rows in right_return(kind).items():
        if name == "Cover":
            sheets[name] = rows
            continue
        order = draw(st.permutations(range(len(rows[0]))))
        moved = [[row[at] for at in order] for row in rows]
        keys = {field.label: field.key for field in fields_of(Sheet(name), RIGHT[kind][0])}
        for at, label in enumerate(moved[0]):
            if draw(st.booleans()):
                moved[0][at] = f"Zq{at} our own"
                columns.append((name, plain(f"Zq{at} our own"), keys[label]))
        if draw(st.booleans()):
            moved = [[None, *row] for row in moved]
        titles: Rows = [[f"Title {n}"] for n in range(draw(st.integers(0, 12)))]
        called = f"Our own {name[::-1]}" if draw(st.booleans()) else name
        names += [(plain(called), name)] if called != name else []
        sheets[called] = [*titles, *moved, *([[None], ["Total"]] if draw(st.booleans()) else [])]
    return sheets, Mapping(tuple(names), tuple(columns))


@pytest.mark.parametrize("kind", RIGHT)
@ONCE
@given(data=st.data())
def test_a_confirmed_layout_gives_the_same_return_as_the_template(kind: str, data: st.DataObject) -> None:
    sheets, mapping = data.draw(rearranged(kind))
    found = check_draft(draft_of(sheets), SETTINGS, KNOWN, mapping)
    assert [p.sentence for p in found.must_fix] == []
    assert {p.rule for p in found.to_confirm} == (
        {"supplement_case_known"} if kind == "supplement" else set()
    )
    assert found.accepted == right(kind)
    assert set(found.mapping.columns) == set(mapping.columns)
    proposal = propose(draft_of(sheets), SETTINGS, mapping, today=TODAY)
    assert not proposal.unsure
    assert {one.how for one in proposal.columns} <= {How.EXACT, How.REMEMBERED}
    assert mapping_of(proposal, {}) == found.mapping


def own_spellings(kind: str) -> list[tuple[str, str, str]]:
    """Every code and label that the answers of a kind of return may have: sheet, field, text."""
    service = RIGHT[kind][0]
    return [
        (name, field.key, text)
        for name in RIGHT[kind][2]
        for field in fields_of(Sheet(name), service)
        if field.kind in (Kind.CODE, Kind.CODES, Kind.YES_NO)
        for code in field.code_list_for(service).entries
        for text in (code.key, code.label)
    ]


@st.composite
def mappings(draw: st.DrawFn, kind: str) -> Mapping:
    """Any mapping of the template's own names: what another file of the same provider may have left behind."""
    service = RIGHT[kind][0]
    headers = [(name, f) for name in RIGHT[kind][2] for f in fields_of(Sheet(name), service)]
    said = draw(st.lists(st.sampled_from(headers), max_size=12, unique_by=lambda one: (one[0], one[1].key)))
    columns = []
    for name, field in said:
        others = [f.key for f in fields_of(Sheet(name), service)]
        columns.append((name, plain(field.label), draw(st.sampled_from([LEFT_OUT, *others]))))
    answers = draw(st.lists(st.sampled_from(own_spellings(kind)), max_size=12, unique=True))
    codes = [text for _, _, text in own_spellings(kind)]
    values = [
        (name, key, plain(text), draw(st.sampled_from([LEFT_OUT, *codes]))) for name, key, text in answers
    ]
    sheets = [
        (plain(name), draw(st.sampled_from([LEFT_OUT, *map(str, Sheet)])))
        for name in draw(st.lists(st.sampled_from(list(RIGHT[kind][2])), unique=True))
    ]
    return Mapping(tuple(sheets), tuple(columns), tuple(values))


@cache
def in_own_words(kind: str) -> dict[str, Rows]:
    """The right return with every answer as its code, so that it needs no mapping at all."""
    sheets = right_return(kind)
    for name, rows in sheets.items():
        if name == "Cover":
            continue
        for at, field in enumerate(fields_of(Sheet(name), RIGHT[kind][0])):
            if field.kind in (Kind.CODE, Kind.CODES, Kind.YES_NO) and field.key != "answer_code":
                for row, record in zip(rows[1:], right(kind).rows(Sheet(name)), strict=True):
                    value = record.get(field.key)
                    row[at] = "; ".join(value) if isinstance(value, tuple) else value
    return sheets


@pytest.mark.parametrize("kind", RIGHT)
@ONCE
@given(data=st.data())
def test_a_mapping_never_changes_a_file_that_needs_none(kind: str, data: st.DataObject) -> None:
    draft = draft_of(in_own_words(kind))
    plainly = check_draft(draft, SETTINGS, KNOWN)
    mapped = check_draft(draft, SETTINGS, KNOWN, data.draw(mappings(kind)))
    assert plainly.accepted == right(kind)
    assert mapped.accepted == plainly.accepted
    assert mapped.problems == plainly.problems


@ONCE
@given(data=st.data())
def test_what_was_kept_of_a_mapping_does_the_same_as_all_of_it(data: st.DataObject) -> None:
    sheets, mapping = data.draw(rearranged("mentoring"))
    more = mapping.and_then(
        Mapping(columns=(("Cases", "neverseen", "area"),), values=(("Cases", "sex", "zz", "F"),))
    )
    found = check_draft(draft_of(sheets), SETTINGS, KNOWN, more)
    again = check_draft(draft_of(sheets), SETTINGS, KNOWN, found.mapping)
    assert replace(found, mapping=again.mapping) == again
    assert ("Cases", "neverseen", "area") not in found.mapping.columns
    assert found.mapping.values == ()
