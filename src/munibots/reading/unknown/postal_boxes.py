"""Postal codes have no label but 〒, and share their cell with an address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from munibots.domain.form import FieldType, Form
from munibots.domain.layout import BoxMm
from munibots.reading.drafting.combs import find_comb
from munibots.reading.drafting.paper import Paper
from munibots.reading.unknown.labels_on_page import Piece

__all__ = ["with_postal_codes"]

_CODE = re.compile(r"〒?\D{0,2}\d{3}[-ー一−]?\d{4}")
_CELLS = 7
_WIDER_MM = 2.0


def with_postal_codes(
    form: Form, boxes: Mapping[str, BoxMm], pieces: Sequence[Piece], paper: Paper
) -> dict[str, BoxMm]:
    """Add boxes of postal codes inside the boxes of addresses, and take them out of these.

    Args:
        form: The form; ``…address`` goes with ``…postal_code``.
        boxes: Boxes found so far.
        pieces: Text of the page.
        paper: The page.
    """
    found = dict(boxes)
    codes = {f.name for f in form.fields if f.type is FieldType.POSTAL_CODE}
    for field in form.fields:
        box = found.get(field.name)
        code = field.name.removesuffix("address") + "postal_code"
        if field.type is not FieldType.ADDRESS or box is None or code not in codes:
            continue
        place = found.get(code) or find_comb(paper, box, _CELLS) or _written(box, pieces)
        if place is None:
            continue
        found[code] = place
        bottom = place.y_mm + place.h_mm + 0.3
        inside = box.y_mm <= place.y_mm + place.h_mm / 2 <= box.y_mm + box.h_mm
        if inside and box.y_mm + box.h_mm - bottom > 4.0:
            found[field.name] = BoxMm(box.x_mm, bottom, box.w_mm, box.y_mm + box.h_mm - bottom)
    return found


def _written(box: BoxMm, pieces: Sequence[Piece]) -> BoxMm | None:
    for piece in pieces:
        if _in(piece.box, box) and _CODE.fullmatch(unicodedata.normalize("NFKC", piece.text)):
            b = piece.box
            return BoxMm(b.x_mm, b.y_mm, b.w_mm + _WIDER_MM, b.h_mm)
    return None


def _in(inner: BoxMm, outer: BoxMm) -> bool:
    x, y = inner.x_mm + inner.w_mm / 2, inner.y_mm + inner.h_mm / 2
    return outer.x_mm <= x <= outer.x_mm + outer.w_mm and outer.y_mm <= y <= outer.y_mm + outer.h_mm
