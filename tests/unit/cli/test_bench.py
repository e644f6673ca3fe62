"""``munibots bench``: tables for people, JSON for programs, pictures into a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.bench import figures
from munibots.bench.figures import Figure, Measurement, share

from .conftest import Run

MEASURED = Measurement(
    "read",
    2,
    (share("s", "割合", 9, 10, least=0.5), Figure("c", "費用", 2.5, "s", 0.9)),
    {"seed": "1"},
    {"curve": "<svg/>"},
)


@pytest.fixture(autouse=True)
def _measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "run_benchmark", lambda *a, **k: MEASURED)


def test_a_missed_goal_ends_with_three_and_is_marked(run: Run) -> None:
    answer = run("bench", "read")
    assert answer.code == 3
    assert "0.5550–0.9975" in answer.out
    assert "≧ 0.5 ✓" in answer.out
    assert "≦ 0.9 ✗" in answer.out
    assert "seed=1" in answer.out


def test_json_and_pictures(run: Run, tmp_path: Path) -> None:
    answer = run("bench", "read", "--json", "--plots", str(tmp_path / "plots"))
    assert answer.json["figures"][0]["interval_95"] == [0.555, 0.9975]
    assert (tmp_path / "plots" / "curve.svg").read_text(encoding="utf-8") == "<svg/>"
