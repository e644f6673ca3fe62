"""Rules of the house that concern files: size, names, and what a module says it offers."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

import munibots

MODULES = sorted(module.name for module in pkgutil.walk_packages(munibots.__path__, "munibots."))
VAGUE = {"util", "utils", "helper", "helpers", "common", "misc", "manager"}
MAX_LINES = 600


def _sources(root: Path) -> list[Path]:
    return sorted((root / "src").rglob("*.py"))


def test_no_file_outgrows_one_subject(root: Path) -> None:
    counts = {str(p.relative_to(root)): p.read_text(encoding="utf-8").count("\n") for p in _sources(root)}
    assert {path: lines for path, lines in counts.items() if lines > MAX_LINES} == {}


def test_names_say_what_is_inside(root: Path) -> None:
    vague = [str(path.relative_to(root)) for path in _sources(root) if VAGUE & set(path.stem.split("_"))]
    assert vague == []


def test_file_names_are_ascii(root: Path) -> None:
    """Japanese file names fail where Python is not in UTF-8 mode."""
    folders = ("src", "bots", "classifiers", "docs", "tests", "tools", "templates")
    names = [path.name for folder in folders for path in (root / folder).rglob("*")]
    assert [name for name in names if not name.isascii()] == []


def test_every_room_has_a_docstring(root: Path) -> None:
    silent = [
        str(path.relative_to(root))
        for path in _sources(root)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


@pytest.mark.parametrize("name", MODULES)
def test_public_names_exist(name: str) -> None:
    module = importlib.import_module(name)
    public = getattr(module, "__all__", [])
    assert len(set(public)) == len(public)
    assert [missing for missing in public if not hasattr(module, missing)] == []


def test_robot_libraries_are_found_in_the_package() -> None:
    assert [name for name in munibots.__all__ if not hasattr(munibots, name)] == []
