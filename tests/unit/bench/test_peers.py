"""Whole-page OCR, cut up by the same boxes."""

from __future__ import annotations

from munibots.bench.peers import peer_value
from munibots.domain.document import Word
from munibots.domain.form import Field, FieldType
from munibots.domain.layout import BoxMm, Region, RegionStyle

REGION = Region("f", 0, BoxMm(25.4, 25.4, 50.8, 12.7), RegionStyle.LINE)  # 200..600, 200..300 px


def test_words_whose_middle_lies_in_the_box_are_read_from_left_to_right() -> None:
    words = [
        Word("5678", (420, 230, 100, 40), 1.0),
        Word("090-1234-", (220, 235, 180, 40), 1.0),
        Word("999", (620, 230, 100, 40), 1.0),
        Word("電話", (100, 230, 90, 40), 1.0),
    ]
    assert peer_value(words, Field("f", "電話", FieldType.PHONE), REGION) == "090-1234-5678"


def test_what_cannot_be_a_value_is_none() -> None:
    assert peer_value([Word("abc", (220, 230, 50, 40), 1.0)], Field("f", "電話", FieldType.PHONE), REGION) is None
    assert peer_value([], Field("f", "電話", FieldType.PHONE), REGION) is None
