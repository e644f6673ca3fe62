"""Evidence to text. ``digits.npz`` was recorded from digits that the project drew itself (see ``record.py``)."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from munibots.reading.ocr.charsets import DIGITS, Charset
from munibots.reading.ocr.decoding import decode, position_scores
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
def test_each_place_of_a_number_has_probabilities(p: np.ndarray, length: int) -> None:
    seen = evidence(p, DIGITS)
    if length > len(p):
        with pytest.raises(ValueError, match="steps"):
            position_scores(seen, length)
        return
    scores = position_scores(seen, length)
    assert scores.shape == (length, 10)
    assert np.exp(scores).sum(axis=1) == pytest.approx(np.ones(length))


def brute_force(p: np.ndarray, length: int) -> np.ndarray:
    """Of all paths that give so many symbols, the share that has each symbol at each place."""
    shares = np.zeros((length, p.shape[1] - 1))
    for path in itertools.product(range(p.shape[1]), repeat=len(p)):
        text = [s for i, s in enumerate(path) if s and (i == 0 or path[i - 1] != s)]
        if len(text) == length:
            shares[range(length), np.array(text) - 1] += math.prod(float(p[t, s]) for t, s in enumerate(path))
    return shares / shares.sum(axis=1, keepdims=True)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_places_are_summed_over_all_paths(seed: int, length: int) -> None:
    p = np.random.default_rng(seed).dirichlet(np.ones(3) * 0.7, 5).astype(np.float32)
    p = np.maximum(p, np.float32(1e-3))
    two = Charset("ab", ("a", "b"), ("", ""))
    assert np.exp(position_scores(evidence(p, two), length)) == pytest.approx(brute_force(p, length), abs=1e-4)


@pytest.mark.parametrize("text", ["0", "7", "42", "1234567890"])
def test_recorded_digits(text: str) -> None:
    with np.load(RECORDED) as recorded:
        seen = Evidence(DIGITS, recorded[f"p_{text}"], recorded[f"best_{text}"], recorded[f"outside_{text}"], 8.0)
    assert decode(seen).text == text
    scores = position_scores(seen, len(text))
    assert "".join(DIGITS.symbols[d] for d in scores.argmax(axis=1)) == text
    assert np.exp(scores.max(axis=1)).min() > 0.5
    assert list(decode(seen).char_x_px) == sorted(decode(seen).char_x_px)


def test_nothing_written_is_no_text() -> None:
    found = decode(evidence(np.eye(4)[[0, 0, 0]]))
    assert found.text == ""
    assert found.min_char_p == 0.0
