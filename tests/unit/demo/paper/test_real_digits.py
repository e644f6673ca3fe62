"""Digits of real hands on paper, from made-up pictures."""

from __future__ import annotations

import random

import numpy as np
import pytest

from munibots.demo.city.filled_forms import make_filled_forms
from munibots.demo.paper import real_digits
from munibots.demo.paper.real_digits import WIDEST, RealDigits, load_digits_pictures, mnist_pictures
from munibots.errors import EnvironmentNotReadyError


def bars() -> RealDigits:
    """Ten digits that are bars, the higher the digit the wider."""
    pictures = np.zeros((10, 8, 8), np.uint8)
    for digit in range(10):
        pictures[digit, :, : digit // 2 + 2] = 255
    return RealDigits(pictures, np.arange(10, dtype=np.uint8))


def test_a_digit_is_trimmed_and_never_too_wide() -> None:
    one, nine = (bars().glyph(d, 40, random.Random(1)) for d in "19")
    assert one.shape[0] == nine.shape[0] == 40
    assert one.shape[1] < nine.shape[1] <= WIDEST * 40
    assert one.max() == 255


def test_every_digit_of_a_form_is_of_that_hand_and_all_else_as_before() -> None:
    (usual,) = make_filled_forms("juminido", 1, 5)
    (real,) = make_filled_forms("juminido", 1, 5, digits=bars())
    assert real.truth == usual.truth
    assert real.font == usual.font
    assert (real.pages[0].pixels != usual.pages[0].pixels).any()


def test_writers_that_are_learnt_from_are_not_those_held_out() -> None:
    learnt, digits = load_digits_pictures("learnt")
    held_out, _ = load_digits_pictures("held out")
    assert (len(learnt), len(held_out)) == (1198, 599)
    assert learnt.shape[1:] == (8, 8)
    assert set(digits.tolist()) == set(range(10))


def test_without_npm_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    real_digits._mnist_package.cache_clear()
    with pytest.raises(EnvironmentNotReadyError, match="npm"):
        mnist_pictures("t10k")
