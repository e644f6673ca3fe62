"""Dates on a plain line, with and without what is printed there."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from munibots.domain.layout import BoxMm, Region, RegionStyle
from munibots.reading.boxes import Cutter
from munibots.reading.date_lines import UnreadDateLine
from munibots.reading.ocr.recognizer import Recognizer
from munibots.reading.raw import Raw

BOX = BoxMm(20, 30, 70, 9)
RECOGNIZER = Recognizer()


def _read(text: str, era: str | None = None) -> Raw:
    blank = np.full((600, 900), 255, np.uint8)
    picture = blank.copy()
    if text:
        cv2.putText(picture, text, (180, 295), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (50,), 2, cv2.LINE_AA)
    region = Region("day", 0, BOX, RegionStyle.LINE, era=era)
    unread = UnreadDateLine(Cutter(picture, blank), region)
    return unread.finish(RECOGNIZER.read(unread.crops))


@pytest.mark.parametrize(
    ("text", "era", "value"),
    [("2026.11.24", None, "2026-11-24"), ("R8.4.11", None, "2026-04-11"), ("8.4.11", "令和", "2026-04-11")],
)
def test_the_ways_to_write_a_date(text: str, era: str | None, value: str) -> None:
    raw = _read(text, era)
    assert raw.value == value
    assert raw.text


@pytest.mark.parametrize("text", ["8.4.11", "2026.2.30"])
def test_what_is_no_whole_date_has_no_value(text: str) -> None:
    raw = _read(text)
    assert raw.value is None
    assert raw.text
    assert raw.reasons


def test_an_empty_line_is_blank() -> None:
    assert _read("") == Raw("", None)
