"""A random share of the accepted fields goes to a person unmarked, so that the promise is measured where it is used.

Who is drawn must be neither guessable nor changeable by reading again: the caller gives a number for each field that only the
store's key can tell. A drawn field is made to look as if its confidence were too low, with the same words, so that nobody looks
at it with other eyes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from munibots.checking.promise import below_level_ja
from munibots.checking.register_match import CONFIRMED_JA
from munibots.domain.form import Form
from munibots.domain.promise import REGISTER, SampledField
from munibots.domain.reading import FieldValue

__all__ = ["accepted_kind", "draw_sample"]


def accepted_kind(form: Form, value: FieldValue) -> str | None:
    """Under which promise a field was accepted, or ``None``: it was not, or it is blank.

    A field in which nothing is written is not sampled: there are many, and a question about an empty box stands out.
    """
    if not value.accepted or value.blank:
        return None
    return REGISTER if value.confirmed else form.field(value.name).type.value


def draw_sample(
    form: Form, values: Sequence[FieldValue], *, share: float, number: Callable[[str], float]
) -> tuple[tuple[FieldValue, ...], tuple[SampledField, ...]]:
    """Draw among the accepted fields, and let the drawn ones look doubtful.

    Args:
        share: Probability of being drawn, 0–1.
        number: By field name a number that is even on 0–1 and always the same for the same field of the same case.

    Returns:
        All values, the drawn ones no longer accepted, and what was drawn.
    """
    answer, drawn = [], []
    for v in values:
        kind = accepted_kind(form, v)
        if kind is None or number(v.name) >= share:
            answer.append(v)
            continue
        drawn.append(SampledField(v.name, kind, v.confidence))
        own = [reason for reason in v.reasons if reason != CONFIRMED_JA]
        reasons = tuple(dict.fromkeys([*own, below_level_ja(form.field(v.name).type)]))
        answer.append(replace(v, accepted=False, reasons=reasons))
    return tuple(answer), tuple(drawn)
