"""Sums, products and cut amounts."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.checking.rules import RULE_KINDS, judge
from munibots.domain.form import Field, FieldType, Form, Rule

NAMES = ("total", "a", "b", "c")
FIELDS = tuple(Field(name, name, FieldType.YEN) for name in NAMES)


def broken(kind: str, fields: tuple[str, ...], values: dict[str, str | None], **params: Any) -> tuple[str, ...]:
    rule = Rule("r", kind, fields, params=MappingProxyType(params))
    form = Form("f", "様式", "課", FIELDS, (rule,))
    assert kind in RULE_KINDS
    return next((c.fields for c in judge(form, values) if not c.ok), ())


@pytest.mark.parametrize(
    ("total", "holds"), [("1234000", True), ("1234567", False), ("1235000", False), ("0", False), (None, True)]
)
def test_a_tax_base_is_the_sum_cut_to_a_thousand(total: str | None, holds: bool) -> None:
    values = {"total": total, "a": "1300000", "b": None, "c": "65433"}
    found = broken("sum_equals", NAMES, values, minus=["c"], cut_to=1000)
    assert found == (() if holds else NAMES)


def test_a_sum_below_nought_counts_as_nought() -> None:
    values: dict[str, str | None] = {"total": "0", "a": "100", "b": None, "c": "900"}
    assert broken("sum_equals", NAMES, values, minus=["c"], at_least=0) == ()
    assert broken("sum_equals", NAMES, values, minus=["c"]) == NAMES


def test_a_total_without_parts_is_not_judged() -> None:
    assert broken("sum_equals", NAMES, {"total": "5"}) == ()


@given(st.lists(st.integers(0, 10**11), min_size=3, max_size=3), st.sampled_from((1, 100, 1000)))
def test_the_right_sum_always_holds_and_one_step_more_never(parts: list[int], step: int) -> None:
    values: dict[str, str | None] = dict(zip("abc", map(str, parts), strict=True))
    right = sum(parts) // step * step
    assert broken("sum_equals", NAMES, values | {"total": str(right)}, cut_to=step) == ()
    assert broken("sum_equals", NAMES, values | {"total": str(right + step)}, cut_to=step) == NAMES


@pytest.mark.parametrize(("result", "holds"), [("29100", True), ("29166", False), ("29200", False)])
def test_seven_months_of_a_yearly_amount_are_cut_to_a_hundred(result: str, holds: bool) -> None:
    fields = ("total", "a", "b")
    values: dict[str, str | None] = {"total": result, "a": "50000", "b": "07"}
    assert broken("product_equals", fields, values, divide=12, cut_to=100) == (() if holds else fields)


def test_a_product_with_a_blank_factor_is_not_judged() -> None:
    assert broken("product_equals", ("total", "a", "b"), {"total": "1", "a": "2"}) == ()


def test_only_the_uncut_amount_is_named() -> None:
    assert broken("cut_to", ("a", "b", "c"), {"a": "1000", "b": "1001"}, to=1000) == ("b",)


def test_an_income_is_at_most_its_revenue() -> None:
    assert broken("at_most", ("a", "b"), {"a": "5", "b": "5"}) == ()
    assert broken("at_most", ("a", "b"), {"a": "6", "b": "5"}) == ("a", "b")
    assert broken("at_most", ("a", "b"), {"a": "6"}) == ()


def test_a_rule_can_depend_on_what_is_filled() -> None:
    values: dict[str, str | None] = {"a": "6", "b": "5", "c": "1"}
    assert broken("at_most", ("a", "b"), values, when_filled=["c"]) == ("a", "b")
    assert broken("at_most", ("a", "b"), values, when_filled=["total"]) == ()
    assert broken("at_most", ("a", "b"), values, unless_filled=["c"]) == ()
    assert broken("at_most", ("a", "b"), values, unless_filled=["total"]) == ("a", "b")
