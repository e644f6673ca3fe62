"""Addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.japanese.addresses import fold_address, split_building, split_prefecture

PIECES = st.lists(
    st.sampled_from(
        ["東京都", "青葉市", "本町", "一丁目", "２丁目", "番地", "番", "号", "の", "3", "１０", "-", "－", "ー", "コーポ", "二番館",
         "霞ヶ関", "が", "大字", "字", " ", "　", "澤", "十", "条", "丁目", "室", "シャトー", "ノ", "ABC"]
    ),
    max_size=10,
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("本町一丁目２番地の３", "本町1-2-3"),
        ("本町１丁目２番３号", "本町1－2－3"),
        ("本町二十一丁目3番", "本町21-3"),
        ("霞が関一丁目二番三号", "霞ヶ関1-2-3"),
        ("霞ケ関 1-2", "霞ヶ関1の2"),
        ("大字山田123番地4", "山田123-4"),
        ("北一条西二丁目", "北1条西2丁目"),
        ("四ッ谷1", "四ツ谷１番地"),
        ("丸ノ内1ー1", "丸の内1-1"),
        ("澤井町3", "沢井町３"),
    ],
)
def test_same_address(one: str, other: str) -> None:
    assert fold_address(one) == fold_address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("本町1-2-3", "本町1-23"),
        ("本町1-2 一番館", "本町1-2 二番館"),
        ("本町1-2 一番館", "本町1-2 1番館"),
        ("本町1-2", "本町12"),
        ("本町1-2 101号室", "本町1-2 102号室"),
    ],
)
def test_other_address(one: str, other: str) -> None:
    assert fold_address(one) != fold_address(other)


NUMBERS = st.integers(1, 99)
FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")
KANJI = "〇一二三四五六七八九"


def kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return f"{KANJI[tens] if tens > 1 else ''}{'十' if tens else ''}{KANJI[ones] if ones else ''}"


@given(
    st.sampled_from(["本町", "東京都青葉区霞ヶ関", "丸の内"]),
    NUMBERS,
    NUMBERS,
    NUMBERS,
    st.sampled_from(["", "メゾン一番館"]),
)
def test_every_way_of_writing_a_lot_number_is_the_same(town: str, a: int, b: int, c: int, building: str) -> None:
    plain = f"{town}{a}-{b}-{c}{building}"
    ways = [
        plain.translate(FULL_WIDTH),
        f"{town}{a}丁目{b}番{c}号{building}",
        f"{town}{a}丁目{b}番地{c} {building}",
        f"{town}{kanji(a)}丁目{b}番地の{c}　{building}",
        f"{town}{kanji(a)}丁目{kanji(b)}番{kanji(c)}号{building}",
        f"{town} {a}ー{b}ー{c} {building}",
        f"{town}{a}の{b}の{c}{building}",
    ]
    assert {fold_address(way) for way in ways} == {fold_address(plain)}
    assert fold_address(fold_address(plain)) == fold_address(plain)


@pytest.mark.parametrize(
    ("address", "town", "building"),
    [
        ("東京都青葉区本町一丁目２番３号コーポ青葉201号室", "東京都青葉区本町一丁目２番３号", "コーポ青葉201号室"),
        ("本町1-2-3 メゾン二番館", "本町1-2-3", "メゾン二番館"),
        ("本町1-2-3-405", "本町1-2-3-405", ""),
        ("本町1-2-3-405号室", "本町1-2-3", "405号室"),
        ("北1条西2丁目3-4メゾン5", "北1条西2丁目3-4", "メゾン5"),
        ("本町1番地の2", "本町1番地の2", ""),
        ("字川原12-3ハイツ1号棟", "字川原12-3", "ハイツ1号棟"),
        ("青葉1丁目2-3青葉ハイツ2F", "青葉1丁目2-3", "青葉ハイツ2F"),
        ("大字山田123番地4　山田荘", "大字山田123番地4", "山田荘"),
        ("三番町3丁目1番地1", "三番町3丁目1番地1", ""),
        ("本町２番地三号館", "本町２番地", "三号館"),
        ("本町1-2シャトー", "本町1-2", "シャトー"),
        ("無番地", "無番地", ""),
        ("", "", ""),
    ],
)
def test_building(address: str, town: str, building: str) -> None:
    assert split_building(address) == (town, building)


@given(PIECES)
def test_both_parts_are_cut_from_the_address_as_written(pieces: list[str]) -> None:
    address = "".join(pieces).strip()
    town, building = split_building(address)
    assert address.startswith(town)
    assert address.endswith(building)
    assert set(address[len(town) : len(address) - len(building)]) <= set(" \u3000-－ー")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("東京都千代田区千代田1", ("東京都", "千代田区千代田1")),
        ("京都府 京都市", ("京都府", "京都市")),
        ("京都市上京区", ("", "京都市上京区")),
        ("北海道札幌市", ("北海道", "札幌市")),
        ("府中市", ("", "府中市")),
    ],
)
def test_prefecture(address: str, expected: tuple[str, str]) -> None:
    assert split_prefecture(address) == expected
