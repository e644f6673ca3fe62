"""What a benchmark answers, and which there are."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from munibots.errors import UsageError

__all__ = ["BENCHMARKS", "Figure", "Measurement", "Progress", "run_benchmark"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number.

    Attributes:
        limit: The most that the library means to need, where there is such a number.
        least: The least that it means to reach.
    """

    name: str
    what_ja: str
    value: float
    unit: str
    limit: float | None = None
    least: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the value is within its limits."""
        return (self.limit is None or self.value <= self.limit) and (self.least is None or self.value >= self.least)


@dataclass(frozen=True, slots=True)
class Measurement:
    """The figures of one benchmark, and under what conditions they came about."""

    name: str
    n: int
    figures: tuple[Figure, ...]
    conditions: Mapping[str, str] = field(default_factory=lambda: conditions())

    def to_json(self) -> dict[str, object]:
        """For ``--json``."""
        return {
            "name": self.name,
            "n": self.n,
            "figures": [
                {"name": f.name, "value": f.value, "unit": f.unit, "limit": f.limit, "least": f.least, "kept": f.kept}
                for f in self.figures
            ],
            "conditions": dict(self.conditions),
        }


def conditions() -> dict[str, str]:
    """The machine, in so far as it changes the figures."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": str(os.cpu_count()),
        "load_before": load,
    }


BENCHMARKS: Mapping[str, str] = {
    "read": "読み取り: 正しさ、人の目の要らない割合、CPU 時間(較正に使わなかった様式と書体で)",
    "enter": "1 件を基幹システムへ入力する時間",
    "demo": "デモを通して行う時間",
}
"""Name → what it measures; each is ``measure(n, progress)`` in a module of this room."""


def run_benchmark(name: str, n: int | None, progress: Progress) -> Measurement:
    """Run one benchmark.

    Args:
        n: How many sheets or cases; the benchmark's own number if not given.

    Raises:
        UsageError: There is no such benchmark.
    """
    if name not in BENCHMARKS:
        raise UsageError(problem=f"測定「{name}」はありません。使えるのは {'、'.join(BENCHMARKS)} です。")
    module = import_module(f"munibots.bench.{name}")
    measured: Measurement = module.measure(n or module.DEFAULT_N, progress)
    return measured
