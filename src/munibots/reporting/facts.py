"""What the report says of a whole run: collected from the case store and counted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from munibots.domain.case import Case, CaseState
from munibots.reporting.case_facts import CaseFacts, How, Value, case_facts, form_of
from munibots.reporting.statistics import quantile

if TYPE_CHECKING:
    from munibots.stores.case_store import CaseStore

__all__ = ["ConfidenceSample", "DecidedFact", "RunFacts", "StepFact", "Totals", "Truth", "collect"]

Truth = Mapping[str, Mapping[str, Value]]

# By the part of the step's name after the room: read.register, enter.type.
_STEPS_JA = {
    "register": "様式と位置を合わせる",
    "cut": "○と✓を読み、字を切り出す",
    "recognise": "文字を読む",
    "judge": "値と確信度を決める",
    "check": "検査する",
    "total": "合計",
    "review": "人が確認する",
    "look_up": "登録済みでないか照会する",
    "type": "画面に打つ",
    "confirm": "確認画面と見比べる",
    "submit": "登録を押す",
    "read_back": "登録を読み戻す",
}


@dataclass(frozen=True, slots=True)
class StepFact:
    """Times of one step over all cases."""

    name_ja: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Half of the cases took at most this long, in seconds."""
        return quantile(self.seconds, 0.5)

    @property
    def p90(self) -> float:
        """Nine of ten cases took at most this long, in seconds."""
        return quantile(self.seconds, 0.9)


@dataclass(frozen=True, slots=True)
class DecidedFact:
    """How often people had to look at a field for one reason, and how often they changed what was read."""

    label_ja: str
    reason_ja: str
    n: int
    corrected: int
    waiting: int


@dataclass(frozen=True, slots=True)
class ConfidenceSample:
    """One field that was read, with its confidence, against the truth."""

    confidence: float
    right: bool
    accepted: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures at the head of the report; ``None`` is "not known to this report".

    Attributes:
        fields: Fields in which something is written or should be.
        fields_accepted: Of these, accepted without human eyes.
        verified: Entered by a bot, hence read back from the core system.
        by_hand: Entered by a person after a bot could not.
        accepted_wrong: Accepted without human eyes, and wrong by the truth.
    """

    cases: int
    read: int
    fields: int
    fields_accepted: int
    fields_decided: int
    fields_waiting: int
    fields_blank: int
    auto_approved: int
    reviewed: int
    waiting: int
    ready: int
    entered: int
    verified: int
    by_hand: int
    flagged: int
    rejected: int
    entered_twice: int | None
    lost: int | None
    accepted_wrong: int | None
    seconds: float | None

    @property
    def approved(self) -> int:
        """Cases that passed the confirmation, by machine or person."""
        return self.ready + self.entered + self.flagged


@dataclass(frozen=True, slots=True)
class RunFacts:
    """The whole report as data."""

    cases: tuple[CaseFacts, ...]
    totals: Totals
    reading_steps: tuple[StepFact, ...]
    case_steps: tuple[StepFact, ...]
    decided: tuple[DecidedFact, ...]
    samples: tuple[ConfidenceSample, ...] | None
    bots: tuple[str, ...]
    first_at: datetime | None
    last_at: datetime | None


def collect(
    store: CaseStore,
    *,
    truth: Truth | None = None,
    figures: Mapping[str, Any] | None = None,
    bot_id: str | None = None,
    profile: str | None = None,
    since: datetime | None = None,
) -> RunFacts:
    """Read the store once and count.

    Args:
        bot_id: Only this bot's cases.
        profile: Only this municipality's cases.
        since: Leave out what had been concluded before, so that the report is one of a run and of what still waits.
        truth: True values by case and field; every written field must stand in it, ``None`` for a blank one.
        figures: What the store cannot know, by the names of the demo's answer (``entered_twice``, ``lost``, ``seconds``), and any
            other of those names that the caller has counted himself; they win, so that report and answer agree.
    """
    cases: list[CaseFacts] = []
    samples: list[ConfidenceSample] = []
    reading_steps: dict[str, list[float]] = defaultdict(list)
    case_steps: dict[str, list[float]] = defaultdict(list)
    chosen = [c for c in store.list(bot_id=bot_id, profile=profile) if since is None or _concerns(c, since)]
    rows = sorted(chosen, key=lambda c: (c.received_at, c.source, c.page_indexes))
    for no, case in enumerate(rows, start=1):
        reading, reviews = store.reading(case.id), store.reviews(case.id)
        true_values = truth.get(case.id) if truth is not None else None
        cases.append(case_facts(no, case, reading, store.values(case.id), reviews, store.audit(case.id), true_values))
        for review in reviews:
            if review.seconds is not None:
                case_steps["review"].append(review.seconds)
        for time in store.steps(case.id):
            room, _, name = time.step.rpartition(".")
            (reading_steps if room == "read" else case_steps)[name].append(time.seconds)
        if reading is not None and true_values is not None:
            samples += [
                ConfidenceSample(v.confidence, v.value == true_values[v.name], v.accepted)
                for v in reading.values
                if v.confidence is not None and v.name in true_values
            ]
    return RunFacts(
        cases=tuple(cases),
        totals=_totals(cases, rows, samples if truth is not None else None, figures or {}),
        reading_steps=_steps(reading_steps),
        case_steps=_steps(case_steps),
        decided=tuple(_decided(cases)),
        samples=tuple(samples) if truth is not None else None,
        bots=tuple(sorted({c.bot_id for c in rows})),
        first_at=min((c.received_at for c in rows), default=None),
        last_at=max((c.changed_at for c in rows), default=None),
    )


def _concerns(case: Case, since: datetime) -> bool:
    return case.state not in (CaseState.ENTERED, CaseState.REJECTED) or case.changed_at >= since


def _totals(
    cases: list[CaseFacts], rows: list[Case], samples: list[ConfidenceSample] | None, figures: Mapping[str, Any]
) -> Totals:
    def states(*wanted: CaseState) -> int:
        return sum(c.state in wanted for c in rows)

    def told(name: str, counted: int | None) -> int | None:
        return int(figures[name]) if figures.get(name) is not None else counted

    def sure(name: str, counted: int) -> int:
        return int(figures.get(name, counted))

    not_blank = [f for c in cases for f in c.fields if f.how is not How.BLANK]
    by_hand = sum(c.by_hand and c.state is CaseState.ENTERED for c in cases)
    entered = sure("entered", states(CaseState.ENTERED))
    wrong = None if samples is None else sum(s.accepted and not s.right for s in samples)
    return Totals(
        cases=sure("cases", len(rows)),
        read=sum(c.read_ok for c in cases),
        fields=sure("fields", len(not_blank)),
        fields_accepted=sure("fields_accepted", sum(f.how is How.ACCEPTED for f in not_blank)),
        fields_decided=sum(c.count(How.DECIDED) for c in cases),
        fields_waiting=sum(c.count(How.WAITING) for c in cases),
        fields_blank=sum(c.count(How.BLANK) for c in cases),
        auto_approved=sure("auto_approved", sum(c.auto_approved for c in rows)),
        reviewed=sure("reviewed", sum(bool(c.reviewers) for c in cases)),
        waiting=states(CaseState.NEEDS_REVIEW, CaseState.RECEIVED),
        ready=states(CaseState.READY, CaseState.TYPING, CaseState.SUBMITTING),
        entered=entered,
        verified=entered - by_hand,
        by_hand=by_hand,
        flagged=sure("flagged", states(CaseState.FLAGGED)),
        rejected=sure("rejected", states(CaseState.REJECTED)),
        entered_twice=told("entered_twice", None),
        lost=told("lost", None),
        accepted_wrong=told("fields_accepted_wrong", wrong),
        seconds=float(figures["seconds"]) if figures.get("seconds") is not None else None,
    )


def _steps(times: Mapping[str, list[float]]) -> tuple[StepFact, ...]:
    """In the order of the road, the total after the reading; steps that this table does not know come last, by name."""
    road = {name: place for place, name in enumerate(_STEPS_JA)}
    ordered = sorted(times, key=lambda name: (road.get(name, len(road)), name))
    return tuple(StepFact(_STEPS_JA.get(name, name), tuple(times[name])) for name in ordered)


def _decided(cases: Iterable[CaseFacts]) -> Iterator[DecidedFact]:
    """Fields that needed eyes, the most frequent first."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for case in cases:
        labels = _labels_without_slot(case.form_id)
        for f in case.fields:
            if f.how in (How.DECIDED, How.WAITING):
                for reason in f.reasons or ("理由の記録なし",):
                    row = counts[labels.get(f.name, f.label_ja), _without_numbers(reason)]
                    row[0] += 1
                    row[1] += f.corrected
                    row[2] += f.how is How.WAITING
    for (label, reason), (n, corrected, waiting) in sorted(counts.items(), key=lambda kv: (-kv[1][0], kv[0])):
        yield DecidedFact(label, reason, n, corrected, waiting)


def _labels_without_slot(form_id: str | None) -> dict[str, str]:
    """Labels in which 異動者1 … 異動者5 are one: the reader asks which kind of field, not which line."""
    form = form_of(form_id)
    if form is None:
        return {}
    return {
        f.name: f.label_ja if f.group_no is None else f.label_ja.replace(f"{f.group_no} ", " ", 1) for f in form.fields
    }


def _without_numbers(reason: str) -> str:
    """Reasons that differ only by a measured number are one reason."""
    return re.sub(r"\d+\.\d+ ?%?", "…", reason)
