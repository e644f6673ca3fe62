"""異動照会."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def registered(operator: Any) -> Any:
    operator.to_confirmation()
    operator.post("/ido/confirm")
    return operator


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({}, "JKW0210-E"),
        ({"txtSeinenYmd": "19890107"}, "JKW0101-E"),
        ({"txtKanaShimei": "ｻﾄｳ", "txtIdoYmd": "2026"}, "JKW0128-E"),
        ({"txtKanaShimei": "ﾅｼ"}, "JKW0202-W"),
        ({"txtUketsukeNo": "R08-000009"}, "JKW0202-W"),
    ],
)
def test_messages(operator: Any, form: dict[str, str], code: str) -> None:
    page = operator.post("/inquiry", form)
    assert (page.screen_id, page.codes) == ("JKG0201", [code])


@pytest.mark.parametrize(
    "form",
    [
        {"txtUketsukeNo": "R08-000001"},
        {"txtKanaShimei": "ｻﾄｳ ﾊｼﾞﾒ", "txtSeinenYmd": "19890107", "txtIdoYmd": "20260401"},
    ],
)
def test_hits(registered: Any, form: dict[str, str]) -> None:
    page = registered.post("/inquiry", form)
    assert (page.texts["lblKensu"], page.texts["lnkUketsukeNo1"]) == ("1", "R08-000001")


def test_the_detail_shows_what_the_confirmation_showed(registered: Any) -> None:
    confirmed = registered.get("/ido/confirm").texts
    detail = registered.get("/inquiry/R08-000001").texts
    values = [name for name in confirmed if name.startswith("lbl") and not name.startswith("lblGamen")]
    assert len(values) > 30
    assert {name: detail[name] for name in values} == {name: confirmed[name] for name in values}
    assert (detail["lblUketsukeNo"], detail["lblTorokuShokuinNo"]) == ("R08-000001", "rpa01")


def test_an_unknown_receipt_number(operator: Any) -> None:
    page = operator.get("/inquiry/R01-999999")
    assert (page.status, page.screen_id, page.codes) == (404, "JKG0201", ["JKW0202-W"])
