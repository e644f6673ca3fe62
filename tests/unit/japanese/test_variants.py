"""The table of variant characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.japanese.variants import VARIANTS, fold_variants


@pytest.mark.parametrize(
    ("variant", "common"),
    list(
        zip("髙﨑邉邊齋齊濵濱德𠮷槗曻瀨栁眞廣澤國櫻條惠龍", "高崎辺辺斎斉浜浜徳吉橋昇瀬柳真広沢国桜条恵竜", strict=True)
    ),
)
def test_frequent_variants(variant: str, common: str) -> None:
    assert fold_variants(variant) == common


@pytest.mark.parametrize(
    ("one", "other"), [tuple(p) for p in ("斎斉", "齋齊", "崎碕", "﨑埼", "祐佑", "裕祐", "太大", "藤籐", "土士")]
)
def test_different_characters_stay_apart(one: str, other: str) -> None:
    assert fold_variants(one) != fold_variants(other)


def test_no_chains() -> None:
    assert not VARIANTS.keys() & set(VARIANTS.values())
    assert all(len(char) == 1 for pair in VARIANTS.items() for char in pair)


def test_selectors_and_compatibility_ideographs() -> None:
    assert fold_variants("邉\U000e0101") == "辺"
    assert fold_variants("辻\U000e0100") == "辻"
    assert fold_variants("\ufa19\ufa1b\ufa10") == "神福塚"


@given(st.text(alphabet=st.one_of(st.sampled_from(sorted(VARIANTS)), st.characters(min_codepoint=0x3041))))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_variants(fold_variants(text)) == fold_variants(text)
