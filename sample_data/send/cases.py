"""The 2,129 example referrals, complete, with their references."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sample_data.draw import Draw
from sample_data.send.case import Case
from sample_data.send.conduct import Complaint, all_complaints
from sample_data.send.families import describe
from sample_data.send.meetings import Agreement, describe_meetings
from sample_data.send.referrals import all_referrals
from sample_data.send.surveys import Response, all_responses
from sample_data.send.timeline import date_cases


@dataclass(frozen=True, slots=True)
class Examples:
    """Everything that the example provider and council have to tell, each in order of time."""

    cases: tuple[Case, ...]
    agreements: tuple[Agreement, ...]
    responses: tuple[Response, ...]
    complaints: tuple[Complaint, ...]


@lru_cache(maxsize=1)
def examples() -> Examples:
    """Give the cases and what hangs on them; the same ones every time.

    Raises
    ------
    ValueError
        When a total leaves no way to fit everything together.
    """
    cases = all_referrals()
    date_cases(cases)
    describe(cases)
    _references(cases)
    agreements = describe_meetings(cases)
    return Examples(
        tuple(cases), tuple(agreements), tuple(all_responses(cases)), tuple(all_complaints(cases))
    )


def _references(cases: list[Case]) -> None:
    """Number the cases in the order in which they were entered, and mark some as repeats of an earlier one."""
    in_order = sorted(cases, key=lambda case: (case.entered, case.referred))
    for number, case in enumerate(in_order, start=1):
        case.values["case_ref"] = f"MDR-{number:04d}"
    draw = Draw("send repeats")
    used: set[str] = set()
    for case in in_order:
        repeat = case.referred.year > 2020 and draw.share() < 0.06
        case.values["repeat_case"] = "Y" if repeat else "N"
        if repeat and draw.share() < 0.8:
            earlier = [c for c in in_order if _came_before(c, case) and c.ref not in used]
            previous = draw.pick(earlier)
            used.add(previous.ref)
            case.values["previous_case_ref"] = previous.ref


def _came_before(one: Case, other: Case) -> bool:
    return (
        one.values["area"] == other.values["area"]
        and one.known_day("outcome_date") < other.referred
        and one.entered <= other.entered
        and one.values.get("sen_need", other.values.get("sen_need")) == other.values.get("sen_need")
    )
