"""A pile from the sheet feeder: many forms, upside down, blank backs, attachments, pages missing, turned round or broken."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from munibots.definitions import places
from munibots.definitions.profile_files import load_profile
from munibots.demo.city.entries.registry import make_entries
from munibots.demo.city.foreign import draw_foreign
from munibots.demo.city.people import People
from munibots.demo.paper.filling import fill_sheet
from munibots.demo.paper.hand import Hand
from munibots.demo.paper.scanning import ScanStyle, scan_page, write_scan
from munibots.demo.paper.sheet import read_sheet
from munibots.domain.case import CaseState
from munibots.intake.opening import open_pages
from munibots.pipeline.conductor import read_received
from munibots.pipeline.document_reader import DocumentReader
from munibots.pipeline.inbox import take_in
from munibots.reporting.html import write_report
from munibots.stores.case_store import CaseStore

STYLE = ScanStyle("mild", 200, False, 70)
Drawn = np.ndarray

# What lies in the feeder: a form's page, a page of no form (?), a blank back (_) or one that cannot be opened (x); v: upside down.
_FEED = """
    ? kokuho.1 juminido.1 v:juminido.1 _ youkaigo.1 ? ?
    hoiku.1 hoiku.2 v:hoiku.2 v:hoiku.1 shuro.1
    ninteichosa.1 _ ninteichosa.2 _ ninteichosa.2 tennyu_tsuchi.1
    shiminzei.1 shiminzei.1 shiminzei.2 ? x ?
    inkan.1 koseki.1 _ kouza.1 houjin_20go.1 houjin_setsuritsu.1 v:jidoteate.1
    hoiku.1 ? hoiku.2 v:kokuho.1 kokuho.1 shiminzei.2 shiminzei.1 juminido.1
"""
FEED = _FEED.split()

DOCUMENTS = [
    ([0], "unknown"),
    ([1], "form-1"),
    ([2], "form-1"),
    ([3, 4], "form-1 blank"),
    ([5, 6, 7], "form-1 attachment attachment"),
    ([8, 9], "form-1 form-2"),
    ([11, 10], "form-1 form-2"),
    ([12], "form-1"),
    ([13, 15, 14, 16], "form-1 form-2 blank blank"),
    ([17], "form-2"),
    ([18], "form-1"),
    ([19], "form-1"),
    ([20, 21, 22], "form-1 form-2 attachment"),
    ([23], "unknown"),
    ([24], "unknown"),
    ([25], "form-1"),
    ([26, 27], "form-1 blank"),
    ([28], "form-1"),
    ([29], "form-1"),
    ([30], "form-1"),
    ([31], "form-1"),
    ([32, 34, 33], "form-1 form-2 attachment"),
    ([35], "form-1"),
    ([36], "form-1"),
    ([38, 37], "form-1 form-2"),
    ([39], "form-1"),
]


def draw(feed: Sequence[str], seed: int) -> list[Drawn]:
    """The scanned pages; a document's pages are filled in by one person."""
    rng = random.Random(seed)
    pages: list[Drawn] = []
    for no, token in enumerate(feed):
        name = token.removeprefix("v:")
        if name == "?":
            paper = draw_foreign(seed, (0, 1, 3, 5)[no % 4] + 12 * no, STYLE.dpi)[1]
        elif name in "_x":
            paper = np.full((2339, 1654, 3), 250, np.uint8)
        else:
            form_id, _, page_no = name.partition(".")
            filled = make_entries(form_id, rng, People(rng))
            sheet = read_sheet(places.find("forms", form_id) / "sheet.yaml")
            paper = fill_sheet(sheet, filled.entries, Hand.of(rng), STYLE.dpi, rng, seal=filled.seal)[int(page_no) - 1]
        scanned = scan_page(paper, STYLE, rng)
        pages.append(np.ascontiguousarray(scanned[::-1, ::-1]) if token.startswith("v:") else scanned)
    return pages


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One TIFF of 40 pages, of which one is damaged."""
    file = tmp_path_factory.mktemp("inbox") / "stack.tif"
    write_scan(draw(FEED, 7), file, STYLE)
    _damage(file, FEED.index("x"))
    return file


def _damage(file: Path, page_index: int) -> None:
    """Let the data of one page begin beyond the end of the file."""
    from PIL import Image
    from PIL.TiffImagePlugin import STRIPOFFSETS

    with Image.open(file) as picture:
        picture.seek(page_index)
        offset = picture.tag_v2[STRIPOFFSETS][0]  # type: ignore[attr-defined]
    data = file.read_bytes()
    where, beyond = offset.to_bytes(4, "little"), (len(data) + 1000).to_bytes(4, "little")
    assert data.count(where) == 1
    file.write_bytes(data.replace(where, beyond))


@pytest.fixture(scope="module")
def reader() -> DocumentReader:
    return DocumentReader(load_profile("demo"))


def test_the_pile_is_put_in_order_and_reported(stack: Path, reader: DocumentReader, tmp_path: Path) -> None:
    with CaseStore.open(f"sqlite:///{tmp_path / 'cases.sqlite'}") as store:
        taken = take_in(store, (stack,), look=reader.look, bot_id="juminido", profile="demo")
        cases = [store.get(case_id) for case_id in taken.case_ids]
        assert [(list(c.page_indexes), " ".join(r.code for r in c.page_roles)) for c in cases] == DOCUMENTS
        by_first = {c.page_indexes[0]: c for c in cases}
        damaged = by_first[23]
        assert damaged.state is CaseState.NEEDS_REVIEW
        assert damaged.problem is not None
        assert damaged.problem[0] == "MB-E102"
        # The same file again, as after a crash.
        assert take_in(store, (stack,), look=reader.look, bot_id="juminido", profile="demo").added == 0
        # Reading is timed elsewhere: only the documents with something to say about their pages are read here.
        wanted = {0: None, 11: "pages-turned-round", 17: "pages-missing", 19: "pages-missing", 32: "attachments"}
        for case in cases:
            if case.page_indexes[0] not in wanted and case.state is CaseState.RECEIVED:
                assert store.change(case.id, {CaseState.RECEIVED}, CaseState.REJECTED, actor="test", event="left out")
        assert read_received(store, reader, bot_id="juminido", profile="demo") == len(wanted)
        for first, rule in wanted.items():
            case = by_first[first]
            reading = store.reading(case.id)
            assert reading is not None
            assert store.get(case.id).state is CaseState.NEEDS_REVIEW
            assert reading.page_indexes == case.page_indexes
            if rule is not None:
                assert rule in [c.rule for c in reading.checks if not c.ok]
        names = {a.name for a in store.attachments(by_first[11].id)}
        assert names == {"registered-1.jpg", "registered-2.jpg"}
        report = write_report(store, tmp_path / "report.html", title_ja="束", profile_name_ja="デモ市")
    text = report.read_text(encoding="utf-8")
    assert "33、35 ページ目、添付 34 ページ目" in text
    assert "2 枚目。白紙の様式に" in text


def test_the_command_answers_one_line_a_document(stack: Path, tmp_path: Path) -> None:
    import contextlib
    import io

    from munibots.cli.main import main

    short = tmp_path / "short.tif"
    pages = list(open_pages(stack))
    chosen = [pages[i] for i in (10, 11, 6, 4, 17)]
    write_scan([page.pixels for page in chosen if hasattr(page, "pixels")], short, STYLE)
    out = io.StringIO()
    with contextlib.redirect_stdout(out), pytest.raises(SystemExit) as ended:
        main(["read", str(short), "--profile", "demo", "--jsonl"])
    assert ended.value.code == 3
    first, second = [json.loads(line) for line in out.getvalue().splitlines()]
    assert (first["page_indexes"], first["page_roles"]) == ([1, 0, 2, 3], ["form-1", "form-2", "attachment", "blank"])
    assert (second["page_indexes"], second["page_roles"]) == ([4], ["form-2"])
    assert second["decision"] == "review"
