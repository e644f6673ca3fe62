"""Where definitions are looked for, and which file won."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from munibots.errors import DefinitionNotFoundError
from munibots.shipped import shipped_folder

__all__ = ["KINDS_JA", "PROFILE_PATH_VARIABLE", "candidates", "find", "names"]

PROFILE_PATH_VARIABLE = "MUNIBOTS_PROFILE_PATH"

# The folder name of each kind, its file, and what it is called in messages.
_FILES = {
    "forms": "form.yaml",
    "systems": "system.yaml",
    "profiles": "profile.yaml",
    "bots": "bot.yaml",
    "classifiers": "classifier.yaml",
}
KINDS_JA = {
    "forms": "様式",
    "systems": "基幹システム",
    "profiles": "団体",
    "bots": "ボット",
    "classifiers": "分類器",
}

_DATA = Path(__file__).parent


def _roots(kind: str) -> Iterator[Path]:
    yield shipped_folder(kind) if kind in ("bots", "classifiers") else _DATA / kind
    for part in os.environ.get(PROFILE_PATH_VARIABLE, "").split(os.pathsep):
        if part.strip():
            yield Path(part.strip()) / kind


def candidates(kind: str, name: str) -> tuple[Path, ...]:
    """Every folder that defines ``name``, in order; the last one wins."""
    return tuple(root / name for root in _roots(kind) if (root / name / _FILES[kind]).is_file())


def find(kind: str, name: str) -> Path:
    """The folder that won.

    Args:
        kind: ``forms``, ``systems``, ``profiles``, ``bots`` or ``classifiers``.
        name: The folder's name.

    Raises:
        DefinitionNotFoundError: No folder defines it.
    """
    found = candidates(kind, name)
    if not found:
        raise DefinitionNotFoundError(kind=KINDS_JA[kind], name=name)
    return found[-1]


def names(kind: str) -> tuple[str, ...]:
    """The names of all definitions of a kind, sorted."""
    return tuple(
        sorted(
            {folder.parent.name for root in _roots(kind) if root.is_dir() for folder in root.glob(f"*/{_FILES[kind]}")}
        )
    )
