"""Shipped and private definitions: the later wins."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from munibots.definitions import places
from munibots.errors import DefinitionNotFoundError


def put(root: Path, text: str = "code: demo\n") -> Path:
    folder = root / "profiles" / "demo"
    folder.mkdir(parents=True)
    (folder / "profile.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_private_definition_wins_over_the_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = put(tmp_path / "a"), put(tmp_path / "b")
    shipped = places.find("profiles", "demo")
    monkeypatch.setenv("MUNIBOTS_PROFILE_PATH", os.pathsep.join([str(tmp_path / "a"), str(tmp_path / "b")]))
    assert places.candidates("profiles", "demo") == (shipped, first, second)
    assert places.find("profiles", "demo") == second
    assert places.names("profiles").count("demo") == 1


def test_a_missing_definition_says_what_was_looked_for() -> None:
    with pytest.raises(DefinitionNotFoundError, match="団体「nowhere」"):
        places.find("profiles", "nowhere")


def test_a_folder_without_its_file_is_no_definition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "forms" / "half").mkdir(parents=True)
    monkeypatch.setenv("MUNIBOTS_PROFILE_PATH", str(tmp_path))
    assert "half" not in places.names("forms")
