"""Reading records from outside."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from munibots.demo.core_system.records import read_records


def test_no_file_is_an_error_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_records(tmp_path / "none.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_another_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        read_records(path)
