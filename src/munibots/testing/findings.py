"""What a check finds: where, how bad, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from munibots.definitions.yaml_file import YamlFile
from munibots.domain.form import Severity
from munibots.errors import DefinitionError

__all__ = ["Finding", "Findings", "field_paths", "read_or_find"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        severity: An error keeps the definition from being used; a notice makes its use worse.
        line: From 1; 0 if the whole file is meant.
        problem_ja: What is wrong.
        next_ja: What to do next.
    """

    severity: Severity
    file: Path
    line: int
    problem_ja: str
    next_ja: str

    def __str__(self) -> str:
        mark = "誤り" if self.severity is Severity.ERROR else "注意"
        where = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"[{mark}] {where}\n    {self.problem_ja}\n    次にすること: {self.next_ja}"

    def to_json(self) -> dict[str, Any]:
        """As ``munibots check --json`` prints it."""
        return {
            "severity": self.severity.value,
            "file": str(self.file),
            "line": self.line,
            "problem_ja": self.problem_ja,
            "next_ja": self.next_ja,
        }


class Findings:
    """Collects what is wrong with one file.

    Args:
        file: The parsed file, which knows its lines.
    """

    def __init__(self, file: YamlFile) -> None:
        self._file = file
        self._found: list[Finding] = []

    def error(self, path: Sequence[str | int], problem_ja: str, next_ja: str) -> None:
        """Add what keeps the definition from being used."""
        self._add(Severity.ERROR, path, problem_ja, next_ja)

    def notice(self, path: Sequence[str | int], problem_ja: str, next_ja: str) -> None:
        """Add what makes its use worse."""
        self._add(Severity.NOTICE, path, problem_ja, next_ja)

    def _add(self, severity: Severity, path: Sequence[str | int], problem_ja: str, next_ja: str) -> None:
        self._found.append(Finding(severity, self._file.path, self._file.line(path), problem_ja, next_ja))

    @property
    def all(self) -> tuple[Finding, ...]:
        """In the order in which they were found."""
        return tuple(self._found)


def read_or_find(read: Callable[[Path], T], path: Path) -> tuple[T | None, tuple[Finding, ...]]:
    """Read a definition; what its loader says against it is a finding."""
    try:
        return read(path), ()
    except DefinitionError as e:
        file, line = Path(str(e.detail.get("file", path))), int(e.detail.get("line", 0))
        problem = str(e.detail.get("problem", e.reason_ja))
        return None, (Finding(Severity.ERROR, file, line, problem, "この行を直して、もう一度確かめてください。"),)


def field_paths(file: YamlFile) -> dict[str, tuple[str | int, ...]]:
    """Where each field of a ``form.yaml`` is written, by its full name."""
    paths: dict[str, tuple[str | int, ...]] = {}
    for i, slot in enumerate(file.data["fields"]):
        if "group" not in slot:
            paths[slot["name"]] = ("fields", i)
            continue
        for no in range(1, slot["repeat"] + 1):
            for j, below in enumerate(slot["fields"]):
                paths[f"{slot['group']}{no}_{below['name']}"] = ("fields", i, "fields", j)
    return paths
