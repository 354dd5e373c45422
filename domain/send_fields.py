"""The columns that SEND mediation alone has: the statutory dates, what it was about, and what only the council knows."""

from __future__ import annotations

from functools import partial

from domain.field_kinds import SEND, Field, Kind, Owner, case_column

_column = partial(case_column, services=SEND)
_yes_no = partial(_column, kind=Kind.YES_NO, codes="yes_no")
_why_not = partial(_column, kind=Kind.CODE, help="Only where it was not done.", codes="reason_not_done")

_DATES: tuple[Field, ...] = (
    _column(
        "decision_notice_date",
        "Decision notice date",
        Kind.DATE,
        "The day of the council's notice of its decision.",
        owner=Owner.COUNCIL,
    ),
    _column(
        "adviser_contact_date",
        "Adviser contact date",
        Kind.DATE,
        "The day the family contacted the mediation adviser.",
    ),
    _column(
        "family_request_date",
        "Family request date",
        Kind.DATE,
        "The day the family told the council that it wants mediation: the legal start of the 30 days.",
        aliases=("Mediation requested", "Date mediation requested"),
    ),
    _column(
        "la_informed_date",
        "Council informed date",
        Kind.DATE,
        "The day the adviser informed the council of the request.",
        aliases=("LA informed date", "Date LA informed"),
    ),
    _column(
        "meeting_arranged_date",
        "Date the meeting was arranged",
        Kind.DATE,
        "The day on which a date for the meeting was agreed.",
        aliases=("Meeting arranged", "Mediation arranged"),
    ),
    _column(
        "meeting_date",
        "Meeting date",
        Kind.DATE,
        "The day of the meeting, planned or held.",
        aliases=("Mediation date", "Date of mediation"),
    ),
    _column(
        "family_decision_date",
        "Family decided not to mediate",
        Kind.DATE,
        "The day the family told the adviser that it does not want mediation.",
    ),
    _column(
        "la_cannot_arrange_date",
        "Council cannot arrange in time",
        Kind.DATE,
        "The day the council told the adviser that it cannot arrange mediation within 30 days.",
    ),
    _column(
        "certificate_date",
        "Certificate date",
        Kind.DATE,
        "The day the mediation certificate was issued.",
        aliases=("Date of certificate", "Certificate issued"),
    ),
    _column(
        "certificate_type",
        "Certificate type",
        Kind.CODE,
        "Why the certificate was issued.",
        codes="certificate_type",
    ),
)

_ABOUT: tuple[Field, ...] = (
    _column(
        "applicant_type",
        "Applicant",
        Kind.CODE,
        "Who asked: a parent, or the young person.",
        codes="applicant_type",
        aliases=("Applicant type",),
    ),
    _column(
        "reason",
        "Reason for mediation",
        Kind.CODES,
        "What the family disagrees with, separated by ; when there are several.",
        codes="send_mediation_reason",
        aliases=("Reason", "Reasons", "Type of appeal"),
    ),
    _column(
        "sen_need",
        "Main need",
        Kind.CODE,
        "The main special educational need.",
        codes="sen_primary_need",
        characteristic=True,
        aliases=("Primary need", "SEN need", "Main SEND"),
    ),
    _yes_no(
        "extent_health", "About health provision", help="Whether health provision is part of the dispute."
    ),
    _yes_no(
        "extent_social", "About social care provision", help="Whether social care is part of the dispute."
    ),
    _column(
        "meeting_mode",
        "How the meeting was held",
        Kind.CODE,
        "Online, in person, by phone or mixed.",
        codes="meeting_mode",
        aliases=("Meeting mode", "Mode of meeting"),
    ),
)

_MEETING: tuple[Field, ...] = (
    _yes_no(
        "cyp_views",
        "Views of the child or young person obtained",
        help="Before or during the mediation.",
        aliases=("CYP views", "Child's views"),
    ),
    _why_not("cyp_views_reason", "Why the views were not obtained"),
    _yes_no(
        "met_mediator_before",
        "Family met the mediator before",
        help="Whether the family met the mediator before the session.",
    ),
    _why_not("met_mediator_reason", "Why the family did not meet the mediator"),
    _yes_no(
        "school_involved",
        "School took part",
        help="Whether a school that cannot meet the need took part.",
    ),
    _why_not("school_involved_reason", "Why no school took part"),
    _yes_no(
        "la_decision_maker",
        "Council's decision-maker present",
        help="Whether the council was represented by someone with power to decide.",
        owner=Owner.COUNCIL,
    ),
    _column(
        "meeting_result",
        "Result of the meeting",
        Kind.CODE,
        "Agreement on all issues, on some, none, or adjourned.",
        codes="send_meeting_result",
    ),
    _column("agreement_due", "Agreement due", Kind.DATE, "The day by which what was agreed must be done."),
    _yes_no(
        "agreement_done", "Agreement kept", help="Whether what was agreed was done.", owner=Owner.COUNCIL
    ),
    _yes_no(
        "appeal_registered",
        "Appeal registered",
        help="Whether the family appealed to the Tribunal.",
        owner=Owner.COUNCIL,
    ),
    _column(
        "delay_exception",
        "Reason for delay",
        Kind.CODE,
        "Only where the 30 days were not kept.",
        codes="send_delay_exception",
        owner=Owner.COUNCIL,
    ),
)

SEND_CASES: tuple[Field, ...] = _ABOUT + _DATES + _MEETING
