from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from munibots.definitions import places
from munibots.demo.city import troubles
from munibots.demo.paper.blank import draw_blank
from munibots.demo.paper.sheet import read_sheet


def test_an_empty_file(tmp_path: Path) -> None:
    troubles.write_empty_file(tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").stat().st_size == 0


def test_a_truncated_pdf_does_not_open(tmp_path: Path) -> None:
    troubles.write_truncated_pdf(tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(tmp_path / "a.pdf")


def test_a_locked_pdf_wants_its_password(tmp_path: Path) -> None:
    troubles.write_locked_pdf(tmp_path / "a.pdf", password="x1")
    with pytest.raises(pypdfium2.PdfiumError, match="password"):
        pypdfium2.PdfDocument(tmp_path / "a.pdf")
    assert len(pypdfium2.PdfDocument(tmp_path / "a.pdf", password="x1")) == 1


def test_a_long_pdf(tmp_path: Path) -> None:
    troubles.write_long_pdf(tmp_path / "a.pdf")
    assert len(pypdfium2.PdfDocument(tmp_path / "a.pdf")) == 300


def test_a_huge_picture_is_a_small_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)
    troubles.write_huge_picture(tmp_path / "a.png")
    assert (tmp_path / "a.png").stat().st_size < 200_000
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (20_000, 20_000)


def test_a_photo_is_colourful_and_has_no_paper(tmp_path: Path) -> None:
    troubles.write_photo(tmp_path / "a.jpg")
    pixels = np.asarray(Image.open(tmp_path / "a.jpg"))
    assert pixels.shape == (1200, 1600, 3)
    assert (pixels > 240).all(axis=2).mean() < 0.05
    assert pixels.std() > 30


def test_another_form_is_a4(tmp_path: Path) -> None:
    troubles.write_other_form(tmp_path / "a.jpg")
    assert Image.open(tmp_path / "a.jpg").size == (1654, 2339)


def test_upside_down_is_a_page_of_its_own(tmp_path: Path) -> None:
    troubles.write_upside_down(tmp_path / "a.pdf")
    page = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].render(scale=200 / 72).to_numpy()[..., 0]
    blank = draw_blank(read_sheet(places.find("forms", "juminido") / "sheet.yaml").pages[0], 200)

    def likeness(pixels: np.ndarray) -> float:
        coarse = [np.asarray(i.resize((60, 85)), dtype=float).ravel() for i in (blank, Image.fromarray(pixels))]
        return float(np.corrcoef(*coarse)[0, 1])

    assert likeness(page[::-1, ::-1].copy()) > likeness(page) + 0.3


def test_the_same_sheet_twice_differs_in_bytes(tmp_path: Path) -> None:
    troubles.write_same_sheet_twice(tmp_path / "a.jpg", tmp_path / "b.jpg")
    first, second = (np.asarray(Image.open(tmp_path / n), dtype=float) for n in ("a.jpg", "b.jpg"))
    assert not np.array_equal(first, second)
    assert np.corrcoef(first[::40, ::40].ravel(), second[::40, ::40].ravel())[0, 1] > 0.1
