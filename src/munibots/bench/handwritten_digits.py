"""Real handwritten digits in the boxes of a form: scikit-learn's copy of the UCI optical digits (8×8, 13 writers).

E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from munibots.definitions import places
from munibots.definitions.form_files import load_form, load_layout
from munibots.demo.paper.blank import draw_blank
from munibots.demo.paper.scanning import ScanStyle, scan_page, squeeze
from munibots.demo.paper.sheet import read_sheet
from munibots.domain.document import Page
from munibots.domain.form import FieldType
from munibots.domain.layout import Region, RegionStyle
from munibots.errors import EnvironmentNotReadyError
from munibots.japanese.numbers import my_number_check_digit
from munibots.pipeline.document_reader import DocumentReader

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["HandwrittenDigits", "exact_rows"]

_INK = 45
# The writers stand one after another. classifiers/digit_reader learns from the first two thirds: measured is the rest.
_LEARNT = 2 / 3
_HEIGHT_SHARE = (0.55, 0.78)


class HandwrittenDigits:
    """A box of real digits of writers that nothing was taught with, each used as often as chance takes it.

    Raises:
        EnvironmentNotReadyError: scikit-learn is not installed; it is needed for this measurement only.
    """

    def __init__(self) -> None:
        """Load the digits from scikit-learn."""
        try:
            from sklearn.datasets import load_digits
        except ImportError as e:
            raise EnvironmentNotReadyError(missing="scikit-learn(`pip install scikit-learn`)") from e
        data = load_digits()
        self._pictures: dict[str, list[NDArray[uint8]]] = {str(d): [] for d in range(10)}
        held_out = slice(round(len(data.images) * _LEARNT), None)
        for picture, digit in zip(data.images[held_out], data.target[held_out], strict=True):
            self._pictures[str(digit)].append((picture / 16 * 255).astype("uint8"))

    def write(self, paper: NDArray[uint8], region: Region, digits: str, dpi: int, rng: random.Random) -> None:
        """Write digits into the cells of a comb, one a cell from the left; a blank leaves its cell empty.

        Args:
            paper: RGB page at ``dpi``, shape (height, width, 3); changed in place.
            region: A region of style ``comb``.
        """
        x, y, w, h = region.box.to_px(dpi)
        cell = w / (region.cells or 1)
        for i, digit in enumerate(digits):
            if digit != " ":
                self._one(paper, x + i * cell, y, cell, h, digit, rng)

    def _one(
        self, paper: NDArray[uint8], x: float, y: float, cell: float, h: float, digit: str, rng: random.Random
    ) -> None:
        import cv2
        import numpy as np

        size = round(h * rng.uniform(*_HEIGHT_SHARE))
        picture = cv2.resize(rng.choice(self._pictures[digit]), (size, size), interpolation=cv2.INTER_CUBIC)
        # Eight pixels are all there is of a stroke: smoothed and cut at half height they become the line of a pen.
        picture = cv2.GaussianBlur(picture, (0, 0), size / 28)
        strength = np.clip((picture.astype(np.float32) - 90) / 70, 0, 1)[..., None]
        left = round(x + (cell - size) / 2 + rng.uniform(-0.08, 0.08) * cell)
        top = round(y + (h - size) / 2 + rng.uniform(-0.06, 0.06) * h)
        target = paper[top : top + size, left : left + size]
        strength = strength[: target.shape[0], : target.shape[1]]
        target[:] = (target * (1 - strength) + _INK * strength).astype(np.uint8)


def exact_rows(reader: DocumentReader, sheets: int, seed: int) -> tuple[int, int, int, int]:
    """Rows of real handwritten digits in every comb of 住民異動届, on hard scans.

    Args:
        sheets: Each has twelve rows: postal codes of 7, resident record codes of 11, individual numbers of 12 digits.

    Returns:
        Rows, rows exactly right, digits, digits right.

    Raises:
        EnvironmentNotReadyError: scikit-learn is not installed.
    """
    import numpy as np

    digits = HandwrittenDigits()
    form, layout = load_form("juminido"), load_layout("juminido")
    page = read_sheet(places.find("forms", "juminido") / "sheet.yaml").pages[0]
    counts = [0, 0, 0, 0]
    for i in range(sheets):
        rng = random.Random(f"{seed}/handwritten/{i}")
        style = replace(ScanStyle.of(rng, "hard"), colour=False)
        paper = np.asarray(draw_blank(page, style.dpi).convert("RGB")).copy()
        written = {}
        for region in layout.regions:
            if region.style is RegionStyle.COMB:
                row = _number(form.field(region.field).type, region.cells or 1, rng)
                digits.write(paper, region, row, style.dpi, rng)
                written[region.field] = row
        scan = squeeze(scan_page(paper, style, rng), style.jpeg_quality)
        reading = reader.read([Page(f"digits-{i}.png", 0, float(style.dpi), scan)]).reading
        for name, row in written.items():
            value = reading.value(name).value if reading.values else None
            read = value.replace("-", "") if isinstance(value, str) else ""
            counts[0] += 1
            counts[1] += read == row
            counts[2] += len(row)
            counts[3] += sum(a == b for a, b in zip(read, row, strict=False))
    return counts[0], counts[1], counts[2], counts[3]


def _number(kind: FieldType, length: int, rng: random.Random) -> str:
    row = "".join(rng.choice("0123456789") for _ in range(length))
    return row[:-1] + str(my_number_check_digit(row[:-1])) if kind is FieldType.MY_NUMBER else row
