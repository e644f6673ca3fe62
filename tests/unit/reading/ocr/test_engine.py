"""Engines by name, shipped ones and those of other packages."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import numpy as np
import pytest

from munibots.domain.document import Word
from munibots.errors import ArtifactMismatchError, UsageError
from munibots.reading.ocr import engine
from munibots.reading.ocr.engine import OcrEngine, engine_names, load_engine
from munibots.reading.ocr.rapidocr_engine import RapidOcrEngine


class Elsewhere:
    """Another package's engine."""

    def words(self, picture: np.ndarray) -> tuple[Word, ...]:
        return (Word("甲", (0, 0, 10, 10), 1.0),)

    def lines(self, crops: list[np.ndarray]) -> list[tuple[str, float]]:
        return [("甲", 1.0) for _ in crops]


class NoEngine:
    """Offers nothing."""


def _offer(monkeypatch: pytest.MonkeyPatch, name: str, what: str) -> None:
    point = EntryPoint(name, f"{__name__}:{what}", engine.ENTRY_POINTS)
    monkeypatch.setattr(engine, "entry_points", lambda group: (point,))
    monkeypatch.setattr(EntryPoint, "load", lambda self: globals()[what])


def test_the_default_is_rapidocr() -> None:
    assert isinstance(load_engine(), RapidOcrEngine)
    assert {"rapidocr", "tesseract"} <= set(engine_names())


def test_another_packages_engine_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    _offer(monkeypatch, "citys", "Elsewhere")
    found = load_engine("citys")
    assert isinstance(found, OcrEngine)
    assert "citys" in engine_names()
    assert found.lines([np.zeros((4, 4), np.uint8)]) == [("甲", 1.0)]


def test_what_is_no_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _offer(monkeypatch, "citys", "NoEngine")
    with pytest.raises(UsageError, match="words"):
        load_engine("citys")
    with pytest.raises(UsageError, match="nobody"):
        load_engine("nobody")


def test_words_of_an_empty_page() -> None:
    assert load_engine().words(np.full((400, 300), 255, np.uint8)) == ()
    assert load_engine().lines([]) == []


def test_tesseract_is_read_or_missed_with_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "tesserocr", None)
    with pytest.raises(ArtifactMismatchError, match="tesserocr"):
        load_engine("tesseract")


def test_tesseract_reads_print() -> None:
    from munibots.definitions.form_files import load_layout
    from munibots.reading.features import blank_picture

    tesseract = load_engine("tesseract")
    picture = blank_picture(load_layout("juminido"), 0)[:900]
    assert any("電話番号" in w.text for w in tesseract.words(picture))
    assert len(tesseract.lines([picture[400:460, 90:300]])) == 1
