"""What reading does to a text."""

from __future__ import annotations

import random

import pytest

from munibots.classifying.labels import similarity
from munibots.demo.city.form_texts.noise import character_noise, out_of_order, without

_TEXT = "住民異動届の届出人は新しい住所と前の住所を書いてください。" * 4


@pytest.mark.parametrize("share", [0.0, 0.15, 0.3])
def test_about_that_share_is_changed(share: float) -> None:
    noisy = character_noise(_TEXT, share, random.Random(1))
    assert 1 - similarity(noisy, _TEXT) == pytest.approx(share, abs=0.07)


def test_lines_move_but_none_is_lost() -> None:
    lines = [str(i) for i in range(40)]
    moved = out_of_order(lines, random.Random(2), 0.5)
    assert moved != lines
    assert sorted(moved) == sorted(lines)


def test_the_longest_name_is_taken_out_first() -> None:
    assert without("要介護認定申請書と認定申請書", ["認定申請書", "要介護認定申請書"]) == "と"
