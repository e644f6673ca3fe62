"""Settings for a while."""

from __future__ import annotations

import os

import pytest

from munibots.demo.environment import environment


def test_what_was_there_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUNIBOTS_TEST_A", "before")
    monkeypatch.delenv("MUNIBOTS_TEST_B", raising=False)

    def fail() -> None:
        with environment({"MUNIBOTS_TEST_A": "now", "MUNIBOTS_TEST_B": "now"}):
            assert os.environ["MUNIBOTS_TEST_A"] == os.environ["MUNIBOTS_TEST_B"] == "now"
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert os.environ["MUNIBOTS_TEST_A"] == "before"
    assert "MUNIBOTS_TEST_B" not in os.environ
