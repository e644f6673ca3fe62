"""Who may skip human eyes: field by field, under the promise that the calibration was measured for.

A field is accepted if its confidence reaches the level of its type and nothing speaks against it. Names are accepted only
where the resident register confirms them: an OCR model reads variant characters (髙 﨑 邉 𠮷) as their common forms with
high confidence, so no confidence of its own is evidence for a name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from munibots.domain.form import FieldType, Form, Severity
from munibots.domain.promise import NEVER
from munibots.domain.reading import CheckResult, Decision, FieldValue

__all__ = ["BELOW_LEVEL_JA", "accept_fields", "below_level_ja", "decide"]

BELOW_LEVEL_JA = "確信度が基準に届きません"
_NAMES_JA = "氏名は台帳で確認できるまで人が見ます"


def below_level_ja(kind: FieldType) -> str:
    """What a person is told of a field that nothing speaks against but its own confidence."""
    return _NAMES_JA if kind is FieldType.NAME else BELOW_LEVEL_JA


def accept_fields(
    form: Form,
    values: Sequence[FieldValue],
    checks: Sequence[CheckResult],
    *,
    accept_at: Mapping[str, float],
    confirmed: Collection[str] = (),
) -> tuple[FieldValue, ...]:
    """Say of each field whether it needs eyes, and why.

    Args:
        form: The form.
        values: n_fields values in the form's order.
        checks: Results of the rules; a broken error rule sends its fields to a person.
        accept_at: Lowest confidence by field type; a type that is missing is never accepted.
        confirmed: Names of the fields that the register confirms.

    Returns:
        The values with ``accepted``, ``confirmed`` and ``reasons`` set. A blank field that is not required is accepted as blank.
    """
    against: dict[str, list[str]] = {}
    for check in checks:
        if not check.ok and check.severity is Severity.ERROR:
            for name in check.fields:
                against.setdefault(name, []).append(check.message_ja)
    answer = []
    for v in values:
        kind = form.field(v.name).type
        reasons = list(dict.fromkeys([*v.reasons, *against.get(v.name, ())]))
        sure = v.name not in against
        if v.blank or v.name in confirmed:
            pass
        elif kind is FieldType.NAME:
            sure = False
            reasons.append(below_level_ja(kind))
        elif v.value is None or v.confidence is None:
            sure = False
        elif v.confidence < accept_at.get(kind.value, NEVER):
            sure = False
            reasons.append(below_level_ja(kind))
        answer.append(replace(v, accepted=sure, confirmed=v.name in confirmed, reasons=tuple(reasons)))
    return tuple(answer)


def decide(values: Sequence[FieldValue], checks: Sequence[CheckResult]) -> Decision:
    """The decision on a document: the weakest field decides, never an average."""
    sound = all(c.ok or c.severity is Severity.NOTICE for c in checks)
    return Decision.APPROVE if sound and all(v.accepted for v in values) else Decision.REVIEW
