"""What the case store remembers of the promise: sampled fields with what people found, and the levels that it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import sqlalchemy as sa

from munibots.domain.promise import LevelChange, LevelOrigin, SampledField, SampleTally
from munibots.domain.review import AuditRecord
from munibots.stores import schema
from munibots.stores.case_rows import audit_values
from munibots.stores.database import Database
from munibots.stores.sealing import Sealer

__all__ = ["PromiseLedger", "judge_sample", "keep_sample"]

_AUDIT_EVENTS = {LevelOrigin.TIGHTENED: "promise-broken", LevelOrigin.RECALIBRATED: "level-recalibrated"}


class PromiseLedger:
    """The part of the case store that watches the promise. Nothing here is about a person: kinds, numbers, field names."""

    _db: Database
    _sealer: Sealer

    def draw(self, case_id: str, field: str) -> float:
        """A number, even on 0–1, that belongs to this field of this case; without the store's key nobody can tell it."""
        return self._sealer.draw((case_id, field))

    def sample(self, case_id: str) -> Mapping[str, SampledField]:
        """The sampled fields of a case, by name."""
        return self.samples(case_id=case_id).get(case_id, {})

    def samples(
        self, *, profile: str | None = None, case_id: str | None = None
    ) -> Mapping[str, Mapping[str, SampledField]]:
        """Sampled fields by case and name: of one case, of one profile, or all."""
        table = schema.sample
        query = sa.select(table.c.case_id, table.c.field, table.c.kind, table.c.confidence, table.c.is_right)
        if profile is not None:
            query = query.where(table.c.profile == profile)
        if case_id is not None:
            query = query.where(table.c.case_id == case_id)
        found: dict[str, dict[str, SampledField]] = {}
        with self._db.reading() as con:
            for case, name, kind, confidence, right in con.execute(query.order_by(table.c.case_id, table.c.field)):
                found.setdefault(case, {})[name] = SampledField(name, kind, confidence, right)
        return found

    def tallies(self, profile: str) -> tuple[SampleTally, ...]:
        """How the samples of a profile stand, by kind and by the levels that they were drawn under."""
        table = schema.sample
        query = (
            sa.select(
                table.c.kind,
                table.c.levels_seq,
                sa.func.count(),
                sa.func.count(table.c.is_right),
                sa.func.count(sa.case((table.c.is_right.is_(False), 1))),
            )
            .where(table.c.profile == profile)
            .group_by(table.c.kind, table.c.levels_seq)
            .order_by(table.c.kind, table.c.levels_seq)
        )
        with self._db.reading() as con:
            return tuple(SampleTally(*row) for row in con.execute(query))

    def worst_error(self, profile: str, kind: str, *, since_seq: int) -> float | None:
        """The highest confidence among the sampled fields of a kind that people corrected; ``None``: there is none.

        Args:
            since_seq: Only samples drawn under levels from this change on.
        """
        table = schema.sample
        query = sa.select(sa.func.max(table.c.confidence)).where(
            table.c.profile == profile,
            table.c.kind == kind,
            table.c.levels_seq >= since_seq,
            table.c.is_right.is_(False),
        )
        with self._db.reading() as con:
            return con.execute(query).scalar()

    def profiles_with_levels(self) -> tuple[str, ...]:
        """Profiles of which the store says a level."""
        query = sa.select(schema.level.c.profile).distinct().order_by(schema.level.c.profile)
        with self._db.reading() as con:
            return tuple(con.execute(query).scalars())

    def level_changes(self, profile: str) -> tuple[LevelChange, ...]:
        """All levels that the store ever said for a profile, oldest first."""
        table = schema.level
        query = sa.select(table).where(table.c.profile == profile).order_by(table.c.seq)
        with self._db.reading() as con:
            return tuple(
                LevelChange(
                    profile=row["profile"],
                    kind=row["kind"],
                    accept_at=row["accept_at"],
                    origin=LevelOrigin(row["origin"]),
                    samples=row["samples"],
                    errors=row["errors"],
                    e_value=row["e_value"],
                    calibration=row["calibration"],
                    at=row["at"],
                    seq=row["seq"],
                )
                for row in con.execute(query).mappings()
            )

    def change_level(self, change: LevelChange, *, after_seq: int, former: float, actor: str) -> bool:
        """Add a level with its audit record, in one transaction.

        Args:
            change: Its ``seq`` and ``at`` are given here.
            after_seq: The latest change of this profile and kind that the caller has seen, 0 for none.
            former: The level in force until now, for the audit record.

        Returns:
            ``False``, and nothing written, if another process has changed this kind since.
        """
        now = datetime.now(UTC)
        row = {
            "profile": change.profile,
            "kind": change.kind,
            "after_seq": after_seq,
            "at": now,
            "accept_at": change.accept_at,
            "origin": change.origin.value,
            "samples": change.samples,
            "errors": change.errors,
            "e_value": change.e_value,
            "calibration": change.calibration,
        }
        detail = {
            "profile": change.profile,
            "kind": change.kind,
            "former": former,
            "accept_at": change.accept_at,
            "samples": change.samples,
            "errors": change.errors,
            "e_value": change.e_value,
        }
        record = AuditRecord(case_id="", at=now, actor=actor, event=_AUDIT_EVENTS[change.origin], detail=detail)
        try:
            with self._db.writing() as con:
                con.execute(sa.insert(schema.level).values(row))
                con.execute(sa.insert(schema.audit).values(audit_values(record)))
        except sa.exc.IntegrityError:
            return False
        return True


def keep_sample(
    con: sa.Connection, case_id: str, drawn: Iterable[SampledField], levels_seq: int, now: datetime
) -> None:
    """Remember what was drawn of a case; what was drawn of it before and not judged yet is forgotten."""
    table = schema.sample
    con.execute(sa.delete(table).where(table.c.case_id == case_id, table.c.is_right.is_(None)))
    judged = set(con.execute(sa.select(table.c.field).where(table.c.case_id == case_id)).scalars())
    for field in drawn:
        if field.field in judged:
            continue
        con.execute(
            sa.insert(table).values(
                case_id=case_id,
                field=field.field,
                profile=sa.select(schema.case.c.profile).where(schema.case.c.id == case_id).scalar_subquery(),
                kind=field.kind,
                confidence=field.confidence,
                levels_seq=levels_seq,
                drawn_at=now,
            )
        )


def judge_sample(con: sa.Connection, case_id: str, found: Mapping[str, bool], now: datetime) -> None:
    """Remember what a person found in sampled fields, by name; the first finding of a field stays."""
    table = schema.sample
    for name, right in found.items():
        con.execute(
            sa.update(table)
            .where(table.c.case_id == case_id, table.c.field == name, table.c.is_right.is_(None))
            .values(is_right=right, judged_at=now)
        )
