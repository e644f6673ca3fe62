"""What can be looked up in the case store; nothing here writes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from munibots.domain.case import Case, CaseState
from munibots.domain.reading import DocumentReading
from munibots.domain.review import AuditRecord, Review
from munibots.errors import UsageError
from munibots.stores import schema
from munibots.stores.case_rows import Attachment, StepTime, case_from_row, record_from_row, review_from_row
from munibots.stores.database import Database
from munibots.stores.reading_codec import load_reading
from munibots.stores.sealing import Sealer

__all__ = ["CaseQueries"]


class CaseQueries:
    """Looking at cases, readings, reviews, the audit trail, times and pictures."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._db = database
        self._sealer = sealer

    @property
    def url(self) -> str:
        """Address of the store for messages, without password."""
        return self._db.url

    def get(self, case_id: str) -> Case:
        """The case of this id.

        Raises:
            UsageError: No such case.
        """
        case = schema.case
        with self._db.reading() as con:
            row = con.execute(sa.select(case).where(case.c.id == case_id)).mappings().one_or_none()
        if row is None:
            raise UsageError(
                problem=f"案件 {case_id} はありません。",
                hint="`munibots review list` で案件の番号を、`--workdir` で作業フォルダを確かめてください。",
            )
        return case_from_row(row, self._sealer)

    def list(
        self,
        *,
        states: Collection[CaseState] = (),
        bot_id: str | None = None,
        profile: str | None = None,
        limit: int | None = None,
    ) -> tuple[Case, ...]:
        """Cases, oldest first; without arguments all of them."""
        case = schema.case
        query = sa.select(case).order_by(case.c.received_at, case.c.id)
        if states:
            query = query.where(case.c.state.in_([s.value for s in states]))
        if bot_id is not None:
            query = query.where(case.c.bot_id == bot_id)
        if profile is not None:
            query = query.where(case.c.profile == profile)
        if limit is not None:
            query = query.limit(limit)
        with self._db.reading() as con:
            rows = con.execute(query).mappings().all()
        return tuple(case_from_row(row, self._sealer) for row in rows)

    def counts(self, *, profile: str | None = None) -> Mapping[tuple[str, CaseState], int]:
        """How many cases each bot has in each state, of one municipality or of all; states without cases are left out."""
        case = schema.case
        query = sa.select(case.c.bot_id, case.c.state, sa.func.count()).group_by(case.c.bot_id, case.c.state)
        if profile is not None:
            query = query.where(case.c.profile == profile)
        with self._db.reading() as con:
            return {(bot_id, CaseState(state)): n for bot_id, state, n in con.execute(query)}

    def known_digest(self, digest: str) -> str | None:
        """Id of the case that already has this very page of this very file, whatever its state."""
        case = schema.case
        with self._db.reading() as con:
            return con.execute(
                sa.select(case.c.id).where(case.c.digest == digest).order_by(case.c.received_at).limit(1)
            ).scalar()

    def find_fingerprint(self, fingerprint: str, *, other_than: str) -> str | None:
        """Id of the oldest other case with this fingerprint; a rejected case does not count."""
        case = schema.case
        query = (
            sa.select(case.c.id)
            .where(case.c.fingerprint == fingerprint, case.c.id != other_than)
            .where(case.c.state != CaseState.REJECTED.value)
            .order_by(case.c.received_at, case.c.id)
            .limit(1)
        )
        with self._db.reading() as con:
            return con.execute(query).scalar()

    def reading(self, case_id: str) -> DocumentReading | None:
        """What was read, or ``None`` if the case has not been read yet."""
        table = schema.reading
        with self._db.reading() as con:
            sealed = con.execute(sa.select(table.c.reading_sealed).where(table.c.case_id == case_id)).scalar()
        if sealed is None:
            return None
        return load_reading(self._sealer.unseal(sealed, place="mb_reading.reading", row=case_id))

    def levels_seq(self, case_id: str) -> int:
        """The newest change of levels that a case's reading went by; 0 for none."""
        table = schema.reading
        with self._db.reading() as con:
            return con.execute(sa.select(table.c.levels_seq).where(table.c.case_id == case_id)).scalar() or 0

    def reviews(self, case_id: str) -> tuple[Review, ...]:
        """What people decided of a case, oldest first."""
        table = schema.review
        query = sa.select(table).where(table.c.case_id == case_id).order_by(table.c.revision)
        with self._db.reading() as con:
            rows = con.execute(query).mappings().all()
        return tuple(review_from_row(row, self._sealer) for row in rows)

    def values(self, case_id: str) -> Mapping[str, str | tuple[str, ...] | None]:
        """What will be entered, by field name: the values read, overlaid by people's corrections, the latest on top."""
        reading = self.reading(case_id)
        values = {} if reading is None else {v.name: v.value for v in reading.values}
        for review in self.reviews(case_id):
            values.update((c.field, c.value) for c in review.corrections)
        return values

    def audit(self, case_id: str | None = None) -> tuple[AuditRecord, ...]:
        """What happened, in order: to one case, or to all."""
        audit = schema.audit
        query = sa.select(audit).order_by(audit.c.seq)
        if case_id is not None:
            query = query.where(audit.c.case_id == case_id)
        with self._db.reading() as con:
            return tuple(record_from_row(row) for row in con.execute(query).mappings())

    def steps(self, case_id: str | None = None) -> tuple[StepTime, ...]:
        """Times by step, in the order of recording: of one case, or of all."""
        step = schema.step
        query = sa.select(step.c.case_id, step.c.step, step.c.seconds).order_by(step.c.seq)
        if case_id is not None:
            query = query.where(step.c.case_id == case_id)
        with self._db.reading() as con:
            return tuple(StepTime(*row) for row in con.execute(query))

    def scan(self, case_id: str, page_no: int) -> bytes:
        """The encoded picture of a page; ``page_no`` from 1.

        Raises:
            UsageError: No such case or page.
        """
        scan = schema.scan
        with self._db.reading() as con:
            sealed = con.execute(
                sa.select(scan.c.picture_sealed).where(scan.c.case_id == case_id, scan.c.page_no == page_no)
            ).scalar()
        if sealed is None:
            raise UsageError(
                problem=f"案件 {case_id} に {page_no} ページ目はありません。",
                hint=f"`munibots review show {case_id}` でページの番号を確かめてください。",
            )
        return self._sealer.unseal(sealed, place="mb_scan.picture", row=f"{case_id}/{page_no}")

    def scan_nos(self, case_id: str) -> tuple[int, ...]:
        """Numbers, from 1, of the pages of which there is a picture: a page that could not be opened has none."""
        scan = schema.scan
        query = sa.select(scan.c.page_no).where(scan.c.case_id == case_id).order_by(scan.c.page_no)
        with self._db.reading() as con:
            return tuple(con.execute(query).scalars())

    def attachments(self, case_id: str) -> tuple[Attachment, ...]:
        """The pictures kept with a case, oldest first, without their bytes."""
        table = schema.attachment
        query = (
            sa.select(table.c.case_id, table.c.name, table.c.kind, table.c.at)
            .where(table.c.case_id == case_id)
            .order_by(table.c.at, table.c.name)
        )
        with self._db.reading() as con:
            return tuple(Attachment(*row) for row in con.execute(query))

    def attachment(self, case_id: str, name: str) -> bytes:
        """The bytes of a picture kept with a case.

        Raises:
            UsageError: No such case or picture.
        """
        table = schema.attachment
        with self._db.reading() as con:
            sealed = con.execute(
                sa.select(table.c.picture_sealed).where(table.c.case_id == case_id, table.c.name == name)
            ).scalar()
        if sealed is None:
            raise UsageError(problem=f"案件 {case_id} に画像「{name}」はありません")
        return self._sealer.unseal(sealed, place="mb_attachment.picture", row=f"{case_id}/{name}")
