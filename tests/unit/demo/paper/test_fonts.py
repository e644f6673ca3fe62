from __future__ import annotations

from pathlib import Path

import pytest

from munibots.demo.paper import fonts
from munibots.errors import FontNotFoundError


def test_the_printed_font_has_what_forms_print() -> None:
    for character in "住民異動届転入髙﨑令和〒年月日":
        assert fonts.covers(fonts.printed_font(), character), character


def test_a_character_that_no_font_has_is_not_covered() -> None:
    assert not fonts.covers(fonts.printed_font(), "\U000e0fff")
    assert fonts.covers(fonts.printed_font(), "\u3000")


def test_every_handwriting_font_writes_kana_and_digits() -> None:
    for font in fonts.handwriting_fonts():
        assert all(fonts.covers(font, c) for c in "0123456789あんぱゃ市町番地"), font.name


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    empty: dict[str, Path] = {}
    monkeypatch.setattr(fonts, "_installed", lambda: empty)


@pytest.mark.usefixtures("no_fonts")
def test_without_fonts_the_error_says_what_to_install() -> None:
    with pytest.raises(FontNotFoundError, match="fonts-noto-cjk"):
        fonts.printed_font()
    with pytest.raises(FontNotFoundError):
        fonts.handwriting_fonts()


def test_without_handwriting_fonts_print_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    only = {"ipaexg.ttf": Path("/fonts/ipaexg.ttf")}
    monkeypatch.setattr(fonts, "_installed", lambda: only)
    assert fonts.handwriting_fonts() == (Path("/fonts/ipaexg.ttf"),)
    assert fonts.printed_font(bold=True) == Path("/fonts/ipaexg.ttf")
