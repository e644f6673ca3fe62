"""Telephone numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.japanese.phones import InvalidPhoneError, normalise_phone


@pytest.mark.parametrize(
    "expected",
    [
        "03-1234-5678", "06-6123-4567", "011-211-2111", "0123-23-1234", "01267-2-1234", "017-734-1111", "022-261-1111",
        "0223-22-1234", "025-285-5511", "0250-22-1234", "0258-35-1122", "029-301-1111", "0422-51-5131", "042-321-1111",
        "0428-22-1111", "042-973-2111", "04-2998-1111", "04-7092-1111", "0470-22-3111", "04-7167-1111", "043-245-5111",
        "045-671-2121", "0463-22-1111", "04992-2-1234", "04998-2-3111", "052-961-1111", "053-457-2111", "0545-51-0123",
        "0561-82-1111", "0574-25-2111", "072-228-7402", "0721-25-1000", "0742-34-1111", "07468-2-0001", "075-222-3111",
        "077-523-1234", "0748-24-1234", "078-331-8181", "0798-35-3151", "082-245-2111", "0824-62-6111", "0829-30-1111",
        "086-803-1000", "0866-62-9512", "0868-23-2111", "088-621-5111", "0880-34-1111", "092-711-4111", "0940-36-1111",
        "0942-30-9000", "096-328-2111", "0968-25-1111", "098-866-2333", "09802-2-2001", "0980-52-1111", "099-224-1111",
        "0994-43-2111", "0120-123-456", "0570-012-345", "0800-123-4567", "090-1234-5678", "080-1234-5678",
        "070-1234-5678", "060-1234-5678", "050-1234-5678",
    ],
)  # fmt: skip
def test_hyphens_are_found_from_the_digits(expected: str) -> None:
    assert normalise_phone(expected.replace("-", "")) == expected
    assert normalise_phone(expected) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("０３（１２３４）５６７８", "03-1234-5678"),
        ("(03) 1234-5678", "03-1234-5678"),
        ("０９０－１２３４－５６７８", "090-1234-5678"),
        ("090ー1234ー5678", "090-1234-5678"),
        ("090.1234.5678", "090-1234-5678"),
        ("+81 3-1234-5678", "03-1234-5678"),
        ("+81 (0)90 1234 5678", "090-1234-5678"),
        ("0 3 1 2 3 4 5 6 7 8", "03-1234-5678"),
        # Divided in a wrong place: the table knows better.
        ("0422-5-15131", "0422-51-5131"),
        # Only the sixth digit decides between 0829 and 082: as written.
        ("0829-20-1234", "0829-20-1234"),
        ("082-924-1234", "082-924-1234"),
        ("0829241234", "0829-24-1234"),
    ],
)
def test_ways_of_writing(text: str, expected: str) -> None:
    assert normalise_phone(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "1234-5678", "03-1234-567", "03-1234-56789", "090-1234-567", "0120-1234-567", "00-1234-5678", "020-123-4567",
     "03-1234-S678", "03-1234-5678 (内線 12)", "電話なし", "9012345678", "0801234567"],
)  # fmt: skip
def test_impossible_numbers_are_refused_without_repeating_them(text: str) -> None:
    with pytest.raises(InvalidPhoneError) as caught:
        normalise_phone(text)
    assert not any(char.isdigit() for char in str(caught.value))


@given(st.from_regex(r"0[0-9]{9,10}", fullmatch=True))
def test_no_digit_is_lost_and_the_result_is_stable(text: str) -> None:
    try:
        phone = normalise_phone(text)
    except InvalidPhoneError:
        return
    assert phone.replace("-", "") == text
    assert phone.count("-") == 2
    assert normalise_phone(phone) == phone
