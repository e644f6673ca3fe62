"""An invented office scanner: lays paper on askew, blurs, shades and speckles it, and writes PDF, TIFF or JPEG."""

from __future__ import annotations

import io
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from numpy import float32, uint8
    from numpy.typing import NDArray
    from PIL.Image import Image

__all__ = ["Level", "ScanStyle", "scan_page", "squeeze", "write_scan"]

Level = Literal["mild", "hard"]

# Files must come out the same in every run: PDF would otherwise carry the time of day.
_NO_TIME = time.gmtime(0)


@dataclass(frozen=True, slots=True)
class ScanStyle:
    """How a sheet is scanned.

    Attributes:
        level: ``mild`` as from a well kept office machine, ``hard`` as from a tired one.
        dpi: 200 or 300.
        colour: Colour or grey.
        jpeg_quality: 40–85.
        upside_down: The sheet was laid the wrong way round.
    """

    level: Level
    dpi: int
    colour: bool
    jpeg_quality: int
    upside_down: bool = False

    @classmethod
    def of(cls, rng: random.Random, level: Level) -> ScanStyle:
        """One more setting as offices have them: mostly grey, mostly 200 dpi."""
        return cls(
            level=level,
            dpi=200 if rng.random() < 0.65 else 300,
            colour=rng.random() < 0.2,
            jpeg_quality=rng.randint(62, 85) if level == "mild" else rng.randint(40, 70),
        )


@dataclass(frozen=True, slots=True)
class _Wear:
    skew_deg: float
    scale: float
    shift_mm: float
    corner_mm: float
    blur_mm: tuple[float, float]
    noise: tuple[float, float]
    shade: float
    fade: float
    specks: int


_WEAR: dict[str, _Wear] = {
    "mild": _Wear(0.6, 0.006, 1.0, 0.2, (0.03, 0.06), (1.5, 4.0), 0.04, 0.06, 25),
    "hard": _Wear(1.5, 0.015, 2.5, 0.9, (0.06, 0.11), (4.0, 9.0), 0.16, 0.22, 160),
}


def scan_page(paper: NDArray[uint8], style: ScanStyle, rng: random.Random) -> NDArray[uint8]:
    """Scan one sheet.

    Args:
        paper: The sheet at ``style.dpi``, RGB, shape (height, width, 3).
        style: Machine and settings.
        rng: Where every accident comes from.

    Returns:
        Grey (height, width) or RGB (height, width, 3), before JPEG.
    """
    import cv2
    import numpy as np

    wear, k = _WEAR[style.level], style.dpi / 25.4
    page = paper if style.colour else np.asarray(cv2.cvtColor(paper, cv2.COLOR_RGB2GRAY), np.uint8)
    height, width = page.shape[:2]
    page = np.asarray(
        cv2.warpPerspective(
            page,
            _placement(width, height, wear, k, rng),
            (width, height),
            flags=cv2.INTER_LINEAR,
            borderValue=(248, 248, 248),
        ),
        np.uint8,
    )
    page = np.asarray(cv2.GaussianBlur(page, (0, 0), rng.uniform(*wear.blur_mm) * k), np.uint8)
    _speckle(page, wear, k, rng)
    light = _light(width, height, wear, rng)
    # A tired lamp leaves black grey: ``black`` is what it adds to nothing.
    black = rng.uniform(0.2, 1.0) * wear.fade * 255
    grain = _grain(width, height, rng.uniform(*wear.noise), rng) + np.float32(black)
    light *= np.float32(1.0 - black / 255)
    if style.colour:
        tint = (1.0, rng.uniform(0.985, 1.0), rng.uniform(0.95, 1.0))
        page = np.dstack([_lit(page[..., i], light * np.float32(part), grain) for i, part in enumerate(tint)])
    else:
        page = _lit(page, light, grain)
    return np.ascontiguousarray(page[::-1, ::-1]) if style.upside_down else page


def _lit(page: NDArray[uint8], light: NDArray[float32], grain: NDArray[float32]) -> NDArray[uint8]:
    import numpy as np

    value = page.astype(np.float32)
    value *= light
    value += grain
    return np.clip(value, 0, 255, out=value).astype(np.uint8)


def _placement(width: int, height: int, wear: _Wear, k: float, rng: random.Random) -> NDArray[float32]:
    """Skew, scale, shift and a slight perspective as one matrix."""
    import cv2
    import numpy as np

    angle = math.radians(rng.uniform(-wear.skew_deg, wear.skew_deg))
    scale = 1 + rng.uniform(-wear.scale, wear.scale)
    dx, dy = (rng.uniform(-wear.shift_mm, wear.shift_mm) * k for _ in range(2))
    source, target = [], []
    for x, y in ((0, 0), (width, 0), (width, height), (0, height)):
        u, v = (x - width / 2) * scale, (y - height / 2) * scale
        ex, ey = (rng.uniform(-wear.corner_mm, wear.corner_mm) * k for _ in range(2))
        source.append((x, y))
        target.append(
            (
                width / 2 + u * math.cos(angle) - v * math.sin(angle) + dx + ex,
                height / 2 + u * math.sin(angle) + v * math.cos(angle) + dy + ey,
            )
        )
    matrix = cv2.getPerspectiveTransform(np.array(source, np.float32), np.array(target, np.float32))
    return np.asarray(matrix, np.float32)


def _speckle(page: NDArray[uint8], wear: _Wear, k: float, rng: random.Random) -> None:
    """Dust, and on a tired machine a streak along the feed."""
    import cv2

    height, width = page.shape[:2]
    for _ in range(rng.randint(wear.specks // 4, wear.specks)):
        grey = rng.randint(40, 150)
        at = (rng.randrange(width), rng.randrange(height))
        cv2.circle(page, at, max(0, round(rng.uniform(0.02, 0.13) * k)), (grey, grey, grey), -1)
    if wear.specks > 100 and rng.random() < 0.3:
        x, grey = rng.randrange(width), rng.randint(150, 215)
        cv2.line(page, (x, 0), (x + rng.randint(-2, 2), height), (grey, grey, grey), 1)


def _light(width: int, height: int, wear: _Wear, rng: random.Random) -> NDArray[float32]:
    """Uneven light, 1 for full; darker towards one edge as beside a book's spine."""
    import cv2
    import numpy as np

    field = np.random.default_rng(rng.getrandbits(32)).uniform(1 - wear.shade, 1.0, (5, 4)).astype(np.float32)
    if wear.specks > 100 and rng.random() < 0.4:
        field[:, 0 if rng.random() < 0.5 else -1] -= np.float32(rng.uniform(0.05, 0.2))
    return np.asarray(cv2.resize(field, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


@cache
def _noise_tile() -> NDArray[float32]:
    import numpy as np

    return np.random.default_rng(20260401).standard_normal((1536, 1536), dtype=np.float32)


def _grain(width: int, height: int, strength: float, rng: random.Random) -> NDArray[float32]:
    """Sensor noise: one big tile laid from a random corner, which is many times faster than fresh noise."""
    import numpy as np

    tile = np.roll(_noise_tile(), (rng.randrange(1536), rng.randrange(1536)), (0, 1)) * np.float32(strength)
    across, down = -(-width // 1536), -(-height // 1536)
    return np.tile(tile, (down, across))[:height, :width]


def squeeze(page: NDArray[uint8], jpeg_quality: int) -> NDArray[uint8]:
    """What is left of a page after JPEG."""
    import numpy as np
    from PIL import Image

    buffer = io.BytesIO()
    Image.fromarray(page).save(buffer, "JPEG", quality=jpeg_quality)
    return np.asarray(Image.open(buffer))


def write_scan(pages: Sequence[NDArray[uint8]], path: Path, style: ScanStyle, *, bilevel: bool = False) -> None:
    """Write scanned pages to one file; the ending of its name tells the format.

    The file appears whole or not at all.

    Args:
        pages: All of one resolution; a JPEG takes one page only.
        path: ``.pdf`` (a picture a page), ``.tif`` (JPEG inside, or G4 if ``bilevel``) or ``.jpg``.
        style: Resolution and JPEG quality.
        bilevel: TIFF in black and white, as from a fax.

    Raises:
        ValueError: An unknown ending, or a JPEG of several pages.
    """
    from PIL import Image

    pictures: list[Image.Image] = [Image.fromarray(p) for p in pages]
    beside = path.with_suffix(".part")
    first, rest = pictures[0], pictures[1:]
    dpi = (style.dpi, style.dpi)
    if path.suffix == ".pdf":
        first.save(
            beside,
            "PDF",
            save_all=True,
            append_images=rest,
            resolution=float(style.dpi),
            quality=style.jpeg_quality,
            title="",
            creationDate=_NO_TIME,
            modDate=_NO_TIME,
        )
    elif path.suffix == ".tif":
        if bilevel:
            first, *rest = [_black_and_white(p) for p in pictures]
        coding = {"compression": "group4"} if bilevel else {"compression": "jpeg", "quality": style.jpeg_quality}
        first.save(beside, "TIFF", save_all=True, append_images=rest, dpi=dpi, **coding)
    elif path.suffix == ".jpg" and not rest:
        first.save(beside, "JPEG", quality=style.jpeg_quality, dpi=dpi)
    else:
        raise ValueError(path.suffix)
    beside.replace(path)


def _black_and_white(picture: Image) -> Image:
    import cv2
    import numpy as np
    from PIL import Image as PilImage

    grey = np.asarray(picture.convert("L"))
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 41, 22)
    return PilImage.fromarray(np.asarray(ink, np.uint8)).convert("1", dither=PilImage.Dither.NONE)
