"""The rules of thumb of the triage: an artifact of ``classifiers/task_triage``, checked by SHA-256, and what it looks like here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from munibots.domain.task import Approach, LegalAct

__all__ = ["Authority", "AxisText", "Evidence", "Note", "Quadrant", "TriageRules", "Volume", "WordRule"]


@dataclass(frozen=True, slots=True)
class AxisText:
    """What an axis and its ends are called."""

    label_ja: str
    low_ja: str
    high_ja: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Points on the two axes, and why."""

    routine: float
    judgement: float
    why_ja: str


@dataclass(frozen=True, slots=True)
class Volume:
    """Evidence from the number of cases a year, within bounds that are included."""

    at_least: float
    at_most: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class WordRule:
    """Words that mean the same, and which legal act they speak of, if any."""

    words: tuple[str, ...]
    evidence: Evidence
    legal_act: LegalAct | None


@dataclass(frozen=True, slots=True)
class Quadrant:
    """Where an approach lies: at the high or the low end of each axis."""

    approach: Approach
    routine_high: bool
    judgement_high: bool
    why_ja: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a proposal that goes this way, where the task holds one of each group of values."""

    approach: Approach
    values: Mapping[str, frozenset[str]]
    text_ja: str


@dataclass(frozen=True, slots=True)
class Authority:
    """Who may do which step of a task with this legal act.

    Attributes:
        staff_only: Steps that are an exercise of public authority.
        auxiliary: Steps that a bot or an outsourcer may do as well.
        sources: Title and address of each source of the rule.
    """

    staff_only: tuple[str, ...]
    auxiliary: tuple[str, ...]
    rule_ja: str
    sources: tuple[tuple[str, str], ...]


class TriageRules:
    """All rules of thumb.

    Args:
        data: Contents of ``rules.yaml``. Its form is not checked again: the file is the one that the SHA-256 names.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.axes = MappingProxyType({name: AxisText(**text) for name, text in data["axes"].items()})
        self.margin: float = data["margin"]
        self.word_limit: float = data["word_limit"]
        self.conflict_at: float = data["conflict_at"]
        self.quadrants = tuple(
            Quadrant(Approach(name), q["routine"] == "high", q["judgement"] == "high", q["why_ja"])
            for name, q in data["quadrants"].items()
        )
        self.columns = MappingProxyType(
            {
                column: MappingProxyType({value: _evidence(points) for value, points in values.items()})
                for column, values in data["columns"].items()
            }
        )
        self.volume = tuple(
            Volume(v.get("at_least", 0.0), v.get("at_most", float("inf")), _evidence(v)) for v in data["volume"]
        )
        self.words = tuple(
            WordRule(tuple(w["words"]), _evidence(w), LegalAct(w["legal"]) if "legal" in w else None)
            for w in data["words"]
        )
        self.names = tuple(name for row in data["names"] for name in row)
        self.negations = tuple(data["negations"])
        self.notes = tuple(
            Note(
                Approach(n["approach"]),
                MappingProxyType({k: frozenset(v) for k, v in n.items() if isinstance(v, list)}),
                n["text_ja"],
            )
            for n in data["notes"]
        )
        self.my_number_ja: str = data["my_number_ja"]
        self.authority = MappingProxyType(
            {
                LegalAct(name): Authority(
                    tuple(a["staff_only"]),
                    tuple(a["auxiliary"]),
                    a["rule_ja"],
                    tuple((s["title_ja"], s["url"]) for s in a["sources"]),
                )
                for name, a in data["authority"].items()
            }
        )

    def quadrant(self, routine: float, judgement: float) -> Quadrant | None:
        """Where a point lies; ``None`` where it is too near to an axis to say."""
        if min(abs(routine), abs(judgement)) < self.margin:
            return None
        return next(q for q in self.quadrants if (q.routine_high, q.judgement_high) == (routine > 0, judgement > 0))


def _evidence(points: Mapping[str, Any]) -> Evidence:
    return Evidence(float(points.get("routine", 0)), float(points.get("judgement", 0)), points["why_ja"])
