"""Evidence to text. ``digits.npz`` was recorded from digits that the project drew itself (see ``record.py``)."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from munibots.reading.ocr.charsets import DIGITS, Charset
from munibots.reading.ocr.decoding import decode, decode_digits, digit_scores
from munibots.reading.ocr.recognizer import Evidence

RECORDED = Path(__file__).parent / "digits.npz"
ABC = Charset("abc", ("a", "b", "c"), ("", "", ""))


def evidence(p: np.ndarray, charset: Charset = ABC) -> Evidence:
    p = np.asarray(p, np.float32)
    return Evidence(charset, p, p.max(axis=1), np.zeros(len(p), np.int64), 8.0)


@st.composite
def rows(draw: st.DrawFn, symbols: int) -> np.ndarray:
    steps = draw(st.integers(1, 14))
    seed = draw(st.integers(0, 2**32 - 1))
    sharp = draw(st.sampled_from([0.3, 1.0, 6.0]))
    p = np.exp(np.random.default_rng(seed).normal(0, sharp, (steps, symbols + 1)))
    return p / p.sum(axis=1, keepdims=True)


def test_repeats_join_and_blanks_part() -> None:
    path = [1, 1, 0, 1, 2, 2, 0, 3]
    assert decode(evidence(np.eye(4)[path])).text == "aabc"


@given(rows(3))
def test_only_symbols_of_the_set_come_out(p: np.ndarray) -> None:
    found = decode(evidence(p))
    assert set(found.text) <= set("abc")
    assert len(found.char_p) == len(found.char_x_px) == len(found.second) == len(found.text)
    assert all(0 <= q <= 1 for q in found.char_p)


@settings(deadline=None)
@given(rows(10), st.integers(1, 14))
def test_a_number_has_exactly_its_length(p: np.ndarray, length: int) -> None:
    seen = evidence(p, DIGITS)
    if length > len(p):
        with pytest.raises(ValueError, match="steps"):
            decode_digits(seen, length)
        return
    found = decode_digits(seen, length)
    if sum(1 for _ in found.text) != length:
        raise AssertionError("wrong length")
    assert found.text.isdecimal()


def brute_force(p: np.ndarray, length: int) -> float:
    """The best score of any path that gives so many symbols."""
    best = -math.inf
    for code in range((p.shape[1]) ** len(p)):
        path, rest = [], code
        for _ in range(len(p)):
            path.append(rest % p.shape[1])
            rest //= p.shape[1]
        text = [s for i, s in enumerate(path) if s and (i == 0 or path[i - 1] != s)]
        if len(text) == length:
            best = max(best, sum(math.log(max(float(p[t, s]), 1e-6)) for t, s in enumerate(path)))
    return best


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_the_best_path_of_that_length_is_found(seed: int, length: int) -> None:
    p = np.random.default_rng(seed).dirichlet(np.ones(3) * 0.7, 5).astype(np.float32)
    two = Charset("ab", ("a", "b"), ("", ""))
    if not np.isfinite(brute_force(p, length)):
        return
    found = decode_digits(evidence(p, two), length)
    assert len(found.text) == length
    # The path that was found scores as well as the best of all: its score is what margin_unconstrained is measured by.
    free = sum(math.log(max(float(q), 1e-6)) for q in p.max(axis=1))
    assert free - found.margin_unconstrained * len(p) == pytest.approx(brute_force(p, length), abs=1e-3)


@given(rows(10))
def test_scores_of_one_digit_are_probabilities(p: np.ndarray) -> None:
    scores = digit_scores(evidence(p, DIGITS))
    assert scores.shape == (10,)
    assert np.exp(scores).sum() == pytest.approx(1.0)


@pytest.mark.parametrize("text", ["0", "7", "42", "1234567890"])
def test_recorded_digits(text: str) -> None:
    with np.load(RECORDED) as recorded:
        seen = Evidence(DIGITS, recorded[f"p_{text}"], recorded[f"best_{text}"], recorded[f"outside_{text}"], 8.0)
    assert decode(seen).text == text
    found = decode_digits(seen, len(text))
    assert found.text == text
    assert found.min_char_p > 0.5
    assert list(found.char_x_px) == sorted(found.char_x_px)
    if len(text) == 1:
        assert DIGITS.symbols[int(digit_scores(seen).argmax())] == text


def test_nothing_written_is_no_text() -> None:
    found = decode(evidence(np.eye(4)[[0, 0, 0]]))
    assert found.text == ""
    assert found.min_char_p == 0.0
