"""A page is read by its labels, as if its layout were not known; it may lie on its head."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from munibots.definitions import places
from munibots.definitions.form_files import load_form, load_layout
from munibots.domain.document import Page
from munibots.domain.layout import BoxMm
from munibots.errors import UnknownFormError
from munibots.reading.features import blank_picture
from munibots.reading.ocr.engine import load_engine
from munibots.reading.ocr.recognizer import Recognizer
from munibots.reading.unknown.reader import UNREGISTERED_JA, UnknownLayoutReader, missing_value

K = 200 / 25.4


@pytest.fixture(scope="module")
def reader() -> UnknownLayoutReader:
    forms = {name: load_form(name) for name in places.names("forms")}
    return UnknownLayoutReader(forms, None, load_engine(), Recognizer())


def _digits(picture: np.ndarray, box: BoxMm, text: str, scale: float = 1.0) -> None:
    (w, h), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, 2)
    at = round((box.x_mm + box.w_mm / 2) * K - w / 2), round((box.y_mm + box.h_mm / 2) * K + h / 2)
    cv2.putText(picture, text, at, cv2.FONT_HERSHEY_SIMPLEX, scale, (50,), 2, cv2.LINE_AA)


@pytest.fixture(scope="module")
def filled() -> np.ndarray:
    layout = load_layout("juminido")
    picture = blank_picture(layout, 0).copy()
    _digits(picture, layout.region("notifier_phone").box, "055-975-1234")
    comb = layout.region("mover1_my_number").box
    for i, digit in enumerate("960533524692"):
        _digits(picture, BoxMm(comb.x_mm + i * 6, comb.y_mm, 6, comb.h_mm), digit, 0.9)
    for name, text in (("year", "8"), ("month", "3"), ("day", "12")):
        part = layout.region("notification_date").part(name)
        assert part is not None
        _digits(picture, part.box, text)
    tick = layout.region("movement_kind").part("転居")
    assert tick is not None
    x, y, w, h = tick.box
    corners = [(x + w * 0.2, y + h * 0.5), (x + w * 0.4, y + h * 0.8), (x + w, y)]
    cv2.polylines(picture, [np.array([[round(a * K), round(b * K)] for a, b in corners])], False, (50,), 4, cv2.LINE_AA)
    return picture


@pytest.mark.parametrize("quarters", [0, 2])
def test_values_beside_their_labels(reader: UnknownLayoutReader, filled: np.ndarray, quarters: int) -> None:
    page = Page("a.pdf", 0, 200.0, np.ascontiguousarray(np.rot90(filled, quarters)))
    reading = reader.read(page)
    assert reading.match.form_id == "juminido"
    assert reading.match.layout_id is None
    assert reading.match.turned_deg == 90 * quarters
    values = {v.name: v for v in reading.values}
    assert values["notifier_phone"].value == "055-975-1234"
    assert values["mover1_my_number"].value == "960533524692"
    assert values["notification_date"].value == "2026-03-12"
    assert values["movement_kind"].value == "転居"
    assert values["new_address"].blank
    assert not any(v.accepted for v in reading.values)
    assert all(UNREGISTERED_JA in v.reasons for v in reading.values)


def test_a_page_of_no_form_is_unknown(reader: UnknownLayoutReader) -> None:
    with pytest.raises(UnknownFormError):
        reader.read(Page("a.pdf", 0, 200.0, np.full((1200, 900), 255, np.uint8)))


def test_a_field_that_was_not_found_is_said_to_be_missing() -> None:
    value = missing_value(load_form("juminido").field("new_address"))
    assert value.blank
    assert not value.accepted
    assert len(value.reasons) == 2
