"""Other ways of reading the same pages: whole-page OCR, cut up by the same boxes.

Any engine of the entry-point group ``munibots.ocr`` can stand here (see :mod:`munibots.reading.ocr.engine`).
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from munibots.definitions.form_files import load_form, load_layout
from munibots.definitions.profile_files import load_profile
from munibots.demo.city.filled_forms import FilledForm, make_filled_forms
from munibots.demo.truth import same_value
from munibots.domain.document import Word
from munibots.domain.form import Field, FieldType
from munibots.domain.layout import Region
from munibots.domain.normalising import UnfitValueError, normalise
from munibots.pipeline.document_reader import DocumentReader
from munibots.reading.ocr.engine import load_engine

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["Peer", "PeerScore", "installed_peers", "measure_peer", "named_peers", "peer_value", "read_by_peer"]

DPI = 200.0


class Peer(Protocol):
    """Reads a whole page."""

    def words(self, picture: NDArray[uint8]) -> Sequence[Word]:
        """Every piece of text on an upright grey page at 200 dpi."""


@dataclass(slots=True)
class PeerScore:
    """What a peer did with the pages that it was given.

    Attributes:
        fields: Filled fields of text; marks are none.
        page_cpu_s: Processor time of reading each page, all threads.
    """

    fields: int = 0
    right: int = 0
    page_cpu_s: list[float] = field(default_factory=list)

    @property
    def cpu_s(self) -> float:
        """Mean processor time of a page; 0 before the first."""
        return statistics.fmean(self.page_cpu_s or [0.0])


class _RapidOcr:
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


def installed_peers() -> dict[str, Peer]:
    """By name: rapidocr, which is always there, and Tesseract where ``tesserocr`` and its Japanese data are installed.

    They read as they come out of the box; munibots's own engines of the same names limit the answers to Japanese text.
    """
    peers: dict[str, Peer] = {"rapidocr": _RapidOcr()}
    with suppress(ImportError, RuntimeError):  # not installed; no Japanese data
        peers["tesseract"] = _Tesseract()
    return peers


def named_peers(names: Sequence[str]) -> dict[str, Peer]:
    """Engines of the group ``munibots.ocr``, by ``munibots:`` and their name.

    Raises:
        UsageError: No such engine.
    """
    return {f"munibots:{name}": load_engine(name) for name in names}


def measure_peer(peer: Peer, documents: int = 1, *, form_id: str = "inkan", seed: int = 0) -> PeerScore:
    """Let an engine read some pages alone: to try an adapter before the whole benchmark.

    Args:
        peer: Anything with ``words``.
        documents: How many; mild and hard scans in turn.
        form_id: Of which form.
        seed: The same seed makes the same pages, on a machine with the same fonts.
    """
    reader, score = DocumentReader(load_profile("demo")), PeerScore()
    for filled in make_filled_forms(form_id, documents, seed):
        read_by_peer(peer, score, filled, reader.read(filled.pages).uprights)
    return score


def read_by_peer(peer: Peer, score: PeerScore, filled: FilledForm, uprights: Mapping[int, NDArray[uint8]]) -> None:
    """Let a peer read the pages of a document, and count how many fields of text it got right.

    Args:
        uprights: The pages laid over their blank, by their index in the layout.
    """
    form, layout = load_form(filled.form_id), load_layout(filled.form_id)
    for page_index, picture in uprights.items():
        begun = time.process_time()
        words = peer.words(picture)
        score.page_cpu_s.append(time.process_time() - begun)
        for region in layout.regions:
            slot = form.field(region.field)
            # Marks are no text: whole-page OCR has nothing to say of them.
            if region.page_index != page_index or slot.type in (FieldType.CHOICE, FieldType.MARKS):
                continue
            true = filled.truth[slot.name]
            if true is not None:
                score.fields += 1
                score.right += same_value(slot.type, peer_value(words, slot, region), true)


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


def _box(points: NDArray[uint8]) -> tuple[int, int, int, int]:
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return round(float(left)), round(float(top)), round(float(right - left)), round(float(bottom - top))
