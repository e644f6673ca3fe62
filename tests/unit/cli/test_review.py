"""Deciding on the command line, without a real reading."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from munibots.cli.store_options import default_dsn
from munibots.domain.case import CaseState
from munibots.pipeline.inbox import take_in
from munibots.stores.case_store import CaseStore, NewCase

from .conftest import Run, not_looked_at


@pytest.fixture
def waiting(tmp_path: Path) -> str:
    """A file that could not be opened: it waits for a person."""
    empty = tmp_path / "scan-0001.pdf"
    empty.touch()
    with CaseStore.open(default_dsn(tmp_path)) as store:
        (case_id,) = take_in(store, (empty,), look=not_looked_at, bot_id="juminido", profile="demo").case_ids
    return case_id


def state(tmp_path: Path, case_id: str) -> CaseState:
    with CaseStore.open(default_dsn(tmp_path)) as store:
        return store.get(case_id).state


def test_list_shows_what_waits_and_why(run: Run, waiting: str) -> None:
    (case,) = run("review", "list", "--json").json["cases"]
    assert case["case"] == waiting
    assert case["problem"]["code"] == "MB-E101"
    assert waiting in run("review", "list").out


def test_show_names_the_problem_and_the_next_step(run: Run, waiting: str) -> None:
    out = run("review", "show", waiting).out
    assert "MB-E101" in out
    assert "次にすること" in out


def test_a_scan_that_is_not_there_is_said(run: Run, waiting: str, tmp_path: Path) -> None:
    answer = run("review", "show", waiting, "--scan", str(tmp_path / "out.jpg"))
    assert answer.code == 2
    assert "スキャンがありません" in answer.err


def test_reject(run: Run, waiting: str, tmp_path: Path) -> None:
    assert run("review", "decide", waiting, "--reject").code == 2
    answer = run("review", "decide", waiting, "--reject", "--reason", "空のファイル", "--json")
    assert answer.json == {"case": waiting, "recorded": True, "state": "REJECTED"}
    assert state(tmp_path, waiting) is CaseState.REJECTED
    assert "ありません" in run("review", "list").out


def test_a_stale_revision_is_not_written_and_is_3(run: Run, waiting: str, tmp_path: Path) -> None:
    answer = run("review", "decide", waiting, "--reject", "--reason", "x", "--revision", "0")
    assert answer.code == 3
    assert state(tmp_path, waiting) is CaseState.NEEDS_REVIEW


@pytest.mark.parametrize("more", [[], ["--approve", "--set", "nonsense"]])
def test_a_decision_must_be_whole(run: Run, waiting: str, more: list[str]) -> None:
    assert run("review", "decide", waiting, *more).code == 2


def test_an_unknown_case_is_said(run: Run, waiting: str) -> None:
    answer = run("review", "show", "C-NOTHING")
    assert answer.code == 2
    assert "C-NOTHING" in answer.err


@pytest.fixture
def with_scan(tmp_path: Path) -> str:
    """A case that waits, with a scan."""
    new = NewCase("C-1", "juminido", "demo", "a.png", (0,), (b"the scan",), "d" * 64, problem=("MB-E201", "x", "y"))
    with CaseStore.open(default_dsn(tmp_path)) as store:
        store.receive(new)
    return new.id


def test_a_scan_is_written_for_its_owner_and_over_nothing(run: Run, with_scan: str, tmp_path: Path) -> None:
    out = tmp_path / "out.jpg"
    assert run("review", "show", with_scan, "--scan", str(out)).code == 0
    assert out.read_bytes() == b"the scan"
    if os.name != "nt":
        assert out.stat().st_mode & 0o777 == 0o600
    again = run("review", "show", with_scan, "--scan", str(out))
    assert again.code == 2
    assert "すでにあります" in again.err
    link = tmp_path / "link.jpg"
    link.symlink_to(tmp_path / "elsewhere.jpg")
    assert run("review", "show", with_scan, "--scan", str(link)).code == 2
    assert not (tmp_path / "elsewhere.jpg").exists()


def test_a_reason_comes_from_a_file(run: Run, waiting: str, tmp_path: Path) -> None:
    (tmp_path / "reason.txt").write_text("空のファイル\n", encoding="utf-8")
    assert run("review", "decide", waiting, "--reject", "--reason-from", str(tmp_path / "reason.txt")).code == 0
    with CaseStore.open(default_dsn(tmp_path)) as store:
        assert [r.reason_ja for r in store.reviews(waiting)] == ["空のファイル"]


def test_values_come_from_a_file(run: Run, waiting: str, tmp_path: Path) -> None:
    (tmp_path / "values.json").write_text('{"a": "1"}', encoding="utf-8")
    answer = run("review", "decide", waiting, "--approve", "--set-from", str(tmp_path / "values.json"))
    assert "様式が分からない案件" in answer.err
