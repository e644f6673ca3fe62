"""Engines that read print and writing of a whole page, behind one small protocol.

A city may have paid for one already. A package offers an engine through the entry-point group ``munibots.ocr``; the name of
the entry point is the engine's name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from munibots.domain.document import Word
from munibots.errors import UsageError

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["DEFAULT_ENGINE", "ENTRY_POINTS", "OcrEngine", "engine_names", "load_engine"]

ENTRY_POINTS = "munibots.ocr"
DEFAULT_ENGINE = "rapidocr"


@runtime_checkable
class OcrEngine(Protocol):
    """Reads upright pictures. Built once, used from several threads."""

    def words(self, picture: NDArray[uint8]) -> tuple[Word, ...]:
        """All text of a page.

        Args:
            picture: Grey, upright, 200 dpi, shape (height, width).

        Returns:
            Words or whole lines with their boxes in pixels of the picture; scores are 0–1 and not calibrated.
        """
        ...

    def lines(self, crops: Sequence[NDArray[uint8]]) -> list[tuple[str, float]]:
        """Text and score of each picture of one line."""
        ...


def engine_names() -> tuple[str, ...]:
    """The engines that are installed, sorted."""
    return tuple(sorted({*_SHIPPED, *(p.name for p in entry_points(group=ENTRY_POINTS))}))


def load_engine(name: str = DEFAULT_ENGINE) -> OcrEngine:
    """Build an engine; another package's engine wins over a shipped one of the same name.

    Raises:
        UsageError: No such engine, or it is no engine.
        EnvironmentNotReadyError: Its program or its model is missing.
    """
    found = next((p for p in entry_points(group=ENTRY_POINTS) if p.name == name), None)
    if found is not None:
        engine = found.load()()
        if not isinstance(engine, OcrEngine):
            raise UsageError(problem=f"OCR エンジン {name} に words と lines がありません")
        return engine
    if name in _SHIPPED:
        return _SHIPPED[name]()
    raise UsageError(problem=f"OCR エンジン {name} はありません。使えるのは {'、'.join(engine_names())} です")


def _rapidocr() -> OcrEngine:
    from munibots.reading.ocr.rapidocr_engine import RapidOcrEngine

    return RapidOcrEngine()


def _tesseract() -> OcrEngine:
    from munibots.reading.ocr.tesseract_engine import TesseractEngine

    return TesseractEngine()


_SHIPPED: dict[str, Callable[[], OcrEngine]] = {"rapidocr": _rapidocr, "tesseract": _tesseract}
