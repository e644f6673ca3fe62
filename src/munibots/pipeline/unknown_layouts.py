"""Documents of known forms on paper that nobody registered: read by their labels, and always decided by a person."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING

from munibots.domain.document import Page
from munibots.domain.form import Form
from munibots.domain.reading import CheckResult, Decision, DocumentReading, FieldValue
from munibots.errors import LayoutMismatchError, ReadingError, UnknownFormError
from munibots.pipeline.stacks import PlannedDocument
from munibots.reading.calibration import Calibration
from munibots.reading.ocr.engine import DEFAULT_ENGINE, load_engine
from munibots.reading.ocr.recognizer import Recognizer
from munibots.reading.unknown.reader import UnknownLayoutReader, UnknownPageReading, missing_value

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["LabelReading", "UnknownLayouts"]

_NOTICE_JA = (
    "この用紙の配置は登録されていないため、見出しを手がかりに読みました。すべての項目を人が確かめてください。"
    "`munibots new form` で配置を登録すると、確認の要る項目が減ります。"
)


@dataclass(frozen=True, slots=True, eq=False)
class LabelReading:
    """What was read by labels.

    Attributes:
        uprights: The pages, upright, grey, 200 dpi, by their place in the document.
    """

    reading: DocumentReading
    uprights: Mapping[int, NDArray[uint8]]


class UnknownLayouts:
    """Reads what the finder could not place. The engine is loaded when it is first needed.

    Args:
        forms: By id.
        calibration: Of registered fields.
        check: Rules of a form.
        engine: Name of the OCR engine that reads the whole page.
    """

    def __init__(
        self,
        forms: Mapping[str, Form],
        calibration: Calibration,
        check: Callable[[Form, Sequence[FieldValue]], tuple[CheckResult, ...]],
        engine: str = DEFAULT_ENGINE,
    ) -> None:
        self._forms = forms
        self._calibration = calibration
        self._check = check
        self._engine = engine
        self._reader: UnknownLayoutReader | None = None
        self._lock = Lock()

    def read(
        self, pages: Sequence[Page], document: PlannedDocument, why: ReadingError, *, only_form: str | None = None
    ) -> LabelReading | None:
        """The fields of a document without a layout, or ``None``: its words are those of no known form.

        Args:
            pages: At least one.
            document: What the pages are to their document.
            why: Why they could not be laid over a blank; other reasons than a missing layout are left alone.
            only_form: The form that it is said to be.
        """
        if not isinstance(why, UnknownFormError | LayoutMismatchError):
            return None
        begun = time.perf_counter()
        read: dict[int, UnknownPageReading] = {}
        for place, page in enumerate(pages):
            expected = next((r.match.form_id for r in read.values()), only_form)
            found = {v.name for r in read.values() for v in r.values}
            try:
                read[place] = self._loaded().read(page, place=place, only_form=expected, found=found)
            except UnknownFormError:
                continue
        if not read:
            return None
        match = replace(next(iter(read.values())).match, confidence=min(r.match.confidence for r in read.values()))
        form = self._forms[match.form_id or ""]
        values = _joined(form, [r.values for r in read.values()])
        steps = {step: sum(r.seconds[step] for r in read.values()) for step in next(iter(read.values())).seconds}
        notices = (_NOTICE_JA, *dict.fromkeys(n for page in pages for n in page.notices))
        reading = DocumentReading(
            source=pages[0].source,
            page_indexes=document.page_indexes,
            page_roles=document.page_roles,
            decision=Decision.REVIEW,
            match=match,
            values=values,
            checks=self._check(form, values),
            seconds=MappingProxyType({**steps, "total": time.perf_counter() - begun}),
            notices=notices,
        )
        return LabelReading(reading, MappingProxyType({place: r.picture for place, r in read.items()}))

    def _loaded(self) -> UnknownLayoutReader:
        with self._lock:
            if self._reader is None:
                self._reader = UnknownLayoutReader(
                    self._forms, self._calibration, load_engine(self._engine), Recognizer()
                )
            return self._reader


def _joined(form: Form, pages: Sequence[Sequence[FieldValue]]) -> tuple[FieldValue, ...]:
    """One value a field, in the form's order: the first page that has something written there."""
    found: dict[str, FieldValue] = {}
    for values in pages:
        for value in values:
            known = found.get(value.name)
            if known is None or (known.blank and not value.blank):
                found[value.name] = value
    return tuple(found.get(f.name) or missing_value(f) for f in form.fields)
