"""From raw evidence to the probability that a field is right.

For each field type a logistic model over named features, fitted by ``classifiers/field_confidence/build.py`` and shipped as
JSON: numbers that a person can read, nothing that can run. The type also has a threshold ``accept_at``, chosen on data that
the model has not seen; a type without one is never accepted without eyes (names).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from munibots.classifying.artifacts import checked_files
from munibots.domain.form import FieldType
from munibots.errors import ArtifactMismatchError
from munibots.shipped import shipped_folder

__all__ = ["FEATURES_VERSION", "Calibration", "FieldModel", "even_scale", "load_calibration"]

FEATURES_VERSION = 2
"""Raise it whenever a feature changes its meaning: a model fitted on the old one must not be used with the new one."""

_ARTIFACT = "field_confidence"


@dataclass(frozen=True, slots=True)
class FieldModel:
    """A logistic model: features are brought to an even scale, centred, scaled, clipped to ±4 and weighted.

    Attributes:
        features: Their names; one that a reading lacks counts as its mean.
        accept_at: Confidence from which a field needs no eyes; ``None``: never.
    """

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weight: tuple[float, ...]
    bias: float
    accept_at: float | None

    def probability(self, features: Mapping[str, float]) -> float:
        """0–1."""
        total = self.bias
        for name, mean, scale, weight in zip(self.features, self.mean, self.scale, self.weight, strict=True):
            x = even_scale(name, features[name]) if name in features else mean
            total += weight * max(-4.0, min(4.0, (x - mean) / scale))
        return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, total))))


def even_scale(name: str, value: float) -> float:
    """A feature as the model sees it: probabilities (named ``…_p``) as log odds, margins cut at 12, all else as it is.

    Between 0.99 and 0.999 lies as much as between 0.5 and 0.9.
    """
    if name.endswith("_p"):
        p = max(0.0, min(1.0, value))
        return math.log((p + 1e-4) / (1.0 - p + 1e-4))
    return max(-12.0, min(12.0, value))


@dataclass(frozen=True, slots=True)
class Calibration:
    """The models of all field types.

    Attributes:
        recipe: The script that made it, with its version.
        data_hash: SHA-256 over the features and answers it was fitted on.
    """

    models: Mapping[FieldType, FieldModel]
    recipe: str = ""
    data_hash: str = ""

    def probability(self, kind: FieldType, features: Mapping[str, float]) -> float:
        """The probability that a value of this type with this evidence is right; 0 for a type without a model."""
        model = self.models.get(kind)
        return 0.0 if model is None else model.probability(features)

    def accept_at(self, kind: FieldType) -> float | None:
        """The confidence from which a field of this type needs no eyes, or ``None``: it always does."""
        model = self.models.get(kind)
        return None if model is None else model.accept_at

    def to_json(self) -> dict[str, Any]:
        """What :meth:`from_json` reads."""
        return {
            "features_version": FEATURES_VERSION,
            "recipe": self.recipe,
            "data_hash": self.data_hash,
            "models": {
                kind.value: {
                    "features": list(m.features),
                    "mean": list(m.mean),
                    "scale": list(m.scale),
                    "weight": list(m.weight),
                    "bias": m.bias,
                    "accept_at": m.accept_at,
                }
                for kind, m in sorted(self.models.items())
            },
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Calibration:
        """Read what :meth:`to_json` wrote.

        Raises:
            ArtifactMismatchError: It was fitted on another version of the features, or a model is not whole.
        """
        if data.get("features_version") != FEATURES_VERSION:
            raise ArtifactMismatchError(artifact=_ARTIFACT)
        models = {}
        for kind, m in data["models"].items():
            names, scale = tuple(m["features"]), tuple(m["scale"])
            mean, weight = tuple(m["mean"]), tuple(m["weight"])
            if not len(names) == len(mean) == len(scale) == len(weight) or any(s <= 0 for s in scale):
                raise ArtifactMismatchError(artifact=_ARTIFACT)
            models[FieldType(kind)] = FieldModel(names, mean, scale, weight, m["bias"], m["accept_at"])
        return cls(MappingProxyType(models), data["recipe"], data["data_hash"])


@cache
def load_calibration(folder: Path | None = None) -> Calibration:
    """The shipped calibration.

    Args:
        folder: Folder of the classifier; the shipped one where none is given.

    Raises:
        ArtifactMismatchError: The artifact is missing, or its SHA-256 is not the one in ``classifier.yaml``.
    """
    files = checked_files(folder or shipped_folder("classifiers") / _ARTIFACT)
    return Calibration.from_json(json.loads(files["calibration.json"]))
