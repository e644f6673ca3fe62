"""Names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.japanese.names import fold_name, has_variant, may_hide_variant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋　花子", "高橋花子"),
        ("渡邉 一郎", "渡辺一郎"),
        ("渡邊\U000e0102 一郎", "渡辺 一郎"),
        ("ｽﾐｽ ｼﾞｮﾝ", "スミス　ジョン"),
        ("Smith　john", "ＳＭＩＴＨ JOHN"),
    ],
)
def test_same_name(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(("one", "other"), [("斎藤", "斉藤"), ("高橋", "高槁"), ("大田", "太田")])
def test_other_name(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


@given(st.text(max_size=12))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)


@pytest.mark.parametrize(
    "text", ["髙田", "山﨑", "濵口", "𠮷野", "栁沢", "渡邉", "渡邊", "德川", "瀨戸", "辻\U000e0100", "\ufa19山"]
)
def test_variants_are_found(text: str) -> None:
    assert has_variant(text)
    assert may_hide_variant(text)


@pytest.mark.parametrize("text", ["高田", "山崎", "吉野", "渡辺"])
def test_common_characters_may_hide_one(text: str) -> None:
    assert not has_variant(text)
    assert may_hide_variant(text)


@pytest.mark.parametrize("text", ["山田 太郎", "", "スミス ジョン", "小林"])
def test_plain_names(text: str) -> None:
    assert not has_variant(text)
    assert not may_hide_variant(text)
