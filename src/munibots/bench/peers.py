"""Other ways of reading the same pages: whole-page OCR, cut up by the same boxes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from munibots.domain.document import Word
from munibots.domain.form import Field
from munibots.domain.layout import Region
from munibots.domain.normalising import UnfitValueError, normalise

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["Peer", "PeerScore", "installed_peers", "peer_value", "timed_words"]

DPI = 200.0


class Peer(Protocol):
    """Reads a whole page."""

    name: str

    def words(self, picture: NDArray[uint8]) -> Sequence[Word]:
        """Every piece of text on an upright grey page at 200 dpi."""


@dataclass(slots=True)
class PeerScore:
    """What a peer did with the pages that it was given.

    Attributes:
        cpu_s: Processor time of reading, all threads.
    """

    pages: int = 0
    fields: int = 0
    right: int = 0
    cpu_s: float = 0.0


class _RapidOcr:
    name = "rapidocr"

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        settings = {
            "Global.use_cls": False,
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        }
        self._engine = RapidOCR(params=settings)

    def words(self, picture: NDArray[uint8]) -> Sequence[Word]:
        import numpy as np
        from rapidocr.utils.output import RapidOCROutput

        found = self._engine(np.repeat(picture[..., None], 3, axis=2))
        if not isinstance(found, RapidOCROutput) or found.boxes is None or found.txts is None or found.scores is None:
            return ()
        return [
            Word(text, _box(points), float(score))
            for points, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        ]


class _Tesseract:
    name = "tesseract"

    def __init__(self) -> None:
        import tesserocr

        self._api = tesserocr.PyTessBaseAPI(lang="jpn", psm=tesserocr.PSM.SPARSE_TEXT)
        self._level = tesserocr.RIL.TEXTLINE

    def words(self, picture: NDArray[uint8]) -> Sequence[Word]:
        from PIL import Image

        self._api.SetImage(Image.fromarray(picture))
        self._api.SetSourceResolution(round(DPI))
        self._api.Recognize()
        return list(self._lines())

    def _lines(self) -> Iterator[Word]:
        lines = self._api.GetIterator()
        while lines is not None:
            text, box = lines.GetUTF8Text(self._level), lines.BoundingBox(self._level)
            if text and box:
                left, top, right, bottom = box
                score = lines.Confidence(self._level) / 100
                yield Word("".join(text.split()), (left, top, right - left, bottom - top), score)
            if not lines.Next(self._level):
                return


def installed_peers() -> list[Peer]:
    """rapidocr, which is always there, and Tesseract where ``tesserocr`` and its Japanese data are installed."""
    peers: list[Peer] = [_RapidOcr()]
    with suppress(ImportError, RuntimeError):  # not installed; no Japanese data
        peers.append(_Tesseract())
    return peers


def peer_value(words: Sequence[Word], field: Field, region: Region) -> str | tuple[str, ...] | None:
    """What whole-page OCR says of a field: the words whose middle lies in its box, normalised as ours are."""
    x, y, w, h = region.box.to_px(DPI)
    inside = [
        word
        for word in words
        if x <= word.box_px[0] + word.box_px[2] / 2 <= x + w and y <= word.box_px[1] + word.box_px[3] / 2 <= y + h
    ]
    inside.sort(key=lambda word: (round(word.box_px[1] / 40), word.box_px[0]))
    try:
        return normalise(field, "".join(word.text for word in inside))
    except UnfitValueError:
        return None


def timed_words(peer: Peer, picture: NDArray[uint8]) -> tuple[Sequence[Word], float]:
    """The words and the processor time of finding them."""
    begun = time.process_time()
    words = peer.words(picture)
    return words, time.process_time() - begun


def _box(points: NDArray[uint8]) -> tuple[int, int, int, int]:
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return round(float(left)), round(float(top)), round(float(right - left)), round(float(bottom - top))
