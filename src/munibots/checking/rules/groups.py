"""Rules about the slots of a repeated group; its name stands first among the fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from munibots.checking.rules.values import Values, all_hold, group_slots_of, two_dates
from munibots.domain.form import Form, Rule

__all__ = [
    "group_at_most_one",
    "group_complete",
    "group_distinct",
    "group_fiscal_age",
    "group_implies",
    "group_not_after",
    "group_required",
]


def group_complete(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """In the first slot, and in every slot with any entry, all ``required`` names are filled."""
    missing: list[str] = []
    for no, slot in enumerate(group_slots_of(rule, form), start=1):
        # The first slot is always needed: a form without anybody moves nobody.
        if no == 1 or any(values.get(name) for name in slot.values()):
            missing += [slot[key] for key in rule.params["required"] if not values.get(slot[key])]
    return tuple(missing)


def group_not_after(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """In every slot, the day ``earlier`` is not after the form's day ``later``."""
    broken: list[str] = []
    for slot in group_slots_of(rule, form):
        earlier, later = slot[rule.params["earlier"]], rule.params["later"]
        days = two_dates(values.get(earlier), values.get(later))
        if days and days[0] > days[1]:
            broken.append(earlier)
    return tuple(broken)


def group_distinct(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """No two slots have the same value for ``distinct``."""
    names = [slot[rule.params["distinct"]] for slot in group_slots_of(rule, form)]
    filled = [values.get(name) for name in names if values.get(name)]
    return tuple(name for name in names if values.get(name) and filled.count(values.get(name)) > 1)


def group_at_most_one(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """At most one slot has ``value`` for ``field``."""
    names = [slot[rule.params["field"]] for slot in group_slots_of(rule, form)]
    hits = tuple(name for name in names if values.get(name) == rule.params["value"])
    return hits if len(hits) > 1 else ()


def group_implies(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """Where a slot has the values of ``if``, it has those of ``then``, if any."""
    broken: list[str] = []
    for slot in group_slots_of(rule, form):
        if all(values.get(slot[key]) in allowed for key, allowed in rule.params["if"].items()):
            then: Mapping[str, list[str]] = rule.params["then"]
            wrong = [slot[k] for k, allowed in then.items() if values.get(slot[k]) and values[slot[k]] not in allowed]
            if wrong:
                broken += [slot[key] for key in rule.params["if"]] + wrong
    return tuple(broken)


def group_required(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """Where a slot has the values of ``if``, all ``required`` names are filled."""
    missing: list[str] = []
    for slot in group_slots_of(rule, form):
        conditions = {slot[key]: allowed for key, allowed in rule.params["if"].items()}
        if all_hold(conditions, values):
            missing += [slot[key] for key in rule.params["required"] if not values.get(slot[key])]
    return tuple(missing)


def group_fiscal_age(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """Nobody is past the first 31 March after turning ``max``, on day ``on``."""
    broken: list[str] = []
    for slot in group_slots_of(rule, form):
        days = two_dates(values.get(slot[rule.params["birth"]]), values.get(rule.params["day"]))
        # Who was born on 1 April turns a year older with the end of 31 March, and so belongs to the year before.
        if days is not None:
            born, day = days
            late = (born.month, born.day) >= (4, 2)
            last = date(born.year + rule.params["max"] + late, 3, 31)
            if day > last:
                broken.append(slot[rule.params["birth"]])
    return tuple(broken)
