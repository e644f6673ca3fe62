"""What a person or a file wrote in a field, to the field's normalised value."""

from __future__ import annotations

from munibots.domain.form import Field, FieldType
from munibots.japanese.eras import InvalidEraDateError, parse_date
from munibots.japanese.phones import InvalidPhoneError, normalise_phone
from munibots.japanese.postal import InvalidPostalCodeError, normalise_postal_code
from munibots.japanese.width import digits_only, fold_width

__all__ = ["UnfitValueError", "normalise", "same_value"]

_NUMBERS = {
    FieldType.MY_NUMBER: 12,
    FieldType.CORPORATE_NUMBER: 13,
    FieldType.INSURED_NUMBER: 10,
}


class UnfitValueError(ValueError):
    """The text is no value of the field's type; the message names the field and what fits, never the text."""


def normalise(field: Field, text: str) -> str | tuple[str, ...] | None:
    """The normalised value of what was written.

    Args:
        field: The slot that the text is for.
        text: As typed; half or full width, dates in any era. Several marks are separated by ``|``.

    Returns:
        The value as :class:`~munibots.domain.reading.FieldValue` defines it; ``None`` for a blank text.

    Raises:
        UnfitValueError: The text does not fit the type.
    """
    text = text.strip()
    if not text:
        return None
    kind = field.type
    try:
        if kind is FieldType.DATE:
            return parse_date(text).isoformat()
        if kind is FieldType.POSTAL_CODE:
            return normalise_postal_code(text)
        if kind is FieldType.PHONE:
            return normalise_phone(text)
    except (InvalidEraDateError, InvalidPostalCodeError, InvalidPhoneError) as e:
        raise UnfitValueError(f"{field.label_ja}: {e}") from e
    if kind in (FieldType.CHOICE, FieldType.MARKS):
        return _choices(field, text)
    if kind in (FieldType.DIGITS, FieldType.ACCOUNT, FieldType.YEN) or kind in _NUMBERS:
        return _digits(field, text)
    return text


def _digits(field: Field, text: str) -> str:
    digits = digits_only(fold_width(text))
    length = _NUMBERS.get(field.type, field.digits)
    if not digits or (length is not None and len(digits) != length):
        wanted = f"{length} 桁の数字" if length is not None else "数字"
        raise UnfitValueError(f"{field.label_ja}: {wanted}を入れてください。")
    return digits


def _choices(field: Field, text: str) -> str | tuple[str, ...]:
    by_word = {word: c.name for c in field.choices for word in (c.name, *c.aliases)}
    names = []
    for word in text.split("|"):
        name = by_word.get(word.strip())
        if name is None:
            known = "、".join(c.name for c in field.choices)
            raise UnfitValueError(f"{field.label_ja}: 次のどれかを入れてください: {known}")
        names.append(name)
    if field.type is FieldType.MARKS:
        return tuple(names)
    if len(names) > 1:
        raise UnfitValueError(f"{field.label_ja}: 一つだけ選んでください。")
    return names[0]


def same_value(kind: FieldType, value: object, true: object) -> bool:
    """Whether a value is what the paper, or the person who looked at it, says.

    Character by character; only the gaps in an address or a note, which nobody writes in a set way, do not count. The gap
    between family and given name does.
    """
    if kind in (FieldType.ADDRESS, FieldType.TEXT) and isinstance(value, str) and isinstance(true, str):
        return "".join(value.split()) == "".join(true.split())
    return value == true
