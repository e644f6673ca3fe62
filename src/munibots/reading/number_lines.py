"""Numbers of known length written on a plain line, with or without hyphens between their groups."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from munibots.domain.form import Field, FieldType
from munibots.japanese.numbers import is_corporate_number, is_my_number
from munibots.japanese.postal import normalise_postal_code
from munibots.japanese.width import digits_only
from munibots.reading.raw import Raw

__all__ = ["NUMBER_LENGTHS", "number_on_line"]

NUMBER_LENGTHS: Mapping[FieldType, int] = MappingProxyType(
    {
        FieldType.POSTAL_CODE: 7,
        FieldType.MY_NUMBER: 12,
        FieldType.CORPORATE_NUMBER: 13,
        FieldType.INSURED_NUMBER: 10,
    }
)
_CHECKED = {FieldType.MY_NUMBER: is_my_number, FieldType.CORPORATE_NUMBER: is_corporate_number}


def number_on_line(field: Field, text: str, features: Mapping[str, float]) -> Raw:
    """The digits of a number; no value where their count is wrong.

    Args:
        field: Of a type in :data:`NUMBER_LENGTHS`.
        text: As read.
        features: Evidence so far.
    """
    digits = digits_only(text)
    length = NUMBER_LENGTHS[field.type]
    more = {**features, "n_digits": float(len(digits))}
    if len(digits) != length:
        return Raw(text, None, more, (f"{length} 桁の番号として読めません。",))
    valid = _CHECKED.get(field.type)
    if valid is not None:
        more["check_digit_ok"] = float(valid(digits))
    value = normalise_postal_code(digits) if field.type is FieldType.POSTAL_CODE else digits
    return Raw(text, value, more)
