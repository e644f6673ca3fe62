"""What a benchmark answers, and which there are."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module

from munibots.checking.bounds import rate_interval
from munibots.errors import UsageError

__all__ = ["BENCHMARKS", "Figure", "Measurement", "Progress", "conditions", "run_benchmark", "share"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number.

    Attributes:
        limit: The most that the library means to need, where there is such a number.
        least: The least that it means to reach.
        n: Of how many it is a share.
        interval: Its 95 % confidence interval, where it is a share.
    """

    name: str
    what_ja: str
    value: float
    unit: str
    limit: float | None = None
    least: float | None = None
    n: int | None = None
    interval: tuple[float, float] | None = None

    @property
    def kept(self) -> bool:
        """Whether the value is within its limits."""
        return (self.limit is None or self.value <= self.limit) and (self.least is None or self.value >= self.least)


@dataclass(frozen=True, slots=True)
class Measurement:
    """The figures of one benchmark, and under what conditions they came about.

    Attributes:
        pictures: SVG by file name without its ending.
    """

    name: str
    n: int
    figures: tuple[Figure, ...]
    conditions: Mapping[str, str] = field(default_factory=lambda: conditions())
    pictures: Mapping[str, str] = field(default_factory=dict, repr=False)

    def to_json(self) -> dict[str, object]:
        """For ``--json``."""
        return {
            "name": self.name,
            "n": self.n,
            "figures": [_figure_json(f) for f in self.figures],
            "conditions": dict(self.conditions),
        }


def _figure_json(figure: Figure) -> dict[str, object]:
    answer: dict[str, object] = {
        "name": figure.name,
        "value": figure.value,
        "unit": figure.unit,
        "limit": figure.limit,
        "least": figure.least,
        "kept": figure.kept,
    }
    if figure.n is not None:
        answer["n"] = figure.n
    if figure.interval is not None:
        answer["interval_95"] = list(figure.interval)
    return answer


def share(name: str, what_ja: str, hits: int, n: int, *, least: float | None = None) -> Figure:
    """A share of ``n`` with its 95 % interval; of nothing it is 0."""
    value = hits / max(1, n)
    low, high = rate_interval(hits, n)
    return Figure(name, what_ja, round(value, 4), "", None, least, n, (round(low, 4), round(high, 4)))


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


def run_benchmark(name: str, n: int | None, progress: Progress, *, engines: Sequence[str] = ()) -> Measurement:
    """Run one benchmark.

    Args:
        n: How many sheets or cases; the benchmark's own number if not given.
        engines: OCR engines to be measured on the same pages, by their names; for ``read``.

    Raises:
        UsageError: There is no such benchmark or engine, or this benchmark measures no engines.
    """
    if name not in BENCHMARKS:
        raise UsageError(problem=f"測定「{name}」はありません。使えるのは {'、'.join(BENCHMARKS)} です。")
    module = import_module(f"munibots.bench.{name}")
    if engines and name != "read":
        raise UsageError(problem=f"OCR エンジンは測定 read だけで測れます({name} では測れません)。")
    further = {"engines": tuple(engines)} if engines else {}
    measured: Measurement = module.measure(n or module.DEFAULT_N, progress, **further)
    return measured
