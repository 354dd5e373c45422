"""How completely columns are filled, counted plainly: which columns the KPIs rest on, and of which cases each is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from domain.returns import Return
from domain.selection import Selection
from tests.oracles.plain_rows import ENDED, TIMES, Keys, Row, case_rows, chosen, keys_of, month, own_returns

Numbers = tuple[int, int, int, int, float | None]
Found = dict[Keys, Numbers]
GOOD = "PREVENTED"
WANTED: Mapping[str, Mapping[str, Callable[[Row], bool]]] = {
    "mentoring": {
        "referral_date": lambda row: True,
        "entered_date": lambda row: True,
        "repeat_case": lambda row: is_over(row),
        "risk_at_assessment": lambda row: is_over(row),
        "assessment_date": lambda row: is_over(row),
        "outcome_date": lambda row: is_over(row),
        "tenancy_outcome": lambda row: row.get("outcome") == GOOD,
    },
    "housing": {
        "referral_date": lambda row: True,
        "multi_agency_3m": lambda row: bool(
            row["due_multi_agency"] and row["due_multi_agency"] <= row["as_at"]
        ),
        "outcome_date": lambda row: is_over(row),
    },
    "homelessness": {
        "referral_date": lambda row: True,
        "mediation_agreement": lambda row: is_over(row) and row.get("mediation_started_date") is not None,
        "outcome_date": lambda row: is_over(row),
    },
    "send": {
        "referral_date": lambda row: True,
        "meeting_date": lambda row: met_at_all(row),
        "cyp_views": lambda row: mediated(row) and row.get("applicant_type") == "PARENT",
        "met_mediator_before": lambda row: mediated(row) and not _declined_to_meet(row),
        "school_involved": lambda row: _school_asked(row),
        "meeting_result": lambda row: mediated(row) and row.get("meeting_result") != "ADJ",
        "outcome_date": lambda row: is_over(row),
    },
}
"""The columns that the KPIs of each service rest on, and of which cases each is wanted."""


def is_over(row: Row) -> bool:
    return row.get("outcome") in ENDED[row["service"]]


def mediated(row: Row) -> bool:
    return row.get("outcome") == "MED_HELD"


def met_at_all(row: Row) -> bool:
    return row.get("outcome") in ("MED_HELD", "DR_HELD")


def _declined_to_meet(row: Row) -> bool:
    return row.get("met_mediator_reason") == "DECLINED" and row.get("met_mediator_before") != "Y"


def _school_asked(row: Row) -> bool:
    held = met_at_all(row) and "SECI" in (row.get("reason") or ())
    answer = row.get("school_involved")
    unfitting = answer == "NA" or (row.get("school_involved_reason") == "NOT_APPROPRIATE" and answer != "Y")
    return held and not unfitting


def completeness(returns: Sequence[Return], by: Sequence[str], selection: Selection, at: int | None) -> Found:
    """Filled of wanted, a row a column; all columns together are the sum of their cells."""
    del at
    others = [key for key in by if key != "field"]
    cells: dict[Keys, list[int]] = {}
    timed = bool(selection.first or selection.last or set(others) & set(TIMES))

    def count(name: str, row: Row, when: str, *, wanted: bool, filled: bool) -> None:
        if not chosen(row, selection, when):
            return
        for keys in keys_of(row, others, when):
            rest = iter(keys)
            held = cells.setdefault(tuple(name if key == "field" else next(rest) for key in by), [0, 0, 0])
            if timed and not month(row.get(when)):
                held[2] += wanted
            else:
                held[0] += wanted and filled
                held[1] += wanted

    for row in case_rows(returns, selection.service):
        for name, wanted in WANTED[selection.service].items():
            filled = row.get(name) not in (None, ())
            count(name, row, "referral_date", wanted=wanted(row), filled=filled)
    if selection.service == "mentoring":
        known = {(row["provider"], row["case_ref"]) for row in case_rows(returns, selection.service)}
        for row in _activities(returns, selection.service):
            matched = (row["provider"], row["case_ref"]) in known
            count("activities_matched", row, "activity_date", wanted=True, filled=matched)
    if not others:
        names = [
            *WANTED[selection.service],
            *(["activities_matched"] if selection.service == "mentoring" else []),
        ]
        for name in names if "field" in by else [""]:
            cells.setdefault((name,) if "field" in by else (), [0, 0, 0])
    undated = [i for i, key in enumerate(by) if key in TIMES]
    return {
        keys: (met, base, missing, 0, met / base if base else None)
        for keys, (met, base, missing) in cells.items()
        if met or base or missing or not any(keys[i] == "" for i in undated)
    }


def _activities(returns: Sequence[Return], service: str) -> list[Row]:
    """Every activity with what is known of its case, where that is there."""
    cases = {(row["provider"], row["case_ref"]): row for row in case_rows(returns, service)}
    found: dict[tuple[str, str], Row] = {}
    for sent in own_returns(returns, service):
        for record in sent.activities:
            own = dict(record) | {"provider": sent.provider, "service": service}
            found[sent.provider, str(record["activity_ref"])] = own
    return [cases.get((row["provider"], row["case_ref"]), {}) | row for row in found.values()]
