"""What another AI-OCR service has read, as readings: rules, the register, reviews and everything after work on top of it.

The service's own confidence is not calibrated, so it is shown but accepts nothing: only the register confirms a name, and a
blank stays a blank. All else goes to a person.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType

from munibots.checking.promise import decide
from munibots.definitions.import_files import ImportedCell
from munibots.domain.document import PageKind, PageRole
from munibots.domain.form import Field, FieldType, Form
from munibots.domain.layout import BoxMm
from munibots.domain.normalising import UnfitValueError, normalise
from munibots.domain.reading import DocumentReading, FieldValue, FormMatch
from munibots.pipeline.document_reader import DocumentReader

__all__ = ["readings_of"]

_READ_ELSEWHERE_JA = "別の読み取りサービスの結果です"
_NO_PLACE = BoxMm(0.0, 0.0, 0.0, 0.0)
_BETWEEN_CHOICES = str.maketrans({"、": "|", ",": "|", "，": "|", ";": "|", "／": "|", "・": "|"})


def readings_of(reader: DocumentReader, form: Form, cells: Iterable[ImportedCell]) -> Iterator[DocumentReading]:
    """A reading a file, in the order of the cells.

    Args:
        reader: Checks the values as it checks its own.
        form: All files are this form.
        cells: As :func:`~munibots.definitions.import_files.read_import` gives them.
    """
    by_source: dict[str, list[ImportedCell]] = {}
    for cell in cells:
        by_source.setdefault(cell.source, []).append(cell)
    for source, held in by_source.items():
        begun = time.perf_counter()
        found = {cell.field: cell for cell in held if cell.text} | {
            cell.field: cell
            for cell in held
            if not cell.text and not any(c.text for c in held if c.field == cell.field)
        }
        values = tuple(_value(f, found.get(f.name)) for f in form.fields)
        values, checks = reader.check(form, values)
        pages = tuple(sorted({cell.page_index for cell in held}))
        yield DocumentReading(
            source=source,
            page_indexes=pages,
            page_roles=tuple(PageRole(PageKind.FORM, place) for place in range(len(pages))),
            decision=decide(values, checks),
            match=FormMatch(form.id, 1.0),
            values=values,
            checks=checks,
            seconds=MappingProxyType({"total": time.perf_counter() - begun}),
        )


def _value(field: Field, cell: ImportedCell | None) -> FieldValue:
    text = "" if cell is None else cell.text
    value = FieldValue(
        name=field.name,
        label_ja=field.label_ja,
        text=text,
        value=None,
        confidence=None,
        page_index=0 if cell is None else cell.page_index,
        box=_NO_PLACE,
    )
    if cell is None or not text:
        return value
    features = MappingProxyType({} if cell.confidence is None else {"service_confidence": cell.confidence})
    marked = field.type in (FieldType.CHOICE, FieldType.MARKS)
    try:
        normal = normalise(field, text.translate(_BETWEEN_CHOICES) if marked else text)
    except UnfitValueError:
        return replace(
            value, confidence=0.0, features=features, reasons=(_READ_ELSEWHERE_JA, "この項目の値として読めません。")
        )
    return replace(value, value=normal, confidence=0.0, features=features, reasons=(_READ_ELSEWHERE_JA,))
