"""What is really on the demo's sheets: ``truth.json``, and how readings compare with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from munibots.definitions.form_files import load_form
from munibots.demo.city.scans import SheetTruth
from munibots.domain.normalising import same_value
from munibots.domain.reading import DocumentReading

__all__ = ["FieldScore", "load_truth", "same_value", "score_fields"]


@dataclass(frozen=True, slots=True)
class FieldScore:
    """How the fields of one or many sheets were read.

    Attributes:
        fields: Fields with an entry on paper or in the reading.
        accepted: Those of them that need no eyes.
        accepted_wrong: Accepted without eyes, and not what the paper says.
    """

    fields: int = 0
    accepted: int = 0
    accepted_wrong: tuple[str, ...] = ()

    def __add__(self, other: FieldScore) -> FieldScore:
        return FieldScore(
            self.fields + other.fields, self.accepted + other.accepted, self.accepted_wrong + other.accepted_wrong
        )


def load_truth(path: Path) -> dict[tuple[str, int], SheetTruth]:
    """The sheets of a ``truth.json``, by file name and page index."""
    sheets = [SheetTruth(**record) for record in json.loads(path.read_text(encoding="utf-8"))]
    return {(s.source, s.page_index): s for s in sheets}


def score_fields(reading: DocumentReading, truth: Mapping[str, str | None]) -> FieldScore:
    """Compare a reading with what is on paper.

    A field counts if something is written in it or was read in it; an empty field that was read as empty is no merit. A
    filled field that was taken for blank counts as accepted and wrong.
    """
    form = load_form(reading.match.form_id or "")
    fields = accepted = 0
    wrong = []
    for v in reading.values:
        true = truth.get(v.name) or None
        if true is None and v.blank:
            continue
        fields += 1
        if v.accepted:
            accepted += 1
            if not same_value(form.field(v.name).type, v.value, true):
                wrong.append(v.name)
    return FieldScore(fields, accepted, tuple(wrong))
