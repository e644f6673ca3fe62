"""Check digits, against python-stdnum and against values worked out by hand."""

from __future__ import annotations

import pytest
import stdnum.jp.cn
import stdnum.jp.in_
from hypothesis import given
from hypothesis import strategies as st

from munibots.japanese import numbers


def digits(length: int) -> st.SearchStrategy[str]:
    return st.text(alphabet="0123456789", min_size=length, max_size=length)


@given(digits(12))
def test_my_number_agrees_with_stdnum(text: str) -> None:
    assert str(numbers.my_number_check_digit(text[:11])) == stdnum.jp.in_.calc_check_digit(text[:11])
    if text != "0" * 12:
        assert numbers.is_my_number(text) == stdnum.jp.in_.is_valid(text)


@given(digits(13))
def test_corporate_number_agrees_with_stdnum(text: str) -> None:
    assert numbers.is_corporate_number(text) == stdnum.jp.cn.is_valid(text)
    assert stdnum.jp.cn.is_valid(f"{numbers.corporate_number_check_digit(text[1:])}{text[1:]}")


@given(digits(11), st.integers(0, 11), st.integers(1, 9))
def test_most_single_errors_are_caught(body: str, position: int, shift: int) -> None:
    number = f"{body}{numbers.my_number_check_digit(body)}"
    wrong = f"{number[:position]}{(int(number[position]) + shift) % 10}{number[position + 1 :]}"
    # Rests 0 and 1 share the digit 0, the only hole of the formula.
    if numbers.is_my_number(wrong):
        assert number[11] == "0"


def test_twelve_zeros_are_refused_although_the_formula_holds() -> None:
    assert numbers.my_number_check_digit("0" * 11) == 0
    assert not numbers.is_my_number("0" * 12)


def test_known_values() -> None:
    assert numbers.is_my_number("123456789018")
    assert numbers.is_corporate_number("7000012050002")
    assert numbers.is_corporate_number("8000020130001")


@pytest.mark.parametrize("code", ["131016", "272060", "431010", "221384", "011002", "472018"])
def test_municipality_codes(code: str) -> None:
    assert numbers.is_municipality_code(code)
    assert numbers.municipality_check_digit(code[:5]) == int(code[5])


@pytest.mark.parametrize("code", ["131017", "480003", "000000", "13101", "1310160", "１３１０１６"])
def test_no_municipality_codes(code: str) -> None:
    assert not numbers.is_municipality_code(code)


@pytest.mark.parametrize(
    "text", ["", "12345678901", "1234567890123", "１２３４５６７８９０１８", "12345678901a", "123456789018\n"]
)
def test_other_lengths_and_characters_are_no_number(text: str) -> None:
    assert not numbers.is_my_number(text)


def test_a_wrong_body_is_named_without_its_digits() -> None:
    with pytest.raises(numbers.InvalidNumberError) as caught:
        numbers.my_number_check_digit("98765")
    assert "98765" not in str(caught.value)
