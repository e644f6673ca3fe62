"""Seconds a case: typing, reading back, the last click and the saved record, in a real browser."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from munibots.bench.figures import Figure, Measurement, Progress, conditions
from munibots.demo.main_job import run_demo
from munibots.stores.case_store import CaseStore

DEFAULT_N = 10
SEED = 2


def measure(n: int, progress: Progress) -> Measurement:
    """Enter the approved cases of a demo of ``n`` sheets, and sum each case's entry steps."""
    begun = conditions()
    with tempfile.TemporaryDirectory() as folder:
        result = run_demo(Path(folder), cases=n, seed=SEED, stage=lambda key: progress)
        with CaseStore.open(result.database) as store:
            by_case: dict[str, float] = {}
            for step in store.steps():
                if step.step.startswith("enter."):
                    by_case[step.case_id] = by_case.get(step.case_id, 0.0) + step.seconds
    seconds = list(by_case.values())
    return Measurement(
        name="enter",
        n=len(seconds),
        figures=(
            Figure("seconds_per_case_median", "1 件の入力(中央値)", round(statistics.median(seconds), 2), "s"),
            Figure("seconds_per_case_max", "同(最大)", round(max(seconds), 2), "s"),
        ),
        conditions=begun,
    )
