"""The tables of the case store, all prefixed ``mb_`` so that they can share a database with other programs.

``*_sealed`` columns hold personal data and are opened with the store's key only; the other columns carry nothing personal.
A change here needs a migration in ``migrations/versions/`` and a new :data:`HEAD_REVISION`; a test compares the two.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

__all__ = [
    "HEAD_REVISION",
    "VERSION_TABLE",
    "attachment",
    "audit",
    "case",
    "level",
    "metadata",
    "reading",
    "review",
    "sample",
    "scan",
    "seal",
    "step",
]

HEAD_REVISION = "0004"
"""The newest migration; kept here so that opening an up-to-date store need not import Alembic."""

VERSION_TABLE = "mb_alembic_version"

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment with its time zone, kept as UTC: SQLite itself knows no time zones."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _of_case(*, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column("case_id", sa.String(32), sa.ForeignKey("mb_case.id"), primary_key=primary_key, nullable=False)


seal = sa.Table(
    "mb_seal",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("check_sealed", sa.LargeBinary, nullable=False),
)
"""One row: a known text under the store's key, so that a wrong key is noticed at opening."""

case = sa.Table(
    "mb_case",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("bot_id", sa.String(64), nullable=False),
    sa.Column("profile", sa.String(64), nullable=False),
    sa.Column("form_id", sa.String(64)),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("source_sealed", sa.LargeBinary, nullable=False),
    sa.Column("page_indexes", sa.JSON, nullable=False),
    sa.Column("page_roles", sa.JSON),
    sa.Column("file_pages", sa.Integer),
    sa.Column("digest", sa.String(64), nullable=False, index=True),
    sa.Column("fingerprint", sa.String(64), index=True),
    sa.Column("received_at", UtcDateTime, nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("token", sa.String(64)),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("receipt_no", sa.String(64)),
    sa.Column("auto_approved", sa.Boolean, nullable=False),
    sa.Column("problem_sealed", sa.LargeBinary),
    sa.Index("ix_mb_case_state_bot_id", "state", "bot_id"),
)

scan = sa.Table(
    "mb_scan",
    metadata,
    _of_case(primary_key=True),
    sa.Column("page_no", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("picture_sealed", sa.LargeBinary, nullable=False),
)

reading = sa.Table(
    "mb_reading",
    metadata,
    _of_case(primary_key=True),
    sa.Column("reading_sealed", sa.LargeBinary, nullable=False),
    sa.Column("levels_seq", sa.Integer),
)
"""``levels_seq``: the newest row of ``mb_level`` that the reading went by; empty in a store that knew none."""

review = sa.Table(
    "mb_review",
    metadata,
    _of_case(primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("reviewer", sa.String(128), nullable=False),
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("seconds", sa.Float),
    sa.Column("decision_sealed", sa.LargeBinary, nullable=False),
)
"""``revision`` is the case's revision that the decision was made on."""

audit = sa.Table(
    "mb_audit",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("case_id", sa.String(32), nullable=False, index=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("actor", sa.String(128), nullable=False),
    sa.Column("event", sa.String(64), nullable=False),
    sa.Column("old_state", sa.String(16)),
    sa.Column("new_state", sa.String(16)),
    sa.Column("detail", sa.JSON, nullable=False),
    sqlite_autoincrement=True,
)
"""Append-only: triggers refuse UPDATE and DELETE. No foreign key, for the trail outlives the case."""

step = sa.Table(
    "mb_step",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column(
        "case_id",
        sa.String(32),
        sa.ForeignKey("mb_case.id"),
        nullable=False,
        index=True,
    ),
    sa.Column("step", sa.String(64), nullable=False),
    sa.Column("seconds", sa.Float, nullable=False),
)

attachment = sa.Table(
    "mb_attachment",
    metadata,
    _of_case(primary_key=True),
    sa.Column("name", sa.String(128), primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("picture_sealed", sa.LargeBinary, nullable=False),
)

sample = sa.Table(
    "mb_sample",
    metadata,
    sa.Column("case_id", sa.String(32), primary_key=True),
    sa.Column("field", sa.String(64), primary_key=True),
    sa.Column("profile", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("confidence", sa.Float),
    sa.Column("levels_seq", sa.Integer, nullable=False),
    sa.Column("drawn_at", UtcDateTime, nullable=False),
    sa.Column("is_right", sa.Boolean),
    sa.Column("judged_at", UtcDateTime),
    sa.Index("ix_mb_sample_profile_kind", "profile", "kind"),
)
"""Accepted fields that were drawn for a person to see, and what the person found. No foreign key, for the count outlives the case."""

level = sa.Table(
    "mb_level",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("profile", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("after_seq", sa.Integer, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("accept_at", sa.Float, nullable=False),
    sa.Column("origin", sa.String(16), nullable=False),
    sa.Column("samples", sa.Integer, nullable=False),
    sa.Column("errors", sa.Integer, nullable=False),
    sa.Column("e_value", sa.Float),
    sa.Column("calibration", sa.String(64), nullable=False),
    sa.UniqueConstraint("profile", "kind", "after_seq", name="uq_mb_level_after"),
    sqlite_autoincrement=True,
)
"""Append-only: the latest row of a profile and kind is in force. ``after_seq`` is the one before it, so that of two processes that
find the same promise broken only one changes it."""
