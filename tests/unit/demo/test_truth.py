"""How readings compare with what is on paper."""

from __future__ import annotations

import pytest

from munibots.demo.truth import FieldScore, same_value, score_fields
from munibots.domain.form import FieldType
from munibots.domain.layout import BoxMm
from munibots.domain.reading import Decision, DocumentReading, FieldValue, FormMatch


def score(value: str | None, *, accepted: bool, true: str | None) -> FieldScore:
    read = FieldValue("remarks", "項目", value or "", value, None, 0, BoxMm(0, 0, 1, 1), accepted=accepted)
    reading = DocumentReading("a", (0,), Decision.REVIEW, FormMatch("juminido", 1.0), values=(read,))
    return score_fields(reading, {"remarks": true})


@pytest.mark.parametrize(
    ("value", "accepted", "true", "fields", "accepted_n", "wrong"),
    [
        ("x", True, "x", 1, 1, 0),
        ("x", False, "x", 1, 0, 0),
        ("y", True, "x", 1, 1, 1),
        ("y", False, "x", 1, 0, 0),
        (None, True, None, 0, 0, 0),
        (None, True, "x", 1, 1, 1),
        ("x", True, None, 1, 1, 1),
    ],
)
def test_counts(value: str | None, accepted: bool, true: str | None, fields: int, accepted_n: int, wrong: int) -> None:
    s = score(value, accepted=accepted, true=true)
    assert (s.fields, s.accepted, len(s.accepted_wrong)) == (fields, accepted_n, wrong)


def test_scores_add_up() -> None:
    assert FieldScore(1, 1, ("a",)) + FieldScore(2, 1, ("b",)) == FieldScore(3, 2, ("a", "b"))


@pytest.mark.parametrize(
    ("kind", "value", "true", "same"),
    [
        (FieldType.ADDRESS, "三島市西本町8-3メゾン1", "三島市西本町8-3　メゾン1", True),
        (FieldType.ADDRESS, "三島市西本町8-3", "三島市西本町8-4", False),
        (FieldType.NAME, "山田太郎", "山田　太郎", False),
        (FieldType.KANA, "やまだたろう", "やまだ　たろう", False),
        (FieldType.ADDRESS, None, "三島市", False),
        (FieldType.PHONE, "090-1234-5678", "090-1234-5678", True),
    ],
)
def test_only_gaps_in_addresses_do_not_count(kind: FieldType, value: object, true: object, same: bool) -> None:
    assert same_value(kind, value, true) is same
