"""The promise watches itself: after every finding in the sample it is asked whether it still holds, and a broken one is acted upon.

A broken promise tightens the level at once: the next reading of the profile goes by it. Nothing here knows a person: kinds,
numbers and levels only.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from munibots.checking.levels import raised_level
from munibots.checking.sequential import evidence_against, is_broken
from munibots.definitions.profile_files import load_profile
from munibots.domain.profile import Profile
from munibots.domain.promise import NEVER, OVERALL, REGISTER, LevelChange, LevelOrigin
from munibots.errors import DefinitionNotFoundError
from munibots.pipeline.promise_levels import KINDS_JA, Level, levels
from munibots.reading.calibration import load_calibration
from munibots.stores.case_store import CaseStore

__all__ = ["ACTOR", "KindStatus", "broken_promises", "level_ja", "promise_status", "watch_promise"]

ACTOR = "promise"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KindStatus:
    """How the promise of one kind stands.

    Attributes:
        promised: Highest share of errors, α.
        accept_at: The level in force; ``None`` for all kinds together.
        drawn: Sampled since the level is in force.
        judged: Those of them that people have decided.
        wrong: Those of the judged that people corrected.
        e_value: Evidence against the promise; from 20 on it is broken.
        alarm: It was broken, and the level is tightened since; of all kinds together: it is broken.
    """

    kind: str
    promised: float
    accept_at: float | None
    origin: LevelOrigin | None
    drawn: int
    judged: int
    wrong: int
    e_value: float
    alarm: bool

    @property
    def label_ja(self) -> str:
        """Text shown for the kind."""
        return KINDS_JA[self.kind]


def level_ja(accept_at: float | None) -> str:
    """A level for display."""
    if accept_at is None:
        return ""
    if accept_at >= NEVER:
        return "常に人が見る"
    return f"{accept_at:.6g}" if accept_at > 0 else "台帳との一致"


def promise_status(store: CaseStore, profile: Profile) -> tuple[KindStatus, ...]:
    """Every kind, and all together last."""
    changes = store.level_changes(profile.code)
    in_force = levels(profile, changes)
    tallies = store.tallies(profile.code)
    tightened = {c.seq for c in changes if c.origin is LevelOrigin.TIGHTENED}

    def status(kind: str, level: Level | None, since: int) -> KindStatus:
        mine = [t for t in tallies if kind in (t.kind, OVERALL) and t.levels_seq >= since]
        judged, wrong = sum(t.judged for t in mine), sum(t.wrong for t in mine)
        broken = is_broken(profile.promised_error, judged, wrong)
        return KindStatus(
            kind=kind,
            promised=profile.promised_error,
            accept_at=None if level is None else level.accept_at,
            origin=None if level is None else level.origin,
            drawn=sum(t.drawn for t in mine),
            judged=judged,
            wrong=wrong,
            e_value=evidence_against(profile.promised_error, judged, wrong),
            alarm=broken if level is None else level.origin is LevelOrigin.TIGHTENED,
        )

    of_kinds = [status(kind, in_force[kind], in_force[kind].seq) for kind in KINDS_JA if kind in in_force]
    # What was acted upon is no news: all kinds together begin anew after every broken promise.
    return (*of_kinds, status(OVERALL, None, max(tightened, default=0)))


def watch_promise(store: CaseStore, profile: Profile) -> tuple[LevelChange, ...]:
    """Tighten the level of every kind whose promise is broken; if only that of all together is, of the kinds with errors.

    May be called at any time and by several processes: what was acted upon is not acted upon again.

    Returns:
        What was changed, most often nothing.
    """
    *kinds, overall = promise_status(store, profile)
    broken = [k for k in kinds if is_broken(k.promised, k.judged, k.wrong)]
    if not broken and is_broken(overall.promised, overall.judged, overall.wrong):
        broken = [k for k in kinds if k.wrong]
    in_force = levels(profile, store.level_changes(profile.code))
    made = []
    for status in broken:
        level = in_force[status.kind]
        worst = store.worst_error(profile.code, status.kind, since_seq=level.seq)
        change = LevelChange(
            profile=profile.code,
            kind=status.kind,
            # Broken a second time: raising the level has not helped.
            accept_at=NEVER if status.alarm else _raised(status.kind, level, worst),
            origin=LevelOrigin.TIGHTENED,
            samples=status.judged,
            errors=status.wrong,
            e_value=max(status.e_value, overall.e_value),
            calibration=load_calibration().data_hash,
        )
        if store.change_level(change, after_seq=level.seq, former=level.accept_at, actor=ACTOR):
            made.append(change)
            _log.warning(
                "約束が破れました(団体 %s、%s): 標本 %d 項目のうち %d 項目が誤り。基準を %s から %s に引き上げました。",
                profile.code,
                status.label_ja,
                status.judged,
                status.wrong,
                level_ja(level.accept_at),
                level_ja(change.accept_at),
            )
    return tuple(made)


def _raised(kind: str, level: Level, worst: float | None) -> float:
    """What the register confirms was not accepted for its confidence: no level helps there."""
    return raised_level(level.accept_at, None if kind == REGISTER else worst)


def broken_promises(store: CaseStore) -> Mapping[str, tuple[KindStatus, ...]]:
    """The kinds whose promise was broken and not recalibrated since, by profile; profiles without any are left out."""
    broken = {}
    for code in store.profiles_with_levels():
        try:
            profile = load_profile(code)
        except DefinitionNotFoundError:  # the store outlives a profile that was taken away
            continue
        if alarms := tuple(status for status in promise_status(store, profile) if status.alarm):
            broken[code] = alarms
    return broken
