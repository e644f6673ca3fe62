"""Trained files are read only when they are the expected ones."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from munibots.classifying.artifacts import checked_files
from munibots.errors import ArtifactMismatchError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.bin").write_bytes(b"one")
    (tmp_path / "b.json").write_bytes(b"{}")
    one, two = hashlib.sha256(b"one").hexdigest(), hashlib.sha256(b"{}").hexdigest()
    (tmp_path / "classifier.yaml").write_text(
        f"id: small\nname_ja: 小さい分類器\nartifact: a.bin\nsha256: {one}\nfiles: {{b.json: {two}}}\n"
        f"recipe: by hand\ndata_hash: {two}\n",
        encoding="utf-8",
    )
    return tmp_path


def test_all_files_are_given(folder: Path) -> None:
    assert checked_files(folder) == {"a.bin": b"one", "b.json": b"{}"}


@pytest.mark.parametrize("name", ["a.bin", "b.json"])
def test_a_changed_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"other")
    with pytest.raises(ArtifactMismatchError):
        checked_files(folder)


@pytest.mark.parametrize("name", ["a.bin", "b.json", "classifier.yaml"])
def test_a_missing_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ArtifactMismatchError):
        checked_files(folder)
