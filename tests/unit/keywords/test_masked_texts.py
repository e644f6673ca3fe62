"""What is masked, in which forms, and what is left alone."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from munibots.keywords.masked_texts import MASK, MaskedTexts

TEXTS = st.text(st.characters(categories=("Lo", "Nd")), min_size=3, max_size=12)


@given(st.lists(TEXTS, min_size=1, max_size=5), TEXTS)
def test_no_value_is_left(values: list[str], around: str) -> None:
    masked = MaskedTexts()
    masked.add_case(values)
    text = around.join(values)
    for value in values:
        assert value not in masked.mask(text).replace(MASK, "\n")


def test_escaped_values_are_found() -> None:
    masked = MaskedTexts()
    masked.add_case(["榎戸 久美"])
    for written in (json.dumps({"text": "榎戸 久美"}), ascii("榎戸 久美")):
        assert MASK in masked.mask(written)


def test_short_values_make_no_holes_but_names_do() -> None:
    masked = MaskedTexts()
    masked.add_case(["子", "12", "長い値"], names=["榎戸", "巴"])
    assert masked.mask("子 12 長い値 榎戸 巴") == f"子 12 {MASK} {MASK} 巴"


def test_twelve_digits_are_masked_unasked() -> None:
    masked = MaskedTexts()
    assert masked.mask("番号 1234 5678 9012 と 1234-5678-9012") == f"番号 {MASK} と {MASK}"
    assert masked.mask("2026-11-24 R08-000001 1234567890123") == "2026-11-24 R08-000001 1234567890123"


def test_the_longest_goes_first() -> None:
    masked = MaskedTexts()
    masked.add_case(["若葉町", "宮城県つばさ市若葉町1丁目"])
    assert masked.mask("宮城県つばさ市若葉町1丁目") == MASK


def test_only_the_last_cases_are_kept_and_the_password_always() -> None:
    masked = MaskedTexts()
    masked.add_always("hush")
    masked.add_case(["最初の値"])
    for n in range(3):
        masked.add_case([f"後の値{n}"])
    assert masked.mask("最初の値 後の値0 hush") == f"最初の値 {MASK} {MASK}"
