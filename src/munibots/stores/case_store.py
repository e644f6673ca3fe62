"""The case store: every case, what was read, what people decided, what happened, and the pictures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

import sqlalchemy as sa

from munibots.domain.case import CaseState, may_change
from munibots.domain.promise import SampledField
from munibots.domain.reading import DocumentReading
from munibots.domain.review import AuditRecord, Review, ReviewOutcome
from munibots.errors import IllegalStateChangeError, StoreError
from munibots.stores import schema
from munibots.stores.case_queries import CaseQueries
from munibots.stores.case_rows import (
    Attachment,
    NewCase,
    StepTime,
    audit_values,
    case_values,
    review_values,
    sealed_problem,
)
from munibots.stores.database import Database
from munibots.stores.promise_ledger import PromiseLedger, judge_sample, keep_sample
from munibots.stores.reading_codec import dump_reading
from munibots.stores.store_key import open_sealer

__all__ = ["Attachment", "CaseStore", "NewCase", "StepTime"]

_AFTER_DECISION: Mapping[tuple[CaseState, ReviewOutcome], CaseState] = MappingProxyType(
    {
        (CaseState.NEEDS_REVIEW, ReviewOutcome.APPROVE): CaseState.READY,
        (CaseState.NEEDS_REVIEW, ReviewOutcome.REJECT): CaseState.REJECTED,
        (CaseState.NEEDS_REVIEW, ReviewOutcome.RETRY): CaseState.RECEIVED,
        (CaseState.FLAGGED, ReviewOutcome.RETRY): CaseState.READY,
        (CaseState.FLAGGED, ReviewOutcome.ENTERED_BY_HAND): CaseState.ENTERED,
        (CaseState.FLAGGED, ReviewOutcome.REJECT): CaseState.REJECTED,
    }
)


class CaseStore(CaseQueries, PromiseLedger):
    """The one place where cases are kept. Use :meth:`open`, as a context manager.

    Every method that writes does so in one transaction: what it reports as done is on disk, together with its audit record.
    """

    @classmethod
    def open(cls, dsn: str, *, key_file: Path | None = None, create: bool = True) -> Self:
        """Open the store at ``dsn``; make it and its key if there is none; bring its schema up to date.

        Args:
            dsn: SQLAlchemy URL, e.g. ``sqlite:////path/cases.db``.
            key_file: Default: the file named by ``MUNIBOTS_KEY_FILE``, else ``cases.db.key`` next to ``cases.db``.

            create: Without it, a store that has not been made yet is an error: whoever only looks is in the wrong folder then.

        Raises:
            StoreNotMadeError: Nothing there, and ``create`` is not given.
            StoreUnreachableError: No database there, or one made by a newer munibots.
            StoreKeyError: The store's key is missing or another one.
        """
        database = Database.open(dsn, create=create)
        try:
            return cls(database, open_sealer(database, key_file))
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        """Close the connections to the database."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def receive(self, new: NewCase) -> bool:
        """Add a case in state ``RECEIVED`` with its scans; one that comes with a problem goes on to ``NEEDS_REVIEW`` at once.

        Returns:
            Whether it was added; ``False``: it was already there.

        Raises:
            StoreError: Another document has this very id.
        """
        case, now = schema.case, _now()
        try:
            with self._db.writing() as con:
                con.execute(sa.insert(case).values(case_values(new, self._sealer, now)))
                for page_no, picture in enumerate(new.scans, start=1):
                    if picture is None:
                        continue
                    sealed = self._sealer.seal(picture, place="mb_scan.picture", row=f"{new.id}/{page_no}")
                    con.execute(sa.insert(schema.scan).values(case_id=new.id, page_no=page_no, picture_sealed=sealed))
                self._append(
                    con,
                    AuditRecord(
                        case_id=new.id,
                        at=now,
                        actor="intake",
                        event="received",
                        new_state=CaseState.RECEIVED.value,
                        detail={"bot": new.bot_id, "pages": len(new.scans)},
                    ),
                )
                if new.problem is not None:
                    self._move(
                        con,
                        new.id,
                        {CaseState.RECEIVED},
                        CaseState.NEEDS_REVIEW,
                        actor="intake",
                        event="not-readable",
                        detail={"code": new.problem[0]},
                        problem=new.problem,
                        fields={},
                    )
        except sa.exc.IntegrityError:
            with self._db.reading() as con:
                known = con.execute(sa.select(case.c.digest).where(case.c.id == new.id)).scalar()
            if known is None:
                raise
            if known != new.digest:
                raise StoreError(case_id=new.id) from None
            return False
        return True

    def save_reading(
        self,
        case_id: str,
        reading: DocumentReading,
        new_state: CaseState,
        *,
        actor: str,
        fingerprint: str | None,
        auto_approved: bool,
        sample: Sequence[SampledField] = (),
        levels_seq: int = 0,
    ) -> bool:
        """Keep what was read in a case in ``RECEIVED`` and move it on to ``new_state``.

        A reading kept before (the case was sent back to be read again) is replaced.

        Args:
            sample: Accepted fields that were drawn for a person to see; the reading no longer calls them accepted.
            levels_seq: The newest change of levels that the reading went by.

        Returns:
            ``False``, and nothing written, if the case is no longer in ``RECEIVED``.

        Raises:
            IllegalStateChangeError: ``new_state`` does not follow ``RECEIVED``.
        """
        table = schema.reading
        sealed = self._sealer.seal(dump_reading(reading), place="mb_reading.reading", row=case_id)
        fields = {
            "form_id": reading.match.form_id,
            "fingerprint": fingerprint,
            "auto_approved": auto_approved,
        }
        detail: dict[str, Any] = {
            "decision": reading.decision.value,
            "fields": len(reading.values),
            "accepted": sum(v.accepted for v in reading.values),
            "auto_approved": auto_approved,
        }
        if reading.problem is not None:
            detail["code"] = reading.problem[0]
        with self._db.writing() as con:
            if not self._move(
                con,
                case_id,
                {CaseState.RECEIVED},
                new_state,
                actor=actor,
                event="read",
                detail=detail,
                problem=reading.problem,
                fields=fields,
            ):
                return False
            con.execute(sa.delete(table).where(table.c.case_id == case_id))
            row = {"case_id": case_id, "reading_sealed": sealed, "levels_seq": levels_seq}
            con.execute(sa.insert(table).values(row))
            keep_sample(con, case_id, sample, levels_seq, _now())
        return True

    def fingerprint(self, parts: Sequence[str]) -> str:
        """Fingerprint under the store's key, for finding the same request in another scan without keeping its values."""
        return self._sealer.fingerprint(parts)

    def decide(self, review: Review, *, revision: int, found: Mapping[str, bool] = MappingProxyType({})) -> bool:
        """Keep a person's decision and move the case as it says.

        ``NEEDS_REVIEW``: approve → ``READY``, reject → ``REJECTED``, retry → ``RECEIVED``. ``FLAGGED``: retry → ``READY``, entered →
        ``ENTERED``, reject → ``REJECTED``. A retry begins to count attempts anew.

        Args:
            revision: Of the case as the person saw it.
            found: Of the sampled fields, by name, whether what was read is right.

        Returns:
            ``False``, and nothing written, if the case has changed since.

        Raises:
            IllegalStateChangeError: The case is not in a state in which this can be decided.
            UsageError: No such case.
        """
        seen = self.get(review.case_id)
        if seen.revision != revision:
            return False
        new = _AFTER_DECISION.get((seen.state, review.outcome))
        if new is None:
            raise IllegalStateChangeError(case_id=seen.id, old=seen.state, new=review.outcome)
        with self._db.writing() as con:
            if not self._move(
                con,
                seen.id,
                {seen.state},
                new,
                actor=review.reviewer,
                event="decided",
                detail={
                    "outcome": review.outcome.value,
                    "fields": [c.field for c in review.corrections],
                    "seconds": review.seconds,
                },
                if_revision=revision,
                fields={"token": None} | ({"attempts": 0} if review.outcome is ReviewOutcome.RETRY else {}),
            ):
                return False
            con.execute(sa.insert(schema.review).values(review_values(review, revision, self._sealer, _now())))
            judge_sample(con, review.case_id, found, _now())
        return True

    def change(
        self,
        case_id: str,
        old: Collection[CaseState],
        new: CaseState,
        *,
        actor: str,
        event: str,
        if_token: str | None = None,
        token: str | None = None,
        clear_token: bool = False,
        detail: Mapping[str, Any] = MappingProxyType({}),
        receipt_no: str | None = None,
        problem: tuple[str, str, str] | None = None,
        count_attempt: bool = False,
    ) -> bool:
        """The compare-and-set: move a case from one of ``old`` to ``new``, with an audit record, in one committed transaction.

        Args:
            if_token: Only if the case holds this token.
            token: Give the case this token.
            clear_token: Take the case's token away.
            detail: For the audit record: codes, counts and field names, never values.
            problem: Code, reason and next step of the new state; ``None`` clears the former.
            count_attempt: This change begins an attempt at typing.

        Returns:
            Whether this caller won; ``False``: nothing was written.

        Raises:
            IllegalStateChangeError: The law of the case does not allow it from one of ``old``.
        """
        fields: dict[str, Any] = {}
        if token is not None or clear_token:
            fields["token"] = token
        if receipt_no is not None:
            fields["receipt_no"] = receipt_no
        if count_attempt:
            fields["attempts"] = schema.case.c.attempts + 1
        with self._db.writing() as con:
            return self._move(
                con,
                case_id,
                old,
                new,
                actor=actor,
                event=event,
                detail=detail,
                problem=problem,
                if_token=if_token,
                fields=fields,
            )

    def _move(
        self,
        con: sa.Connection,
        case_id: str,
        old: Collection[CaseState],
        new: CaseState,
        *,
        actor: str,
        event: str,
        detail: Mapping[str, Any],
        fields: Mapping[str, Any],
        problem: tuple[str, str, str] | None = None,
        if_token: str | None = None,
        if_revision: int | None = None,
    ) -> bool:
        for state in old:
            if not may_change(state, new):
                raise IllegalStateChangeError(case_id=case_id, old=state, new=new)
        case, now = schema.case, _now()
        where = [case.c.id == case_id, case.c.state.in_([s.value for s in old])]
        if if_token is not None:
            where.append(case.c.token == if_token)
        if if_revision is not None:
            where.append(case.c.revision == if_revision)
        # Only for the audit record: the row is ours from here to the commit, the UPDATE decides.
        before = con.execute(sa.select(case.c.state).where(*where).with_for_update()).scalar()
        changed = con.execute(
            sa.update(case)
            .where(*where)
            .values(
                state=new.value,
                changed_at=now,
                revision=case.c.revision + 1,
                problem_sealed=sealed_problem(problem, case_id, self._sealer),
                **fields,
            )
        )
        if changed.rowcount != 1:
            return False
        self._append(
            con,
            AuditRecord(
                case_id=case_id,
                at=now,
                actor=actor,
                event=event,
                old_state=before,
                new_state=new.value,
                detail=detail,
            ),
        )
        return True

    def _append(self, con: sa.Connection, record: AuditRecord) -> None:
        con.execute(sa.insert(schema.audit).values(audit_values(record)))

    def record_step(self, case_id: str, step: str, seconds: float) -> None:
        """Keep how long a step took; a step that is done again is recorded again."""
        with self._db.writing() as con:
            con.execute(sa.insert(schema.step).values(case_id=case_id, step=step, seconds=float(seconds)))

    def attach(self, case_id: str, name: str, png: bytes, *, kind: str) -> None:
        """Keep a picture (a masked screenshot) with a case; one of the same name is replaced."""
        table = schema.attachment
        sealed = self._sealer.seal(png, place="mb_attachment.picture", row=f"{case_id}/{name}")
        with self._db.writing() as con:
            con.execute(sa.delete(table).where(table.c.case_id == case_id, table.c.name == name))
            con.execute(
                sa.insert(table).values(case_id=case_id, name=name, kind=kind, at=_now(), picture_sealed=sealed)
            )


def _now() -> datetime:
    return datetime.now(UTC)
