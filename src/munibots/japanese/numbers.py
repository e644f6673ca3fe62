"""Numbers that carry a check digit.

- 個人番号 (My Number): 平成26年総務省令第85号 第5条.
- 法人番号 (corporate number): 平成26年財務省令第70号 第2条.
- 全国地方公共団体コード (municipality code): 総務省「全国地方公共団体コード」検査数字の算出法.

A check digit catches about 98 of 100 wrong single digits. It is a filter, not a proof. Every function wants
half-width digits; fold with ``munibots.japanese.width.digits_only`` first.
"""

from __future__ import annotations

import re

__all__ = [
    "InvalidNumberError",
    "corporate_number_check_digit",
    "is_corporate_number",
    "is_municipality_code",
    "is_my_number",
    "municipality_check_digit",
    "my_number_check_digit",
]


class InvalidNumberError(ValueError):
    """The body of a number has a wrong length or other characters. The message never holds it."""


def my_number_check_digit(first11: str) -> int:
    """The 12th digit of an individual number from its first eleven.

    Raises:
        InvalidNumberError: Not eleven half-width digits.
    """
    digits = _digits(first11, 11)
    # Position n counts from the right; its weight is n+1 up to n=6 and n-5 from there.
    total = sum(d * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(reversed(digits), start=1))
    rest = total % 11
    return 0 if rest <= 1 else 11 - rest


def is_my_number(text: str) -> bool:
    """Whether a text can be an individual number: twelve half-width digits, right check digit, not all 0."""
    # Twelve zeros satisfy the formula but are what an empty form or a careless keyboard gives.
    return _is_digits(text, 12) and text != "0" * 12 and my_number_check_digit(text[:11]) == int(text[11])


def corporate_number_check_digit(last12: str) -> int:
    """The first digit of a corporate number from its last twelve.

    Raises:
        InvalidNumberError: Not twelve half-width digits.
    """
    digits = _digits(last12, 12)
    total = sum(d * (1 if n % 2 else 2) for n, d in enumerate(reversed(digits), start=1))
    return 9 - total % 9


def is_corporate_number(text: str) -> bool:
    """Whether a text can be a corporate number: thirteen half-width digits, right check digit."""
    return _is_digits(text, 13) and corporate_number_check_digit(text[1:]) == int(text[0])


def municipality_check_digit(first5: str) -> int:
    """The sixth digit of a municipality code from its first five.

    Raises:
        InvalidNumberError: Not five half-width digits.
    """
    digits = _digits(first5, 5)
    total = sum(d * weight for d, weight in zip(digits, (6, 5, 4, 3, 2), strict=True))
    return (11 - total % 11) % 10


def is_municipality_code(text: str) -> bool:
    """Whether a text can be a municipality code: six half-width digits from 01-47, right check digit."""
    return _is_digits(text, 6) and 1 <= int(text[:2]) <= 47 and municipality_check_digit(text[:5]) == int(text[5])


def _is_digits(text: str, length: int) -> bool:
    return re.fullmatch(rf"[0-9]{{{length}}}", text) is not None


def _digits(text: str, length: int) -> list[int]:
    if not _is_digits(text, length):
        raise InvalidNumberError(f"半角数字{length}桁ではありません。番号を確かめてください。")
    return [int(c) for c in text]
