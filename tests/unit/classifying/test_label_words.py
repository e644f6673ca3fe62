"""Taking labels apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.classifying.label_words import LabelWords, label_key, without_brackets

WORDS = LabelWords(
    {
        "time": {"old": ["旧", "従前", "ゼン"], "new": ["新", "異動後"]},
        "role": {"applicant": ["申請者", "申請する人"]},
        "what": {
            "name": ["氏名", "名前"],
            "kana": ["フリガナ", "カナ"],
            "address": ["住所", "ジュウショ"],
            "postal": ["〒", "郵便番号"],
            "date": ["年月日", "日"],
        },
        "thing": {"move": ["異動"]},
    }
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ﾌﾘｶﾞﾅ", "ふりがな"),
        ("新 住 所", "新住所"),
        ("ご住所", "住所"),
        ("(1) 氏名", "氏名"),
        ("③氏名:", "氏名"),
        ("ｼﾞﾕｳｼﾖ", "ジュウショ"),
        ("届出年月日", "届出日"),
        ("電話番号(tel)", "電話番号（ＴＥＬ）"),
    ],
)
def test_one_label_in_two_guises(one: str, other: str) -> None:
    assert label_key(one) == label_key(other)


def test_labels_that_differ_stay_apart() -> None:
    assert len({label_key(t) for t in ("新住所", "旧住所", "住所", "連絡先①", "連絡先2")}) == 5


@given(st.text(max_size=40))
def test_any_text_has_a_key_and_a_meaning(text: str) -> None:
    assert isinstance(label_key(text), str)
    WORDS.meaning(text)


def test_brackets_go_unless_nothing_else_is_there() -> None:
    assert without_brackets("氏名(漢字)") == "氏名"
    assert without_brackets("(漢字)") == "(漢字)"


def test_whose_which_and_what() -> None:
    meaning = WORDS.meaning("申請する人の旧住所")
    assert (meaning.time, meaning.role, meaning.what) == ("old", "applicant", "address")


def test_kana_alone_is_understood() -> None:
    assert WORDS.meaning("ｾﾞﾝｼﾞｭｳｼｮ").words == WORDS.meaning("従前の住所").words


@pytest.mark.parametrize(
    ("label", "what"),
    [("氏名(カナ)", "kana"), ("〒(新住所)", "postal"), ("住所 氏名", "name"), ("生年月日(氏名)", "date"), ("同居", "")],
)
def test_what_is_asked_for(label: str, what: str) -> None:
    assert WORDS.meaning(label).what == what


def test_the_longest_word_counts() -> None:
    assert WORDS.meaning("異動後").words == {"time:new"}


def test_characters_that_no_word_covers_count_in_pairs() -> None:
    assert WORDS.meaning("世帯の住所").words == {"=世帯", "what:address"}


def test_a_word_of_two_kinds_keeps_the_first() -> None:
    words = LabelWords({"time": {"old": ["前"]}, "what": {"front": ["前"]}})
    assert words.meaning("前").words == {"time:old"}


def test_nothing_says_nothing() -> None:
    assert WORDS.meaning(" ・ ").words == frozenset()
