"""The settings of the SEND examples: Norfolk's seven districts, one invented provider and its contract and survey."""

from __future__ import annotations

from datetime import date

from domain.periods import PeriodKind
from domain.settings import FAMILY_REQUEST, Area, Contract, Provider, SurveyQuestion

SERVICE = "send"
PROVIDER = "norfolk-mdr"
PROVIDER_LABEL = "Example provider D (SEND mediation)"
COUNCIL = "Norfolk (example)"
SERVICE_START = date(2020, 4, 1)
LAST_DAY = date(2025, 3, 31)
"""The needs assessment counts referrals of the financial years 2020-21 to 2024-25; so do the examples."""

# ONS codes and names: Statutory homelessness Detailed local authority tables, table A1 (MHCLG, Oct-Dec 2025).
DISTRICTS: tuple[tuple[str, str], ...] = (
    ("E07000143", "Breckland"),
    ("E07000144", "Broadland"),
    ("E07000145", "Great Yarmouth"),
    ("E07000146", "King's Lynn and West Norfolk"),
    ("E07000147", "North Norfolk"),
    ("E07000148", "Norwich"),
    ("E07000149", "South Norfolk"),
)

_ASKED = (
    "My initial enquiry received prompt attention.",
    "The staff were helpful and approachable.",
    "I was given a clear explanation of what mediation is.",
    "I was kept informed about what was happening.",
    "I thought the mediation helped to clarify issues.",
    "I felt the mediation helped to resolve areas of disagreement.",
    "I had the opportunity to have my views listened to",
    "The LA/Health representative(s) listened to my views and responded appropriately.",
    "The mediator(s) were impartial and dealt fairly with everyone.",
    "Overall, how useful was the mediation process? (useful and extremely useful)",
)
"""As the needs assessment prints them; the last one has a scale of its own."""

PROVIDERS = (Provider(PROVIDER, PROVIDER_LABEL, example=True),)
AREAS = tuple(
    Area(key, label, kind="district", order=order) for order, (key, label) in enumerate(DISTRICTS, start=1)
)
CONTRACTS = (
    Contract(
        key=f"{SERVICE}-{PROVIDER}",
        service=SERVICE,
        provider=PROVIDER,
        start=SERVICE_START,
        end=LAST_DAY,
        reporting=((SERVICE_START, PeriodKind.QUARTER),),
        example=True,
        areas=tuple(key for key, _ in DISTRICTS),
        clock_start=FAMILY_REQUEST,
        # Which delays a contract takes out of its adjusted figures is invented; providers asked for it.
        counted_exceptions=("SCHOOL_UNAVAIL", "SCHOOL_HOL"),
    ),
)
QUESTIONS = tuple(
    SurveyQuestion(
        SERVICE,
        f"Q{order}",
        text,
        scale="useful" if order == len(_ASKED) else "agree",
        order=order,
        provider=PROVIDER,
    )
    for order, text in enumerate(_ASKED, start=1)
)
