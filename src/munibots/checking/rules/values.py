"""What every judge of a rule works with: values by field name, conditions, dates, and the slots of a group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from munibots.domain.form import Form, Rule

__all__ = ["Judge", "Value", "Values", "against", "all_hold", "group_slots_of", "two_dates"]

Value = str | tuple[str, ...] | None
Values = Mapping[str, Value]
Judge = Callable[[Rule, Form, Values], tuple[str, ...]]
"""Gets the rule, the form and the values, and answers with the names of the fields that break the rule."""


def all_hold(conditions: Mapping[str, list[str]], values: Values) -> bool:
    """Whether each field has one of its allowed values; of several marks one is enough."""
    return all(_is_one_of(values.get(name), allowed) for name, allowed in conditions.items())


def _is_one_of(value: Value, allowed: list[str]) -> bool:
    return any(mark in allowed for mark in value) if isinstance(value, tuple) else value in allowed


def against(then: Mapping[str, list[str]], values: Values) -> list[str]:
    """The fields that have a value, but none of the allowed ones."""
    return [name for name, allowed in then.items() if values.get(name) and not _is_one_of(values[name], allowed)]


def _date(value: Value) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def two_dates(first: Value, second: Value) -> tuple[date, date] | None:
    """Two days, if both are there."""
    a, b = _date(first), _date(second)
    return None if a is None or b is None else (a, b)


def group_slots_of(rule: Rule, form: Form) -> Iterator[Mapping[str, str]]:
    """The slots of the rule's group: name within the group → field name."""
    group = rule.fields[0]
    for slot in form.group_slots(group):
        yield {f.name.removeprefix(f"{group}{f.group_no}_"): f.name for f in slot}
