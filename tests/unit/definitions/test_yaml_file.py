"""Errors in YAML name the file, the line and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.definitions.yaml_file import YamlFile
from munibots.errors import DefinitionError


def error(tmp_path: Path, text: str) -> DefinitionError:
    file = tmp_path / "profile.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        YamlFile(file, "profile")
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("code: a\nname_ja: [", 2, "YAML として読めません"),
        ("code: a\n", 1, "name_ja がありません"),
        ("code: a\nname_ja: 市\nsecctions: {}\n", 1, "secctions"),
        ("code: a\nname_ja: 市\naccept_at:\n  date: high\n", 4, "型が違います"),
        ("code: a\nname_ja: 市\nsystems:\n  s:\n    headless: true\n", 5, "url がありません"),
    ],
)
def test_names_line_and_problem(tmp_path: Path, text: str, line: int, problem: str) -> None:
    e = error(tmp_path, text)
    assert e.detail["line"] == line
    assert problem in str(e)
    assert "profile.yaml" in str(e)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="読めません"):
        YamlFile(tmp_path / "none.yaml", "profile")


def test_another_encoding_is_said(tmp_path: Path) -> None:
    file = tmp_path / "profile.yaml"
    file.write_bytes("code: 市".encode("cp932"))
    with pytest.raises(DefinitionError, match="UTF-8"):
        YamlFile(file, "profile")
