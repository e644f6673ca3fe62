"""Postal codes: seven digits, written 123-4567 (郵便番号, 1998年2月2日から7桁)."""

from __future__ import annotations

import re

from munibots.japanese.width import fold_width

__all__ = ["InvalidPostalCodeError", "normalise_postal_code"]


class InvalidPostalCodeError(ValueError):
    """A text that is no seven-digit postal code. The message never holds the text."""


def normalise_postal_code(text: str) -> str:
    """Bring a postal code to the form ``123-4567``.

    Accepts 〒, full-width digits, blanks between the digits and any hyphen, or none, after the third digit.

    Args:
        text: One postal code.

    Returns:
        Three digits, a hyphen, four digits.

    Raises:
        InvalidPostalCodeError: Anything else; no digit is added or dropped to make it fit.
    """
    plain = re.sub(r"[\s〒〠]", "", fold_width(text))
    match = re.fullmatch(r"([0-9]{3})[-ー]?([0-9]{4})", plain)
    if match is None:
        raise InvalidPostalCodeError("郵便番号(7桁)として読めません。桁数を確かめてください。")
    return f"{match[1]}-{match[2]}"
