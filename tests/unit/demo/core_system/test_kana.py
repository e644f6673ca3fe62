"""Half-width katakana."""

from __future__ import annotations

import pytest

from munibots.demo.core_system import kana


@pytest.mark.parametrize("text", ["ﾔﾏﾀﾞ ﾀﾛｳ", "ﾊﾟｸ ｼﾞﾐﾝ", "ｵｵﾉ ﾕｰｺ", "ｽﾐｽ ｼﾞｮﾝ ﾎﾟｰﾙ"])
def test_half_width_names(text: str) -> None:
    assert kana.is_half_width_name(text)


@pytest.mark.parametrize(
    "text", ["", "ﾔﾏﾀﾞ", "ヤマダ タロウ", "ﾔﾏﾀﾞ　ﾀﾛｳ", "ﾔﾏﾀﾞ  ﾀﾛｳ", "YAMADA TARO", "ﾔﾏﾀﾞ･ﾀﾛｳ", "ﾔﾏﾀﾞ ﾀﾛｳ\n"]
)
def test_other_names(text: str) -> None:
    assert not kana.is_half_width_name(text)


def test_a_search_needs_no_given_name() -> None:
    assert kana.is_half_width_search("ﾔﾏﾀﾞ")
    assert not kana.is_half_width_search("ヤマダ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("やまだ　はなこ", "ﾔﾏﾀﾞ ﾊﾅｺ"),
        ("ヴァレリー　パク", "ｳﾞｧﾚﾘｰ ﾊﾟｸ"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "ﾔﾏﾀﾞ ﾀﾛｳ"),
        ("を ん", "ｦ ﾝ"),
    ],
)
def test_folding(text: str, expected: str) -> None:
    assert kana.to_half_width(text) == expected
