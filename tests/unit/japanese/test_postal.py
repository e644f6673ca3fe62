"""Postal codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.japanese.postal import InvalidPostalCodeError, normalise_postal_code


@pytest.mark.parametrize(
    "text",
    ["123-4567", "1234567", "〒123-4567", "〒 １２３－４５６７", "1 2 3 4 5 6 7", "123ー4567", "123 4567", "123‐4567"],
)
def test_ways_of_writing(text: str) -> None:
    assert normalise_postal_code(text) == "123-4567"


@pytest.mark.parametrize("text", ["", "123", "123-456", "1234-567", "12345678", "12E-4567", "123--4567"])
def test_anything_else_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(InvalidPostalCodeError) as caught:
        normalise_postal_code(text)
    assert "123" not in str(caught.value)


@given(st.from_regex(r"[0-9]{7}", fullmatch=True))
def test_result_is_stable(text: str) -> None:
    assert normalise_postal_code(normalise_postal_code(text)) == f"{text[:3]}-{text[3:]}"
