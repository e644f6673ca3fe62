"""Real handwritten digits on the forms: scikit-learn's copy of the UCI optical digits, of writers that nothing was taught with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from munibots.definitions.form_files import load_form, load_layout
from munibots.demo.city.filled_forms import make_filled_forms
from munibots.demo.paper.real_digits import RealDigits, load_digits_pictures
from munibots.demo.truth import same_value
from munibots.domain.layout import RegionStyle
from munibots.pipeline.document_reader import DocumentReader

__all__ = ["HandwrittenScore", "read_handwritten"]

FORM_ID = "juminido"


@dataclass(slots=True)
class HandwrittenScore:
    """Rows of digits in boxes, and what became of them.

    Attributes:
        rows: Rows by how many digits they have.
        exact: Rows that are right in every digit.
        digits: Digits in all, and how many of them are right.
        accepted: Rows that need no eyes, and how many of them are wrong.
    """

    rows: Counter[int] = field(default_factory=Counter)
    exact: Counter[int] = field(default_factory=Counter)
    digits: int = 0
    digits_right: int = 0
    accepted: int = 0
    accepted_wrong: int = 0


def read_handwritten(reader: DocumentReader, sheets: int, seed: int) -> HandwrittenScore:
    """Read hard scans of 住民異動届 whose every digit is of a real hand.

    Args:
        sheets: Each has up to twelve rows: postal codes of 7, resident record codes of 11, individual numbers of 12 digits.

    Raises:
        EnvironmentNotReadyError: scikit-learn is not installed.
    """
    hands = RealDigits(*load_digits_pictures("held out"))
    form = load_form(FORM_ID)
    combs = {r.field for r in load_layout(FORM_ID).regions if r.style is RegionStyle.COMB}
    score = HandwrittenScore()
    for filled in make_filled_forms(FORM_ID, sheets, f"{seed}/handwritten", levels=("hard",), digits=hands):
        read = {v.name: v for v in reader.read(filled.pages).reading.values}
        for name in combs:
            true = filled.truth[name]
            if not isinstance(true, str):
                continue
            value = read[name].value if name in read else None
            right = same_value(form.field(name).type, value, true)
            there, wanted = (str(v or "").replace("-", "") for v in (value, true))
            score.rows[len(wanted)] += 1
            score.exact[len(wanted)] += right
            score.digits += len(wanted)
            score.digits_right += sum(a == b for a, b in zip(there, wanted, strict=False))
            if name in read and read[name].accepted:
                score.accepted += 1
                score.accepted_wrong += not right
    return score
