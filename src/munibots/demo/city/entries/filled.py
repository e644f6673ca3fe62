"""A form as somebody fills it in, and what that means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from munibots.demo.paper.filling import Entry, Seal, WrittenDate
from munibots.domain.form import Form
from munibots.domain.normalising import UnfitValueError, normalise

__all__ = ["Filled", "paper_text", "truth_of"]


@dataclass(frozen=True, slots=True)
class Filled:
    """One filled form.

    Attributes:
        form_id: Which form.
        entries: What is written, by field name; nothing for a blank field.
        filed_on: The day on which it is handed in.
        seal: A name seal, if one is put.
    """

    form_id: str
    entries: Mapping[str, Entry] = field(repr=False)
    filed_on: date
    seal: Seal | None = None


def paper_text(entry: Entry) -> str:
    """An entry as one would read it aloud; several marks are separated by ``|``."""
    if isinstance(entry, WrittenDate):
        return entry.text
    return entry if isinstance(entry, str) else "|".join(entry)


def truth_of(form: Form, entries: Mapping[str, Entry]) -> dict[str, str | tuple[str, ...] | None]:
    """The normalised value of every field of the form; ``None`` for a blank one, or for writing that has no value."""
    truth: dict[str, str | tuple[str, ...] | None] = {}
    for slot in form.fields:
        try:
            truth[slot.name] = normalise(slot, paper_text(entries.get(slot.name, "")))
        except UnfitValueError:
            truth[slot.name] = None
    return truth
