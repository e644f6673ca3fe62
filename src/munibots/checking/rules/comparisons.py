"""Rules that compare values with each other or with a pattern."""

from __future__ import annotations

import re
from collections.abc import Mapping

from munibots.checking.rules.values import Values, against, all_hold
from munibots.domain.form import Form, Rule
from munibots.japanese.kana import fold_kana

__all__ = ["distinct", "equal", "exclusive_mark", "implies", "matches", "same_kana"]


def equal(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """Two fields have the same value."""
    a, b = (values.get(name) for name in rule.fields)
    return rule.fields if a and b and a != b else ()


def distinct(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """The filled fields differ from each other."""
    filled = [values.get(name) for name in rule.fields if values.get(name)]
    return tuple(name for name in rule.fields if values.get(name) and filled.count(values.get(name)) > 1)


def exclusive_mark(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """The mark ``value`` stands alone."""
    marks = values.get(rule.fields[0])
    return rule.fields if isinstance(marks, tuple) and len(marks) > 1 and rule.params["value"] in marks else ()


def implies(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """Where the fields have the values of ``if``, they have those of ``then``, if any."""
    conditions: Mapping[str, list[str]] = rule.params["if"]
    wrong = against(rule.params["then"], values) if all_hold(conditions, values) else []
    return (*conditions, *wrong) if wrong else ()


def same_kana(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """Two fields in kana name the same."""
    a, b = (values.get(name) for name in rule.fields)
    if not isinstance(a, str) or not isinstance(b, str) or not a or not b:
        return ()
    return rule.fields if fold_kana(a, raise_small=True) != fold_kana(b, raise_small=True) else ()


def matches(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """Every filled field is as a whole what the regular expression ``pattern`` says."""
    pattern = re.compile(rule.params["pattern"])
    filled = {name: value for name in rule.fields if isinstance(value := values.get(name), str) and value}
    return tuple(name for name, value in filled.items() if not pattern.fullmatch(value))
