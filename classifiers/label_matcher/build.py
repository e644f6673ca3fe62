"""Teach the label matcher with the wordings of the definitions, and measure it on forms that it was not taught with.

    pip install "munibots[train]"
    python classifiers/label_matcher/build.py

Every form is left out once, with three others: the matcher is then taught with the remaining ones and asked for the labels of
the four. The figures of the model card are those; the shipped matcher is taught with all forms. ``odd_labels.yaml`` is measured
likewise and never learnt from.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import random
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from learning import (
    NONES,
    WORDINGS,
    Placed,
    Vectors,
    Weighed,
    examples,
    learn_projection,
    learn_weights,
    rarity_of,
    weighed,
    without_encoder,
)
from model_card import card
from rich.progress import track
from safetensors.numpy import save

from munibots.bench.label_matching import OddLabel, calibration_error, match_odd_labels, odd_labels
from munibots.classifying.features import FEATURES_VERSION
from munibots.classifying.label_evidence import EVIDENCE, EVIDENCE_VERSION, NONE_OF_THEM, meant_by
from munibots.classifying.label_matcher import LabelMatcher, LabelModel, read_label_model
from munibots.classifying.label_words import KINDS, LabelWords
from munibots.classifying.labels import similarity
from munibots.definitions import places
from munibots.definitions.form_files import load_form

HERE = Path(__file__).parent
RECIPE = "classifiers/label_matcher/build.py 2"
SEED = 4100
LEFT_OUT_TOGETHER = 4
# A sure answer may be wrong this often, a decision without the encoder that often, on forms that were left out.
SURE_WRONG, DECIDED_WRONG = 0.04, 0.01

Model = tuple[dict[str, Any], dict[str, np.ndarray]]


class Taught:
    """A model as it will be stored, without thresholds.

    Args:
        rarity: How much a word counts.
        mean: What all vectors have in common.
        projection: Learnt from some forms.
        seen: Examples of these forms with their evidence.
        start: Weights to start from.
    """

    def __init__(
        self,
        rarity: dict[str, float],
        mean: np.ndarray,
        projection: np.ndarray,
        seen: Sequence[Weighed],
        start: Taught | None = None,
    ) -> None:
        """Learn the weights."""
        self.rarity, self.mean, self.projection = rarity, mean, projection
        self.weights = {by: learn_weights(seen, by, start.weights[by] if start else None) for by in ("text", "encoder")}

    def model(self, words: dict, vectors: Vectors, sure_from: dict[str, float], decided_from: float) -> Model:
        """The contents of the two files."""
        forms = [load_form(form_id) for form_id in places.names("forms")]
        texts = sorted({t for form in forms for m in meant_by(form.fields, LabelWords(words)) for t in m.texts})
        plain = {
            "evidence": list(EVIDENCE),
            "evidence_version": EVIDENCE_VERSION,
            "features_version": FEATURES_VERSION,
            "none_of_them": list(NONE_OF_THEM),
            "weights": {by: w.tolist() for by, (w, _) in self.weights.items()},
            "none_weights": {by: w.tolist() for by, (_, w) in self.weights.items()},
            "sure_from": sure_from,
            "decided_from": decided_from,
            "words": {kind: words[kind] for kind in KINDS},
            "rarity": self.rarity,
            "texts": texts,
        }
        arrays = {
            "mean": self.mean.astype(np.float32),
            "projection": self.projection.astype(np.float16),
            "vectors": vectors.of(texts).astype(np.float16),
        }
        return plain, {name: np.ascontiguousarray(a) for name, a in arrays.items()}


def answer(model: LabelModel, seen: Weighed, by: str) -> tuple[float, bool, bool]:
    """The confidence of the first answer, whether it is right, and whether one of the first three is."""
    evidence, none = (seen.evidence, seen.none) if by == "encoder" else without_encoder(seen)
    chances = model.probabilities(evidence, none, by)[:-1]
    order = np.argsort(-chances, kind="stable")[:3]
    return float(chances[order[0]]), int(order[0]) in seen.right, bool(set(order.tolist()) & set(seen.right))


def least_confidence(scored: Sequence[tuple[float, bool, bool]], wrong: float) -> float:
    """The lowest confidence above which no more than this share is wrong, counted from the top."""
    level, missed = 1.0, 0
    for n, (p, right, _) in enumerate(sorted(scored, reverse=True), start=1):
        missed += not right
        if missed <= wrong * n:
            level = p
    return round(min(level, 0.9999), 4)


def measure(scored: Mapping[str, Sequence[tuple[float, bool, bool]]], sure_from: float) -> dict[str, Any]:
    """Figures of each kind of example."""
    report: dict[str, Any] = {}
    for kind in ("made", "alias"):
        rows = scored[kind]
        report[kind] = {
            "labels": len(rows),
            "first": round(sum(r for _, r, _ in rows) / len(rows), 4),
            "first_three": round(sum(t for _, _, t in rows) / len(rows), 4),
            "sure_share": round(sum(p >= sure_from for p, _, _ in rows) / len(rows), 4),
        }
    rows = [r for kind in scored.values() for r in kind]
    sure = [r for r in rows if r[0] >= sure_from]
    none = scored["none"]
    report["none"] = {
        "labels": len(none),
        "let_through": round(sum(p >= sure_from for p, _, _ in none) / len(none), 4),
    }
    report["sure_wrong_share"] = round(sum(not r for _, r, _ in sure) / max(1, len(sure)), 4)
    report["calibration_error"] = round(calibration_error([(p, r) for p, r, _ in rows]), 4)
    report["reliability"] = [
        [
            i / 10,
            len(here),
            round(sum(p for p, _ in here) / len(here), 3),
            round(sum(r for _, r in here) / len(here), 3),
        ]
        for i in range(10)
        if (here := [(p, r) for p, r, _ in rows if min(int(p * 10), 9) == i])
    ]
    ordered = sorted(rows, reverse=True)
    report["risk_coverage"] = [
        [share, round(ordered[n - 1][0], 3), round(sum(not r for _, r, _ in ordered[:n]) / n, 4)]
        for share in (0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
        if (n := int(share * len(ordered)))
    ]
    return report


def by_letters(labels: Sequence[OddLabel], vectors: Vectors | None) -> dict[str, float]:
    """How far one gets by edit distance alone, or with vectors the cosine of the encoder alone."""
    words = LabelWords({})
    first = three = 0
    for label in labels:
        among = meant_by(label.fields, words)
        texts = [(m.fields[0].name, t) for m in among for t in m.texts]
        if vectors is None:
            scored = [similarity(label.text, t) for _, t in texts]
        else:
            scored = (vectors.of([t for _, t in texts]) @ vectors.of([label.text])[0]).tolist()
        names = list(
            dict.fromkeys(name for _, name in sorted(zip(scored, (n for n, _ in texts), strict=True), reverse=True))
        )
        first += names[0] in label.meant
        three += bool(set(names[:3]) & label.meant)
    return {"first": round(first / len(labels), 4), "first_three": round(three / len(labels), 4)}


def main() -> None:
    """Learn without each form, choose the thresholds, measure, learn with all, write."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    words = yaml.safe_load((HERE / "words.yaml").read_text(encoding="utf-8"))
    forms = [load_form(form_id) for form_id in places.names("forms")]
    found = {f.id: examples(f, [o for o in forms if o.id != f.id], words, SEED) for f in forms}
    vectors = Vectors()
    for mine in track(list(found.values()), "vectors"):
        vectors.of([text for e in mine for text in (e.said.text, *(t for m in e.among for t in m.texts))])

    ids = [form.id for form in forms]
    random.Random(SEED).shuffle(ids)
    folds = [ids[i : i + LEFT_OUT_TOGETHER] for i in range(0, len(ids), LEFT_OUT_TOGETHER)]
    scored: dict[str, dict[str, list]] = {
        by: {kind: [] for kind in ("made", "alias", "none")} for by in ("text", "encoder")
    }
    rarity = rarity_of(forms, LabelWords(words))
    mean = vectors.of(sorted({m.texts[0] for mine in found.values() for m in mine[0].among})).mean(axis=0)
    # An example is weighed with a projection that never saw its form, as a city's own form will be.
    projections = {
        tuple(fold): learn_projection([e for f in ids if f not in fold for e in found[f]], vectors, mean, SEED)
        for fold in track(folds, "projections")
    }
    seen: dict[str, list[Weighed]] = {}
    for fold, projection in projections.items():
        placed = Placed(vectors, mean, projection)
        seen |= {f: [weighed(e, rarity, placed.nearness(e)) for e in found[f]] for f in fold}
    whole = Taught(
        rarity,
        mean,
        learn_projection([e for f in ids for e in found[f]], vectors, mean, SEED),
        [w for f in ids for w in seen[f]],
    )
    without: dict[str, Taught] = {}
    for fold, projection in track(projections.items(), "left out"):
        taught = Taught(rarity, mean, projection, [w for f in ids if f not in fold for w in seen[f]], whole)
        model = read_label_model(*taught.model(words, vectors, {"text": 1.0, "encoder": 1.0}, 1.0))
        for form_id in fold:
            without[form_id] = taught
            for by, kinds in scored.items():
                for e, w in zip(found[form_id], seen[form_id], strict=True):
                    kinds[e.kind].append(answer(model, w, by))
    # What people really wrote differently, and what means nothing: generated wordings are easier than life.
    hard = {by: kinds["alias"] + kinds["none"] for by, kinds in scored.items()}
    sure_from = {by: least_confidence(rows, SURE_WRONG) for by, rows in hard.items()}
    decided_from = max(sure_from["text"], least_confidence(hard["text"], DECIDED_WRONG))

    plain, arrays = whole.model(words, vectors, sure_from, decided_from)
    matchers = {
        form_id: LabelMatcher(read_label_model(*taught.model(words, vectors, sure_from, decided_from)))
        for form_id, taught in without.items()
    }
    final = LabelMatcher(read_label_model(plain, arrays))
    labels = list(odd_labels())
    meaning = [label for label in labels if label.meant]
    digest = hashlib.sha256(
        json.dumps([[e.form_id, e.said.text, e.right, e.kind] for mine in found.values() for e in mine]).encode()
    ).hexdigest()
    metrics = {
        "recipe": RECIPE,
        "data_hash": digest,
        "odd_labels_sha256": hashlib.sha256((HERE / "odd_labels.yaml").read_bytes()).hexdigest(),
        "made_with": {name: version(name) for name in ("numpy", "scipy", "onnxruntime")}
        | {"python": platform.python_version()},
        "forms": len(forms),
        "wordings_of_a_field": WORDINGS,
        "nones_of_a_form": NONES,
        "sure_from": sure_from,
        "decided_from": decided_from,
        "left_out": {by: measure(kinds, sure_from[by]) for by, kinds in scored.items()},
        "odd": match_odd_labels(lambda label: matchers.get(label.form_id, final), iter(labels)).figures(),
        "odd_own_forms": match_odd_labels(lambda _: final, (x for x in labels if not x.defined)).figures(),
        "odd_taught_with_all": match_odd_labels(lambda _: final, iter(labels)).figures(),
        "odd_by_edit_distance": by_letters(meaning, None),
        "odd_by_encoder_alone": by_letters(meaning, vectors),
        "odd_without_words": match_odd_labels(
            without_words(matchers, without, vectors, sure_from), iter(labels)
        ).figures(),
    }
    write(plain, arrays, metrics)
    print(json.dumps({k: v for k, v in metrics.items() if k.startswith("odd")}, ensure_ascii=False, indent=1))


def without_words(matchers: dict, without: dict[str, Taught], vectors: Vectors, sure_from: dict[str, float]) -> Any:
    """The same matchers with no words at all: how much depends on ``words.yaml``."""
    nothing: dict = {kind: {} for kind in KINDS}
    bare = {
        form_id: LabelMatcher(read_label_model(*taught.model(nothing, vectors, sure_from, 1.0)))
        for form_id, taught in without.items()
    }
    some = next(iter(bare.values()))
    return lambda label: bare.get(label.form_id, some)


def write(plain: dict[str, Any], arrays: dict[str, np.ndarray], metrics: dict[str, Any]) -> None:
    """The artifact and what is said of it."""
    artifact = HERE / "artifact"
    artifact.mkdir(exist_ok=True)
    model = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    tensors = save(arrays)
    (artifact / "matcher.json").write_bytes(model)
    (artifact / "matcher.safetensors").write_bytes(tensors)
    (HERE / "metrics.json").write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (HERE / "classifier.yaml").write_text(
        f"""# build.py が書きます。手で直さないでください。
id: label_matcher
name_ja: 見出しと項目の対応
kind: label_matcher
artifact: artifact/matcher.safetensors
sha256: {hashlib.sha256(tensors).hexdigest()}
files:
  artifact/matcher.json: {hashlib.sha256(model).hexdigest()}
recipe: {RECIPE}
features_version: {FEATURES_VERSION}
data_hash: {metrics["data_hash"]}
""",
        encoding="utf-8",
    )
    (HERE / "MODEL_CARD.md").write_text(card(metrics), encoding="utf-8")


if __name__ == "__main__":
    main()
