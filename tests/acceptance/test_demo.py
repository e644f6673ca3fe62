"""The main job, as `munibots demo` does it, and killed at any moment."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from munibots.cli.store_options import default_dsn
from munibots.cli.texts import TEXTS
from munibots.demo.core_system.records import read_records
from munibots.demo.truth import load_truth
from munibots.demo.verifying import verify
from munibots.domain.case import CaseState
from munibots.errors import StoreError
from munibots.stores.case_store import CaseStore

KILLS = 20
KILL_SEED = 20261124
CASES = 10

# Kills follow what the run is doing and not the clock, which says little on a machine that is busy: at a random moment after a
# stage was begun, or (None) as soon as a case is seen being entered.
STAGES: tuple[str | None, ...] = (*(TEXTS[key][0] for key in ("making", "taking-in", "reading", "entering")), None)
KILL_WITHIN_S = 3.0
STAGE_LIMIT_S = 120.0


def demo_command(workdir: Path, cases: int, seed: int) -> list[str]:
    settings = ["--cases", str(cases), "--seed", str(seed), "--workdir", str(workdir), "--json"]
    return [sys.executable, "-m", "munibots.cli.main", "demo", *settings]


def run_to_the_end(workdir: Path, cases: int, seed: int) -> dict[str, Any]:
    ended = subprocess.run(demo_command(workdir, cases, seed), capture_output=True, text=True, timeout=600, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


def check(answer: dict[str, Any], workdir: Path, cases: int) -> None:
    assert answer["cases"] == cases
    assert answer["entered"] + answer["flagged"] + answer["rejected"] == cases
    for nothing in ("entered_twice", "lost", "fields_accepted_wrong", "entered_wrong"):
        assert answer[nothing] == 0, nothing
    # Not the command's own word: once more from the two databases.
    sheets = load_truth(workdir / "truth.json")
    with CaseStore.open(answer["database"]) as store:
        verification = verify(store, workdir / "core-system.sqlite", sheets)
        entered = [c for c in store.list() if c.state is CaseState.ENTERED]
    assert (verification.entered_twice, verification.lost, verification.wrong_fields) == (0, 0, {})
    receipts = [r.receipt_no for r in read_records(workdir / "core-system.sqlite")]
    assert {c.receipt_no for c in entered} <= set(receipts)


def test_the_demo_enters_everything_once_and_reports(tmp_path: Path) -> None:
    answer = run_to_the_end(tmp_path, 8, 11)
    check(answer, tmp_path, 8)
    assert answer["flagged"] == 0
    assert answer["fields_accepted"] >= answer["fields"] / 2
    report = Path(answer["report"]).read_text(encoding="utf-8")
    assert "住民異動届" in report
    again = run_to_the_end(tmp_path, 8, 11)
    assert {k: v for k, v in again.items() if k != "seconds"} == {k: v for k, v in answer.items() if k != "seconds"}


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_killed_at_twenty_moments_nothing_is_lost_and_nothing_entered_twice(tmp_path: Path) -> None:
    rng = random.Random(KILL_SEED)
    killed_in: list[str] = []
    met: Counter[CaseState] = Counter()
    for n in range(KILLS):
        killed, before = tmp_path / f"killed-{n}.txt", _in_the_middle(tmp_path)
        stage = STAGES[n % len(STAGES)]
        with killed.open("w", encoding="utf-8") as said:
            process = subprocess.Popen(demo_command(tmp_path, CASES, 12), stdout=subprocess.DEVNULL, stderr=said)
        until = time.monotonic() + STAGE_LIMIT_S
        while process.poll() is None and time.monotonic() < until:
            if stage is None:
                if _in_the_middle(tmp_path) - before:
                    break
            elif stage in killed.read_text(encoding="utf-8"):
                time.sleep(rng.uniform(0, KILL_WITHIN_S))
                break
            time.sleep(0.1)
        process.kill()
        process.wait()
        killed_in.append(
            f"{process.returncode}: {(killed.read_text(encoding='utf-8').splitlines() or ['(start)'])[-1]}"
        )
        if process.returncode == -signal.SIGKILL:
            met.update(state for _, state, _ in _in_the_middle(tmp_path) - before)
        print(killed_in[-1], dict(met))
    assert sum(line.startswith(f"-{signal.SIGKILL.value}") for line in killed_in) >= KILLS // 2, killed_in
    assert met[CaseState.TYPING] >= 1, (met, killed_in)
    _wait_for_leftovers(tmp_path)
    check(run_to_the_end(tmp_path, CASES, 12), tmp_path, CASES)


def _in_the_middle(workdir: Path) -> set[tuple[str, CaseState, int]]:
    """Cases that are being entered, each with its revision, by which one left by an earlier kill is known; none without a store."""
    try:
        with CaseStore.open(default_dsn(workdir), create=False) as store:
            return {(c.id, c.state, c.revision) for c in store.list(states=(CaseState.TYPING, CaseState.SUBMITTING))}
    except StoreError:
        return set()


def _wait_for_leftovers(workdir: Path) -> None:
    """No browser, driver or core system of a killed run may be left."""
    deadline = time.monotonic() + 20
    while left := _processes_of(workdir):
        assert time.monotonic() < deadline, left
        time.sleep(0.2)


def _processes_of(workdir: Path) -> list[str]:
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if str(workdir) in line and "pytest" not in line]
