"""The promise watches itself: sampled fields and what people found in them, and levels that the store says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("mb_reading", sa.Column("levels_seq", sa.Integer()))
    op.create_table(
        "mb_sample",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("profile", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("confidence", sa.Float()),
        sa.Column("levels_seq", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_right", sa.Boolean()),
        sa.Column("judged_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("case_id", "field", name="pk_mb_sample"),
    )
    op.create_index("ix_mb_sample_profile_kind", "mb_sample", ["profile", "kind"])
    op.create_table(
        "mb_level",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("profile", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("after_seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accept_at", sa.Float(), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("samples", sa.Integer(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("e_value", sa.Float()),
        sa.Column("calibration", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_mb_level"),
        sa.UniqueConstraint("profile", "kind", "after_seq", name="uq_mb_level_after"),
        sqlite_autoincrement=True,
    )
