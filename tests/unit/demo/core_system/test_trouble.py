"""Failures on purpose."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from munibots.demo.core_system.trouble import TroubleFileError, TroublePlan


def test_http500_strikes_after_and_as_often_as_said(city: Any, operator: Any) -> None:
    city.make_trouble({"path": "/menu", "method": "GET", "kind": "http500", "after": 1, "times": 2})
    assert [operator.get("/menu").status for _ in range(4)] == [200, 500, 500, 200]


def test_http500_shows_the_vendors_page_and_stores_nothing(city: Any, operator: Any) -> None:
    assert operator.to_confirmation().screen_id == "JKG0105"
    city.make_trouble({"path": "/ido/confirm", "method": "POST", "kind": "http500"})
    page = operator.post("/ido/confirm")
    assert (page.status, page.screen_id, page.codes) == (500, "JKG9999", ["JKW9999-E"])
    assert city.records() == []


def test_logout_drops_the_session(city: Any, operator: Any) -> None:
    operator.to_people()
    city.make_trouble({"path": "/ido/idosha", "method": "POST", "kind": "logout"})
    page = operator.post("/ido/idosha", operator.person)
    assert (page.path, page.codes) == ("/login", ["JKW0001-W"])
    assert operator.get("/menu").path == "/login"


@pytest.mark.parametrize("path", ["/ido/todoke", "/ido/jusho", "/ido/idosha", "/ido/confirm"])
def test_validation_shows_the_screen_again(city: Any, operator: Any, path: str) -> None:
    operator.to_confirmation()
    form = operator.notification | operator.addresses | operator.person
    city.make_trouble({"path": path, "method": "POST", "kind": "validation"})
    page = operator.post(path, form)
    assert (page.path, page.codes) == (path, ["JKW0900-E"])
    assert city.records() == []
    assert operator.post(path, form).codes != ["JKW0900-E"]


def test_slow_waits_and_then_answers(city: Any, operator: Any) -> None:
    city.make_trouble({"path": "/menu", "method": "GET", "kind": "slow", "seconds": 0.15})
    start = time.monotonic()
    assert operator.get("/menu").status == 200
    assert time.monotonic() - start >= 0.15


def test_a_changed_file_counts_anew_and_a_removed_one_is_harmless(tmp_path: Path) -> None:
    path = tmp_path / "trouble.json"
    plan = TroublePlan(path)
    assert plan.strike("/menu", "GET") == []
    path.write_text('[{"path": "/menu", "method": "GET", "kind": "slow"}]', encoding="utf-8")
    assert [item.kind for item in plan.strike("/menu", "GET")] == ["slow"]
    assert plan.strike("/menu", "GET") == []
    path.write_text('[{"path": "/menu", "method": "GET", "kind": "die"}]', encoding="utf-8")
    assert plan.strike("/menu", "POST") == []
    assert [item.kind for item in plan.strike("/menu", "GET")] == ["die"]
    path.unlink()
    assert plan.strike("/menu", "GET") == []


@pytest.mark.parametrize("text", ["{", '[{"kind": "die"}]', '[{"path": "/", "method": "GET", "kind": "flood"}]'])
def test_a_file_that_cannot_be_understood_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "trouble.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TroubleFileError):
        TroublePlan(path).strike("/", "GET")
