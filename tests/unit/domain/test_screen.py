"""Locators, and what a screen has to cover."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.domain.screen import HitList, Locator, Screen, ScreenField, ShownField, Write


@given(st.sampled_from(["id", "name", "css", "xpath"]), st.text(min_size=1).map(str.strip).filter(bool))
def test_a_locator_is_what_is_written(how: str, text: str) -> None:
    assert str(Locator.parse(f"{how}:{text}")) == f"{how}:{text}"


@pytest.mark.parametrize("written", ["", "id", "id:", "id:  ", "link:メニュー", "txtName", ":x"])
def test_anything_else_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        Locator.parse(written)


def test_all_that_holds_a_value_is_covered() -> None:
    at = [Locator("id", str(n)) for n in range(6)]
    screen = Screen(
        id="s",
        name_ja="画面",
        shown_when=Locator("id", "shown"),
        fields=(
            ScreenField("a", Write.TEXT, (at[0],)),
            ScreenField("b", Write.RADIO, (), choices={"男": at[1], "女": at[2]}),
        ),
        shows=(ShownField("c", at[3]),),
        hits=HitList(rows=at[4], none=Locator("id", "none")),
        personal=(at[5],),
    )
    assert set(screen.covered) == set(at)
