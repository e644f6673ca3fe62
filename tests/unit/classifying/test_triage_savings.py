"""Savings: from which assumptions, and who overrides them."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.classifying.triage import load_triage
from munibots.classifying.triage_savings import city_assumptions, read_assumptions
from munibots.definitions.places import PROFILE_PATH_VARIABLE
from munibots.domain.task import Approach, LegalAct, Medium, Task
from munibots.errors import DefinitionError, DefinitionNotFoundError

TASK = Task(2, "a", cases_a_year=600, minutes_a_case=10, inputs=(Medium.DATA,), legal_act=LegalAct.NONE)
OWN = "shares:\n  rpa: {low: 0.5, mid: 0.5, high: 0.5, source_ja: 市で測った}\n"


def _yaml(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "triage.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_share_of_the_hours() -> None:
    saving = load_triage().assumptions.saving(TASK, Approach.RPA)
    assert saving is not None
    assert (saving.low, saving.mid, saving.high) == pytest.approx((30, 60, 80))
    assert saving.assumptions == ("shares.rpa", "upkeep_hours_a_year.rpa")


def test_paper_and_decisions_take_off_from_it() -> None:
    assumptions = load_triage().assumptions
    paper = assumptions.saving(
        Task(2, "a", "", "", 600, 10, inputs=(Medium.PAPER,), legal_act=LegalAct.NONE), Approach.RPA
    )
    decided = assumptions.saving(Task(2, "a", "", "", 600, 10, legal_act=LegalAct.DECISION), Approach.RPA)
    assert paper is not None
    assert decided is not None
    assert "shares.rpa_paper" in paper.assumptions
    assert "kept_by_staff.decision" in decided.assumptions
    assert decided.mid == pytest.approx(100 * 0.6 * 0.6)


def test_nothing_is_saved_by_going_on_or_without_volume() -> None:
    assumptions = load_triage().assumptions
    assert assumptions.saving(TASK, Approach.AS_IS) is None
    assert assumptions.saving(Task(2, "a", legal_act=LegalAct.NONE), Approach.RPA) is None


def test_every_shipped_assumption_says_where_it_comes_from() -> None:
    for assumption in load_triage().assumptions.all.values():
        assert assumption.source_ja
        assert assumption.origin == "munibots"
        assert assumption.low <= assumption.mid <= assumption.high
        assert assumption.urls or "仮定" in assumption.source_ja or assumption.high == 0
        assert assumption.value_ja


def test_a_city_overrides_what_it_knows(tmp_path: Path) -> None:
    triage = load_triage(read_assumptions(_yaml(tmp_path, OWN), "市"))
    saving = triage.assumptions.saving(TASK, Approach.RPA)
    assert saving is not None
    assert saving.low == saving.high == 50
    assert triage.assumptions.all["shares.rpa"].origin == "市"
    assert triage.assumptions.all["shares.ai"].origin == "munibots"


def test_in_its_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "profiles" / "mycity"
    folder.mkdir(parents=True)
    (folder / "profile.yaml").write_text("code: mycity\nname_ja: 市\n", encoding="utf-8")
    monkeypatch.setenv(PROFILE_PATH_VARIABLE, str(tmp_path))
    assert city_assumptions("mycity") == ()
    _yaml(folder, OWN)
    (own,) = city_assumptions("mycity")
    assert (own.id, own.origin) == ("shares.rpa", "団体 mycity")
    with pytest.raises(DefinitionNotFoundError):
        city_assumptions("nowhere")


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("shares:\n  rpa: {low: 0.9, mid: 0.5, high: 0.6, source_ja: a}\n", 2, "low ≦ mid"),
        ("shares:\n  rpa: {low: 0.1, mid: 0.5, high: 0.6}\n", 2, "source_ja"),
        ("shares:\n  magic: {low: 0.1, mid: 0.5, high: 0.6, source_ja: a}\n", 2, "magic"),
        ("shares:\n  rpa: {low: 0.1, mid: 0.5, high: 60, source_ja: a}\n", 2, "60"),
    ],
)
def test_mistakes_name_file_and_line(tmp_path: Path, text: str, line: int, word: str) -> None:
    with pytest.raises(DefinitionError) as raised:
        read_assumptions(_yaml(tmp_path, text), "市")
    assert raised.value.detail["line"] == line
    assert word in raised.value.detail["problem"]
