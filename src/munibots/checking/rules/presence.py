"""Rules about what must be filled in."""

from __future__ import annotations

from collections.abc import Mapping

from munibots.checking.rules.values import Value, Values
from munibots.domain.form import Form, Rule

__all__ = ["all_or_none", "counts_fit_marks", "one_of_required", "required"]


def required(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """All fields are filled; made conditional by ``when``."""
    return tuple(name for name in rule.fields if not values.get(name))


def one_of_required(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """One field at least is filled."""
    return () if any(values.get(name) for name in rule.fields) else rule.fields


def all_or_none(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """If one field is filled, all are."""
    missing = required(rule, form, values)
    return missing if len(missing) < len(rule.fields) else ()


def counts_fit_marks(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """A number other than nought stands beside every mark of ``counts`` that is set, and beside no other."""
    marks = values.get(rule.fields[0]) or ()
    counts: Mapping[str, str] = rule.params["counts"]
    return tuple(name for mark, name in counts.items() if (mark in marks) != _some(values.get(name)))


def _some(value: Value) -> bool:
    return isinstance(value, str) and value.strip("0") != ""
