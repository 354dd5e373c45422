"""A few small returns of mentoring with known faults; what is wrong in each row stands beside it."""

from __future__ import annotations

from datetime import date

from data_access.returns import save_return, withdraw_return
from data_access.stores import Store
from domain.access import COMMISSIONER
from domain.returns import Record
from domain.settings import UNKNOWN_AREA
from tests.builders import NORTH, Q1, Q2, SOUTH, VALE, a_case, a_complaint, a_return, an_activity, an_answer

REFERRED = date(2018, 4, 10)
ASKED = ("sex", "age_band", "ethnicity", "vulnerabilities", "risk_at_assessment", "area")
GHOST: Record = {"case_ref": "GHOST", "referral_date": REFERRED}
OTHER_GHOST: Record = {"case_ref": "GONE"}


def _full(ref: str, outcome: str = "PREVENTED", **values: object) -> Record:
    """A case whose profile is filled in, so that only what a test names is not."""
    profile = {"sex": "F", "age_band": "25-34", "ethnicity": "W1", "entered_date": REFERRED}
    return a_case(ref, outcome, **profile | values)  # type: ignore[arg-type]


SAYING = _full(
    "SAYING",
    sex="U",  # a list's own 'not recorded'
    age_band=None,  # blank
    ethnicity="NOT_STATED",  # known or declined: declined
    vulnerabilities=("NONE",),  # asked, and there is none
    risk_at_assessment="DK",  # asked, and not known
    entered_date=date(2018, 5, 15),  # 35 days later, in the month after
)
VANISHES = _full("VANISHES", "LIVE", sex=None)  # blank; and not in the return after
REOPENED = _full("REOPENED", "UNSUCCESSFUL")
CHANGED = _full("CHANGED", "PREVENTED")
TURNED = _full("TURNED", entered_date=date(2018, 4, 1))  # entered before it was referred
AHEAD = _full("AHEAD", days=200)  # ends on 29 October, more than 31 days after the end of June
SHORT = _full("SHORT", assessment_date=None, outcome_date=REFERRED)  # ends on the day of its referral
UNDATED = _full(
    "UNDATED", "LIVE", referred=None, entered_date=None, area=UNKNOWN_AREA
)  # of South: blank dates, no area
RETURNS_LIVE = _full("LIVE-NOW", "LIVE", area=VALE)  # of South: had ended in a version that was withdrawn


def save_faulty(store: Store) -> None:
    """Save them: North in two quarters, South in one, whose first version was withdrawn."""
    by = COMMISSIONER.signing("tests")
    activities = [
        an_activity(SAYING, activity_ref="RIGHT"),
        an_activity(GHOST, activity_ref="LOST"),
        an_activity(CHANGED, activity_ref="EARLY", activity_date=date(2018, 4, 1)),
    ]
    first = [SAYING, VANISHES, REOPENED, CHANGED, TURNED, AHEAD, SHORT]
    save_return(
        store,
        a_return(
            NORTH,
            Q1,
            first,
            activities,
            answers=[an_answer(answer="A4"), an_answer(SAYING)],
            complaints=[a_complaint(OTHER_GHOST, complaint_ref="K-GONE"), a_complaint()],
        ),
        by=by,
    )
    again = [
        REOPENED | {"outcome": "LIVE", "outcome_date": None},
        CHANGED | {"outcome": "WITHDRAWN"},
    ]
    save_return(store, a_return(NORTH, Q2, again), by=by)
    ended = RETURNS_LIVE | {"outcome": "PREVENTED", "outcome_date": date(2018, 5, 22)}
    save_return(store, a_return(SOUTH, Q1, [ended]), by=by)
    withdraw_return(store, f"mentoring:{SOUTH}:{Q1}:1", by=by, why="wrong outcomes")
    save_return(store, a_return(SOUTH, Q1, [UNDATED, RETURNS_LIVE]), by=by)
