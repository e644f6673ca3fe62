"""What ``munibots read`` answers."""

from __future__ import annotations

import json

from munibots.domain.layout import BoxMm
from munibots.domain.reading import CheckResult, Decision, DocumentReading, FieldValue, FormMatch

BLANK = FieldValue("remarks", "摘要", "", None, None, 0, BoxMm(1, 2, 3, 4), accepted=True)
NAME = FieldValue("name", "氏名", "髙橋", "髙橋", 0.98765, 0, BoxMm(1.234, 2, 3, 4), reasons=("見る",))
READING = DocumentReading(
    source="scan.pdf",
    page_indexes=(2,),
    decision=Decision.REVIEW,
    match=FormMatch("juminido", 0.99, "juminido@standard", 0.05),
    values=(NAME, BLANK),
    checks=(CheckResult("r", ("name",), ok=False, message_ja="だめ"),),
    seconds={"total": 0.5},
)


def test_the_answer_keeps_to_the_contract() -> None:
    answer = json.loads(json.dumps(READING.to_json(), ensure_ascii=False))
    assert answer["form"] == {
        "id": "juminido",
        "confidence": 0.99,
        "layout": "juminido@standard",
        "registration_error_mm": 0.05,
        "turned_deg": 0,
    }
    assert answer["fields"][0] == {
        "name": "name",
        "label_ja": "氏名",
        "text": "髙橋",
        "value": "髙橋",
        "confidence": 0.9877,
        "accepted": False,
        "reasons": ["見る"],
        "page_index": 0,
        "box_mm": [1.23, 2, 3, 4],
    }
    assert (answer["decision"], answer["page_indexes"], answer["source"]) == ("review", [2], "scan.pdf")
    assert answer["checks"][0]["ok"] is False
    assert "problem" not in answer


def test_a_blank_field_is_there_and_says_so() -> None:
    blank = READING.to_json()["fields"][1]
    assert (blank["text"], blank["value"], blank["confidence"]) == ("", None, None)
    assert BLANK.blank
    assert not NAME.blank


def test_an_unknown_form_is_null() -> None:
    unknown = DocumentReading(
        "photo.jpg", (0,), Decision.REVIEW, FormMatch(None, 0.0), problem=("MB-E201", "分からない", "見る")
    )
    assert unknown.to_json()["form"] is None
    assert unknown.to_json()["problem"] == {"code": "MB-E201", "message_ja": "分からない", "next_ja": "見る"}


def test_values_are_not_in_the_repr() -> None:
    assert "髙橋" not in repr(READING)
