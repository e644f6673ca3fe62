"""Quadrants and the sealed rules."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from munibots.classifying.triage import load_triage
from munibots.definitions import places
from munibots.domain.task import Approach

FOLDER = places.find("classifiers", "task_triage")


@pytest.mark.parametrize(
    ("at", "approach"),
    [
        ((-0.5, 0.5), Approach.AS_IS),
        ((0.5, 0.5), Approach.AI),
        ((0.5, -0.5), Approach.RPA),
        ((-0.5, -0.5), Approach.OUTSOURCE),
        ((0.1, 0.9), None),
        ((0.9, -0.1), None),
    ],
)
def test_quadrants(at: tuple[float, float], approach: Approach | None) -> None:
    quadrant = load_triage().rules.quadrant(*at)
    assert (quadrant and quadrant.approach) == approach


@pytest.fixture(scope="module")
def recipe() -> ModuleType:
    spec = importlib.util.spec_from_file_location("task_triage_build", FOLDER / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_published_figures_are_those_of_the_artifact(recipe: ModuleType) -> None:
    published = json.loads((FOLDER / "metrics.json").read_text(encoding="utf-8"))
    triage = load_triage()
    assert published["sets"] == recipe.measure(triage)
    assert published["data_hash"] == recipe.sha256(FOLDER / "tasks.csv")
    assert (FOLDER / "axes.svg").read_text(encoding="utf-8") == recipe.picture(triage)
    assert (FOLDER / "MODEL_CARD.md").read_text(encoding="utf-8") == recipe.model_card(published, triage)


def test_nothing_in_the_folder_can_run_when_it_is_loaded() -> None:
    assert sorted(path.suffix for path in (FOLDER / "artifact").iterdir()) == [".yaml", ".yaml"]
    assert not list(Path(FOLDER).rglob("*.pkl"))
