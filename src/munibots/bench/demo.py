"""The whole demo: seconds from nothing to the report."""

from __future__ import annotations

import tempfile
from pathlib import Path

from munibots.bench.figures import Figure, Measurement, Progress, conditions
from munibots.demo.main_job import run_demo

DEFAULT_N = 10
SEED = 1
LIMIT_S_FOR_10 = 90.0


def measure(n: int, progress: Progress) -> Measurement:
    """Run the demo of ``n`` cases in a folder of its own."""
    begun = conditions()
    with tempfile.TemporaryDirectory() as folder:
        result = run_demo(Path(folder), cases=n, seed=SEED, stage=lambda key: progress)
    return Measurement(
        name="demo",
        n=n,
        figures=(
            Figure("seconds", "経過時間", result.seconds, "s", LIMIT_S_FOR_10 if n <= DEFAULT_N else None),
            Figure("entered_twice", "二重入力", result.entered_twice, "", 0),
            Figure("lost", "紛失", result.lost, "", 0),
            Figure("fields_accepted_wrong", "人の目なしの誤り", result.fields_accepted_wrong, "", 0),
        ),
        conditions=begun,
    )
