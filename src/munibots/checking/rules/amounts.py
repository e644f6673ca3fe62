"""Rules about amounts of money: sums, products and the cutting of odd yen.

端数計算: 地方税法20条の4の2 has a tax base cut down to 1,000 yen and a tax to 100 yen.
"""

from __future__ import annotations

from munibots.checking.rules.values import Value, Values
from munibots.domain.form import Form, Rule

__all__ = ["at_most", "cut_to", "product_equals", "sum_equals"]


def sum_equals(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """The first field is the sum of the others, those of ``minus`` subtracted, blank ones nought.

    The sum is never below ``at_least`` and is cut down to a multiple of ``cut_to``. Not judged if the total or all
    parts are blank.
    """
    total = _amount(values.get(rule.fields[0]))
    parts = {name: _amount(values.get(name)) for name in rule.fields[1:]}
    if total is None or all(amount is None for amount in parts.values()):
        return ()
    minus = rule.params.get("minus", ())
    amount = sum(-(a or 0) if name in minus else (a or 0) for name, a in parts.items())
    if "at_least" in rule.params:
        amount = max(amount, rule.params["at_least"])
    return rule.fields if total != _cut(amount, rule) else ()


def product_equals(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """The first field is the product of the others, divided by ``divide`` and cut down to a multiple of ``cut_to``."""
    result, *factors = (_amount(values.get(name)) for name in rule.fields)
    if result is None:
        return ()
    product = 1
    for factor in factors:
        if factor is None:
            return ()
        product *= factor
    return rule.fields if result != _cut(product // rule.params.get("divide", 1), rule) else ()


def cut_to(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """Every filled amount is a multiple of ``to``."""
    amounts = {name: _amount(values.get(name)) for name in rule.fields}
    return tuple(name for name, amount in amounts.items() if amount is not None and amount % rule.params["to"])


def at_most(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """The first amount is not greater than the second."""
    lesser, greater = (_amount(values.get(name)) for name in rule.fields)
    return rule.fields if lesser is not None and greater is not None and lesser > greater else ()


def _cut(amount: int, rule: Rule) -> int:
    step: int = rule.params.get("cut_to", 1)
    return amount // step * step


def _amount(value: Value) -> int | None:
    return int(value) if isinstance(value, str) and value.isdecimal() else None
