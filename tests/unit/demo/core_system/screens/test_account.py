"""ログイン, メニュー, ログアウト, idle sessions."""

from __future__ import annotations

from typing import Any

import pytest


def test_pages_need_a_login(city: Any) -> None:
    page = city.operator.get("/inquiry")
    assert (page.path, page.screen_id, page.codes) == ("/login", "JKG0001", [])


@pytest.mark.parametrize(("password", "code"), [("wrong", "JKW0002-E"), ("", "JKW0101-E")])
def test_a_wrong_password_is_refused(city: Any, password: str, code: str) -> None:
    page = city.operator.sign_in(password)
    assert (page.screen_id, page.codes) == ("JKG0001", [code])
    assert page.inputs["txtShokuinNo"] == "rpa01"
    assert page.inputs["pwdPassword"] == ""


def test_menu_and_logout(operator: Any) -> None:
    page = operator.get("/menu")
    assert page.texts["lblShokuinNo"] == "rpa01"
    assert page.texts["lblGyomuYmd"] == "令和08年04月10日"
    assert operator.post("/logout").codes == ["JKW0003-I"]
    assert operator.get("/menu").path == "/login"


def test_an_idle_session_ends_with_its_draft(city: Any, operator: Any) -> None:
    operator.to_people()
    city.clock_s[0] += 601
    page = operator.post("/ido/idosha", operator.person)
    assert (page.path, page.codes) == ("/login", ["JKW0001-W"])
    assert operator.sign_in().path == "/menu"
    assert operator.get("/ido/idosha").codes == ["JKW0090-E"]
