"""A page to field values without a layout: the form is guessed, its labels are found, and what stands beside them is read."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from munibots.classifying.labels import TextLabelMatcher, label_text
from munibots.classifying.titles import guess_form
from munibots.domain.document import Page, Word
from munibots.domain.form import Field, Form
from munibots.domain.layout import BoxMm, Region, RegionStyle
from munibots.domain.reading import FieldValue, FormMatch
from munibots.errors import UnknownFormError
from munibots.reading.boxes import Cutter
from munibots.reading.calibration import Calibration
from munibots.reading.drafting.paper import PX_MM, Paper
from munibots.reading.drafting.regions import Draft, Slot, draft_regions
from munibots.reading.ocr.engine import OcrEngine
from munibots.reading.ocr.recognizer import Recognizer
from munibots.reading.raw import Raw
from munibots.reading.unknown.assignment import assign_labels
from munibots.reading.unknown.cells import Cells
from munibots.reading.unknown.comb_rows import comb_rows
from munibots.reading.unknown.labels_on_page import Piece, find_labels
from munibots.reading.unknown.number_rows import rows_of_labels
from munibots.reading.unknown.pairs import second_rows, with_second_ends
from munibots.reading.unknown.postal_boxes import with_postal_codes
from munibots.reading.unknown.printed_choices import choice_boxes
from munibots.reading.unknown.tables import crossings
from munibots.reading.unknown.upright import stand_upright
from munibots.reading.unknown.upright_labels import with_upright_labels
from munibots.reading.unknown.value_boxes import ValueBoxes
from munibots.reading.unread import cut_field

if TYPE_CHECKING:
    from numpy import bool_, uint8
    from numpy.typing import NDArray

__all__ = ["UNREGISTERED_JA", "UnknownLayoutReader", "UnknownPageReading", "missing_value"]

_LEAST_IN = 0.5  # a strip of paper of no form
_SURE_LABEL = 0.95

UNREGISTERED_JA = "配置が登録されていない様式です"
_NOT_FOUND_JA = "欄が見つかりません"
# The calibration was fitted on registered boxes; beside a label found by its text one box in ten is another field's.
_TRUST = 0.5
_RIM = 0.0
_LINE_PX = 3


@dataclass(frozen=True, slots=True, eq=False)
class UnknownPageReading:
    """A page without a layout, read.

    Attributes:
        match: The form, with ``layout_id`` ``None``.
        values: Fields whose place was found, in the form's order; none is ever accepted without eyes.
        picture: The page, upright, grey, 200 dpi.
        seconds: Wall clock by step: ``ocr``, ``labels``, ``recognise``.
    """

    match: FormMatch
    values: tuple[FieldValue, ...]
    picture: NDArray[uint8]
    seconds: Mapping[str, float]


class UnknownLayoutReader:
    """Reads pages by their labels. Build one and share it between threads.

    Args:
        forms: By id.
        calibration: As for registered pages; what it says counts half.
        engine: Reads the whole page.
        recognizer: Reads the boxes that were found.
    """

    def __init__(
        self, forms: Mapping[str, Form], calibration: Calibration | None, engine: OcrEngine, recognizer: Recognizer
    ) -> None:
        self._forms = forms
        self._calibration = calibration
        self._engine = engine
        self._recognizer = recognizer

    def read(
        self, page: Page, *, place: int = 0, only_form: str | None = None, found: Collection[str] = ()
    ) -> UnknownPageReading:
        """Read one page (about 4 CPU-seconds).

        Args:
            page: As scanned.
            place: Which page of its document it is, from 0.
            only_form: The form that it is said to be.
            found: Fields that earlier pages of the document hold.

        Raises:
            UnknownFormError: Its words are those of no known form, fewer than two labels are on it, or it is too
                thin to hold a label.
        """
        if min(page.pixels.shape) / page.dpi < _LEAST_IN:
            raise UnknownFormError(page=page.label)
        clock = [time.perf_counter()]
        upright = stand_upright(page, self._engine)
        words = upright.words
        clock.append(time.perf_counter())
        guess = guess_form([w.text for w in words], self._forms, only_form=only_form)
        if guess.form_id is None:
            raise UnknownFormError(page=page.label)
        form = self._forms[guess.form_id]
        paper = Paper.of(upright.picture)
        drafts, label_boxes = self._draft(paper, words, form, found)
        if len(drafts) < 2:
            raise UnknownFormError(page=page.label)
        clock.append(time.perf_counter())
        fields = [f for f in form.fields if f.name in drafts]
        blank = _printed_picture(paper, drafts, label_boxes)
        raws = self._raws(Cutter(upright.picture, blank), fields, drafts)
        values = tuple(self._value(f, raws[f.name], drafts[f.name].region, place) for f in fields)
        clock.append(time.perf_counter())
        seconds = {step: clock[i + 1] - clock[i] for i, step in enumerate(("ocr", "labels", "recognise"))}
        match = FormMatch(form.id, guess.confidence, turned_deg=upright.turned_deg)
        return UnknownPageReading(match, values, upright.picture, MappingProxyType(seconds))

    def _draft(
        self, paper: Paper, words: Sequence[Word], form: Form, found: Collection[str]
    ) -> tuple[dict[str, Draft], list[BoxMm]]:
        """Regions by field name, and the boxes of the labels."""
        cells = Cells(paper)
        pieces = [Piece(w.text, BoxMm(*(n / PX_MM for n in w.box_px))) for w in words]
        pieces = with_upright_labels(paper, cells, pieces, self._engine)
        labels = find_labels(pieces, cells, form, TextLabelMatcher(form))
        combs = comb_rows(paper)
        given = assign_labels(labels, form, found)
        rows = rows_of_labels(form, given, labels, combs, cells)
        rows = second_rows(form, rows, combs)
        # What may be a label, but is no field's, does not end another one's space: 世帯主 may be written.
        own_ids = {id(label) for label in given.values()}
        sure = [label for label in labels if id(label) in own_ids or max(label.scores.values()) >= _SURE_LABEL]
        known = crossings(form, given, pieces, cells) | {name: row.box for name, row in rows.items()}
        boxes = ValueBoxes(paper, cells, sure).boxes(form, given, known)
        boxes = with_second_ends(form, boxes, sure, pieces, cells)
        boxes = with_postal_codes(form, boxes, pieces, paper)
        boxes = boxes | choice_boxes(form, pieces, cells, known=boxes)
        own = {name: {str(i): c for i, c in enumerate(row.cells, start=1)} for name, row in rows.items()}
        slots = [Slot(f, 0, boxes[f.name], own.get(f.name, {})) for f in form.fields if f.name in boxes]
        drafts = draft_regions(paper, slots, self._recognizer, pieces=[p.box for p in pieces])
        return {d.region.field: d for d in drafts}, [label.box for label in sure]

    def _raws(self, cutter: Cutter, fields: Sequence[Field], drafts: Mapping[str, Draft]) -> dict[str, Raw]:
        unread = {f.name: cut_field(cutter, f, drafts[f.name].region) for f in fields}
        evidence = iter(self._recognizer.read([crop for field in unread.values() for crop in field.crops]))
        return {name: field.finish([next(evidence) for _ in field.crops]) for name, field in unread.items()}

    def _value(self, field: Field, raw: Raw, region: Region, page_index: int) -> FieldValue:
        blank = raw.text == "" and raw.value is None
        sure = self._calibration.probability(field.type, raw.features) if self._calibration and raw.value else 0.0
        return FieldValue(
            name=field.name,
            label_ja=field.label_ja,
            text=raw.text,
            value=raw.value,
            confidence=None if blank else round(_TRUST * sure, 4),
            page_index=page_index,
            box=BoxMm(*region.box),
            reasons=(UNREGISTERED_JA, *raw.reasons),
            candidates=raw.candidates,
            features=MappingProxyType(dict(raw.features)),
        )


def missing_value(field: Field) -> FieldValue:
    """A field whose place was not found: blank, and a person is told to look for it."""
    return FieldValue(
        name=field.name,
        label_ja=field.label_ja,
        text="",
        value=None,
        confidence=None,
        page_index=0,
        box=BoxMm(0.0, 0.0, 0.0, 0.0),
        reasons=(UNREGISTERED_JA, _NOT_FOUND_JA),
    )


def _printed_picture(paper: Paper, drafts: Mapping[str, Draft], labels: Sequence[BoxMm]) -> NDArray[uint8]:
    """What of the page is surely printed, as if it were the blank: ruling, labels, units of dates, words of choices."""
    import numpy as np

    ink = paper.ink()
    printed = paper.ruled.copy()
    for box in labels:
        _copy(ink, printed, box)
    for draft in drafts.values():
        region = draft.region
        names = {p.name for p in region.parts}
        for square in draft.printed.squares:
            _copy(ink, printed, square)
        if region.style is RegionStyle.COMB:
            _copy_cell_lines(paper, printed, region)
        if not region.parts:
            continue
        text = "".join(label_text(n) for n in names) + "年月日明大昭平令西暦治正和成"
        for line in draft.printed.lines:
            for letter in line:
                if label_text(letter.text) and label_text(letter.text) in text:
                    _copy(ink, printed, _core(letter.box))
    return np.where(printed, np.uint8(0), np.uint8(255))


def _copy_cell_lines(paper: Paper, printed: NDArray[bool_], region: Region) -> None:
    """The lines between cells, which are too short to pass for ruling."""
    y0, y1 = (round(n * PX_MM) for n in (region.box.y_mm - 2.0, region.box.y_mm + region.box.h_mm + 2.0))
    edges = [p.box.x_mm for p in region.parts] or [
        region.box.x_mm + i * region.box.w_mm / (region.cells or 1) for i in range((region.cells or 1) + 1)
    ]
    for edge in edges:
        x0, x1 = round(edge * PX_MM) - _LINE_PX, round(edge * PX_MM) + _LINE_PX + 1
        printed[max(0, y0) : y1, max(0, x0) : x1] |= paper.contrast[max(0, y0) : y1, max(0, x0) : x1] > 0


def _core(box: BoxMm) -> BoxMm:
    """A letter without the rim of its box, through which a circle around it may run."""
    x, y = _RIM * box.w_mm, _RIM * box.h_mm
    return BoxMm(box.x_mm + x, box.y_mm + y, box.w_mm - 2 * x, box.h_mm - 2 * y)


def _copy(ink: NDArray[bool_], printed: NDArray[bool_], box: BoxMm) -> None:
    x0, y0 = max(0, round(box.x_mm * PX_MM) - 1), max(0, round(box.y_mm * PX_MM) - 1)
    x1, y1 = round((box.x_mm + box.w_mm) * PX_MM) + 1, round((box.y_mm + box.h_mm) * PX_MM) + 1
    printed[y0:y1, x0:x1] |= ink[y0:y1, x0:x1]
