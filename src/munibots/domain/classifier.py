"""Classifiers: trained artifacts with their recipe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

__all__ = ["Classifier"]


@dataclass(frozen=True, slots=True)
class Classifier:
    """One trained artifact.

    Attributes:
        artifact: The file; its SHA-256 is checked before it is used.
        recipe: The script that made it, with its version.
        data_hash: SHA-256 over the data that it was made from.
        files: Further files that belong to the artifact, with their SHA-256.
    """

    id: str
    name_ja: str
    artifact: Path
    sha256: str
    recipe: str
    data_hash: str
    files: Mapping[Path, str] = field(default_factory=lambda: MappingProxyType({}))
