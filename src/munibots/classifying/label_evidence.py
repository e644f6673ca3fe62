"""How much speaks for a label meaning a field: the evidence that ``classifiers/label_matcher`` weighs.

One place for learning and for use, with a version.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from munibots.classifying.label_words import LabelMeaning, LabelWords, label_key, without_brackets
from munibots.classifying.labels import similarity
from munibots.domain.form import Field, FieldType

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "EVIDENCE",
    "EVIDENCE_VERSION",
    "MEANT",
    "NONE_OF_THEM",
    "Meant",
    "Said",
    "meant_by",
    "none_of_them",
    "weigh",
]

EVIDENCE_VERSION = 1

EVIDENCE: Final = (
    "same", "same_without_brackets", "same_last_part", "alike", "alike_without_brackets", "alike_last_part", "shortened",
    "within", "around", "words_shared", "words_of_label", "words_of_field", "what_same", "what_other", "role_same",
    "role_other", "role_unsaid", "time_same", "time_other", "time_unsaid", "type_fits", "type_unfit", "person_alone",
    "near", "near_learnt",
)  # fmt: skip
"""Names of the evidence for one field; the last two need the encoder and are 0 without it."""

NONE_OF_THEM: Final = (
    "always",
    "same",
    "alike",
    "words_shared",
    "words_of_label",
    "near",
    "near_learnt",
    "short_label",
)
"""Names of the evidence that none of the fields is meant."""

# What each kind of word asks for, by the type of the field; a word that is not here fits every type.
MEANT: Final[Mapping[str, frozenset[FieldType]]] = {
    "name": frozenset({FieldType.NAME, FieldType.TEXT}),
    "kana": frozenset({FieldType.KANA}),
    "address": frozenset({FieldType.ADDRESS, FieldType.TEXT, FieldType.CHOICE}),
    "postal": frozenset({FieldType.POSTAL_CODE}),
    "phone": frozenset({FieldType.PHONE}),
    "birth": frozenset({FieldType.DATE}),
    "date": frozenset({FieldType.DATE}),
    "age": frozenset({FieldType.DIGITS, FieldType.TEXT}),
    "sex": frozenset({FieldType.CHOICE}),
    "relation": frozenset({FieldType.CHOICE, FieldType.TEXT}),
    "my_number": frozenset({FieldType.MY_NUMBER}),
    "amount": frozenset({FieldType.YEN}),
    "kind": frozenset({FieldType.CHOICE, FieldType.MARKS, FieldType.TEXT}),
    "status": frozenset({FieldType.CHOICE, FieldType.MARKS}),
    "reason": frozenset({FieldType.CHOICE, FieldType.MARKS, FieldType.TEXT}),
    "title": frozenset({FieldType.TEXT, FieldType.NAME}),
}
_NO_TYPE: Final[frozenset[FieldType]] = frozenset()
_COUNTER = re.compile(r"(?<=\D)[0-9]+$")
# 異動者2 氏名: the slot's number says nothing about the kind of field.
_SAID_COUNTER = re.compile(r"([一-龠ぁ-んァ-ヺ])[0-9]{1,2}(?=\s|の|$)")
# A word that no definition has is as rare as one that a single one has.
_RARE = 5.0


@dataclass(frozen=True, slots=True)
class _Wording:
    key: str
    core: str
    last: str
    meaning: LabelMeaning


@dataclass(frozen=True, slots=True)
class Meant:
    """A field that a label may mean; the slots of a repeated group are one.

    Attributes:
        fields: The field, or those of all slots in their order.
        texts: Its label and other wordings, without the slot's number.
    """

    fields: tuple[Field, ...]
    texts: tuple[str, ...]
    wordings: tuple[_Wording, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A label that was found somewhere, taken apart."""

    text: str
    key: str
    core: str
    meaning: LabelMeaning

    @classmethod
    def of(cls, label: str, words: LabelWords) -> Said:
        """Take a label apart."""
        bare = _SAID_COUNTER.sub(r"\1", unicodedata.normalize("NFKC", without_brackets(label)))
        return cls(label, label_key(label), label_key(bare), words.meaning(label))


def meant_by(fields: Sequence[Field], words: LabelWords) -> tuple[Meant, ...]:
    """The fields with their wordings, slots of a group together."""
    slots: dict[tuple[str, str], list[Field]] = {}
    for field in fields:
        name = field.name if field.group is None else field.name.replace(str(field.group_no), "", 1)
        slots.setdefault((field.group or "", name), []).append(field)
    found = []
    for same in slots.values():
        texts = tuple(dict.fromkeys(_plain(text, same[0]) for text in (same[0].label_ja, *same[0].aliases)))
        found.append(Meant(tuple(same), texts, tuple(_wording(text, words) for text in texts)))
    return tuple(found)


def _plain(text: str, field: Field) -> str:
    parts = text.split()
    if field.group is None or len(parts) < 2:
        return text
    return " ".join((*(_COUNTER.sub("", part) for part in parts[:-1]), parts[-1]))


def _wording(text: str, words: LabelWords) -> _Wording:
    parts = text.split()
    last = label_key(parts[-1]) if len(parts) > 1 else ""
    return _Wording(label_key(text), label_key(without_brackets(text)), last, words.meaning(text))


def weigh(said: Said, among: Sequence[Meant], rarity: Mapping[str, float]) -> NDArray[np.float64]:
    """The evidence of the wording for each of some fields.

    Args:
        said: The label.
        among: The fields.
        rarity: How much a word counts, by its name.

    Returns:
        Shape (fields, len(EVIDENCE)); 0 for what the encoder has to say.
    """
    found = np.zeros((len(among), len(EVIDENCE)))
    for row, meant in enumerate(among):
        values = [_evidence(said, wording, meant.fields[0], rarity) for wording in meant.wordings]
        # What speaks for it may come from any wording; what speaks against it must come from all of them.
        best = np.array(values)
        found[row, : best.shape[1]] = np.where(_AGAINST, best.min(axis=0), best.max(axis=0))
    return found


def with_encoder(evidence: NDArray[np.float64], near: NDArray[np.float32]) -> NDArray[np.float64]:
    """The same with the encoder's evidence: cosines, plain and learnt, shape (fields, 2)."""
    return np.concatenate([evidence[:, :-2], near], axis=1)


def none_of_them(said: Said, evidence: NDArray[np.float64]) -> NDArray[np.float64]:
    """The evidence that no field is meant, shape (len(NONE_OF_THEM),)."""
    best = {name: float(evidence[:, i].max(initial=0.0)) for i, name in enumerate(EVIDENCE)}
    best |= {"always": 1.0, "short_label": float(len(said.key) <= 2)}
    return np.array([best[name] for name in NONE_OF_THEM])


_AGAINST = np.array(["other" in name or "unsaid" in name or "unfit" in name for name in EVIDENCE[:-2]])


def _evidence(said: Said, wording: _Wording, field: Field, rarity: Mapping[str, float]) -> list[float]:
    a, b = said.meaning, wording.meaning
    shared = sum(rarity.get(w, _RARE) for w in a.words & b.words)
    of_label = sum(rarity.get(w, _RARE) for w in a.words) or 1.0
    of_field = sum(rarity.get(w, _RARE) for w in b.words) or 1.0
    types = MEANT.get(a.what, _NO_TYPE)
    return [
        float(said.key == wording.key and bool(said.key)),
        float(said.core == wording.core and bool(said.core)),
        float(bool(wording.last) and said.core == wording.last),
        _alike(said.key, wording.key),
        _alike(said.core, wording.core),
        _alike(said.core, wording.last) if wording.last else 0.0,
        _shortened(said.core, wording.key),
        len(said.core) / len(wording.key) if said.core and said.core in wording.key else 0.0,
        len(wording.core) / len(said.key) if wording.core and wording.core in said.key else 0.0,
        shared / (of_label + of_field - shared),
        shared / of_label,
        shared / of_field,
        float(bool(a.what) and a.what == b.what),
        float(bool(a.what) and bool(b.what) and a.what != b.what),
        float(bool(a.role) and a.role == b.role),
        float(bool(a.role) and bool(b.role) and a.role != b.role),
        float(not a.role and bool(b.role)),
        float(bool(a.time) and a.time == b.time),
        float(bool(a.time) and bool(b.time) and a.time != b.time),
        float(not a.time and bool(b.time)),
        float(field.type in types),
        float(bool(types) and field.type not in types),
        # 来庁者 alone, before a line, asks for the name.
        float(bool(a.role) and not a.what and a.role == b.role and field.type is FieldType.NAME),
    ]


def _alike(a: str, b: str) -> float:
    # Without a common character it is 0 anyway, and most pairs have none.
    return similarity(a, b) if not set(a).isdisjoint(b) else 0.0


def _shortened(short: str, long: str) -> float:
    """The share of a label that is left of it, if all its characters stand in the longer one in their order."""
    if not 2 <= len(short) < len(long):
        return 0.0
    rest = iter(long)
    return len(short) / len(long) if all(c in rest for c in short) else 0.0
