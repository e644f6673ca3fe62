"""What the label matcher learns from, and how: examples from the definitions, a projection of vectors, weights of evidence."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize
from wordings import wordings

from munibots.classifying.encoder import load_encoder
from munibots.classifying.label_evidence import (
    EVIDENCE,
    NONE_OF_THEM,
    Meant,
    Said,
    meant_by,
    none_of_them,
    weigh,
    with_encoder,
)
from munibots.classifying.label_words import KINDS, LabelWords, label_key
from munibots.domain.form import Form

WORDINGS = 10
"""Generated wordings of a field."""
NONES = 70
"""Labels of each form that mean none of its fields."""
SHARPNESS, RATE, ROUNDS, PULL = 12.0, 2e-3, 4, 2e-3
WEIGHT_PENALTY = 2e-4
ENOUGH = 1000
"""Examples for some thirty weights."""
_TEXT_ONLY = np.array([not name.startswith("near") for name in EVIDENCE])
_NONE_TEXT_ONLY = np.array([not name.startswith("near") for name in NONE_OF_THEM])


@dataclass(frozen=True)
class Example:
    """A label with the fields that it could mean.

    Attributes:
        said: The label.
        among: The fields, some of their wordings withheld.
        right: Rows of ``among`` that it means; empty: none.
        kind: ``made``, ``alias`` (a wording of the definitions, withheld) or ``none``.
    """

    form_id: str
    said: Said
    among: tuple[Meant, ...]
    right: tuple[int, ...]
    kind: str


class Vectors:
    """Encoder vectors by text, each computed once."""

    def __init__(self) -> None:
        """Start without any."""
        self.known: dict[str, np.ndarray] = {}

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """Shape (texts, 384)."""
        for text in texts:
            if text not in self.known:
                # As they are stored: in half precision.
                self.known[text] = load_encoder().encode([text])[0].astype(np.float16).astype(np.float32)
        return np.stack([self.known[text] for text in texts])


def thinned(words: Mapping[str, Mapping[str, Sequence[str]]], share: float, rng: random.Random) -> LabelWords:
    """The words without a share of the wordings: new forms have words that nobody thought of."""
    return LabelWords(
        {k: {n: [w for w in ws if rng.random() >= share] for n, ws in words.get(k, {}).items()} for k in KINDS}
    )


def rarity_of(forms: Sequence[Form], words: LabelWords) -> dict[str, float]:
    """How much a word counts: less, the more labels of the definitions have it."""
    labels = {text for form in forms for m in meant_by(form.fields, words) for text in m.texts}
    seen = Counter(word for text in labels for word in words.meaning(text).words)
    return {word: round(float(np.log((1 + len(labels)) / n)), 3) for word, n in sorted(seen.items())}


def examples(form: Form, others: Sequence[Form], words: Mapping, seed: int) -> list[Example]:
    """Labels for one form: its own withheld wordings, generated ones, and those of other forms that it has nothing for."""
    rng = random.Random(f"{seed}/{form.id}")
    views = [LabelWords(words), LabelWords(words), *(thinned(words, 0.5, rng) for _ in range(3))]
    found: list[Example] = []
    meants = [meant_by(form.fields, view) for view in views]
    for row, meant in enumerate(meants[0]):
        for text in meant.texts[1:]:
            n = rng.randrange(len(views))
            found.append(_example(form, text, row, meants[n], views[n], "alias", withheld=text))
        *heading, last = rng.choice(meant.texts).split()
        for text in wordings("".join(heading), last, rng, WORDINGS):
            n = rng.randrange(len(views))
            among = meants[n] if rng.random() < 0.5 else tuple(_bare(m) for m in meants[n])
            found.append(_example(form, text, row, among, views[n], "made"))
    foreign = [text for other in others for m in meant_by(other.fields, views[0]) for text in m.texts]
    nothing = [*words["nothing"]]
    rng.shuffle(foreign)
    rng.shuffle(nothing)
    for text in _none_of(foreign, meants[0], views[0]) + _none_of(nothing, meants[0], views[0]):
        n = rng.randrange(len(views))
        found.append(Example(form.id, Said.of(text, views[n]), meants[n], (), "none"))
    return [e for e in found if e.said.key]


def _none_of(texts: Sequence[str], among: Sequence[Meant], words: LabelWords) -> list[str]:
    return [text for text in dict.fromkeys(texts) if not _could_mean(text, among, words)][: NONES // 2]


def _bare(meant: Meant) -> Meant:
    return replace(meant, texts=meant.texts[:1], wordings=meant.wordings[:1])


def _example(
    form: Form, text: str, row: int, among: tuple[Meant, ...], view: LabelWords, kind: str, withheld: str = ""
) -> Example:
    said = Said.of(text, view)
    # フリガナ may be that of any person on the form.
    right = {row} | {i for i, m in enumerate(among) if any(said.key in (w.key, w.last) for w in m.wordings)}
    if withheld:
        # Of every field: 旧住所 is the other wording of several.
        among = tuple(
            replace(m, texts=tuple(m.texts[i] for i in kept), wordings=tuple(m.wordings[i] for i in kept))
            if (kept := [i for i, t in enumerate(m.texts) if label_key(t) != said.key])
            else m
            for m in among
        )
    return Example(form.id, said, among, tuple(sorted(right)), kind)


def _could_mean(text: str, among: Sequence[Meant], words: LabelWords) -> bool:
    """Whether a form has anything that another form's label might be taken for by a person, too."""
    meaning = words.meaning(text)
    for meant in among:
        for wording in meant.wordings:
            same_role = not meaning.role or meaning.role == wording.meaning.role
            if (meaning.what or meaning.role) and same_role and wording.meaning.what == meaning.what:
                return True
            either = meaning.words | wording.meaning.words
            if either and len(meaning.words & wording.meaning.words) / len(either) >= 0.3:
                return True
    return False


def learn_projection(found: Sequence[Example], vectors: Vectors, mean: np.ndarray, seed: int) -> np.ndarray:
    """Contrastively: a label is drawn to its field's wording and pushed from those of the form's other fields.

    Starts as the identity and is pulled back to it, because the definitions are few.

    Returns:
        Shape (384, 384).
    """
    rng = np.random.default_rng(seed)
    by_form: dict[str, list[Example]] = {}
    for e in found:
        if e.right:
            by_form.setdefault(e.form_id, []).append(e)
    size = len(mean)
    change = np.zeros((size, size), np.float32)
    first, second = np.zeros_like(change), np.zeros_like(change)
    step = 0
    for _ in range(ROUNDS):
        for form_id in rng.permutation(sorted(by_form)):
            mine = by_form[form_id]
            order = rng.permutation(len(mine))
            fields = vectors.of([m.texts[0] for m in mine[0].among]) - mean
            for batch in np.array_split(order, max(1, len(mine) // 64)):
                labels = vectors.of([mine[i].said.text for i in batch]) - mean
                target = np.zeros((len(batch), len(fields)), np.float32)
                for i, at in enumerate(batch):
                    target[i, list(mine[at].right)] = 1 / len(mine[at].right)
                slope = _slope(change, labels, fields, target) + PULL * change
                step += 1
                first = 0.9 * first + 0.1 * slope
                second = 0.999 * second + 0.001 * slope**2
                change -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-6)
    return (np.eye(size, dtype=np.float32) + change).astype(np.float16).astype(np.float32)


def _slope(change: np.ndarray, labels: np.ndarray, fields: np.ndarray, target: np.ndarray) -> np.ndarray:
    a, b = labels + labels @ change.T, fields + fields @ change.T
    long_a, long_b = np.linalg.norm(a, axis=1, keepdims=True), np.linalg.norm(b, axis=1, keepdims=True)
    a, b = a / long_a, b / long_b
    odds = SHARPNESS * a @ b.T
    chances = np.exp(odds - odds.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    error = SHARPNESS * (chances - target) / len(labels)
    to_a, to_b = error @ b, error.T @ a
    to_a = (to_a - (to_a * a).sum(axis=1, keepdims=True) * a) / long_a
    to_b = (to_b - (to_b * b).sum(axis=1, keepdims=True) * b) / long_b
    return to_a.T @ labels + to_b.T @ fields


class Placed:
    """All vectors that were ever computed, less their mean, plain and as learnt, each of length 1."""

    def __init__(self, vectors: Vectors, mean: np.ndarray, projection: np.ndarray) -> None:
        """Place them all at once."""
        self._row = {text: i for i, text in enumerate(vectors.known)}
        plain = np.stack(list(vectors.known.values())) - mean
        self._both = [m / (np.linalg.norm(m, axis=1, keepdims=True) + 1e-6) for m in (plain, plain @ projection.T)]

    def nearness(self, e: Example) -> np.ndarray:
        """Cosines of a label with each of its fields, shape (fields, 2)."""
        rows, texts = zip(*((row, self._row[t]) for row, m in enumerate(e.among) for t in m.texts), strict=True)
        near = np.full((len(e.among), 2), -1.0, np.float32)
        for column, placed in enumerate(self._both):
            np.maximum.at(near[:, column], list(rows), placed[list(texts)] @ placed[self._row[e.said.text]])
        return near


@dataclass(frozen=True)
class Weighed:
    """An example with its evidence."""

    evidence: np.ndarray
    none: np.ndarray
    right: tuple[int, ...]


def without_encoder(seen: Weighed) -> tuple[np.ndarray, np.ndarray]:
    """The evidence as it is before the encoder is asked."""
    return seen.evidence * _TEXT_ONLY, seen.none * _NONE_TEXT_ONLY


def learn_weights(
    found: Sequence[Weighed], by: str, start: tuple[np.ndarray, np.ndarray] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Weights of the evidence so that the softmax over a form's fields and "none of them" gives the right one.

    Args:
        by: ``text``: without the encoder; ``encoder``: with it.
        start: Weights to start from.

    Returns:
        Shape (len(EVIDENCE),) and (len(NONE_OF_THEM),).
    """
    found = found[:: max(1, len(found) // ENOUGH)]
    most = max(len(w.evidence) for w in found)
    x = np.zeros((len(found), most, len(EVIDENCE)), np.float32)
    there = np.zeros((len(found), most + 1), bool)
    right = np.zeros((len(found), most + 1), bool)
    none = np.stack([w.none for w in found]).astype(np.float32)
    for i, w in enumerate(found):
        x[i, : len(w.evidence)] = w.evidence
        there[i, : len(w.evidence)] = there[i, most] = True
        right[i, list(w.right) or [most]] = True
    if by == "text":
        x, none = x * _TEXT_ONLY, none * _NONE_TEXT_ONLY
    flat = x.reshape(-1, len(EVIDENCE))
    n = len(EVIDENCE)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        w32 = w.astype(np.float32)
        odds = np.concatenate([(flat @ w32[:n]).reshape(len(found), most), (none @ w32[n:])[:, None]], axis=1)
        odds = np.where(there, odds, -1e9).astype(np.float64)
        odds -= odds.max(axis=1, keepdims=True)
        powers = np.exp(odds)
        chances = powers / powers.sum(axis=1, keepdims=True)
        of_right = powers * right
        share = of_right / np.maximum(of_right.sum(axis=1, keepdims=True), 1e-30)
        cost = -np.log(np.maximum((chances * right).sum(axis=1), 1e-30)).mean()
        error = ((chances - share) / len(found)).astype(np.float32)
        slope = np.concatenate([error[:, :-1].reshape(-1) @ flat, error[:, -1] @ none]).astype(np.float64)
        return cost + WEIGHT_PENALTY * float(w @ w), slope + 2 * WEIGHT_PENALTY * w

    begin = np.concatenate(start) if start else np.zeros(n + len(NONE_OF_THEM))
    w = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 80}).x
    used = np.where(_TEXT_ONLY, w[:n], 0.0) if by == "text" else w[:n]
    used_none = np.where(_NONE_TEXT_ONLY, w[n:], 0.0) if by == "text" else w[n:]
    return np.round(used, 4), np.round(used_none, 4)


def weighed(e: Example, rarity: Mapping[str, float], near: np.ndarray) -> Weighed:
    """The evidence of an example."""
    evidence = with_encoder(weigh(e.said, e.among, rarity), near)
    return Weighed(evidence, none_of_them(e.said, evidence), e.right)
