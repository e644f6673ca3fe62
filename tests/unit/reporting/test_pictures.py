from __future__ import annotations

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from munibots.definitions.form_files import load_layout
from munibots.domain.layout import Layout, RegionStyle
from munibots.reporting.pictures import CELL_MM, blank_uri, blurred_uri, covered_ink, screenshot_uri


@pytest.fixture(scope="module")
def layout() -> Layout:
    return load_layout("juminido")


def picture_of(uri: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2])))


def page_with(layout: Layout, *marks: tuple[float, float, float, float]) -> bytes:
    """The blank page at 100 dpi with black rectangles, in mm."""
    with Image.open(layout.blanks[0]) as blank:
        picture = blank.convert("L").resize((827, 1169))
    k = 100 / 25.4
    for x, y, w, h in marks:
        picture.paste(0, (round(x * k), round(y * k), round((x + w) * k), round((y + h) * k)))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def squares(path: str) -> list[tuple[float, float, float, float]]:
    found = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z", path)
    return [(float(x), float(y), float(w), float(h)) for x, y, w, h in found]


def test_the_blank_page_holds_no_ink(layout: Layout) -> None:
    every = {r.field for r in layout.regions}
    ink = covered_ink(page_with(layout), layout, 0, every)
    assert (ink.light, ink.dark) == ("", "")


def test_cells_are_coarse_and_inside_their_box(layout: Layout) -> None:
    box = layout.region("new_address").box
    page = page_with(layout, (box.x_mm + 4, box.y_mm + 2, 20, 5))
    ink = covered_ink(page, layout, 0, {"new_address"})
    cells = squares(ink.light) + squares(ink.dark)
    assert cells
    for x, y, w, h in cells:
        assert min(w, h) >= CELL_MM - 0.05
        assert box.x_mm - 0.1 <= x
        assert x + w <= box.x_mm + box.w_mm + 0.1
        assert box.y_mm - 0.1 <= y
        assert y + h <= box.y_mm + box.h_mm + 0.1


def test_which_choice_or_digit_was_written_cannot_be_seen(layout: Layout) -> None:
    one_of_each = {r.style: r for r in layout.regions}
    for style in (RegionStyle.MARKS, RegionStyle.COMB, RegionStyle.DATE):
        region = one_of_each[style]
        box = region.box
        marks = [(box.x_mm + box.w_mm * share, box.y_mm + box.h_mm * 0.3, 2.5, box.h_mm * 0.4) for share in (0.1, 0.7)]
        first, second = (covered_ink(page_with(layout, mark), layout, 0, {region.field}) for mark in marks)
        assert first == second
        assert len(squares(first.light + first.dark)) == 1


def test_writing_outside_the_boxes_is_not_looked_at(layout: Layout) -> None:
    every = {r.field for r in layout.regions}
    ink = covered_ink(page_with(layout, (172, 12, 22, 18)), layout, 0, every)  # a seal in the receipt corner
    assert (ink.light, ink.dark) == ("", "")


def test_a_field_that_is_not_asked_for_is_not_shown(layout: Layout) -> None:
    box = layout.region("new_address").box
    ink = covered_ink(page_with(layout, box), layout, 0, {"old_address"})
    assert (ink.light, ink.dark) == ("", "")


def test_bytes_that_are_no_picture_show_nothing(layout: Layout) -> None:
    assert covered_ink(b"no picture", layout, 0, {"new_address"}).light == ""
    assert blurred_uri(b"no picture") is None
    assert screenshot_uri(b"no picture", 1000) is None


def test_a_blurred_scan_keeps_no_detail() -> None:
    stripes = np.zeros((1169, 827), np.uint8)
    stripes[:, ::8] = 255
    out = io.BytesIO()
    Image.fromarray(stripes).save(out, "PNG")
    uri = blurred_uri(out.getvalue())
    assert uri is not None
    left = np.asarray(picture_of(uri).convert("L"), float)
    assert left.shape[1] == 240
    assert left.std() < 8


def test_a_screenshot_is_small_and_says_nothing_of_itself() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (900, 1280, 3), np.uint8)
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "kakuyama taro"
    Image.fromarray(noise).save(out, "JPEG", quality=95, exif=exif, comment=b"kakuyama taro")
    uri = screenshot_uri(out.getvalue(), 30_000)
    assert uri is not None
    small = picture_of(uri)
    assert small.width == 360
    assert not small.getexif()
    assert b"kakuyama" not in base64.b64decode(uri.partition(",")[2])
    wide = screenshot_uri(out.getvalue(), 10_000_000)
    assert wide is not None
    assert picture_of(wide).width == 760


def test_the_blank_is_shared_and_small(layout: Layout) -> None:
    uri = blank_uri(layout.blanks[0])
    assert len(uri) < 200_000
    assert picture_of(uri).width == 1000
    assert picture_of(uri).info == {}
