"""The pile is made of the same scans over and over, and read from its file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from munibots.bench import long_stack
from munibots.bench.long_stack import CYCLE_PAGES, make_scans, read_long_stack
from munibots.definitions import places
from munibots.demo.city.filled_forms import make_filled_forms
from munibots.domain.document import Page
from munibots.domain.reading import Decision, DocumentReading, FormMatch
from munibots.intake.opening import open_pages


def test_one_round_holds_every_form(monkeypatch: pytest.MonkeyPatch) -> None:
    scans = make_scans(3)
    assert sum(map(len, scans)) == CYCLE_PAGES
    forms = Counter(pages[0].source.rpartition("-")[0] for pages in scans)
    assert set(forms) == set(places.names("forms"))


def test_the_file_has_its_pages_in_turn_and_their_size(tmp_path: Path) -> None:
    dark, light = (
        Page("p", 0, dpi, np.full((round(dpi * 11), round(dpi * 8)), grey, np.uint8))
        for dpi, grey in ((200.0, 40), (300.0, 220))
    )
    long_stack._write([[dark, light]], 6, tmp_path / "s.pdf")
    pages = list(open_pages(tmp_path / "s.pdf"))
    assert [isinstance(p, Page) and round(float(p.pixels.mean()) / 10) for p in pages] == [4, 22] * 3
    assert all(isinstance(p, Page) and p.pixels.shape == (2200, 1600) for p in pages)


def test_a_document_shares_its_cost_among_its_pages() -> None:
    cost = [0.0] * 4
    long_stack._spread(cost, DocumentReading("s", (1, 2), Decision.REVIEW, FormMatch(None, 0.0)), 3.0)
    assert cost == [0.0, 1.5, 1.5, 0.0]


def test_a_short_pile_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    scans = [next(make_filled_forms("inkan", 1, 5, levels=("mild",))).pages]
    told: list[int] = []
    cost = read_long_stack(scans, 5, tmp_path, lambda done, total: told.append(done))
    assert (cost.pages, cost.documents) == (5, 5)
    assert told == [1, 2, 3, 4, 5]
    assert 0 < cost.first_s < 20
    assert 0 < cost.last_s < 20
    assert min(cost.first_s, cost.last_s) <= cost.mean_s * 1.5
    assert cost.peak_mb is None or 100 < cost.peak_mb < 2000
