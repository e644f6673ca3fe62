"""The promise on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.cli.store_options import default_dsn
from munibots.domain.promise import NEVER, LevelChange, LevelOrigin
from munibots.stores.case_store import CaseStore

from .conftest import Run


@pytest.fixture
def broken(tmp_path: Path) -> None:
    """A store in which the promise of dates was broken."""
    with CaseStore.open(default_dsn(tmp_path)) as store:
        change = LevelChange("demo", "date", NEVER, LevelOrigin.TIGHTENED, 40, 3, 400.0)
        assert store.change_level(change, after_seq=0, former=0.98, actor="promise")


def test_show_says_what_is_promised_and_by_whom(run: Run) -> None:
    answer = run("promise", "show", "--profile", "demo", "--json")
    assert answer.code == 0
    assert answer.json["audit_share"] == 0.02
    kinds = {k["kind"]: k for k in answer.json["kinds"]}
    assert kinds["date"]["promised"] == 0.001
    assert kinds["date"]["origin"] == "shipped"
    assert kinds["date"]["e_value"] == 1.0
    assert not any(k["broken"] for k in kinds.values())
    assert list(kinds)[-1] == "all"
    table = run("promise", "show", "--profile", "demo").out
    assert "日付" in table
    assert "0.10%" in table


def test_a_broken_promise_is_shown_and_is_3(run: Run, broken: None) -> None:
    answer = run("promise", "show", "--profile", "demo")
    assert answer.code == 3
    assert "常に人が見る" in answer.out
    assert "破れた" in answer.out


def test_status_raises_the_alarm(run: Run, broken: None) -> None:
    assert run("status", "--json").json["promise_broken"] == [{"profile": "demo", "kind": "date"}]
    out = run("status").out
    assert "約束が破れています" in out
    assert "日付" in out


def test_recalibrating_without_evidence_writes_nothing(run: Run, broken: None, tmp_path: Path) -> None:
    for more in ([], ["--dry-run"]):
        answer = run("promise", "recalibrate", "--profile", "demo", "--json", *more)
        assert answer.code == 0
        assert answer.json["written"] == 0
        assert not any(k["changes"] for k in answer.json["kinds"])
    assert "書き込んでいません" in run("promise", "recalibrate", "--profile", "demo", "--dry-run").out
    with CaseStore.open(default_dsn(tmp_path)) as store:
        assert len(store.level_changes("demo")) == 1


def test_an_unknown_profile_is_said(run: Run) -> None:
    assert run("promise", "show", "--profile", "nowhere").code == 2
