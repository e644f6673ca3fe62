"""Days without a year."""

from __future__ import annotations

import pytest

from munibots.checking.rules import judge
from munibots.domain.form import Field, FieldType, Form, Rule

FORM = Form("f", "様式", "課", (Field("day", "月日", FieldType.DIGITS, digits=4),), (Rule("r", "month_day", ("day",)),))


@pytest.mark.parametrize(
    ("day", "ok"), [("0401", True), ("0229", True), (None, True), ("0230", False), ("1301", False), ("0000", False)]
)
def test_a_month_and_a_day_are_in_the_calendar(day: str | None, ok: bool) -> None:
    (result,) = judge(FORM, {"day": day})
    assert result.ok is ok
