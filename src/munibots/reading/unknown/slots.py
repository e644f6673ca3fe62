"""Slots of a repeated group: the same field for the next person."""

from __future__ import annotations

from collections.abc import Container

from munibots.domain.form import Field, Form

__all__ = ["next_slots"]


def next_slots(form: Form, field: Field, given: Container[str]) -> list[str]:
    """The same field in the following slots of its group, as far as they have no label of their own."""
    if field.group is None or field.group_no is None:
        return []
    stem = field.name.removeprefix(f"{field.group}{field.group_no}_")
    slots = range(field.group_no + 1, len(form.group_slots(field.group)) + 1)
    return [f"{field.group}{no}_{stem}" for no in slots if f"{field.group}{no}_{stem}" not in given]
