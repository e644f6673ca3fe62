"""Evidence to probabilities."""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.domain.form import FieldType
from munibots.errors import ArtifactMismatchError
from munibots.reading.calibration import Calibration, FieldModel, even_scale, load_calibration

from .shipped_files import ship

MODEL = FieldModel(("min_char_p", "agreement"), (4.0, 0.8), (2.0, 0.4), (1.0, 0.5), 1.0, 0.95)
CALIBRATION = Calibration(MappingProxyType({FieldType.PHONE: MODEL}), "recipe 1", "abc")


def _ship(folder: Path, calibration: Calibration) -> Path:
    return ship(folder, "field_confidence", "calibration.json", json.dumps(calibration.to_json()).encode())


@given(st.floats(0, 1), st.floats(0, 1))
def test_better_evidence_never_lowers_it(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert MODEL.probability({"min_char_p": low}) <= MODEL.probability({"min_char_p": high}) + 1e-12


def test_missing_evidence_counts_as_the_mean() -> None:
    assert MODEL.probability({}) == pytest.approx(1 / (1 + 2.718281828459045**-1))


def test_a_type_without_a_model_is_never_sure() -> None:
    assert CALIBRATION.probability(FieldType.NAME, {"min_char_p": 1.0}) == 0.0
    assert CALIBRATION.accept_at(FieldType.NAME) is None


def test_probabilities_are_spread_by_their_odds() -> None:
    assert even_scale("min_char_p", 0.999) - even_scale("min_char_p", 0.99) > 2
    assert even_scale("margin_second", 500.0) == 12.0


def test_it_is_shipped_and_read_back(tmp_path: Path) -> None:
    back = load_calibration(_ship(tmp_path, CALIBRATION))
    assert back.to_json() == CALIBRATION.to_json()


def test_a_changed_artifact_is_refused(tmp_path: Path) -> None:
    folder = _ship(tmp_path, CALIBRATION)
    artifact = folder / "artifact" / "calibration.json"
    artifact.write_text(artifact.read_text("utf-8").replace("0.95", "0.10"), encoding="utf-8")
    with pytest.raises(ArtifactMismatchError, match="MB-E703"):
        load_calibration(folder)


def test_a_missing_artifact_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArtifactMismatchError):
        load_calibration(tmp_path)


@pytest.mark.parametrize(("key", "value"), [("features_version", 0), ("models", {"phone": None})])
def test_another_version_or_a_broken_model_is_refused(key: str, value: object) -> None:
    data = CALIBRATION.to_json()
    if key == "models":
        data["models"]["phone"]["weight"] = [1.0]
    else:
        data[key] = value
    with pytest.raises(ArtifactMismatchError):
        Calibration.from_json(data)


def test_the_shipped_one_never_accepts_names_by_itself() -> None:
    shipped = load_calibration()
    assert shipped.accept_at(FieldType.NAME) is None
    assert shipped.accept_at(FieldType.KANA) is None
    assert (shipped.accept_at(FieldType.MY_NUMBER) or 0) >= 0.9
