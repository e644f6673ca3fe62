"""Error pages, headers, and the fence around the package."""

from __future__ import annotations

import ast
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

import munibots.demo.core_system
from munibots.demo.core_system import fields, messages

PACKAGE = Path(munibots.demo.core_system.__file__).parent


def test_unknown_pages_have_the_vendors_error_page(operator: Any) -> None:
    page = operator.get("/nothing")
    assert (page.status, page.codes) == (404, ["JKW9404-E"])
    assert operator.post("/menu").status == 405


def test_an_unexpected_error_has_the_vendors_error_page(city: Any, operator: Any) -> None:
    city.trouble.write_text("{", encoding="utf-8")  # a broken trouble file is an error nobody planned
    page = operator.get("/menu")
    assert (page.status, page.codes) == (500, ["JKW9999-E"])


def test_pages_are_not_kept_by_the_browser_and_other_hosts_are_refused(operator: Any) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(operator.url + "/login") as answer:
        assert answer.headers["Cache-Control"] == "no-store"
    with pytest.raises(urllib.error.HTTPError, match="400"):
        opener.open(urllib.request.Request(operator.url + "/login", headers={"Host": "example.org"}))


def test_the_package_imports_nothing_else_of_this_project() -> None:
    for source in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert not name.startswith("munibots") or name.startswith("munibots.demo.core_system"), source


def test_pages_ask_nothing_of_other_hosts() -> None:
    for file in [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.css")]:
        assert "http" not in file.read_text(encoding="utf-8"), file


def test_every_input_element_is_in_the_readme() -> None:
    readme = (PACKAGE / "README.md").read_text(encoding="utf-8")
    names = {*fields.NOTIFICATION_FIELDS, *fields.ADDRESS_FIELDS, *fields.person_fields(1), "txtTekiyo"}
    missing = [name for name in sorted(names) if f"`{name}`" not in readme]
    missing += [code for code in messages.MESSAGES if code not in readme]
    assert missing == []
