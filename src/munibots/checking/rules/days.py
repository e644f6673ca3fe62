"""Rules about days, ages and times."""

from __future__ import annotations

import re
from datetime import date, timedelta

from munibots.checking.rules.presence import required
from munibots.checking.rules.values import Value, Values, against, two_dates
from munibots.domain.form import Form, Rule

__all__ = [
    "age_between",
    "age_fits",
    "age_implies",
    "month_day",
    "not_after",
    "required_by_age",
    "time_order",
    "within_days",
]

_TIME = re.compile(r"([01]\d|2[0-3])[0-5]\d")


def not_after(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """The first day is not after the second."""
    days = two_dates(*(values.get(name) for name in rule.fields))
    return rule.fields if days and days[0] > days[1] else ()


def within_days(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """The second day is at most ``days`` after the first."""
    days = two_dates(*(values.get(name) for name in rule.fields))
    limit = timedelta(days=rule.params["days"])
    return rule.fields if days and days[1] - days[0] > limit else ()


def _age(born: date, day: date) -> int:
    # 年齢計算ニ関スル法律 adds the year with the end of the eve; on paper the birthday is what people count.
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _age_in_range(rule: Rule, born: Value, day: Value) -> bool | None:
    """Whether the age lies in ``min``..``max`` of the rule; ``None`` where it cannot be told."""
    days = two_dates(born, day)
    if days is None or days[0] > days[1]:
        return None
    age = _age(*days)
    return bool(rule.params.get("min", 0) <= age <= rule.params.get("max", age))


def age_between(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """Born on the first day, one is ``min`` to ``max`` years old on the second."""
    return rule.fields if _age_in_range(rule, *(values.get(name) for name in rule.fields)) is False else ()


def age_fits(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """The written age is that of somebody born on the second day, on the third."""
    written, born, day = (values.get(name) for name in rule.fields)
    days = two_dates(born, day)
    if days is None or not isinstance(written, str) or not written.isdecimal():
        return ()
    return rule.fields if int(written) != _age(*days) else ()


def required_by_age(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """All fields are filled if the age on day ``on`` lies in ``min`` to ``max``."""
    old_enough = _age_in_range(rule, values.get(rule.params["birth"]), values.get(rule.params["day"]))
    return required(rule, form, values) if old_enough else ()


def age_implies(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """If the age lies in ``min`` to ``max``, the fields of ``then`` have one of their values, if any."""
    old_enough = _age_in_range(rule, *(values.get(name) for name in rule.fields))
    wrong = against(rule.params["then"], values) if old_enough else []
    return (*rule.fields, *wrong) if wrong else ()


def time_order(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """Both are possible times HHMM, the first before the second."""
    times = [value for name in rule.fields if isinstance(value := values.get(name), str) and value]
    possible = all(_TIME.fullmatch(time) for time in times)
    return () if possible and (len(times) < 2 or times[0] < times[1]) else rule.fields


def month_day(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """Four digits MMDD name a day of the calendar, 29 February among them."""
    filled = {name: value for name in rule.fields if isinstance(value := values.get(name), str) and value}
    return tuple(name for name, value in filled.items() if not _is_month_day(value))


def _is_month_day(text: str) -> bool:
    try:
        # Any leap year does: the year is not written.
        date.fromisoformat(f"2024-{text[:2]}-{text[2:]}")
    except ValueError:
        return False
    return True
