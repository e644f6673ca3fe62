"""The first tables: cases, scans, readings, reviews, the append-only audit trail, steps, attachments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "mb_seal",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("check_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mb_seal"),
    )
    op.create_table(
        "mb_case",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("bot_id", sa.String(64), nullable=False),
        sa.Column("profile", sa.String(64), nullable=False),
        sa.Column("form_id", sa.String(64)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("source_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("page_indexes", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(64)),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(64)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("receipt_no", sa.String(64)),
        sa.Column("auto_approved", sa.Boolean(), nullable=False),
        sa.Column("problem_sealed", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name="pk_mb_case"),
    )
    op.create_index("ix_mb_case_digest", "mb_case", ["digest"])
    op.create_index("ix_mb_case_fingerprint", "mb_case", ["fingerprint"])
    op.create_index("ix_mb_case_state_bot_id", "mb_case", ["state", "bot_id"])
    op.create_table(
        "mb_scan",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("page_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("picture_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["mb_case.id"], name="fk_mb_scan_case_id"),
        sa.PrimaryKeyConstraint("case_id", "page_no", name="pk_mb_scan"),
    )
    op.create_table(
        "mb_reading",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("reading_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["mb_case.id"], name="fk_mb_reading_case_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_mb_reading"),
    )
    op.create_table(
        "mb_review",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewer", sa.String(128), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("seconds", sa.Float()),
        sa.Column("decision_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["mb_case.id"], name="fk_mb_review_case_id"),
        sa.PrimaryKeyConstraint("case_id", "revision", name="pk_mb_review"),
    )
    op.create_table(
        "mb_audit",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("old_state", sa.String(16)),
        sa.Column("new_state", sa.String(16)),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_mb_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mb_audit_case_id", "mb_audit", ["case_id"])
    op.create_table(
        "mb_step",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("step", sa.String(64), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["mb_case.id"], name="fk_mb_step_case_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_mb_step"),
    )
    op.create_index("ix_mb_step_case_id", "mb_step", ["case_id"])
    op.create_table(
        "mb_attachment",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("picture_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["mb_case.id"], name="fk_mb_attachment_case_id"),
        sa.PrimaryKeyConstraint("case_id", "name", name="pk_mb_attachment"),
    )
    _make_audit_append_only()


def _make_audit_append_only() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER mb_audit_no_{verb.lower()} BEFORE {verb} ON mb_audit "
                "BEGIN SELECT RAISE(ABORT, 'mb_audit is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION mb_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'mb_audit is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER mb_audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON mb_audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION mb_audit_append_only()"
    )
