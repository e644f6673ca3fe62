"""What the classifiers see of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.classifying.features import (
    FEATURES_VERSION,
    LONGEST_TEXT,
    cleaned,
    embedding_text,
    gram_text,
    grams,
)


def test_golden_vectors_of_version_1() -> None:
    """Heads in the field were fitted on just this; a change here needs a new version and new heads."""
    assert FEATURES_VERSION == 1
    assert gram_text(" ㈱ アイウ\n第20号 ABC ①") == "(株)アイウ第00号abc0"
    assert list(grams("転入 届", 1, 2)) == ["転", "入", "届", "転入", "入届"]
    assert embedding_text("住民\n 異動届  ") == "query: 住民 異動届"
    assert embedding_text("住 民 異 動 届 氏名\n性 別") == "query: 住民異動届 氏名 性別"
    assert embedding_text("令和8年") == "query: 令和8年"


def test_width_and_white_space_make_no_difference() -> None:
    assert gram_text("転 入 届 1990") == gram_text("転入届2026")


def test_what_a_broken_encoding_leaves_is_dropped() -> None:
    assert cleaned("住\x00民\ud83d票") == "住 民 票"


@pytest.mark.parametrize("text", ["あ" * 1_000_000, "㌶" * 100_000])
def test_a_long_text_is_cut(text: str) -> None:
    assert len(cleaned(text)) == LONGEST_TEXT


@given(st.text())
def test_any_text_is_seen(text: str) -> None:
    embedding_text(text).encode()
    assert " " not in gram_text(text)
