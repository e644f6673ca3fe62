"""The network inside the wheel."""

from __future__ import annotations

import numpy as np
import pytest

from munibots.errors import ArtifactMismatchError
from munibots.reading.ocr import recognizer
from munibots.reading.ocr.charsets import DIGITS
from munibots.reading.ocr.decoding import decode
from munibots.reading.ocr.recognizer import LineCrop, Recognizer

from .record import drawn


@pytest.fixture(scope="module")
def reader() -> Recognizer:
    return Recognizer()


def test_crops_come_back_in_their_order(reader: Recognizer) -> None:
    texts = ["7", "1234567890", "42", "5", "90210"]
    found = reader.read([LineCrop(drawn(t), DIGITS) for t in texts])
    assert [decode(e).text for e in found] == texts


def test_evidence_is_probability_by_symbol(reader: Recognizer) -> None:
    (seen,) = reader.read([LineCrop(drawn("42"), DIGITS)])
    assert seen.p.shape[1] == 11
    assert seen.p.min() >= 0
    assert seen.p.max() <= 1
    assert (seen.best >= seen.p.max(axis=1) - 1e-6)[seen.outside == 1].all()


def test_no_crop_is_no_evidence(reader: Recognizer) -> None:
    assert reader.read([]) == []


def test_a_very_long_line_is_narrowed(reader: Recognizer) -> None:
    (seen,) = reader.read([LineCrop(np.full((20, 4000), 255, np.uint8), DIGITS)])
    assert len(seen.p) <= 202


def test_another_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognizer, "MODEL_SHA256", "0" * 64)
    with pytest.raises(ArtifactMismatchError, match=r"rapidocr==3\.10\.0"):
        Recognizer()
