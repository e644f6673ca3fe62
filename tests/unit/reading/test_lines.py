"""Text of free writing: lines, gaps, kana, addresses."""

from __future__ import annotations

import numpy as np
import pytest

from munibots.reading.lines import _address, _as_spelt, _kana, _phone, divide_lines

TOWNS = ("静岡県三島市旭ケ丘", "静岡県三島市三恵台", "静岡県三島市三恵台東")


def _ink(*bands: tuple[int, int]) -> np.ndarray:
    ink = np.zeros((110, 300), bool)
    for top, bottom in bands:
        ink[top:bottom, 20:200:3] = True
    return ink


def test_lines_are_divided_where_a_gap_is() -> None:
    assert divide_lines(_ink()) == []
    assert divide_lines(_ink((10, 45))) == [(10, 45)]
    upper, lower = divide_lines(_ink((5, 40), (55, 95)))
    assert upper == (5, 40)
    assert lower == (55, 95)
    assert len(divide_lines(_ink((2, 30), (38, 66), (74, 104)))) == 3


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("よこゃま　ゆうと", "よこやま　ゆうと"),
        ("もりた　りっ", "もりた　りつ"),
        ("あべ　ゅずき", "あべ　ゆずき"),
        ("きょうこ", "きょうこ"),
        ("はっとり", "はっとり"),
        ("ヤマダ　べニコ", "ヤマダ　ベニコ"),
        ("さとう　リか", "さとう　りか"),
    ],
)
def test_kana_that_cannot_be(read: str, text: str) -> None:
    assert _kana(read, {}, None).text == text


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("本町1ー2ー3", "本町1-2-3"),
        ("一番町5コ一ポ", "一番町5コーポ"),
        ("大手町10サンハイッ411", "大手町10サンハイツ411"),
        ("本町一丁目2", "本町一丁目2"),
    ],
)
def test_marks_are_read_by_their_neighbours(read: str, text: str) -> None:
    assert _address(read, {}, None).text == text


def test_the_town_list_spells_the_town_and_the_text_keeps_the_paper() -> None:
    features: dict[str, float] = {}
    raw = _address("静岡県三島市三惠台398番地3", features, lambda: TOWNS)
    assert raw.text == "静岡県三島市三惠台398番地3"
    assert raw.value == "静岡県三島市三恵台398番地3"
    assert features["lexicon_match"] == 1.0
    assert _as_spelt("三島市旭ヶ丘1番地", TOWNS) == "三島市旭ケ丘1番地"
    assert _as_spelt("三島市三恵台東1", TOWNS) == "三島市三恵台東1"


def test_a_near_town_is_only_a_candidate() -> None:
    features: dict[str, float] = {}
    raw = _address("三島市三恵白398番地", features, lambda: TOWNS)
    assert raw.value == "三島市三恵白398番地"
    assert "三島市三恵台398番地" in raw.candidates
    assert features["lexicon_match"] == 0.0


def test_a_telephone_number_of_wrong_length_has_no_value() -> None:
    assert _phone("090-1234-5678", {}, None).value == "090-1234-5678"
    raw = _phone("090-1234-567", {}, None)
    assert raw.value is None
    assert raw.text == "090-1234-567"
