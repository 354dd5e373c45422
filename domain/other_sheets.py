"""The columns of the sheets beside Cases: activities, agreements, survey answers, complaints and staff."""

from __future__ import annotations

from functools import partial

from domain.field_kinds import MENTORING, SEND, Field, Kind, Sheet


def _field(key: str, label: str, kind: Kind, help: str, *, sheet: Sheet, **more: object) -> Field:
    return Field(key, label, sheet, kind, help, **more)  # type: ignore[arg-type]


_activity = partial(_field, sheet=Sheet.ACTIVITIES, services=MENTORING)
_agreement = partial(_field, sheet=Sheet.AGREEMENTS, services=SEND)
_answer = partial(_field, sheet=Sheet.SATISFACTION)
_complaint = partial(_field, sheet=Sheet.COMPLAINTS)
_post = partial(_field, sheet=Sheet.STAFF)

ACTIVITIES: tuple[Field, ...] = (
    _activity(
        "activity_ref",
        "Activity reference",
        Kind.TEXT,
        "Your own reference for the activity.",
        required=True,
        maximum=30,
    ),
    _activity(
        "case_ref",
        "Case reference",
        Kind.TEXT,
        "The case it was for.",
        required=True,
        maximum=30,
        aliases=("Case ref",),
    ),
    _activity("activity_date", "Activity date", Kind.DATE, "The day it happened."),
    _activity(
        "activity_type",
        "Activity type",
        Kind.CODE,
        "What was done.",
        codes="trailblazer_activity",
        required=True,
        aliases=("Activity",),
    ),
    _activity(
        "is_admin",
        "Administrative only",
        Kind.YES_NO,
        "Y for a text, a missed call or paperwork: not counted as help.",
        codes="yes_no",
        aliases=("Is admin",),
    ),
    _activity("minutes", "Minutes", Kind.WHOLE, "How long it took.", minimum=0, maximum=1440),
)

AGREEMENTS: tuple[Field, ...] = (
    _agreement(
        "agreement_ref",
        "Agreement reference",
        Kind.TEXT,
        "Your own reference for the agreed action.",
        required=True,
        maximum=30,
    ),
    _agreement(
        "case_ref",
        "Case reference",
        Kind.TEXT,
        "The case it was agreed in.",
        required=True,
        maximum=30,
        aliases=("Case ref",),
    ),
    _agreement(
        "action_type",
        "Kind of action",
        Kind.CODE,
        "What was agreed: it decides the legal period where no other time was agreed in writing.",
        codes="agreed_action",
    ),
    _agreement("agreement_date", "Date of the agreement", Kind.DATE, "The day it was agreed."),
    _agreement("action_due", "Action due", Kind.DATE, "The day by which it must be done."),
    _agreement("action_done", "Action done", Kind.DATE, "The day it was done."),
    _agreement(
        "timescale_agreed_in_writing",
        "Other timescale agreed in writing",
        Kind.YES_NO,
        "Y when the parties agreed another time than the regulations give.",
        codes="yes_no",
    ),
)

SATISFACTION: tuple[Field, ...] = (
    _answer(
        "response_ref",
        "Response reference",
        Kind.TEXT,
        "One for each person who answered.",
        required=True,
        maximum=30,
        aliases=("Response ref", "Respondent reference"),
    ),
    _answer(
        "case_ref",
        "Case reference",
        Kind.TEXT,
        "The case it is about, where known.",
        maximum=30,
        aliases=("Case ref",),
    ),
    _answer(
        "date_received",
        "Date received",
        Kind.DATE,
        "The day the answer came.",
        wanted=True,
        aliases=("Received",),
    ),
    _answer("respondent_type", "Respondent", Kind.CODE, "Who answered.", codes="respondent_type"),
    _answer(
        "question_code",
        "Question",
        Kind.QUESTION,
        "The code of the survey question, such as Q1.",
        required=True,
        aliases=("Question code",),
    ),
    _answer(
        "answer_code",
        "Answer",
        Kind.CODE,
        "The answer in words, or 5 (best) to 1.",
        codes="survey_answer",
        aliases=("Answer code", "Response"),
    ),
)

COMPLAINTS: tuple[Field, ...] = (
    _complaint(
        "complaint_ref",
        "Complaint reference",
        Kind.TEXT,
        "Your own reference for the complaint.",
        required=True,
        maximum=30,
    ),
    _complaint(
        "case_ref",
        "Case reference",
        Kind.TEXT,
        "The case it is about, where there is one.",
        maximum=30,
        aliases=("Case ref",),
    ),
    _complaint("received_date", "Date received", Kind.DATE, "The day the complaint came.", wanted=True),
    _complaint("subject_code", "Subject", Kind.CODE, "What it is about.", codes="complaint_subject"),
    _complaint(
        "complaint_outcome",
        "Complaint outcome",
        Kind.CODE,
        "How it was decided.",
        codes="complaint_outcome",
        aliases=("Outcome",),
    ),
    _complaint("closed_date", "Date closed", Kind.DATE, "The day it was closed."),
)

STAFF: tuple[Field, ...] = (
    _post(
        "role_ref",
        "Post reference",
        Kind.TEXT,
        "Your own reference for the post: no name.",
        required=True,
        maximum=30,
    ),
    _post("role", "Role", Kind.CODE, "What the post does.", codes="staff_role"),
    _post(
        "fte",
        "Full-time equivalent",
        Kind.NUMBER,
        "1 for full time, 0.5 for half.",
        minimum=0,
        maximum=1,
        aliases=("FTE",),
    ),
    _post("in_post_from", "In post from", Kind.DATE, "The first day in post."),
    _post("in_post_to", "In post to", Kind.DATE, "The last day in post; blank while in post."),
    _post(
        "llw_relevant",
        "London Living Wage applies",
        Kind.YES_NO,
        "Whether the London Living Wage applies to the post.",
        codes="yes_no",
    ),
    _post(
        "hourly_rate_meets_llw",
        "Paid at least the London Living Wage",
        Kind.YES_NO,
        "Whether the rate meets it: no pay figure.",
        codes="yes_no",
    ),
    _post("accredited", "Accredited", Kind.YES_NO, "Whether the postholder is accredited.", codes="yes_no"),
)
