"""Pictures for the report in which nothing can be read: covered ink over the blank form, blurred scans, small screenshots."""

from __future__ import annotations

import base64
import io
import random
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from munibots.domain.layout import Layout, Region, RegionStyle

if TYPE_CHECKING:
    from numpy import bool_, int16
    from numpy.typing import NDArray
    from PIL.Image import Image

__all__ = ["CoveredInk", "blank_uri", "blurred_uri", "covered_ink", "screenshot_uri"]

# The ink of a box is shown as cells of at least this size in three tones: about one character, too coarse to read. Boxes whose very
# position of ink is the answer (ticks, circles, digits in their cells, dates) are shown in one flat tone.
CELL_MM = 4.0
_MOSAIC = (RegionStyle.LINE, RegionStyle.BLOCK)

_BLANK_WIDTH_PX = 1000
_BLANK_GREYS = 8
_BLUR_CELLS = 20
_BLUR_WIDTH_PX = 240
_SCREENSHOT_WIDTHS_PX = (760, 600, 480, 360)
_SCREENSHOT_QUALITY = 62

# Darker than the blank by this many grey levels is ink.
_INK_CONTRAST = 60
_FLAT_SHARE = 0.001  # a tick covers about 0.4 % of the widest box
_LIGHT_SHARE = 0.015
_DARK_SHARE = 0.09


@dataclass(frozen=True, slots=True)
class CoveredInk:
    """What was written on one page, coarse beyond reading: SVG path data in mm, one for each tone."""

    light: str
    dark: str


def covered_ink(registered: bytes, layout: Layout, page_index: int, fields: Collection[str]) -> CoveredInk:
    """Cover the ink of a page.

    Within a box the two tones are shuffled among the cells that hold ink, so that not even the course of darkness along a word is left.

    Args:
        registered: Picture of the page laid over its blank; its pixels span the page exactly.
        fields: Names of the fields to show; the paper outside their boxes is not looked at.
    """
    import cv2
    import numpy as np

    page = layout.pages[page_index]
    picture = cv2.imdecode(np.frombuffer(registered, np.uint8), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        return CoveredInk("", "")
    height_px, width_px = picture.shape
    blank = _darkest_around(layout.blanks[page_index], width_px, height_px)
    ink: NDArray[bool_] = blank - picture.astype(np.int16) > _INK_CONTRAST
    dpi = width_px / page.w_mm * 25.4
    tones: dict[int, list[str]] = {1: [], 2: []}
    for region in layout.regions:
        if region.page_index == page_index and region.field in fields:
            for tone, path in _cells(ink, region, dpi):
                tones[tone].append(path)
    return CoveredInk("".join(tones[1]), "".join(tones[2]))


@lru_cache(maxsize=8)
def _darkest_around(blank: Path, width_px: int, height_px: int) -> NDArray[int16]:
    """The blank page, each pixel as dark as its darkest neighbour within ±2: printed lines that lie a little aside are no ink."""
    import cv2
    import numpy as np
    from PIL import Image

    with Image.open(blank) as picture:
        grey = np.array(picture.convert("L").resize((width_px, height_px), Image.Resampling.BICUBIC))
    return cv2.erode(grey, np.ones((5, 5), np.uint8)).astype(np.int16)


def _cells(ink: NDArray[bool_], region: Region, dpi: float) -> list[tuple[int, str]]:
    box = region.box
    columns = max(1, int(box.w_mm / CELL_MM)) if region.style in _MOSAIC else 1
    rows = max(1, int(box.h_mm / CELL_MM)) if region.style in _MOSAIC else 1
    w_mm, h_mm = box.w_mm / columns, box.h_mm / rows
    x_px, y_px, w_px, h_px = box.to_px(dpi)
    crop = ink[y_px : y_px + h_px, x_px : x_px + w_px]
    if crop.size == 0:
        return []
    if region.style not in _MOSAIC:
        return [(1, _square(box.x_mm, box.y_mm, box.w_mm, box.h_mm))] if crop.mean() > _FLAT_SHARE else []
    spots: list[tuple[float, float]] = []
    found: list[int] = []
    for row in range(rows):
        for column in range(columns):
            cell = crop[
                row * h_px // rows : (row + 1) * h_px // rows, column * w_px // columns : (column + 1) * w_px // columns
            ]
            share = float(cell.mean()) if cell.size else 0.0
            if share > _LIGHT_SHARE:
                spots.append((box.x_mm + column * w_mm, box.y_mm + row * h_mm))
                found.append(2 if share > _DARK_SHARE else 1)
    random.SystemRandom().shuffle(found)  # a seeded shuffle could be undone
    return [(tone, _square(x, y, w_mm, h_mm)) for tone, (x, y) in zip(found, spots, strict=True)]


def _square(x: float, y: float, w: float, h: float) -> str:
    return f"M{x:.1f} {y:.1f}h{w:.1f}v{h:.1f}h-{w:.1f}z"


@cache
def blank_uri(path: Path) -> str:
    """The blank page as a small grey PNG in a data URI; every case of the form shares it."""
    from PIL import Image

    with Image.open(path) as picture:
        grey = picture.convert("L")
    grey.thumbnail((_BLANK_WIDTH_PX, 10 * _BLANK_WIDTH_PX), Image.Resampling.LANCZOS)
    return _uri(grey.quantize(_BLANK_GREYS), "PNG")


def blurred_uri(scan: bytes) -> str | None:
    """A scan whose form is unknown, averaged to 20 cells across (about a centimetre each) and blurred.

    Returns:
        A data URI, or ``None`` where the bytes are no picture.
    """
    from PIL import Image, ImageFilter

    try:
        with Image.open(io.BytesIO(scan)) as picture:
            grey = picture.convert("L")
    except OSError:
        return None
    cells_down = max(1, round(_BLUR_CELLS * grey.height / grey.width))
    coarse = grey.resize((_BLUR_CELLS, cells_down), Image.Resampling.BOX)
    size = (_BLUR_WIDTH_PX, round(_BLUR_WIDTH_PX * cells_down / _BLUR_CELLS))
    blurred = coarse.resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(6))
    return _uri(blurred, "JPEG")


def screenshot_uri(screenshot: bytes, most_bytes: int) -> str | None:
    """A screenshot that was masked when it was taken, made small; what the file says of itself (EXIF) is dropped.

    Args:
        most_bytes: The widest of a few sizes that fits is taken, the smallest if none does.

    Returns:
        A data URI, or ``None`` where the bytes are no picture.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(screenshot)) as picture:
            colours = picture.convert("RGB")
    except OSError:
        return None
    uri = None
    for width in _SCREENSHOT_WIDTHS_PX:
        small = colours.copy()
        small.thumbnail((width, 10 * width), Image.Resampling.LANCZOS)
        uri = _uri(small, "JPEG")
        if len(uri) <= most_bytes:
            break
    return uri


def _uri(picture: Image, kind: str) -> str:
    from PIL import Image

    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    if picture.mode == "P":
        clean.putpalette(picture.getpalette() or [])
    out = io.BytesIO()
    if kind == "JPEG":
        clean.save(out, "JPEG", quality=_SCREENSHOT_QUALITY, optimize=True)
    else:
        clean.save(out, "PNG", optimize=True)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(out.getvalue()).decode('ascii')}"
