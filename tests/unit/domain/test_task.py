"""Tasks: every value has a name for people, and hours need both numbers."""

from __future__ import annotations

import pytest

from munibots.domain import task
from munibots.domain.task import Task


@pytest.mark.parametrize(
    ("names", "values"),
    [
        (task.APPROACHES_JA, task.Approach),
        (task.FIXED_RULES_JA, task.FixedRules),
        (task.JUDGEMENT_JA, task.Judgement),
        (task.MEDIA_JA, task.Medium),
        (task.PRODUCTS_JA, task.Product),
        (task.LEGAL_ACTS_JA, task.LegalAct),
    ],
)
def test_every_value_has_one_name(names: dict[str, str], values: type) -> None:
    assert set(names) == set(values)
    assert len(set(names.values())) == len(names)


def test_hours_need_both_numbers() -> None:
    assert Task(2, "a", cases_a_year=30, minutes_a_case=4).hours_a_year == 2
    assert Task(2, "a", cases_a_year=30).hours_a_year is None
    assert Task(2, "a", minutes_a_case=30).hours_a_year is None
