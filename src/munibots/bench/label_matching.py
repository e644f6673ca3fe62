"""Odd labels of municipal papers and screens, written by hand and never learnt from, and which field each one means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml

from munibots.classifying.label_matcher import LabelMatcher
from munibots.definitions.form_files import load_form
from munibots.domain.form import Field, FieldType
from munibots.shipped import shipped_folder

__all__ = ["ODD_LABELS", "LabelScore", "OddLabel", "match_odd_labels", "odd_labels"]

ODD_LABELS: Final = "odd_labels.yaml"
_NONE = "unknown"


@dataclass(frozen=True, slots=True)
class OddLabel:
    """A wording of a label.

    Attributes:
        form_id: The form on whose paper, or on the screen for which, it stands.
        fields: The form's fields.
        text: The wording.
        meant: Names of the fields that it may mean; empty: none of them.
        defined: Whether the form is one of the definitions; else it is described beside the labels.
    """

    form_id: str
    fields: tuple[Field, ...]
    text: str
    meant: frozenset[str]
    defined: bool


@dataclass(slots=True)
class LabelScore:
    """How often the field that is meant was found.

    Attributes:
        labels: Labels that mean a field.
        first: Of these, how often the first answer was right.
        first_three: Of these, how often one of the first three answers was right.
        sure: Of these, how many answers were sure.
        sure_wrong: How many of the sure answers were wrong.
        none: Labels that mean none of the form's fields.
        none_let_through: Of these, how many had a sure answer.
        answers: Confidence of every first answer, and whether it was right.
    """

    labels: int = 0
    first: int = 0
    first_three: int = 0
    sure: int = 0
    sure_wrong: int = 0
    none: int = 0
    none_let_through: int = 0
    answers: list[tuple[float, bool]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Counts and shares, rounded to four places."""
        labels = max(1, self.labels)
        return {
            "labels": self.labels,
            "first": round(self.first / labels, 4),
            "first_three": round(self.first_three / labels, 4),
            "sure_share": round(self.sure / labels, 4),
            "sure_wrong_share": round(self.sure_wrong / max(1, self.sure), 4),
            "none_labels": self.none,
            "none_let_through": round(self.none_let_through / max(1, self.none), 4),
            "calibration_error": round(calibration_error(self.answers), 4),
        }


def calibration_error(answers: list[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: how far confidence and share of right answers lie apart, on the mean."""
    error = 0.0
    for i in range(bins):
        here = [(p, right) for p, right in answers if min(int(p * bins), bins - 1) == i]
        if here:
            error += abs(sum(p for p, _ in here) - sum(right for _, right in here))
    return error / max(1, len(answers))


def odd_labels(file: Path | None = None) -> Iterator[OddLabel]:
    """The labels of ``classifiers/label_matcher/odd_labels.yaml``.

    Args:
        file: Another file of the same shape.
    """
    file = file or shipped_folder("classifiers") / "label_matcher" / ODD_LABELS
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    own = {
        form_id: tuple(Field(name, label, FieldType(kind)) for name, label, kind in form["fields"])
        for form_id, form in data["forms"].items()
    }
    for form_id, labels in data["labels"].items():
        fields = own.get(form_id) or load_form(form_id).fields
        for names, texts in labels.items():
            meant = frozenset() if names == _NONE else frozenset(names.split())
            for text in texts:
                yield OddLabel(form_id, fields, str(text), meant, form_id not in own)


def match_odd_labels(
    matcher_for: Callable[[OddLabel], LabelMatcher], labels: Iterator[OddLabel] | None = None
) -> LabelScore:
    """Let a matcher find the fields of all labels, among the fields of the form that each one belongs to.

    Args:
        matcher_for: The matcher to use for a label: the shipped one, or one that never saw the label's form.
        labels: Those of :func:`odd_labels` where none are given.
    """
    score = LabelScore()
    for label in odd_labels() if labels is None else labels:
        found = matcher_for(label).match(label.text, among=label.fields)
        names = [match.field.name for match in found]
        sure = bool(found) and found[0].sure
        right = bool(names) and names[0] in label.meant
        if found:
            score.answers.append((found[0].confidence, right))
        if not label.meant:
            score.none += 1
            score.none_let_through += sure
            continue
        score.labels += 1
        score.first += right
        score.first_three += bool(label.meant & set(names[:3]))
        score.sure += sure
        score.sure_wrong += sure and not right
    return score
