"""Two opinions on a row, from made-up evidence."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.japanese.numbers import is_my_number, my_number_check_digit
from munibots.reading.digit_rows import digits_text, judge_row, likeliest_valid, side_by_side
from munibots.reading.digits import OTHER
from munibots.reading.ocr.charsets import DIGITS
from munibots.reading.ocr.recognizer import Evidence


def _row(*places: dict[str, float]) -> Evidence:
    """Each digit one step, with a blank step between."""
    p = np.full((2 * len(places), 11), 1e-6, np.float32)
    p[1::2, 0] = 1.0
    for step, place in zip(p[::2], places, strict=True):
        for digit, share in place.items():
            step[1 + int(digit)] = share
    return Evidence(DIGITS, p, p.max(axis=1), np.zeros(len(p), np.int64), 8.0)


def _alone(*places: dict[int, float]) -> np.ndarray:
    p = np.full((len(places), OTHER + 1), 1e-6)
    for row, place in zip(p, places, strict=True):
        for digit, share in place.items():
            row[digit] = share
    return np.log(p / p.sum(axis=1, keepdims=True))


def test_both_agree() -> None:
    judged = judge_row(_alone({4: 0.99}, {2: 0.98}), _row({"4": 0.97}, {"2": 0.99}))
    assert judged.text == judged.row_text == "42"
    assert judged.features["agreement"] == 1.0
    assert judged.features["cell_min_p"] == pytest.approx(0.98, abs=0.03)
    assert judged.features["row_min_p"] == pytest.approx(0.97, abs=0.04)
    # Two independent witnesses are worth more than either.
    assert judged.features["min_char_p"] > 0.999


def test_the_surer_one_wins_and_the_row_is_in_doubt() -> None:
    judged = judge_row(_alone({1: 0.55, 7: 0.45}), _row({"7": 0.99, "1": 0.01}))
    assert judged.text == "7"
    assert judged.features["agreement"] == 0.0
    assert judged.features["cell_min_p"] == pytest.approx(0.45, abs=0.01)


def test_a_row_that_is_read_longer_is_no_agreement() -> None:
    judged = judge_row(_alone({1: 0.99}), _row({"1": 0.99}, {"1": 0.99}))
    assert judged.text == "1"
    assert judged.row_text == "11"
    assert judged.features["agreement"] == 0.0


def test_what_may_be_no_digit_is_evidence() -> None:
    judged = judge_row(_alone({3: 0.6, OTHER: 0.4}), _row({"3": 0.99}))
    assert judged.features["weakest_cell_p"] == pytest.approx(0.6, abs=0.01)
    assert judged.features["cell_min_p"] == pytest.approx(0.6, abs=0.01)


def test_more_digits_than_steps_leave_the_row_out() -> None:
    judged = judge_row(_alone({1: 0.9}, {2: 0.9}, {3: 0.9}), _row({"1": 0.9}))
    assert judged.text == "123"
    assert math.exp(judged.scores.max(axis=1).min()) > 0.89


def test_the_best_digit_of_each_place() -> None:
    assert digits_text(_alone({0: 0.9}, {9: 0.6, OTHER: 0.9})) == "09"


def test_crops_of_unequal_height_share_a_row() -> None:
    row = side_by_side([np.zeros((10, 5), np.uint8), np.zeros((20, 7), np.uint8)])
    assert row.shape == (20, 5 + 7 + 12)
    assert row[0, 4] == 255
    assert row[10, 4] == 0


def _scores(text: str, doubtful: dict[int, tuple[str, float]]) -> np.ndarray:
    """Log probabilities of a row that is sure but for some places, where another digit seems likelier."""
    p = np.full((len(text), 10), 1e-6)
    for place, digit in enumerate(text):
        p[place, int(digit)] = 0.99
    for place, (other, share) in doubtful.items():
        p[place, int(text[place])], p[place, int(other)] = 1 - share, share
    return np.log(p / p.sum(axis=1, keepdims=True))


@given(st.text("0123456789", min_size=11, max_size=11), st.integers(0, 10), st.integers(1, 9))
def test_a_check_digit_finds_the_digit_that_was_taken_for_another(first: str, place: int, by: int) -> None:
    number = first + str(my_number_check_digit(first))
    other = str((int(number[place]) + by) % 10)
    scores = _scores(number, {place: (other, 0.7)})
    assert digits_text(scores) != number
    found = likeliest_valid(scores, is_my_number)
    # Where the misread number has a right check digit too, nobody can tell.
    read = number[:place] + other + number[place + 1 :]
    assert found == (read if is_my_number(read) else number) or number == "0" * 12


def test_what_the_paper_does_not_show_is_not_made_up() -> None:
    sure = _scores("123456789012", {})
    assert not is_my_number("123456789012")
    assert likeliest_valid(sure, is_my_number) is None
    assert likeliest_valid(_scores("12", {}), lambda _: False) is None
