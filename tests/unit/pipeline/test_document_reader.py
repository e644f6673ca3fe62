"""One page to one reading, whatever the page is."""

from __future__ import annotations

import numpy as np
import pytest

from munibots.definitions.form_files import load_form, load_layout
from munibots.definitions.profile_files import load_profile
from munibots.domain.document import Page
from munibots.domain.reading import Decision
from munibots.pipeline.document_reader import DocumentReader
from munibots.reading.features import blank_picture


@pytest.fixture(scope="module")
def reader() -> DocumentReader:
    return DocumentReader(load_profile("demo"))


def blank(form_id: str, page_index: int) -> Page:
    return Page(f"{form_id}.pdf", page_index, 200.0, blank_picture(load_layout(form_id), page_index))


def test_one_page_of_a_form_of_two_goes_to_a_person_with_every_field(reader: DocumentReader) -> None:
    reading = reader.read(blank("ninteichosa", 1)).reading
    assert reading.match.form_id == "ninteichosa"
    assert [v.name for v in reading.values] == [f.name for f in load_form("ninteichosa").fields]
    assert reading.decision is Decision.REVIEW
    (missing,) = [c for c in reading.checks if c.rule == "all-pages"]
    assert "1 ページ目" in missing.message_ja


def test_a_form_of_one_page_misses_none(reader: DocumentReader) -> None:
    reading = reader.read(blank("inkan", 0)).reading
    assert "all-pages" not in {c.rule for c in reading.checks}


def test_what_is_no_form_is_a_reading_with_a_problem(reader: DocumentReader) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (2339, 1654), dtype=np.uint8)
    reading = reader.read(Page("noise.png", 0, 200.0, noise)).reading
    assert reading.decision is Decision.REVIEW
    assert reading.problem is not None
    assert reading.problem[0] == "MB-E201"


def test_another_form_than_the_one_asked_for_is_said() -> None:
    only = DocumentReader(load_profile("demo"), only_form="inkan")
    reading = only.read(blank("kouza", 0)).reading
    assert reading.problem is not None
    assert reading.problem[0] == "MB-E202"


@pytest.mark.parametrize("shape", [(3000, 1), (1, 3000), (1, 1)])
def test_a_page_as_thin_as_a_hair_goes_to_a_person_and_stops_nobody(
    reader: DocumentReader, shape: tuple[int, int]
) -> None:
    reading = reader.read(Page("hair.png", 0, 300.0, np.full(shape, 255, np.uint8))).reading
    assert reading.decision is Decision.REVIEW
    assert reading.problem is not None
    assert reading.problem[0] == "MB-E201"
