"""Tesseract through ``tesserocr`` (``pip install munibots[tesseract]``): quick, for print; it does not read handwriting."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from munibots.domain.document import Word
from munibots.errors import ArtifactMismatchError

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["TesseractEngine"]

_SYSTEM_FOLDERS = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata")


class TesseractEngine:
    """See :class:`~munibots.reading.ocr.engine.OcrEngine`.

    Raises:
        ArtifactMismatchError: ``tesserocr`` or the Japanese data (``jpn.traineddata``) is not installed.
    """

    def __init__(self) -> None:
        try:
            import tesserocr
        except ImportError as e:
            raise ArtifactMismatchError(artifact="tesserocr(pip install munibots[tesseract])") from e
        self._module: Any = tesserocr
        self._data = _tessdata()
        self._lock = threading.Lock()

    def words(self, picture: NDArray[uint8]) -> tuple[Word, ...]:
        """The lines of a page, as Tesseract finds sparse text."""
        from PIL import Image

        api_class = self._module.PyTessBaseAPI
        found = []
        with self._lock, api_class(path=self._data, lang="jpn", psm=self._module.PSM.SPARSE_TEXT) as api:
            api.SetImage(Image.fromarray(picture))
            api.SetSourceResolution(200)
            api.Recognize()
            level = self._module.RIL.TEXTLINE
            for line in self._module.iterate_level(api.GetIterator(), level):
                text = (line.GetUTF8Text(level) or "").replace(" ", "").strip()
                box = line.BoundingBox(level)
                if text and box:
                    x0, y0, x1, y1 = box
                    found.append(Word(text, (x0, y0, x1 - x0, y1 - y0), line.Confidence(level) / 100))
        return tuple(found)

    def lines(self, crops: Sequence[NDArray[uint8]]) -> list[tuple[str, float]]:
        """The text of each line."""
        from PIL import Image

        answers = []
        api_class = self._module.PyTessBaseAPI
        with self._lock, api_class(path=self._data, lang="jpn", psm=self._module.PSM.SINGLE_LINE) as api:
            for crop in crops:
                api.SetImage(Image.fromarray(crop))
                answers.append((api.GetUTF8Text().replace(" ", "").strip(), api.MeanTextConf() / 100))
        return answers


def _tessdata() -> str:
    """The folder with ``jpn.traineddata``: the one that is set, the one of the data package, or the system's."""
    packaged = str(Path(sys.prefix) / "share" / "tessdata")
    for folder in (os.environ.get("TESSDATA_PREFIX", ""), packaged, *_SYSTEM_FOLDERS):
        if folder and (Path(folder) / "jpn.traineddata").is_file():
            return folder
    raise ArtifactMismatchError(artifact="jpn.traineddata(pip install munibots[tesseract])")
