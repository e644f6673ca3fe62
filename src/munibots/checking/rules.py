"""The kinds of rule that a form may use: one function a kind, found by the name that ``form.yaml`` gives.

Each judge gets the rule, the form and the values by field name, and answers with the names of the fields that break the
rule; an empty tuple means that the rule holds or that it cannot be judged because a field is blank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from munibots.domain.form import Form, Rule
from munibots.domain.reading import CheckResult
from munibots.errors import DefinitionError
from munibots.reference.postal_codes import Fit, address_fits

__all__ = ["RULE_KINDS", "Values", "judge"]

Value = str | tuple[str, ...] | None
Values = Mapping[str, Value]
Judge = Callable[[Rule, Form, Values], tuple[str, ...]]


def judge(form: Form, values: Values) -> tuple[CheckResult, ...]:
    """Judge every rule of the form.

    Returns:
        One result a rule that applies, in the form's order; broken rules name the fields that break them.

    Raises:
        DefinitionError: The form uses a kind of rule that does not exist.
    """
    results = []
    for rule in form.rules:
        kind = RULE_KINDS.get(rule.kind)
        if kind is None:
            known = "、".join(sorted(RULE_KINDS))
            problem = f"規則 {rule.id} の kind「{rule.kind}」はありません。使えるのは {known} です。"
            raise DefinitionError(file=f"forms/{form.id}/form.yaml", line=0, problem=problem)
        if not _applies(rule, values):
            continue
        broken = kind(rule, form, values)
        results.append(
            CheckResult(
                rule=rule.id,
                fields=broken or rule.fields,
                ok=not broken,
                message_ja=rule.message_ja,
                severity=rule.severity,
            )
        )
    return tuple(results)


def _applies(rule: Rule, values: Values) -> bool:
    when: Mapping[str, list[str]] = rule.params.get("when", {})
    return all(values.get(name) in allowed for name, allowed in when.items())


def _date(value: Value) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _two_dates(first: Value, second: Value) -> tuple[date, date] | None:
    a, b = _date(first), _date(second)
    return None if a is None or b is None else (a, b)


def _slots(rule: Rule, form: Form) -> Iterator[Mapping[str, str]]:
    """The slots of the rule's group: name within the group → field name."""
    group = rule.fields[0]
    for slot in form.group_slots(group):
        yield {f.name.removeprefix(f"{group}{f.group_no}_"): f.name for f in slot}


def _postal_fits(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    code, address = (values.get(name) for name in rule.fields)
    if not isinstance(code, str) or not isinstance(address, str) or not code or not address:
        return ()
    return rule.fields if address_fits(code, address) in (Fit.CONFLICT, Fit.UNKNOWN) else ()


def _not_after(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    days = _two_dates(*(values.get(name) for name in rule.fields))
    return rule.fields if days and days[0] > days[1] else ()


def _within_days(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    days = _two_dates(*(values.get(name) for name in rule.fields))
    limit = timedelta(days=rule.params["days"])
    return rule.fields if days and days[1] - days[0] > limit else ()


def _group_complete(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    missing: list[str] = []
    for no, slot in enumerate(_slots(rule, form), start=1):
        # The first slot is always needed: a form without anybody moves nobody.
        if no == 1 or any(values.get(name) for name in slot.values()):
            missing += [slot[key] for key in rule.params["required"] if not values.get(slot[key])]
    return tuple(missing)


def _group_not_after(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    broken: list[str] = []
    for slot in _slots(rule, form):
        earlier, later = slot[rule.params["earlier"]], rule.params["later"]
        days = _two_dates(values.get(earlier), values.get(later))
        if days and days[0] > days[1]:
            broken.append(earlier)
    return tuple(broken)


def _group_distinct(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    names = [slot[rule.params["distinct"]] for slot in _slots(rule, form)]
    filled = [values.get(name) for name in names if values.get(name)]
    return tuple(name for name in names if values.get(name) and filled.count(values.get(name)) > 1)


def _group_at_most_one(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    names = [slot[rule.params["field"]] for slot in _slots(rule, form)]
    hits = tuple(name for name in names if values.get(name) == rule.params["value"])
    return hits if len(hits) > 1 else ()


def _group_implies(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    broken: list[str] = []
    for slot in _slots(rule, form):
        if all(values.get(slot[key]) in allowed for key, allowed in rule.params["if"].items()):
            then: Mapping[str, list[str]] = rule.params["then"]
            wrong = [slot[k] for k, allowed in then.items() if values.get(slot[k]) and values[slot[k]] not in allowed]
            if wrong:
                broken += [slot[key] for key in rule.params["if"]] + wrong
    return tuple(broken)


RULE_KINDS: Mapping[str, Judge] = MappingProxyType(
    {
        "postal_fits": _postal_fits,
        "not_after": _not_after,
        "within_days": _within_days,
        "group_complete": _group_complete,
        "group_not_after": _group_not_after,
        "group_distinct": _group_distinct,
        "group_at_most_one": _group_at_most_one,
        "group_implies": _group_implies,
    }
)
