"""Is this machine ready?"""

from __future__ import annotations

import pytest

from munibots.errors import BrowserNotFoundError

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
