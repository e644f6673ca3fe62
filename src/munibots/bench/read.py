"""CPU seconds a page: opening, registering, reading and checking a sheet, once everything is loaded."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

from munibots.bench.figures import Figure, Measurement, Progress, conditions
from munibots.definitions.profile_files import REGISTER_VARIABLE, load_profile
from munibots.demo.city.scans import make_city
from munibots.demo.truth import FieldScore, load_truth, score_fields
from munibots.domain.document import Page
from munibots.intake.opening import open_pages
from munibots.pipeline.document_reader import DocumentReader

DEFAULT_N = 20
SEED = 20_000
WARM_UP = 2


def measure(n: int, progress: Progress) -> Measurement:
    """Read ``n`` sheets one after the other in one thread, after two that do not count."""
    begun = conditions()
    with tempfile.TemporaryDirectory() as folder:
        city = make_city(Path(folder), n + WARM_UP, SEED)
        os.environ[REGISTER_VARIABLE] = str(city.residents)
        sheets = load_truth(city.truth)
        reader = DocumentReader(load_profile("demo"))
        cpu: list[float] = []
        wall: list[float] = []
        score = FieldScore()
        pages = (page for file in sorted(city.inbox.iterdir()) for page in _timed_pages(file))
        for i, (page, opening_cpu, opening_wall) in enumerate(pages):
            at_cpu, at_wall = time.process_time(), time.perf_counter()
            reading = reader.read(page).reading
            if i >= WARM_UP:
                cpu.append(opening_cpu + time.process_time() - at_cpu)
                wall.append(opening_wall + time.perf_counter() - at_wall)
            score += score_fields(reading, sheets[page.source, page.page_index].fields)
            progress(i + 1, n + WARM_UP)
    share = 100 * score.accepted / max(score.fields, 1)
    return Measurement(
        name="read",
        n=len(cpu),
        figures=(
            Figure("cpu_s_per_page_mean", "1 枚あたりの CPU 時間(平均)", round(statistics.mean(cpu), 3), "s", 1.2),
            Figure("cpu_s_per_page_max", "同(最大)", round(max(cpu), 3), "s"),
            Figure("wall_s_per_page_mean", "1 枚あたりの経過時間(平均)", round(statistics.mean(wall), 3), "s"),
            Figure("fields_accepted_percent", "人の目が要らなかった項目", round(share, 1), "%"),
            Figure("fields_accepted_wrong", "そのうち誤り", len(score.accepted_wrong), "", 0),
        ),
        conditions=begun,
    )


def _timed_pages(file: Path) -> list[tuple[Page, float, float]]:
    at_cpu, at_wall = time.process_time(), time.perf_counter()
    pages = [page for page in open_pages(file) if isinstance(page, Page)]
    cpu, wall = time.process_time() - at_cpu, time.perf_counter() - at_wall
    return [(page, cpu / len(pages), wall / len(pages)) for page in pages]
