from __future__ import annotations

import os
from pathlib import Path

import pytest

from munibots.errors import StoreKeyError
from munibots.stores import store_key
from munibots.stores.case_store import CaseStore


def test_missing_key_of_a_store_with_data_is_not_replaced(dsn: str, tmp_path: Path) -> None:
    CaseStore.open(dsn).close()
    key = tmp_path / "cases.db.key"
    key.rename(tmp_path / "away")
    with pytest.raises(StoreKeyError):
        CaseStore.open(dsn)
    assert not key.exists()


def test_another_key_is_noticed_at_opening(dsn: str, tmp_path: Path) -> None:
    CaseStore.open(dsn).close()
    other = tmp_path / "other"
    other.mkdir()
    CaseStore.open(f"sqlite:///{other / 'cases.db'}").close()
    with pytest.raises(StoreKeyError):
        CaseStore.open(dsn, key_file=other / "cases.db.key")


def test_key_file_by_argument_and_by_environment(dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = tmp_path / "kept elsewhere.key"
    CaseStore.open(dsn, key_file=key).close()
    assert key.exists()
    assert not (tmp_path / "cases.db.key").exists()
    monkeypatch.setenv("MUNIBOTS_KEY_FILE", str(key))
    CaseStore.open(dsn).close()


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_a_key_that_others_may_read_is_warned_of_once(
    dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its own ear: what other tests do to the loggers of the process does not concern it.
    heard: list[str] = []
    monkeypatch.setattr(store_key._LOG, "warning", lambda text, *args: heard.append(text % args))
    CaseStore.open(dsn).close()
    assert heard == []
    (tmp_path / "cases.db.key").chmod(0o640)
    for _ in range(2):
        CaseStore.open(dsn).close()
    (warning,) = heard
    assert "chmod 600" in warning
