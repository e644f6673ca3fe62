"""What is kept of a posted form."""

from __future__ import annotations

from munibots.demo.core_system import fields


def test_over_long_text_is_cut_without_a_word() -> None:
    kept = fields.take({"txtTekiyo": "あ" * 31, "txtIdoshaKana1": "ｱ" * 30}, fields.PEOPLE_FIELDS)
    assert kept["txtTekiyo"] == "あ" * 30
    assert kept["txtIdoshaKana1"] == "ｱ" * 24


def test_outer_blanks_go_and_inner_blanks_stay() -> None:
    assert fields.take({"a": " \u3000佐藤\u3000一 "}, {"a": 20}) == {"a": "佐藤\u3000一"}


def test_missing_and_unknown_elements() -> None:
    assert fields.take({"other": "x"}, {"a": 3}) == {"a": ""}
