"""A store, and sheets of paper without any OCR."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from munibots.domain.document import Page
from munibots.pipeline.looking import Look
from munibots.pipeline.stacks import PageSeen, Seen
from munibots.stores.case_store import CaseStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaseStore]:
    with CaseStore.open(f"sqlite:///{tmp_path / 'cases.sqlite'}") as opened:
        yield opened


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def sheet(seed: int) -> Image.Image:
    """A small sheet that no other seed makes."""
    noise = np.random.default_rng(seed).integers(0, 255, (80, 60), dtype=np.uint8)
    return Image.fromarray(noise)


def a_form(page: Page) -> Look:
    """A look that takes every page for a form of one page."""
    return Look(PageSeen(page.page_index, Seen.FORM, "juminido"))
