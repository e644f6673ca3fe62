from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.definitions.form_files import load_form
from munibots.domain.form import FieldType
from munibots.reporting.masking import MASK, Masker, masked_file_name, masked_value


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (None, FieldType.NAME, "(空欄)"),
        ("", FieldType.NAME, "(空欄)"),
        ((), FieldType.MARKS, "(空欄)"),
        ("架空山 衛", FieldType.NAME, "＊＊＊(氏名、5〜9字)"),
        ("架空県試験市見本町", FieldType.ADDRESS, "＊＊＊(住所、5〜9字)"),
        ("架空県" * 10, FieldType.ADDRESS, "＊＊＊(住所、20字以上)"),
        ("1999-01-02", FieldType.DATE, "＊＊＊(日付)"),
        ("世帯主", FieldType.CHOICE, "＊＊＊(選択)"),
        (("ア", "イ"), FieldType.MARKS, "＊＊＊(選択)"),
        ("何か", None, MASK),
    ],
)
def test_a_value_is_stars_and_its_kind(value: str | tuple[str, ...] | None, kind: FieldType | None, shown: str) -> None:
    assert masked_value(value, kind) == shown


@given(st.text(alphabet="架空山川田中佐藤健翔", min_size=2, max_size=40), st.sampled_from(FieldType))
def test_no_character_of_a_value_is_shown(value: str, kind: FieldType) -> None:
    assert not set(value) & set(masked_value(value, kind))


def test_every_value_is_starred_out_of_messages_longest_first() -> None:
    mask = Masker(["架空山 花子", "架空山", "9112233", "男", "12"])
    assert mask("架空山 花子さん(9112233)、架空山花子、花子") == f"{MASK}さん({MASK})、{MASK}、{MASK}"
    assert mask("男性 12 人") == "男性 12 人", "short values would star out ordinary words"


def test_the_file_name_in_a_message_is_shown_as_elsewhere() -> None:
    mask = Masker([], file_name="架空山.pdf", shown_file_name="＊＊＊.pdf")
    assert mask("ファイルが空です(架空山.pdf)。") == "ファイルが空です(＊＊＊.pdf)。"


def test_no_values_no_change() -> None:
    assert Masker([])("そのまま") == "そのまま"


@pytest.mark.parametrize("name", ["scan_0007.pdf", "SCAN-20261124.tif", "20261124103000.jpg", "juminido-003.pdf"])
def test_names_that_scanners_give_are_shown(name: str) -> None:
    assert masked_file_name(name, load_form("juminido")) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("架空山太郎衛.pdf", "＊＊＊.pdf"),
        ("kakuyama_taro.tif", "＊＊＊.tif"),
        ("scan_091234567890.pdf", "＊＊＊.pdf"),
        ("09991234567.pdf", "＊＊＊.pdf"),
        ("scan.架空山", MASK),
    ],
)
def test_names_that_may_bear_a_person_are_not(name: str, shown: str) -> None:
    assert masked_file_name(name, load_form("juminido")) == shown
