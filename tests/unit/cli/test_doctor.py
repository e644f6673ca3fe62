"""Is this machine ready?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from munibots.cli.store_options import default_dsn
from munibots.errors import BrowserNotFoundError
from munibots.stores.case_store import CaseStore

from .conftest import Run


def test_what_is_there_is_named(run: Run) -> None:
    document = run("doctor", "--json").json
    assert {c["name"] for c in document["checks"]} >= {"python", "browser", "driver", "recognizer", "database"}
    assert document["ready"] == all(c["ok"] for c in document["checks"])


def test_what_is_missing_comes_with_the_next_step(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise BrowserNotFoundError(missing="Chromium")

    monkeypatch.setattr("munibots.entering.drivers.browser_files.find_browser", missing)
    answer = run("doctor", "--json")
    assert answer.code == 4
    (browser,) = [c for c in answer.json["checks"] if c["name"] == "browser"]
    assert not browser["ok"]
    assert "apt install chromium" in browser["next_ja"]


def finding(run: Run, name: str) -> dict[str, object]:
    found: dict[str, object] = next(c for c in run("doctor", "--json").json["checks"] if c["name"] == name)
    return found


def test_looking_makes_no_store(run: Run, tmp_path: Path) -> None:
    assert finding(run, "database")["ok"]
    assert "まだありません" in str(finding(run, "key")["found"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_a_key_that_others_may_read_is_said(run: Run, tmp_path: Path) -> None:
    CaseStore.open(default_dsn(tmp_path)).close()
    assert finding(run, "key")["ok"]
    (tmp_path / "munibots.sqlite.key").chmod(0o644)
    key = finding(run, "key")
    assert not key["ok"]
    assert "chmod 600" in str(key["next_ja"])
