"""Files to readings, document by document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from munibots.domain.document import Page
from munibots.domain.reading import Decision, DocumentReading, FormMatch
from munibots.pipeline import file_reader
from munibots.pipeline.document_reader import Evidence
from munibots.pipeline.file_reader import read_files
from munibots.pipeline.looking import Look
from munibots.pipeline.stacks import PageSeen, PlannedDocument, Seen

from .conftest import sheet


class Reader:
    """Sees what it is told to see, and notes which pages it is given to read."""

    def __init__(self, *seen: Seen | tuple[str, int, int]) -> None:
        self.seen = seen
        self.looks = 0

    def look(self, page: Page) -> Look:
        self.looks += 1
        what = self.seen[page.page_index]
        if isinstance(what, Seen):
            return Look(PageSeen(page.page_index, what))
        return Look(PageSeen(page.page_index, Seen.FORM, *what))

    def read(self, pages: Sequence[Page], *, planned: PlannedDocument, located: Mapping[int, object]) -> Evidence:
        assert tuple(p.page_index for p in pages) == planned.read_indexes
        match = FormMatch(planned.form_id, 1.0)
        return Evidence(DocumentReading(pages[0].source, planned.page_indexes, Decision.REVIEW, match))


@pytest.mark.parametrize("held", [1, 12], ids=["opened twice", "held"])
def test_each_document_is_read_once(tmp_path: Path, held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_reader, "HELD_PAGES", held)
    file = tmp_path / "a.tif"
    sheet(0).save(file, save_all=True, append_images=[sheet(n) for n in range(1, 6)], dpi=(200, 200))
    reader = Reader(Seen.UNKNOWN, ("two", 1, 2), ("two", 0, 2), Seen.UNKNOWN, Seen.BLANK, ("one", 0, 1))
    readings = list(read_files(reader, [file]))  # type: ignore[arg-type]
    assert [r.page_indexes for r in readings] == [(0,), (2, 1, 3, 4), (5,)]
    assert [r.match.form_id for r in readings] == [None, "two", "one"]
    assert reader.looks == 6


def test_a_broken_page_or_file_is_refused_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    sheet(0).save(tmp_path / "b.tif", save_all=True, append_images=[sheet(1)], dpi=(200, 200))
    whole = (tmp_path / "b.tif").read_bytes()
    (tmp_path / "b.tif").write_bytes(whole.replace(sheet(1).tobytes()[:40], b"", 1))
    reader = Reader(("one", 0, 1), ("one", 0, 1))
    empty, *pages = read_files(reader, [tmp_path / "a.pdf", tmp_path / "b.tif"])  # type: ignore[arg-type]
    assert (empty.decision, empty.page_indexes) == (Decision.REJECT, ())
    assert empty.problem is not None
    assert any(p.decision is Decision.REJECT and p.problem is not None for p in pages)


class Stumbling(Reader):
    """Something unforeseen happens at the look at page 0 and at the reading of page 1."""

    def look(self, page: Page) -> Look:
        if page.page_index == 0:
            raise ZeroDivisionError("榎戸 久美")
        return super().look(page)

    def read(self, pages: Sequence[Page], *, planned: PlannedDocument, located: Mapping[int, object]) -> Evidence:
        if pages[0].page_index == 1:
            raise KeyError("榎戸 久美")
        return super().read(pages, planned=planned, located=located)


def test_one_bad_page_does_not_stop_the_others(tmp_path: Path) -> None:
    file = tmp_path / "a.tif"
    sheet(0).save(file, save_all=True, append_images=[sheet(1), sheet(2)], dpi=(200, 200))
    reader = Stumbling(*[("one", 0, 1)] * 3)
    *bad, good, gone = read_files(reader, [file, tmp_path / "gone.pdf"])  # type: ignore[arg-type]
    assert [r.problem and r.problem[0] for r in bad] == ["MB-E001", "MB-E001"]
    assert all(r.decision is Decision.REVIEW and "榎戸" not in str(r.problem) for r in bad)
    assert (good.page_indexes, good.problem) == ((2,), None)
    assert gone.problem is not None
    assert gone.problem[0] == "MB-E108"
