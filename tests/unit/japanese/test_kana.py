"""Kana."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.japanese.kana import fold_kana, is_kana_name, kana_doubts, to_hiragana, to_katakana

KANA = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x3041, max_codepoint=0x3096),
        st.characters(min_codepoint=0x30A1, max_codepoint=0x30FA),
        st.characters(min_codepoint=0xFF66, max_codepoint=0xFF9F),
        st.sampled_from("ー・ 　゛゜-－\u3099\u309a"),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("やまだ　たろう", "ヤマダタロウ"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダタロウ"),
        ("か゛とう", "ガトウ"),
        ("か\u3099とう", "ガトウ"),
        ("スミス・ジョン", "スミスジョン"),
        ("ユ－ジ", "ユージ"),
        ("ヂヅジズ", "ヂヅジズ"),
        ("はっとり", "ハットリ"),
    ],
)
def test_folding(text: str, expected: str) -> None:
    assert fold_kana(text) == expected


def test_small_kana_are_raised_only_on_demand() -> None:
    assert fold_kana("ショウヘイ") == "ショウヘイ"
    assert fold_kana("ミツビシュ－エフジェイ", raise_small=True) == "ミツビシユーエフジエイ"


@pytest.mark.parametrize("text", ["わ\u3099", "ワ \u3099", "ヮ\u3099", "ﾜﾞ"])
def test_a_voicing_mark_joins_its_letter_however_it_was_written(text: str) -> None:
    assert fold_kana(text, raise_small=True) == "ヷ"


@given(KANA, st.booleans())
def test_folding_twice_changes_nothing(text: str, raise_small: bool) -> None:
    once = fold_kana(text, raise_small=raise_small)
    assert fold_kana(once, raise_small=raise_small) == once


@given(st.text(alphabet=st.characters(min_codepoint=0x3041, max_codepoint=0x3096)))
def test_hiragana_survives_katakana(text: str) -> None:
    assert to_hiragana(to_katakana(text)) == text


@pytest.mark.parametrize(
    "text", ["ヤマダ タロウ", "やまだ", "ﾔﾏﾀﾞ ﾀﾛｳ", "ヴィトン", "スミス・ジョン", "オーノ", "か゛とう"]
)
def test_kana_names(text: str) -> None:
    assert is_kana_name(text)
    assert kana_doubts(text) == ()


@pytest.mark.parametrize("text", ["", " ", "ー", "山田", "ヤマダ1", "ﾔﾏﾀﾞ(ﾀﾛｳ)", "Yamada", "ヤマ夕"])
def test_no_kana_names(text: str) -> None:
    assert not is_kana_name(text)
    assert "カナ以外の文字があります" in kana_doubts(text)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("ャマダ タロウ", "小さいカナで始まります"),
        ("ヤマダ ーロウ", "長音で始まります"),
        ("ンマダ", "「ン」で始まります"),
        ("オーーノ", "長音が続きます"),
        ("ヤマッ タロウ", "「ッ」で終わります"),
    ],
)
def test_unusual_kana_is_a_doubt_not_an_error(text: str, doubt: str) -> None:
    assert is_kana_name(text)
    assert kana_doubts(text) == (doubt,)
