"""Matching a sender's spreadsheet on one screen: which sheet, column and answer is which of ours, and whose file it is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.frame import section
from components.upload_start import Start
from domain.drafts import RawCell
from domain.fields import Field, Sheet
from domain.formats import counted, listed, number, unmarked
from domain.mapping import LEFT_OUT
from domain.matching import GUESSED, Choice, ColumnMatch, How, Proposal, SheetMatch, ValueMatch
from domain.periods import Period
from domain.services import SERVICES
from domain.settings import Settings

_HOLDS_THE_RETURN: Final = frozenset({Sheet.CASES, Sheet.SUPPLEMENT, Sheet.TOTALS})
_MOST_VALUES: Final = 40
"""So many answers are asked about at once; what is left stays a problem of the file."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a person said about a file: what its parts are, and what its Cover lacks.

    Parameters
    ----------
    chosen : what was chosen, for `domain.matching.mapping_of`. told : lines that the Cover lacks, by the key of the field.
    confirmed, back : whether it was confirmed, or the screen is to be left.
    """

    chosen: Mapping[Choice, str]
    told: Mapping[str, RawCell]
    confirmed: bool = False
    back: bool = False


def ask_matching(
    proposal: Proposal,
    settings: Settings,
    begun: Start | None,
    periods: Callable[[str], Mapping[str, Sequence[Period]]],
) -> Answered:
    """Ask about everything that is not understood by its own name; what was said, and whether it was confirmed.

    Parameters
    ----------
    begun : what was chosen when the upload began, offered first where the Cover says nothing.
    periods : for a service, the periods that each provider may report, those still wanted first.
    """
    hows = [one.how for one in proposal.columns if one.choices] + [one.how for one in proposal.values]
    if GUESSED.intersection(hows) or How.UNKNOWN in hows:
        st.markdown(
            "Your own spreadsheet will do. Say once what its parts mean; the next file of this provider is then read by itself."
        )
    told, whole = _ask_cover(proposal, settings, begun, periods)
    chosen: dict[Choice, str] = {}
    _ask_sheets(proposal.sheets, chosen)
    double = _ask_columns(proposal.columns, chosen)
    _ask_values(proposal.values, chosen)
    for words in double:
        st.error(unmarked(words))
    left_out = [
        f"{one.letter} '{one.header}'"
        for one in proposal.columns
        if one.choices and chosen.get((one.sheet_name, one.header)) == LEFT_OUT
    ]
    if left_out:
        st.caption(unmarked(f"Left out and not kept: {listed(left_out, most=20)}."))
    if not whole:
        st.caption("Choose the service, the provider and the period first.")
    with st.container(horizontal=True):
        confirmed = st.button(
            "Confirm and check",
            type="primary",
            key="confirm_matching",
            icon=":material/check:",
            disabled=bool(double) or not whole,
        )
        back = st.button("Go back", key="leave_matching", icon=":material/arrow_back:")
    return Answered(chosen, told, confirmed, back)


def _ask_cover(
    proposal: Proposal,
    settings: Settings,
    begun: Start | None,
    periods: Callable[[str], Mapping[str, Sequence[Period]]],
) -> tuple[dict[str, RawCell], bool]:
    """Whose file it is, as far as its Cover does not say; and whether all of it has been said."""
    wanted = {field.key for field in proposal.asks_cover}
    if not wanted:
        return {}, True
    section("Whose, and for which period")
    st.markdown("The file does not say it itself, so please check it.")
    told: dict[str, RawCell] = {}
    left, middle, right = st.columns(3)
    service = proposal.service or ""
    if "service" in wanted:
        keys = [one.key for one in SERVICES]
        named = {one.key: one.label for one in SERVICES}
        first = keys.index(begun.service.key) if begun else None
        service = (
            left.selectbox("Service", keys, index=first, format_func=named.__getitem__, key="told_service")
            or ""
        )
        told["service"] = service
    provider = proposal.provider or ""
    if "provider" in wanted:
        offered = [one.key for one in (settings.providers_of(service) if service else settings.providers)]
        first = offered.index(begun.provider) if begun and begun.provider in offered else None
        provider = (
            middle.selectbox(
                "Provider",
                offered,
                index=first,
                format_func=settings.provider_label,
                key=f"told_provider_{service}",
                placeholder="Choose a provider",
            )
            or ""
        )
        told["provider"] = provider
    if wanted & {"period_start", "period_end"}:
        known = list(periods(service).get(provider, ())) if service and provider else []
        first = known.index(begun.period) if begun and begun.period in known else None
        period = right.selectbox(
            "Period",
            known,
            index=first,
            format_func=lambda one: one.label,
            key=f"told_period_{service}_{provider}",
            placeholder="Choose a period" if known else "Choose a provider first",
            disabled=not known,
        )
        told |= {"period_start": period.start, "period_end": period.end} if period else {"period_start": ""}
    return told, all(told.values())


def _ask_sheets(sheets: Sequence[SheetMatch], chosen: dict[Choice, str]) -> None:
    """Ask about the sheets of which nobody has said yet what they are; those left out before stay to be looked at."""
    known = (How.EXACT, How.ALIAS)
    before = [one for one in sheets if one.choices and one.how is How.LEFT_OUT]
    asked = [one for one in sheets if one.choices and one.how not in known and one not in before]
    if asked:
        section("Sheets")
        if not any(one.sheet in _HOLDS_THE_RETURN for one in sheets):
            st.markdown("Say which sheet holds your cases. What its columns mean is asked next.")
        _pick_sheets(asked, chosen)
    if before:
        with st.expander(f"Sheets that you left out: {number(len(before))}"):
            _pick_sheets(before, chosen)


def _pick_sheets(sheets: Sequence[SheetMatch], chosen: dict[Choice, str]) -> None:
    for one in sheets:
        options = [*([one.sheet] if one.sheet else []), *(s for s in one.choices if s is not one.sheet)]
        chosen[one.name] = st.selectbox(
            unmarked(f"The sheet '{one.name}' is"),
            [LEFT_OUT, *map(str, options)],
            index=1 if one.sheet else 0,
            format_func=lambda key: key or "Leave it out",
            key=f"match_sheet_{one.name}",
        )


def _ask_columns(columns: Sequence[ColumnMatch], chosen: dict[Choice, str]) -> list[str]:
    """Ask about the columns that are not exact; what is said twice, in words."""
    open_ = [one for one in columns if one.how in (How.NEAR, How.UNKNOWN) and one.choices]
    before = [one for one in columns if one.how in (How.ALIAS, How.REMEMBERED, How.LEFT_OUT) and one.choices]
    personal = [one for one in columns if one.personal and not one.choices]
    picked: dict[tuple[str, str], list[str]] = {}
    taken = [one for one in columns if one.field and one not in open_ and one not in before]
    for one in taken:
        picked.setdefault((str(one.sheet), one.field.label if one.field else ""), []).append(one.letter)
    if open_:
        section(f"Columns to confirm: {number(len(open_))}")
        _pickers(open_, chosen, picked)
    if before:
        with st.expander(f"Columns we know, or that you confirmed: {number(len(before))}"):
            _pickers(before, chosen, picked)
    if personal:
        said = listed([f"column {one.letter} (looks like {one.personal})" for one in personal], most=12)
        st.info(unmarked(f"Left out and not kept, because it looks personal: {said}."))
    return [
        f"On the sheet {sheet}, {listed([f'column {letter}' for letter in letters])} are both read as '{label}'. "
        "Choose 'Leave it out' for all but one of them."
        for (sheet, label), letters in picked.items()
        if len(letters) > 1
    ]


def _pickers(
    columns: Sequence[ColumnMatch],
    chosen: dict[Choice, str],
    picked: dict[tuple[str, str], list[str]],
) -> None:
    several = len({one.sheet_name for one in columns}) > 1
    for one, place in zip(columns, _in_pairs(len(columns)), strict=False):
        with place.container(border=True):
            key = _pick_column(one, several=several)
        chosen[(one.sheet_name, one.header)] = key
        if field := next((f for f in _options(one) if f.key == key), None):
            picked.setdefault((str(one.sheet), field.label), []).append(one.letter)


def _in_pairs(count: int) -> Iterator[DeltaGenerator]:
    """Places two a row, so that the keyboard, and a telephone, take them in their order."""
    for _ in range(0, count, 2):
        yield from st.columns(2)


def _options(one: ColumnMatch) -> tuple[Field, ...]:
    """The likeliest first; the one proposed leads."""
    first = (one.field,) if one.field else ()
    return (*first, *(field for field in one.choices if not one.field or field.key != one.field.key))


def _pick_column(one: ColumnMatch, *, several: bool) -> str:
    named = {field.key: field for field in _options(one)}
    where = f" on '{one.sheet_name}'" if several else ""
    key = st.selectbox(
        unmarked(f"Column {one.letter}{where}: '{one.header}'"),
        [LEFT_OUT, *named],  # the likeliest stand right below what an unknown column is taken for
        index=1 if one.field else 0,
        format_func=lambda key: named[key].label if key else "Leave it out",
        key=f"match_{one.sheet_name}_{one.header}_{one.letter}",
    )
    samples = f"For example: {'; '.join(one.samples)}. " if one.samples else "No example can be shown. "
    st.caption(
        unmarked(samples + (named[key].help if key else "It is not part of a return, and is not kept."))
    )
    return key


def _ask_values(values: Sequence[ValueMatch], chosen: dict[Choice, str]) -> None:
    asked = [one for one in values if one.choices]
    open_ = [one for one in asked if one.how in (How.NEAR, How.UNKNOWN)]
    before = [one for one in asked if one not in open_]
    if open_:
        section(f"Answers to confirm: {number(len(open_))}")
        st.markdown("These are not in our lists. What you leave open must be put right in the file.")
        _pick_values(open_[:_MOST_VALUES], chosen)
        if len(open_) > _MOST_VALUES:
            st.caption(
                f"The first {_MOST_VALUES} of {number(len(open_))}. Is this column really one with answers from a list?"
            )
    if before:
        with st.expander(f"Answers we know, or that you confirmed: {number(len(before))}"):
            _pick_values(before, chosen)


def _pick_values(values: Sequence[ValueMatch], chosen: dict[Choice, str]) -> None:
    for one, place in zip(values, _in_pairs(len(values)), strict=False):
        named = dict([*([(one.code, one.label)] if one.code else []), *one.choices])
        with place:
            code = st.selectbox(
                unmarked(f"'{one.text}' in '{one.header}' ({counted(one.rows, 'row')})"),
                [*named, LEFT_OUT],
                index=0 if one.code else (len(named) if one.how is How.LEFT_OUT else None),
                format_func=lambda key, named=named: named[key] if key else "No answer (leave blank)",
                key=f"match_value_{one.sheet}_{one.field.key}_{one.text}",
                placeholder="Choose what it means",
                help=one.field.help,
            )
        if code is not None:
            chosen[(one.sheet, one.field.key, one.text)] = code
