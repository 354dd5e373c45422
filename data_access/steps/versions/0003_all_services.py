"""All services: the columns of every service's cases, due dates, and the sheets beside Cases"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ENDED = ("PREVENTED", "UNSUCCESSFUL", "WITHDRAWN")
"""Outcomes that ended a case when only mentoring was kept."""


def upgrade() -> None:
    """Apply the step, and compute the new columns of the cases that are kept already."""
    _new_sheets()
    _new_columns()
    _compute()


def _new_sheets() -> None:
    op.create_table(
        "agreements",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("return_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("agreement_ref", sa.String(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("action_due", sa.Date(), nullable=True),
        sa.Column("action_done", sa.Date(), nullable=True),
        sa.Column("timescale_agreed_in_writing", sa.String(), nullable=True),
        sa.Column("action_due_month", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_agreements_return_id")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_agreements")),
        sa.UniqueConstraint("return_id", "agreement_ref", name=op.f("uq_agreements_return_id_agreement_ref")),
    )
    with op.batch_alter_table("agreements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreements_return_id"), ["return_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_agreements_service_provider_agreement_ref"),
            ["service", "provider", "agreement_ref"],
            unique=False,
        )
    op.create_table(
        "answers",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("return_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("response_ref", sa.String(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=True),
        sa.Column("date_received", sa.Date(), nullable=True),
        sa.Column("respondent_type", sa.String(), nullable=True),
        sa.Column("question_code", sa.String(), nullable=False),
        sa.Column("answer_code", sa.String(), nullable=True),
        sa.Column("received_month", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_answers_return_id")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_answers")),
        sa.UniqueConstraint(
            "return_id",
            "response_ref",
            "question_code",
            name=op.f("uq_answers_return_id_response_ref_question_code"),
        ),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answers_in_force_service_received_month"),
            ["in_force", "service", "received_month"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_answers_return_id"), ["return_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_answers_service_provider_response_ref_question_code"),
            ["service", "provider", "response_ref", "question_code"],
            unique=False,
        )
    op.create_table(
        "complaints",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("return_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("complaint_ref", sa.String(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=True),
        sa.Column("received_date", sa.Date(), nullable=True),
        sa.Column("subject_code", sa.String(), nullable=True),
        sa.Column("complaint_outcome", sa.String(), nullable=True),
        sa.Column("closed_date", sa.Date(), nullable=True),
        sa.Column("received_month", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_complaints_return_id")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_complaints")),
        sa.UniqueConstraint("return_id", "complaint_ref", name=op.f("uq_complaints_return_id_complaint_ref")),
    )
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaints_return_id"), ["return_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_complaints_service_provider_complaint_ref"),
            ["service", "provider", "complaint_ref"],
            unique=False,
        )
    op.create_table(
        "staff",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("return_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("role_ref", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("fte", sa.Float(), nullable=True),
        sa.Column("in_post_from", sa.Date(), nullable=True),
        sa.Column("in_post_to", sa.Date(), nullable=True),
        sa.Column("llw_relevant", sa.String(), nullable=True),
        sa.Column("hourly_rate_meets_llw", sa.String(), nullable=True),
        sa.Column("accredited", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_staff_return_id")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_staff")),
        sa.UniqueConstraint("return_id", "role_ref", name=op.f("uq_staff_return_id_role_ref")),
    )
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_return_id"), ["return_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_staff_service_provider_role_ref"),
            ["service", "provider", "role_ref"],
            unique=False,
        )
    op.create_table(
        "supplement",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("return_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("case_ref", sa.String(), nullable=False),
        sa.Column("decision_notice_date", sa.Date(), nullable=True),
        sa.Column("la_decision_maker", sa.String(), nullable=True),
        sa.Column("agreement_done", sa.String(), nullable=True),
        sa.Column("appeal_registered", sa.String(), nullable=True),
        sa.Column("delay_exception", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_supplement_return_id")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_supplement")),
        sa.UniqueConstraint(
            "return_id", "provider", "case_ref", name=op.f("uq_supplement_return_id_provider_case_ref")
        ),
    )
    with op.batch_alter_table("supplement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_supplement_in_force_service_case_ref"),
            ["in_force", "service", "case_ref"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_supplement_return_id"), ["return_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_supplement_service_provider_case_ref"),
            ["service", "provider", "case_ref"],
            unique=False,
        )


def _new_columns() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("service_type", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("applicant_type", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("sen_need", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("extent_health", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("extent_social", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("meeting_mode", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("adviser_contact_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("family_request_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("la_informed_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("meeting_arranged_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("meeting_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("family_decision_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("la_cannot_arrange_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("certificate_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("certificate_type", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("cyp_views", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("cyp_views_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("met_mediator_before", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("met_mediator_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("school_involved", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("school_involved_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("meeting_result", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("agreement_due", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("noise_related", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("witness_used", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("consent_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("acknowledged_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("case_opened_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("multi_agency_3m", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("good_neighbour_agreement", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("case_report_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("reopened_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("escalated_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("escalation_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("loss_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("accommodation_at_application", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("prevention_activity", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("prevention_end_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("mediation_agreement", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("managed_move", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("mediation_offer_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("homelessness_assessment_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("duty_owed_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("duty_end_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("mediation_started_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("mediation_end_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ended", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("days_to_outcome", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("days_to_meeting", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("due_initial_contact", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("due_initial_visit", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("due_multi_agency", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("due_reopening", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("due_mediation_from_request", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("due_mediation_from_council_informed", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("due_certificate_after_mediation", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("due_certificate_without_mediation", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("due_certificate_not_arranged", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("due_initial_contact_month", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("due_initial_visit_month", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("due_multi_agency_month", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("due_reopening_month", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("due_mediation_from_request_month", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("due_mediation_from_council_informed_month", sa.Integer(), nullable=True)
        )
        batch_op.add_column(sa.Column("due_certificate_after_mediation_month", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("due_certificate_without_mediation_month", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("due_certificate_not_arranged_month", sa.Integer(), nullable=True))
    with op.batch_alter_table("returns", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agreements_n", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("answers_n", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("complaints_n", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("staff_n", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("supplement_n", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("surveys_sent", sa.Integer(), nullable=True))


def _compute() -> None:
    cases = sa.table(
        "cases",
        sa.column("row_id", sa.Integer),
        sa.column("outcome", sa.String),
        sa.column("ended", sa.String),
        sa.column("days_to_outcome", sa.Integer),
        sa.column("referral_date", sa.Date),
        sa.column("outcome_date", sa.Date),
    )
    connection = op.get_bind()
    ended = sa.case((cases.c.outcome.in_(_ENDED), "Y"), else_="N")
    connection.execute(cases.update().values(ended=ended))
    dated = sa.select(cases.c.row_id, cases.c.referral_date, cases.c.outcome_date).where(
        cases.c.referral_date.is_not(None), cases.c.outcome_date.is_not(None)
    )
    found = [{"row": row, "days": _days(first, last)} for row, first, last in connection.execute(dated)]
    if found:
        change = cases.update().where(cases.c.row_id == sa.bindparam("row"))
        connection.execute(change.values(days_to_outcome=sa.bindparam("days")), found)


def _days(first: date, last: date) -> int:
    return (last - first).days
