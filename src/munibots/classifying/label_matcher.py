"""Which field of the definitions a label on a paper or a screen means, taught by ``classifiers/label_matcher/build.py``.

The wording is looked at first. Only where it leaves a doubt is the encoder loaded and asked. Neither torch nor
scikit-learn is needed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from munibots.classifying.artifacts import checked_files
from munibots.classifying.encoder import load_encoder
from munibots.classifying.features import FEATURES_VERSION
from munibots.classifying.label_evidence import (
    EVIDENCE,
    EVIDENCE_VERSION,
    Meant,
    Said,
    meant_by,
    none_of_them,
    weigh,
    with_encoder,
)
from munibots.classifying.label_words import LabelWords, label_key
from munibots.definitions import places
from munibots.definitions.form_files import load_form
from munibots.domain.form import Field
from munibots.errors import ArtifactMismatchError
from munibots.shipped import shipped_folder

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["LabelMatch", "LabelMatcher", "LabelModel", "load_label_matcher", "read_label_model"]

LONGEST_LABEL: Final = 80
"""Characters of a label that are looked at; what is longer is a sentence."""

_SLOT_NO = re.compile(r"(?<![0-9])([0-9]{1,2})(?![0-9桁月日歳ケか年時分])")
_WHY = {
    "same": "見出しが同じ",
    "same_without_brackets": "かっこの中を除けば同じ",
    "same_last_part": "見出しの終わりが同じ",
    "alike": "字の並びが似ている",
    "alike_without_brackets": "字の並びが似ている",
    "alike_last_part": "見出しの終わりが似ている",
    "shortened": "見出しを縮めた形",
    "within": "見出しの一部",
    "around": "見出しを含む",
    "words_shared": "同じ意味の言葉",
    "words_of_label": "同じ意味の言葉",
    "words_of_field": "同じ意味の言葉",
    "what_same": "書く内容の種類が同じ",
    "role_same": "同じ人についての欄",
    "time_same": "新旧の別が同じ",
    "type_fits": "項目の種類に合う",
    "person_alone": "人を指す言葉だけの欄は氏名",
    "near": "意味が近い",
    "near_learnt": "意味が近い",
}


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A field that a label may mean.

    Attributes:
        field: Of a repeated group, the slot whose number the label says, else the first one.
        confidence: 0–1, the probability that this field is meant and not another one or none.
        sure: Whether the confidence reaches what the model card promises. If no match is sure, the answer is "I do not
            know", and the matches are proposals for a person.
        why: In Japanese, what speaks for it most.
        form_id: The form that has the field, the first of them in order where several have it; ``None`` where the
            fields were given.
    """

    field: Field
    confidence: float
    sure: bool
    why: str
    form_id: str | None = None


@dataclass(frozen=True, slots=True)
class LabelModel:
    """What was learnt.

    Attributes:
        words: Words of labels.
        rarity: How much a word counts.
        weights: Of the evidence for a field, for ``text`` and ``encoder``; each of shape (len(EVIDENCE),).
        none_weights: Of the evidence that none is meant, likewise, shape (len(NONE_OF_THEM),).
        sure_from: Confidence from which a match is sure, likewise.
        decided_from: Confidence of the wording alone from which the encoder is not asked.
        mean: What is taken off a vector, shape (384,).
        projection: What a vector is then multiplied with, shape (384, 384).
        vectors: Of known wordings, so that they need not be computed.
    """

    words: LabelWords
    rarity: Mapping[str, float]
    weights: Mapping[str, NDArray[np.float64]]
    none_weights: Mapping[str, NDArray[np.float64]]
    sure_from: Mapping[str, float]
    decided_from: float
    mean: NDArray[np.float32]
    projection: NDArray[np.float32]
    vectors: Mapping[str, NDArray[np.float32]]

    def placed(self, vectors: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Encoder vectors, shape (n, 384), without what they have in common: plain, and as learnt; each of length 1."""
        plain = np.asarray(vectors - self.mean, np.float32)
        return _unit(plain), _unit(np.asarray(plain @ self.projection.T, np.float32))

    def probabilities(self, evidence: NDArray[np.float64], none: NDArray[np.float64], by: str) -> NDArray[np.float64]:
        """Of each field, and last that none is meant; shape (fields + 1,)."""
        odds = np.append(evidence @ self.weights[by], none @ self.none_weights[by])
        powers = np.exp(odds - odds.max())
        return np.asarray(powers / powers.sum())


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6), np.float32)


@dataclass(slots=True)
class _Among:
    meant: tuple[Meant, ...]
    form_ids: tuple[str | None, ...]
    placed: tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.intp]] | None = None


class LabelMatcher:
    """Finds the field that a label means. Build one and share it.

    Args:
        model: What was learnt.
    """

    def __init__(self, model: LabelModel) -> None:
        """Keep the model; nothing else is loaded yet."""
        self._model = model
        self._known: dict[str | tuple[Field, ...] | None, _Among] = {}

    def match(self, label: str, *, among: Sequence[Field] | str | None = None, k: int = 3) -> tuple[LabelMatch, ...]:
        """The fields that a label most likely means.

        Args:
            label: As printed, shown or recognised.
            among: The fields to choose from, or the id of a form; all fields of all forms where nothing is given.
            k: How many at most.

        Returns:
            Best first. Empty for a label without a letter, or where there is nothing to choose from. If the first is not
            ``sure``, the answer is "I do not know".

        Raises:
            DefinitionNotFoundError: No such form.
            ArtifactMismatchError: The encoder is needed, and its files are not those that were shipped.
        """
        chosen = self._among(among)
        said = Said.of(label[:LONGEST_LABEL], self._model.words)
        if not said.key or not chosen.meant:
            return ()
        by = "text"
        evidence = weigh(said, chosen.meant, self._model.rarity)
        chances = self._model.probabilities(evidence, none_of_them(said, evidence), by)
        if chances[:-1].max() < self._model.decided_from:
            by = "encoder"
            evidence = with_encoder(evidence, self._near(said, chosen))
            chances = self._model.probabilities(evidence, none_of_them(said, evidence), by)
        order = np.argsort(-chances[:-1], kind="stable")[:k]
        return tuple(
            LabelMatch(
                _slot(label, chosen.meant[i]),
                round(float(chances[i]), 4),
                bool(chances[i] >= self._model.sure_from[by]),
                self._why(evidence[i], by),
                chosen.form_ids[i],
            )
            for i in order
        )

    def _why(self, evidence: NDArray[np.float64], by: str) -> str:
        speaks = evidence * self._model.weights[by]
        reasons = [_WHY[EVIDENCE[i]] for i in np.argsort(-speaks) if speaks[i] > 0 and EVIDENCE[i] in _WHY]
        return "、".join(list(dict.fromkeys(reasons))[:2])

    def _among(self, among: Sequence[Field] | str | None) -> _Among:
        key = among if among is None or isinstance(among, str) else tuple(among)
        if key not in self._known:
            self._known[key] = self._collected(key)
        return self._known[key]

    def _collected(self, among: tuple[Field, ...] | str | None) -> _Among:
        if isinstance(among, tuple):
            meant = meant_by(among, self._model.words)
            return _Among(meant, (None,) * len(meant))
        found: dict[object, tuple[Meant, str]] = {}
        for form_id in (among,) if among is not None else places.names("forms"):
            for meant_here in meant_by(load_form(form_id).fields, self._model.words):
                # 申請年月日 of four forms is one answer, not four.
                same = (label_key(meant_here.texts[0]), meant_here.fields[0].type)
                found.setdefault(same if among is None else meant_here.fields[0].name, (meant_here, form_id))
        return _Among(tuple(m for m, _ in found.values()), tuple(f for _, f in found.values()))

    def _near(self, said: Said, chosen: _Among) -> NDArray[np.float32]:
        if chosen.placed is None:
            texts = [(row, text) for row, meant in enumerate(chosen.meant) for text in meant.texts]
            vectors = np.stack([self._vector(text) for _, text in texts])
            chosen.placed = (*self._model.placed(vectors), np.array([row for row, _ in texts]))
        plain, learnt, rows = chosen.placed
        label = self._model.placed(self._vector(said.text)[None])
        near = np.full((len(chosen.meant), 2), -1.0, np.float32)
        for column, (texts_placed, label_placed) in enumerate(zip((plain, learnt), label, strict=True)):
            np.maximum.at(near[:, column], rows, texts_placed @ label_placed[0])
        return near

    def _vector(self, text: str) -> NDArray[np.float32]:
        known = self._model.vectors.get(text)
        return known if known is not None else load_encoder().encode([text])[0]


def _slot(label: str, meant: Meant) -> Field:
    """Of a repeated group, the slot whose number the label says."""
    if len(meant.fields) > 1:
        numbers = {int(n) for n in _SLOT_NO.findall(unicodedata.normalize("NFKC", label))}
        for field in meant.fields:
            if numbers == {field.group_no}:
                return field
    return meant.fields[0]


def read_label_model(plain: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> LabelModel:
    """The model from the contents of ``matcher.json`` and ``matcher.safetensors``."""
    vectors = arrays["vectors"].astype(np.float32)
    return LabelModel(
        LabelWords(plain["words"]),
        plain["rarity"],
        {by: np.array(w) for by, w in plain["weights"].items()},
        {by: np.array(w) for by, w in plain["none_weights"].items()},
        plain["sure_from"],
        plain["decided_from"],
        arrays["mean"].astype(np.float32),
        arrays["projection"].astype(np.float32),
        dict(zip(plain["texts"], vectors, strict=True)),
    )


@cache
def load_label_matcher(folder: Path | None = None) -> LabelMatcher:
    """The shipped matcher.

    Args:
        folder: Folder of the classifier; the shipped one where none is given.

    Raises:
        ArtifactMismatchError: A file is missing or not the one that ``classifier.yaml`` states, or it was made for other
            evidence than this version collects.
    """
    from safetensors.numpy import load

    folder = folder or shipped_folder("classifiers") / "label_matcher"
    files = checked_files(folder)
    plain = json.loads(files["matcher.json"])
    made_for = (plain["evidence"], plain["evidence_version"], plain["features_version"])
    if made_for != (list(EVIDENCE), EVIDENCE_VERSION, FEATURES_VERSION):
        raise ArtifactMismatchError(artifact=folder.name)
    return LabelMatcher(read_label_model(plain, load(files["matcher.safetensors"])))
