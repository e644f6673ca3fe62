"""A city's own thresholds, from what its people kept and corrected.

Only what was read under the level in force counts, and only three kinds of evidence: sampled accepted fields (each was drawn with
the same probability), fields that went to a person for their confidence alone (people saw all of them), and corrections that
somebody happened to make in an accepted field outside the sample, which count as errors and never as merits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from munibots.checking.levels import Proposal, SeenBelow, Stratum, propose_level, raised_level
from munibots.checking.promise import BELOW_LEVEL_JA
from munibots.definitions.form_files import load_form
from munibots.domain.form import Form, Severity
from munibots.domain.normalising import same_value
from munibots.domain.profile import Profile
from munibots.domain.promise import NEVER, LevelChange, LevelOrigin, SampledField
from munibots.domain.reading import DocumentReading, FieldValue
from munibots.domain.review import Correction, Review, ReviewOutcome
from munibots.errors import DefinitionNotFoundError
from munibots.pipeline.promise_levels import KINDS_JA, Level, levels
from munibots.pipeline.promise_watch import ACTOR
from munibots.reading.calibration import load_calibration
from munibots.stores.case_store import CaseStore

__all__ = ["KindProposal", "adopt", "propose"]


@dataclass(frozen=True, slots=True)
class KindProposal:
    """What a city's evidence says of one field type."""

    kind: str
    current: Level
    proposal: Proposal

    @property
    def label_ja(self) -> str:
        """Text shown for the kind."""
        return KINDS_JA[self.kind]

    @property
    def changes(self) -> bool:
        """Whether it proposes another level."""
        return self.proposal.accept_at != self.current.accept_at


@dataclass(slots=True)
class _Evidence:
    read: int = 0
    judged: int = 0
    wrong: int = 0
    wrong_outside: int = 0
    worst: float | None = None
    below: list[SeenBelow] = field(default_factory=list)


def propose(store: CaseStore, profile: Profile) -> tuple[KindProposal, ...]:
    """A proposal for every field type that may be accepted by its confidence; nothing is written.

    A level goes down only if the 95 % upper bound of the error stays within the promise, and up where the sample found more
    errors than promised.
    """
    changes = store.level_changes(profile.code)
    base, current = levels(profile), levels(profile, changes)
    open_kinds = [kind for kind, level in base.items() if kind in KINDS_JA and 0 < level.accept_at < NEVER]
    evidence = _collect(store, profile, {kind: current[kind].seq for kind in open_kinds})
    return tuple(
        KindProposal(kind, current[kind], _propose(current[kind].accept_at, profile.promised_error, evidence[kind]))
        for kind in KINDS_JA
        if kind in open_kinds
    )


def adopt(store: CaseStore, profile: Profile, proposals: tuple[KindProposal, ...], *, actor: str = ACTOR) -> int:
    """Write the proposals that change a level, each with an audit record.

    Returns:
        How many were written; one that another process was faster with is left out.
    """
    written = 0
    for p in proposals:
        if not p.changes:
            continue
        change = LevelChange(
            profile=profile.code,
            kind=p.kind,
            accept_at=p.proposal.accept_at,
            origin=LevelOrigin.RECALIBRATED,
            samples=p.proposal.seen,
            errors=p.proposal.wrong,
            calibration=load_calibration().data_hash,
        )
        written += store.change_level(change, after_seq=p.current.seq, former=p.current.accept_at, actor=actor)
    return written


def _propose(current: float, promised: float, evidence: _Evidence) -> Proposal:
    # An error outside the sample is one that was not drawn: it is counted as if it had been.
    seen, wrong = evidence.judged + evidence.wrong_outside, evidence.wrong + evidence.wrong_outside
    proposal = propose_level(current, promised, Stratum(evidence.read, seen, wrong), evidence.below)
    if evidence.wrong > promised * evidence.judged and current < NEVER:
        raised = raised_level(current, evidence.worst)
        return Proposal(raised, proposal.bound, seen, wrong, "標本の誤りが約束より多いので、引き上げます。")
    return proposal


def _collect(store: CaseStore, profile: Profile, since: Mapping[str, int]) -> Mapping[str, _Evidence]:
    evidence: dict[str, _Evidence] = defaultdict(_Evidence)
    samples = store.samples(profile=profile.code)
    for case in store.list(profile=profile.code):
        reading = store.reading(case.id)
        form = None if reading is None else _form_of(reading)
        if reading is None or form is None:
            continue
        seq, reviews = store.levels_seq(case.id), store.reviews(case.id)
        for value in reading.values:
            kind = form.field(value.name).type.value
            if kind in since and seq >= since[kind] and not value.blank:
                _count(evidence[kind], form, reading, value, samples.get(case.id, {}), reviews)
    return evidence


def _count(
    evidence: _Evidence,
    form: Form,
    reading: DocumentReading,
    value: FieldValue,
    sampled: Mapping[str, SampledField],
    reviews: tuple[Review, ...],
) -> None:
    type_ = form.field(value.name).type
    made: dict[str, Correction] = {c.field: c for review in reviews for c in review.corrections}
    right = value.name not in made or same_value(type_, made[value.name].value, value.value)
    drawn = sampled.get(value.name)
    if drawn is not None:
        if drawn.kind != type_.value:
            return  # the register's own promise
        evidence.read += 1
        evidence.judged += drawn.right is not None
        if drawn.right is False:
            evidence.wrong += 1
            evidence.worst = max(evidence.worst or 0.0, drawn.confidence or 0.0)
    elif value.accepted and not value.confirmed:
        evidence.read += 1
        evidence.wrong_outside += not right
    elif _only_for_confidence(reading, value):
        approved = any(r.outcome is ReviewOutcome.APPROVE for r in reviews)
        evidence.below.append(SeenBelow(value.confidence or 0.0, right if approved else None))


def _only_for_confidence(reading: DocumentReading, value: FieldValue) -> bool:
    """Whether a lower level would have accepted it: no broken rule speaks against it as well."""
    if value.accepted or value.value is None or BELOW_LEVEL_JA not in value.reasons:
        return False
    broken = (c for c in reading.checks if not c.ok and c.severity is Severity.ERROR)
    return not any(value.name in c.fields for c in broken)


def _form_of(reading: DocumentReading) -> Form | None:
    if reading.match.form_id is None:
        return None
    try:
        return load_form(reading.match.form_id)
    except DefinitionNotFoundError:  # the store outlives a form that was taken away
        return None
