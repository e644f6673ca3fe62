"""Banks and branches."""

from __future__ import annotations

import pytest

from munibots.reference.banks import Bank, Branch, bank, branch, find_banks, find_branches


def test_by_code() -> None:
    assert bank("0001") == Bank("0001", "みずほ", "ミズホ")
    assert bank("0000") is None
    assert branch("0005", "002") == Branch("0005", "002", "丸の内", "マルノウチ")
    assert branch("0005", "000") is None
    assert branch("0000", "001") is None


def test_kana_have_long_marks() -> None:
    found = bank("0005")
    assert found is not None
    assert found.kana == "ミツビシユーエフジエイ"


@pytest.mark.parametrize(
    "text",
    [
        "三菱UFJ銀行",
        "三菱ＵＦＪ",
        "三菱 ufj 銀行",
        "ミツビシユーエフジェイ",
        "ﾐﾂﾋﾞｼﾕｰｴﾌｼﾞｴｲｷﾞﾝｺｳ",
        "みつびしゆーえふじぇい",
    ],
)
def test_by_name_or_kana(text: str) -> None:
    assert [found.code for found in find_banks(text)] == ["0005"]


@pytest.mark.parametrize("text", ["みずほ", "みずほ銀行", "ミズホ"])
def test_a_bank_with_a_name_in_hiragana(text: str) -> None:
    assert "0001" in [found.code for found in find_banks(text)]


@pytest.mark.parametrize("text", ["", "銀行", "ギンコウ", "存在しない銀行"])
def test_no_bank(text: str) -> None:
    assert find_banks(text) == ()


@pytest.mark.parametrize("text", ["丸の内", "丸の内支店", "マルノウチ", "ﾏﾙﾉｳﾁｼﾃﾝ"])
def test_branches(text: str) -> None:
    assert Branch("0005", "002", "丸の内", "マルノウチ") in find_branches("0005", text)


def test_branches_of_no_bank() -> None:
    assert find_branches("0000", "本店") == ()
