from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from munibots.definitions import places
from munibots.demo.paper.blank import draw_blank
from munibots.demo.paper.scanning import Level, ScanStyle, scan_page, squeeze, write_scan
from munibots.demo.paper.sheet import read_sheet

PAPER = np.asarray(draw_blank(read_sheet(places.find("forms", "juminido") / "sheet.yaml").pages[0], 200).convert("RGB"))


def scan(level: Level = "mild", *, colour: bool = False, upside_down: bool = False, seed: int = 1) -> np.ndarray:
    style = ScanStyle(level, 200, colour, 70, upside_down)
    return scan_page(PAPER, style, random.Random(seed))


@pytest.mark.parametrize("level", ["mild", "hard"])
@pytest.mark.parametrize("colour", [False, True], ids=["grey", "colour"])
def test_a_scan_keeps_size_and_stays_readable(level: Level, colour: bool) -> None:
    page = scan(level, colour=colour)
    assert page.dtype == np.uint8
    assert page.shape == (PAPER.shape if colour else PAPER.shape[:2])
    assert 120 < page.mean() < 252
    assert page.std() > 15


def test_hard_differs_more_from_the_paper_than_mild() -> None:
    grey = PAPER.mean(axis=2)
    mild, hard = (np.mean([np.abs(scan(level, seed=s) - grey).mean() for s in range(3)]) for level in ("mild", "hard"))
    assert hard > mild * 1.2


def test_the_same_chance_gives_the_same_scan() -> None:
    assert np.array_equal(scan("hard"), scan("hard"))
    assert not np.array_equal(scan("hard"), scan("hard", seed=2))


def test_upside_down_is_turned_by_half() -> None:
    assert np.array_equal(scan(upside_down=True)[::-1, ::-1], scan())


def test_squeezing_keeps_shape_and_loses_detail() -> None:
    page = scan()
    squeezed = squeeze(page, 40)
    assert squeezed.shape == page.shape
    assert 0 < np.abs(squeezed.astype(int) - page).mean() < 12


STYLE = ScanStyle("mild", 200, False, 60)


def test_pdf_holds_every_page_at_its_size_and_no_time_of_day(tmp_path: Path) -> None:
    write_scan([scan(), scan(seed=2)], tmp_path / "a.pdf", STYLE)
    write_scan([scan(), scan(seed=2)], tmp_path / "b.pdf", STYLE)
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        assert len(pdf) == 2
        assert pdf[0].get_size() == pytest.approx((595.4, 842.0), abs=0.5)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.pdf", "b.pdf"]


@pytest.mark.parametrize(("bilevel", "coding"), [(False, "jpeg"), (True, "group4")])
def test_tiff_holds_every_page_and_its_resolution(tmp_path: Path, bilevel: bool, coding: str) -> None:
    write_scan([scan(), scan(seed=2)], tmp_path / "a.tif", STYLE, bilevel=bilevel)
    with Image.open(tmp_path / "a.tif") as picture:
        assert picture.n_frames == 2  # type: ignore[attr-defined]
        assert picture.info["compression"] == coding
        assert picture.info["dpi"] == pytest.approx((200, 200))
        picture.seek(1)
        assert picture.size == (1654, 2339)


def test_jpeg_has_its_resolution_and_one_page_only(tmp_path: Path) -> None:
    write_scan([scan()], tmp_path / "a.jpg", STYLE)
    with Image.open(tmp_path / "a.jpg") as picture:
        assert picture.info["dpi"] == (200, 200)
    with pytest.raises(ValueError, match="jpg"):
        write_scan([scan(), scan()], tmp_path / "b.jpg", STYLE)
    with pytest.raises(ValueError, match="bmp"):
        write_scan([scan()], tmp_path / "a.bmp", STYLE)
