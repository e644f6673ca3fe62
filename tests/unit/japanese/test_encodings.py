"""Files from offices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.japanese.encodings import UnknownEncodingError, decode_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_what_offices_write(encoding: str) -> None:
    assert decode_text("氏名,ﾌﾘｶﾞﾅ,髙".encode(encoding)) == "氏名,ﾌﾘｶﾞﾅ,髙"


@given(st.text().filter(lambda text: not text.startswith("\ufeff")))
def test_utf8_comes_back_whatever_it_holds(text: str) -> None:
    assert decode_text(text.encode()) == text


def test_what_is_neither_is_not_guessed() -> None:
    with pytest.raises(UnknownEncodingError):
        decode_text(b"\x81\x20")
