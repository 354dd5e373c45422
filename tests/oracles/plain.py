"""Every measure again, as plain loops over records: slow, simple, and written from the definitions, not from the formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product

from domain.returns import Return
from domain.selection import Selection
from tests.oracles.plain_answers import BLANK, IN, NOT_IN, OUTSIDE, UNSURE, question
from tests.oracles.plain_formulas import (
    AVERAGES,
    COUNTS,
    PER_CASE,
    SHARES,
    SPLITS,
    SPREADS,
    STOCKS,
    TABLES,
)
from tests.oracles.plain_records import RECORDS
from tests.oracles.plain_rows import (
    BANDS,
    TIMES,
    Keys,
    Row,
    band,
    band_keys,
    chosen,
    keys_of,
    list_of,
    month,
    months,
    own_returns,
    rows_of,
    shown_under,
    time_key,
)


@dataclass
class Group:
    """What was counted in one group; `values` are those of a spread."""

    met: int = 0
    base: int = 0
    missing: int = 0
    unsure: int = 0
    values: list[int] = field(default_factory=list)

    def add(self, state: str, *, undated: bool) -> None:
        if state in (IN, NOT_IN) and undated:
            state = BLANK
        self.met += state == IN
        self.base += state in (IN, NOT_IN)
        self.missing += state == BLANK
        self.unsure += state == UNSURE


Found = dict[Keys, tuple[int, int, int, int, float | None]]
"""Met, base, missing, unsure and value, by group."""


def asked(
    returns: Sequence[Return],
    measure: str,
    by: Sequence[str],
    selection: Selection,
    at: int | None,
) -> Found:
    """The answer to one question."""
    service = selection.service
    by = ["question_code" if key == "question" else key for key in by]
    if measure in RECORDS:
        return RECORDS[measure][1](returns, by, selection, at)
    rows = rows_of(TABLES.get(measure, "cases"), returns, service)
    if measure in STOCKS:
        return _live(rows, by, selection, at)
    reach = _reach(returns, selection)
    if measure in COUNTS:
        when, counted = COUNTS[measure][service]
        groups = _grouped(rows, by, selection, when, lambda row: IN if counted(row) else OUTSIDE)
        _fill(groups, by, selection, reach, _dates(rows, selection, when))
        return {keys: (g.met, g.base, g.missing, g.unsure, None) for keys, g in groups.items()}
    if measure in SHARES:
        when, state = SHARES[measure][service]
        if when.startswith("due_") and set(by) & set(TIMES):
            rows = [row for row in rows if state(row) != OUTSIDE]
        groups = _grouped(rows, by, selection, when, state)
        _fill(groups, by, selection, reach, _dates(rows, selection, when))
        return _shares(groups)
    if measure in SPLITS:
        return _split(rows, measure, by, selection, reach)
    if f"{measure}_band" in by:
        return _in_bands(rows, measure, by, selection)
    spread = AVERAGES[measure][0] if measure in AVERAGES else measure
    groups = _spread(rows, spread, [key for key in by if key != spread], selection)
    if measure in AVERAGES:
        return {
            keys: (g.base, g.base, g.missing, g.unsure, AVERAGES[measure][1](g.values) if g.values else None)
            for keys, g in groups.items()
        }
    return {
        (*keys, str(value)): (number, g.base, g.missing, g.unsure, number / g.base)
        for keys, g in groups.items()
        for value, number in Counter(g.values).items()
    }


def _shares(groups: dict[Keys, Group]) -> Found:
    return {
        keys: (g.met, g.base, g.missing, g.unsure, g.met / g.base if g.base else None)
        for keys, g in groups.items()
    }


def _undated(row: Row, by: Sequence[str], selection: Selection, when: str) -> bool:
    """Whether the row has no date where the date matters."""
    matters = bool(selection.first or selection.last or set(by) & set(TIMES))
    return matters and not row.get(when)


def _grouped(
    rows: list[Row], by: Sequence[str], selection: Selection, when: str, state: Callable[[Row], str]
) -> dict[Keys, Group]:
    groups: dict[Keys, Group] = {} if by else {(): Group()}
    for row in rows:
        if chosen(row, selection, when):
            for keys in keys_of(row, by, when):
                groups.setdefault(keys, Group()).add(state(row), undated=_undated(row, by, selection, when))
    return {keys: g for keys, g in groups.items() if not _nothing_undated(by, keys, g)}


def _nothing_undated(by: Sequence[str], keys: Keys, group: Group) -> bool:
    undated = any(name in TIMES and key == "" for name, key in zip(by, keys, strict=True))
    return undated and not (group.base or group.missing or group.unsure)


def _dates(rows: list[Row], selection: Selection, when: str) -> list[int]:
    found = [month(row.get(when)) for row in rows if chosen(row, selection, when)]
    return [one for one in found if one]


def _reach(returns: Sequence[Return], selection: Selection) -> list[int]:
    """The months that the returns of the chosen providers are about."""
    counted = [
        r
        for r in own_returns(returns, selection.service)
        if r.provider in (selection.providers or (r.provider,))
    ]
    return [m for sent in counted for m in sent.period.months]


def _fill(
    groups: dict[Keys, Group],
    by: Sequence[str],
    selection: Selection,
    reach: list[int],
    dates: list[int],
    listed: Sequence[str] = (),
    place: int | None = None,
) -> None:
    """Add nought for months between the first and the last, for bands and for listed answers (which stand at `place`)."""
    if not groups:
        return
    times = [i for i, name in enumerate(by) if name in TIMES]
    span: list[int] = []
    if times and reach:
        first = max(selection.first, min(reach)) if selection.first else min(reach)
        last = min(selection.last, max(reach)) if selection.last else max(reach)
        span = months(min([first, *dates]), max([last, *dates]))
    moments = {tuple(keys[i] for i in times) for keys in groups}
    moments |= {tuple(time_key(by[i], m) for i in times) for m in span}
    open_places = [i for i, name in enumerate(by) if name in BANDS or i == place]
    choices = [
        {keys[i] for keys in groups} | set(listed if i == place else band_keys(by[i])) for i in open_places
    ]
    for keys in list(groups):
        for moment, *others in product(moments, *choices):
            new = list(keys)
            for i, value in (*zip(times, moment, strict=True), *zip(open_places, others, strict=True)):
                new[i] = value
            if "" not in moment:
                groups.setdefault(tuple(new), Group())


def _split(rows: list[Row], measure: str, by: Sequence[str], selection: Selection, reach: list[int]) -> Found:
    when, name, among, left_out = SPLITS[measure][selection.service]
    rows = [row for row in rows if among(row)]

    def state(row: Row) -> str:
        if row.get(name) in left_out:
            return UNSURE if measure == "tenancy_outcomes" else OUTSIDE
        return question(row, name, lambda value: True)

    others = [key for key in by if key != name]
    whole = _grouped(rows, others, selection, when, state)
    dates = _dates(rows, selection, when)
    if name not in by:
        _fill(whole, others, selection, reach, dates)
        return _shares(whole)
    place = list(by).index(name)
    service = selection.service
    entries = [c.key for c in list_of(name, service).codes if not c.heading]
    listed = [code for code in entries if shown_under(name, service, code) == code and code not in left_out]
    parts = {(*keys[:place], listed[0], *keys[place:]): Group() for keys in whole}
    for row in rows:
        known = state(row) == IN and not _undated(row, by, selection, when)
        if known and chosen(row, selection, when):
            for keys in keys_of(row, by, when):
                parts.setdefault(keys, Group()).met += 1
    _fill(parts, by, selection, reach, dates, listed, place)
    for keys, part in parts.items():
        all_of_it = whole.get((*keys[:place], *keys[place + 1 :]), Group())
        part.base, part.missing, part.unsure = all_of_it.base, all_of_it.missing, all_of_it.unsure
    return _shares(parts)


def _spread(rows: list[Row], spread: str, by: Sequence[str], selection: Selection) -> dict[Keys, Group]:
    """The values of each group; those per case are how many of its rows each case has there."""
    groups: dict[Keys, Group] = {} if by else {(): Group()}
    counted: Counter[tuple[Keys, str, str, bool]] = Counter()
    if spread in PER_CASE:
        when, asks, among = "outcome_date", "", PER_CASE[spread]
    else:
        when, value_of, among, asks = SPREADS[spread]
    for row in rows:
        if not among(row) or not chosen(row, selection, when):
            continue
        undated = _undated(row, by, selection, when)
        for keys in keys_of(row, by, when):
            group = groups.setdefault(keys, Group())
            if spread in PER_CASE:
                counted[keys, row["provider"], row["case_ref"], undated] += 1
                continue
            value = value_of(row)
            if value is not None and not undated:
                group.values.append(value)
                group.base += 1
            elif value is not None or not asks or not row.get(asks):
                group.missing += 1
            else:
                group.unsure += row[asks] == ("DK",)
    for (keys, _, _, undated), number in counted.items():
        if undated:
            groups[keys].missing += 1
        else:
            groups[keys].values.append(number)
            groups[keys].base += 1
    return groups


def _in_bands(rows: list[Row], spread: str, by: Sequence[str], selection: Selection) -> Found:
    """Every band of every group, with those nobody is in."""
    bands = f"{spread}_band"
    groups = _spread(rows, spread, [key for key in by if key != bands], selection)
    found: Found = {}
    for keys, g in groups.items():
        held = Counter(band(bands, value) for value in g.values)
        for key in band_keys(bands):
            share = held[key] / g.base if g.base else None
            found[*keys, key] = (held[key], g.base, g.missing, g.unsure, share)
    return found


def _live(rows: list[Row], by: Sequence[str], selection: Selection, at: int | None) -> Found:
    """Begun by the end of the month, not ended by then, and still reported."""
    if at is None:
        return {}
    day = (date(at // 100, at % 100, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    found: Counter[Keys] = Counter() if by else Counter({(): 0})
    untimed = selection.during(None)
    for row in rows:
        began = row.get("referral_date") or row.get("entered_date")
        over = min((d for d in (row.get("outcome_date"), row["vanished"]) if d), default=date.max)
        if began and began <= day < over and chosen(row, untimed, "referral_date"):
            found.update(keys_of(row, by, "referral_date"))
    groups = {keys: Group(number, number) for keys, number in found.items()}
    _fill(groups, by, untimed, [], [])
    return {keys: (g.met, g.base, 0, 0, None) for keys, g in groups.items()}
