"""A filled sheet without fonts: the shipped blank, written on with the strokes of OpenCV's plotter font."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from munibots.definitions.form_files import load_form, load_layout
from munibots.domain.document import Page
from munibots.domain.form import Form
from munibots.domain.layout import BoxMm, Layout
from munibots.reading.reader import FormReader
from munibots.reading.registration import blank_picture

K = 200 / 25.4


class Pen:
    """Writes on a picture at 200 dpi."""

    def __init__(self, picture: np.ndarray, layout: Layout) -> None:
        self.picture = picture
        self.layout = layout

    def digits(self, box: BoxMm, text: str) -> None:
        """Digits in the middle of a box."""
        scale = min(1.0, box.h_mm / 7)
        (w, h), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, 2)
        x, y = (box.x_mm + box.w_mm / 2) * K - w / 2, (box.y_mm + box.h_mm / 2) * K + h / 2
        cv2.putText(self.picture, text, (round(x), round(y)), cv2.FONT_HERSHEY_SIMPLEX, scale, (50,), 2, cv2.LINE_AA)

    def comb(self, field: str, text: str) -> None:
        """One digit a cell; a blank leaves its cell empty."""
        region = self.layout.region(field)
        cell = region.box.w_mm / (region.cells or 1)
        for i, c in enumerate(text.rstrip()):
            if c != " ":
                self.digits(BoxMm(region.box.x_mm + i * cell, region.box.y_mm, cell, region.box.h_mm), c)

    def circle(self, field: str, choice: str) -> None:
        """A ring around a choice."""
        part = self.layout.region(field).part(choice)
        assert part is not None
        x, y, w, h = part.box
        middle = round((x + w / 2) * K), round((y + h / 2) * K)
        cv2.ellipse(self.picture, middle, (round(w * K / 2), round(h * K / 2)), 5, 0, 355, (50,), 4, cv2.LINE_AA)

    def tick(self, field: str, choice: str) -> None:
        """A tick over a box."""
        part = self.layout.region(field).part(choice)
        assert part is not None
        x, y, w, h = part.box
        points = [(x + w * 0.1, y + h * 0.5), (x + w * 0.4, y + h * 0.9), (x + w * 1.1, y - h * 0.1)]
        line = np.array([[round(a * K), round(b * K)] for a, b in points])
        cv2.polylines(self.picture, [line], False, (50,), 4, cv2.LINE_AA)

    def date(self, field: str, year: str, month: str, day: str, era: str | None = None) -> None:
        """A date in its parts."""
        region = self.layout.region(field)
        for name, text in (("year", year), ("month", month), ("day", day)):
            part = region.part(name)
            assert part is not None
            if text:
                self.digits(part.box, text)
        if era is not None:
            self.circle(field, era)


@pytest.fixture(scope="session")
def form() -> Form:
    return load_form("juminido")


@pytest.fixture(scope="session")
def layout() -> Layout:
    return load_layout("juminido")


@pytest.fixture(scope="session")
def reader(form: Form, layout: Layout) -> FormReader:
    return FormReader([(form, layout)], None)


@pytest.fixture
def pen(layout: Layout) -> Pen:
    return Pen(blank_picture(layout, 0).copy(), layout)


def scanned(picture: np.ndarray, *, turn_deg: float = 0.8, noise: float = 6.0, quarter_turns: int = 0) -> Page:
    """The picture as a scanner gives it: skewed, shifted, grey, noisy."""
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn_deg, 0.995)
    matrix[:, 2] += (7.3, -5.1)
    page = cv2.warpAffine(picture, matrix, (width, height), borderValue=(255,), flags=cv2.INTER_LINEAR)
    shaded = page * np.linspace(0.97, 0.9, width)[None, :]
    shaded += np.random.default_rng(5).normal(0, noise, page.shape)
    pixels = np.ascontiguousarray(np.rot90(np.clip(shaded, 0, 255).astype(np.uint8), quarter_turns))
    return Page("sheet.png", 0, 200.0, pixels)
