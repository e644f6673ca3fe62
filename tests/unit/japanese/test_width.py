"""Full and half width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.japanese.width import HYPHENS, digits_only, fold_width, to_full_kana, to_half_digits, to_half_kana

JAPANESE = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
        st.characters(min_codepoint=0x3041, max_codepoint=0x30FF),
        st.characters(min_codepoint=0xFF01, max_codepoint=0xFF9F),
        st.sampled_from(HYPHENS + "髙﨑𠮷㈱①　ー゛゜"),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("１２３ＡＢｃ　！", "123ABc !"),
        ("ｶﾞｷﾞﾊﾟｰﾜﾞ", "ガギパーヷ"),
        ("１－２−３‐４", "1-2-3-4"),
        ("1ー2ｰ3─4", "1-2-3-4"),
        ("コーポ3ー5", "コーポ3-5"),
        ("タワー1", "タワー1"),
        ("か゛", "か゛"),
        ("㈱髙﨑𠮷①", "㈱髙﨑𠮷①"),
    ],
)
def test_folding(text: str, expected: str) -> None:
    assert fold_width(text) == expected


@pytest.mark.parametrize("hyphen", list(HYPHENS))
def test_each_hyphen_becomes_one(hyphen: str) -> None:
    assert fold_width(f"A{hyphen}B") == "A-B"


def test_eight_different_hyphens() -> None:
    assert len(set(HYPHENS)) == 8


@given(JAPANESE)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_width(fold_width(text)) == fold_width(text)


@given(
    st.text(alphabet=st.characters(min_codepoint=0x30A1, max_codepoint=0x30F4).filter(lambda c: c not in "ヮヰヱヵヶ"))
)
def test_katakana_survives_half_width(text: str) -> None:
    assert to_full_kana(to_half_kana(text)) == text


def test_half_kana_leaves_the_rest() -> None:
    assert to_half_kana("ガーデン１A漢字") == "ｶﾞｰﾃﾞﾝ１A漢字"


def test_digits() -> None:
    assert to_half_digits("１２ＡＢガ") == "12ＡＢガ"
    assert digits_only("１２-３ (4) ５Ａ²") == "12345"
