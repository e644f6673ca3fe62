"""Files to pages, good and bad."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from munibots.domain.document import Page
from munibots.errors import (
    BrokenFileError,
    EmptyFileError,
    ImageTooLargeError,
    PasswordProtectedError,
    TooManyPagesError,
    UnsupportedFileError,
)
from munibots.intake import decode_page, encode_page, open_pages
from munibots.intake.opening import page_count

A4_200 = (1654, 2339)


def _picture(size: tuple[int, int] = A4_200) -> Image.Image:
    picture = Image.new("L", size, 255)
    picture.paste(0, (size[0] // 10, size[1] // 10, size[0] // 2, size[1] // 5))
    return picture


def _pdf(path: Path, pages: int = 1, **save: object) -> Path:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    pdf.save(path, **save)
    return path


def _pages(path: Path) -> list[Page]:
    pages = list(open_pages(path))
    assert all(isinstance(p, Page) for p in pages)
    return [p for p in pages if isinstance(p, Page)]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.jpg", {"dpi": (200, 200)}),
        ("a.png", {"dpi": (200, 200)}),
        ("a.tif", {"dpi": (200, 200), "compression": "tiff_lzw"}),
        ("a.tif", {"dpi": (200, 200), "compression": "jpeg"}),
        ("a.pdf", {"resolution": 200}),
    ],
)
def test_a_page_of_each_kind(tmp_path: Path, name: str, options: dict[str, object]) -> None:
    _picture().save(tmp_path / name, **options)
    (page,) = _pages(tmp_path / name)
    assert page.source == name
    assert page.page_index == 0
    assert page.dpi == pytest.approx(200, abs=0.5)
    assert page.pixels.dtype == np.uint8
    assert abs(page.pixels.shape[0] - 2339) <= 2
    assert page.pixels[300, 300] < 20 < 235 < page.pixels[2000, 1500]


def test_the_ending_does_not_matter(tmp_path: Path) -> None:
    _picture().save(tmp_path / "scan.pdf", "PNG", dpi=(200, 200))
    assert len(_pages(tmp_path / "scan.pdf")) == 1


def test_a_fax_of_two_pages_gets_square_pixels(tmp_path: Path) -> None:
    fax = _picture((1728, 1145)).convert("1")
    fax.save(tmp_path / "fax.tif", save_all=True, append_images=[fax], compression="group4", dpi=(204, 98))
    first, second = _pages(tmp_path / "fax.tif")
    assert (first.page_index, second.page_index) == (0, 1)
    assert first.dpi == pytest.approx(204, abs=0.5)
    assert first.pixels.shape[0] == pytest.approx(1145 * 204 / 98, rel=0.01)


def test_without_a_stated_resolution_it_is_a4(tmp_path: Path) -> None:
    _picture((1240, 1754)).save(tmp_path / "a.png")
    (page,) = _pages(tmp_path / "a.png")
    assert page.dpi == pytest.approx(150, abs=0.5)
    assert any("A4" in notice for notice in page.notices)


def test_a_large_page_is_shrunk_with_a_notice(tmp_path: Path) -> None:
    _picture((4961, 7016)).save(tmp_path / "a.png", dpi=(600, 600))
    (page,) = _pages(tmp_path / "a.png")
    assert page.dpi == 300
    assert page.pixels.shape in ((3508, 2480), (3508, 2481))
    assert any("縮小" in notice for notice in page.notices)


def test_the_direction_that_the_file_asks_for_is_honoured(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side
    _picture().save(tmp_path / "a.jpg", exif=exif, dpi=(200, 200))
    (page,) = _pages(tmp_path / "a.jpg")
    assert page.pixels.shape == (1654, 2339)
    assert page.pixels[300, 2339 - 300] < 20


def test_sixteen_bits_are_scaled_not_cut_off(tmp_path: Path) -> None:
    Image.fromarray(np.full((1754, 1240), 0x8000, np.uint16)).save(tmp_path / "a.png")
    (page,) = _pages(tmp_path / "a.png")
    assert page.pixels[0, 0] == pytest.approx(127, abs=1)


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    with pytest.raises(EmptyFileError, match="MB-E101"):
        open_pages(tmp_path / "a.pdf")


def test_another_kind_of_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"PK\x03\x04 a spreadsheet")
    with pytest.raises(UnsupportedFileError):
        open_pages(tmp_path / "a.pdf")


@pytest.mark.parametrize("name", ["a.pdf", "a.jpg", "a.png", "a.tif"])
def test_a_truncated_file(tmp_path: Path, name: str) -> None:
    rng = np.random.default_rng(1)
    noise = Image.fromarray(rng.integers(0, 255, (900, 700), dtype=np.uint8))
    noise.save(tmp_path / name)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    try:
        found = list(open_pages(tmp_path / name))
    except BrokenFileError:
        return
    assert [type(p) for p in found] == [BrokenFileError]


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    _pdf(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="himitsu", user="himitsu"))
    with pytest.raises(PasswordProtectedError):
        open_pages(tmp_path / "a.pdf")


def test_a_pdf_of_300_pages(tmp_path: Path) -> None:
    _pdf(tmp_path / "a.pdf", pages=300)
    with pytest.raises(TooManyPagesError, match="300 ページ、上限 100"):
        open_pages(tmp_path / "a.pdf")
    assert isinstance(next(open_pages(tmp_path / "a.pdf", max_pages=300)), Page)


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.jpg"])
def test_a_picture_of_20000_pixels_is_refused_undecoded(tmp_path: Path, name: str) -> None:
    Image.new("1" if name != "a.jpg" else "L", (20000, 60)).save(tmp_path / name)
    try:
        error = next(open_pages(tmp_path / name))
    except ImageTooLargeError as raised:
        error = raised
    assert isinstance(error, ImageTooLargeError)
    assert "20000×60" in str(error)


def test_one_bad_page_does_not_take_the_others(tmp_path: Path) -> None:
    good, huge = _picture((1240, 1754)).convert("1"), Image.new("1", (20000, 60))
    good.save(tmp_path / "a.tif", save_all=True, append_images=[huge, good], compression="group4", dpi=(150, 150))
    first, bad, last = open_pages(tmp_path / "a.tif")
    assert isinstance(first, Page)
    assert isinstance(bad, ImageTooLargeError)
    assert isinstance(last, Page)
    assert last.page_index == 2


def test_an_error_names_the_file_without_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    with pytest.raises(EmptyFileError) as caught:
        open_pages(tmp_path / "a.pdf")
    assert str(tmp_path) not in str(caught.value)


def test_a_page_survives_being_stored() -> None:
    pixels = np.tile(np.linspace(0, 255, 200, dtype=np.uint8), (300, 1))
    page = Page("scan.pdf", 3, 200.0, pixels)
    data = encode_page(page)
    back = decode_page(data, source="scan.pdf", page_index=3)
    assert (back.source, back.page_index, back.dpi) == ("scan.pdf", 3, 200.0)
    assert np.abs(back.pixels.astype(int) - pixels).max() < 12
    assert Image.open(io.BytesIO(data)).format == "JPEG"


def test_pages_are_counted_without_decoding(tmp_path: Path) -> None:
    tiff, png, text, broken = (tmp_path / n for n in ("a.tif", "a.png", "a.txt", "b.pdf"))
    _picture((60, 80)).save(tiff, save_all=True, append_images=[_picture((60, 80))] * 2)
    _picture((60, 80)).save(png)
    text.write_text("not a picture")
    broken.write_bytes(b"%PDF-1.7 and nothing else")
    found = [page_count(p) for p in (_pdf(tmp_path / "a.pdf", 5), tiff, png, text, broken)]
    assert found == [5, 3, 1, 0, 0]
