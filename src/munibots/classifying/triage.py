"""Propose who or what should do a task: a linear score on two axes, every part of it shown as a reason.

The rules of thumb are data (``classifiers/task_triage/artifact``). Nothing here decides: a proposal is for the people of the
city, and where the evidence is weak or contradicts itself there is none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from munibots.classifying.artifacts import checked_files
from munibots.classifying.triage_rules import Authority, Evidence, TriageRules, WordRule
from munibots.classifying.triage_savings import Assumption, Assumptions, Saving, read_assumptions
from munibots.definitions import places
from munibots.domain.task import (
    APPROACHES_JA,
    FIXED_RULES_JA,
    JUDGEMENT_JA,
    LEGAL_ACTS_JA,
    MEDIA_JA,
    PRODUCTS_JA,
    Approach,
    Judgement,
    LegalAct,
    Task,
)

__all__ = ["STAFF_DECIDE_JA", "Proposal", "Reason", "Triage", "load_triage", "load_triage_folder"]

STAFF_DECIDE_JA = "職員が判断してください"
_CLASSIFIER = "task_triage"


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of the score.

    Attributes:
        text_ja: What was seen, and why it counts.
        routine: Points on the axis of routine.
        judgement: Points on the axis of judgement.
        from_words: Seen in the words of the description, not stated in a column.
    """

    text_ja: str
    routine: float
    judgement: float
    from_words: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one task.

    Attributes:
        approach: ``None`` where staff must decide.
        routine: Score from -1 to 1: how far a machine could be given the task. No probability.
        judgement: Score from -1 to 1: how much a person must understand or weigh. No probability.
        why_ja: The proposal in one sentence.
        reasons: Every part of both scores.
        missing: Columns without which there is no proposal or no estimate.
        conflicts: What contradicts itself, and what to do about it.
        notes: What goes with the proposal.
        saving: ``None`` where nothing is proposed, nothing changes or the volume is not known.
        authority: Who may do which step; ``None`` where the legal act is not known or contradicted.
    """

    task: Task
    approach: Approach | None
    routine: float
    judgement: float
    why_ja: str
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    conflicts: tuple[str, ...]
    notes: tuple[str, ...]
    saving: Saving | None
    authority: Authority | None

    @property
    def approach_ja(self) -> str:
        """The proposal as people read it."""
        return STAFF_DECIDE_JA if self.approach is None else APPROACHES_JA[self.approach]


class Triage:
    """Proposes.

    Args:
        rules: The rules of thumb.
        assumptions: What savings are expected from.
    """

    def __init__(self, rules: TriageRules, assumptions: Assumptions) -> None:
        self.rules = rules
        self.assumptions = assumptions

    def propose(self, task: Task) -> Proposal:
        """The proposal for one task; never an error, whatever the task says."""
        stated = tuple(self._stated(task))
        found = tuple(self._words(f"{task.name}。{task.description}"))
        words = tuple(
            Reason(f"言葉「{word}」: {rule.evidence.why_ja}", rule.evidence.routine, rule.evidence.judgement, True)
            for word, rule in found
        )
        limit = self.rules.word_limit
        sums = {
            axis: (_total(stated, axis), max(-limit, min(limit, _total(words, axis))))
            for axis in ("routine", "judgement")
        }
        routine, judgement = (max(-1.0, min(1.0, round(sum(sums[axis]), 6))) for axis in ("routine", "judgement"))
        missing = _missing(task)
        conflicts = (*self._conflicting_words(sums), *_conflicting_law(task, found))
        quadrant = None if missing or conflicts else self.rules.quadrant(routine, judgement)
        if quadrant is None:
            approach, why = None, self._why_undecided(routine, judgement, missing, conflicts)
            saving = None
        else:
            approach, why = quadrant.approach, quadrant.why_ja
            saving = self.assumptions.saving(task, approach)
            if saving is not None and not saving.pays:
                why = (
                    f"{APPROACHES_JA[approach]}に向くが、減る時間は多くても年 {saving.high:.1f} 時間で、作って保つ時間"
                    f"(年 {saving.upkeep:g} 時間)に届かない。似た業務とまとめられないかを考える"
                )
                approach, saving = Approach.AS_IS, None
        return Proposal(
            task=task,
            approach=approach,
            routine=routine,
            judgement=judgement,
            why_ja=why,
            reasons=(*stated, *words),
            missing=missing or _missing_for_saving(task, approach),
            conflicts=conflicts,
            notes=tuple(self._notes(task, approach, saving)),
            saving=saving,
            # A legal act that is contradicted must not open a step to everybody.
            authority=None if task.legal_act is None or conflicts else self.rules.authority[task.legal_act],
        )

    def _stated(self, task: Task) -> Iterator[Reason]:
        columns = self.rules.columns
        if task.fixed_rules is not None:
            label = f"決まった手順: {FIXED_RULES_JA[task.fixed_rules]}"
            yield _reason(label, [columns["fixed_rules"][task.fixed_rules]])
        if task.judgement is not None:
            yield _reason(f"判断: {JUDGEMENT_JA[task.judgement]}", [columns["judgement"][task.judgement]])
        if task.inputs:
            label = f"入力元: {'、'.join(MEDIA_JA[i] for i in task.inputs)}"
            yield _reason(label, [columns["inputs"][i] for i in task.inputs])
        if task.outputs:
            label = f"出力: {'、'.join(PRODUCTS_JA[o] for o in task.outputs)}"
            yield _reason(label, [columns["outputs"][o] for o in task.outputs])
        if task.legal_act is not None:
            label = f"法的な行為: {LEGAL_ACTS_JA[task.legal_act]}"
            yield _reason(label, [columns["legal_act"][task.legal_act]])
        if task.cases_a_year is not None:
            for volume in self.rules.volume:
                if volume.at_least <= task.cases_a_year <= volume.at_most:
                    yield _reason(f"年間件数: {task.cases_a_year:,.0f} 件", [volume.evidence])

    def _words(self, text: str) -> Iterator[tuple[str, WordRule]]:
        """Each word that counts, once, with its rule; longer ones first, and no part of the text twice."""
        left = unicodedata.normalize("NFKC", text)
        for name in sorted(map(_plain, self.rules.names), key=len, reverse=True):
            left = left.replace(name, "\n")
        known = [(_plain(word), rule) for rule in self.rules.words for word in rule.words]
        counted: set[int] = set()
        for word, rule in sorted(known, key=lambda k: len(k[0]), reverse=True):
            meant = any(not part.startswith(self.rules.negations) for part in left.split(word)[1:])
            left = left.replace(word, "\n")
            # Words of one rule say the same thing: twice the same is not twice the evidence.
            if meant and id(rule) not in counted:
                counted.add(id(rule))
                yield word, rule

    def _conflicting_words(self, sums: dict[str, tuple[float, float]]) -> Iterator[str]:
        for axis, (stated, words) in sums.items():
            if abs(words) >= self.rules.conflict_at and stated * words < 0:
                text = self.rules.axes[axis]
                side = text.high_ja if words > 0 else text.low_ja
                yield (
                    f"「{text.label_ja}」について、内容の言葉(「{side}」を指す)と列に書かれたことが逆です。"
                    "列を直すか、業務を行に分けてください"
                )

    def _why_undecided(self, routine: float, judgement: float, missing: Sequence[str], conflicts: Sequence[str]) -> str:
        if conflicts:
            return "書かれたことが食い違うので、提案しない"
        if missing:
            return f"列「{'」「'.join(missing)}」が空なので、提案しない"
        scores = {"routine": routine, "judgement": judgement}
        near = [self.rules.axes[axis].label_ja for axis, score in scores.items() if abs(score) < self.rules.margin]
        return f"「{'」と「'.join(near)}」がどちらとも言えない。業務を工程ごとの行に分けると、分かれることがある"

    def _notes(self, task: Task, approach: Approach | None, saving: Saving | None) -> Iterator[str]:
        given = {
            "inputs": {i.value for i in task.inputs},
            "outputs": {o.value for o in task.outputs},
            "legal_act": set() if task.legal_act is None else {task.legal_act.value},
        }
        for note in self.rules.notes:
            if note.approach is approach and all(values & given[column] for column, values in note.values.items()):
                yield note.text_ja
        if task.my_number and approach in (Approach.AI, Approach.OUTSOURCE, Approach.RPA):
            yield self.rules.my_number_ja
        if saving is not None and not saving.surely_pays:
            yield f"少ないときの削減(年 {saving.low:.1f} 時間)は、作って保つ時間(年 {saving.upkeep:g} 時間)に届かない"


def load_triage(overrides: Sequence[Assumption] = ()) -> Triage:
    """The triage of ``classifiers/task_triage``, from the folder that won.

    Args:
        overrides: Assumptions laid over the shipped ones; the later win.

    Raises:
        ArtifactMismatchError: A file is missing or is not the one whose SHA-256 is known.
        DefinitionNotFoundError: There is no such classifier.
    """
    return load_triage_folder(places.find("classifiers", _CLASSIFIER), overrides)


def load_triage_folder(folder: Path, overrides: Sequence[Assumption] = ()) -> Triage:
    """As :func:`load_triage`, from this folder."""
    import yaml

    files = checked_files(folder)
    shipped = read_assumptions(folder / "artifact" / "assumptions.yaml", "munibots")
    return Triage(TriageRules(yaml.safe_load(files["rules.yaml"])), Assumptions({}).over(shipped).over(overrides))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _reason(label_ja: str, evidence: Sequence[Evidence]) -> Reason:
    why = "。".join(dict.fromkeys(e.why_ja for e in evidence))
    routine, judgement = fmean(e.routine for e in evidence), fmean(e.judgement for e in evidence)
    return Reason(f"{label_ja}({why})", round(routine, 6), round(judgement, 6))


def _total(reasons: Sequence[Reason], axis: str) -> float:
    # Points are hundredths: without rounding, 0.2 that came about by adding is not always 0.2.
    return round(sum(r.routine if axis == "routine" else r.judgement for r in reasons), 6)


def _missing(task: Task) -> tuple[str, ...]:
    needed = {"決まった手順": task.fixed_rules, "判断": task.judgement, "法的な行為": task.legal_act}
    absent = [column for column, value in needed.items() if value is None]
    return tuple(absent if task.inputs or task.outputs else [*absent, "入力元", "出力"])


def _missing_for_saving(task: Task, approach: Approach | None) -> tuple[str, ...]:
    if approach in (None, Approach.AS_IS):
        return ()
    needed = {"年間件数": task.cases_a_year, "1件の分数": task.minutes_a_case}
    return tuple(column for column, value in needed.items() if value is None)


def _conflicting_law(task: Task, found: Sequence[tuple[str, WordRule]]) -> Iterator[str]:
    if task.judgement is Judgement.NONE and task.legal_act in (LegalAct.DECISION, LegalAct.COERCION):
        yield (
            f"法的な行為が「{LEGAL_ACTS_JA[task.legal_act]}」なのに、判断が「なし」です。決定の工程と、入力や計算の工程を、"
            "別の行に分けてください"
        )
    if task.legal_act is not LegalAct.NONE:
        return
    for word, rule in found:
        # A task that weighs much without a legal act (an AI's draft, advice) is no contradiction; one without judgement is.
        if rule.legal_act is LegalAct.COERCION or (rule.legal_act is not None and task.judgement is Judgement.NONE):
            yield f"内容に「{word}」があるのに、法的な行為が「なし」です。職員だけが行う工程がないかを確かめてください"
