"""Patterns."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from munibots.checking.rules import judge
from munibots.domain.form import Field, FieldType, Form, Rule

RULE = Rule("r", "matches", ("symbol",), params=MappingProxyType({"pattern": "1[0-9]{3}0"}))
FORM = Form("f", "様式", "課", (Field("symbol", "記号", FieldType.DIGITS, digits=5),), (RULE,))


@pytest.mark.parametrize(("symbol", "ok"), [("12340", True), (None, True), ("12341", False), ("112340", False)])
def test_the_whole_value_must_match(symbol: str | None, ok: bool) -> None:
    (result,) = judge(FORM, {"symbol": symbol})
    assert result.ok is ok
