from __future__ import annotations

from munibots.demo.city.entries.filled import paper_text, truth_of
from munibots.demo.paper.filling import WrittenDate
from munibots.domain.form import Choice, Field, FieldType, Form

FORM = Form(
    "f",
    "様式",
    "課",
    (
        Field("day", "日", FieldType.DATE),
        Field("days", "曜日", FieldType.MARKS, choices=(Choice("月"), Choice("火"))),
        Field("count", "数", FieldType.DIGITS, digits=2),
        Field("note", "備考", FieldType.TEXT),
    ),
)


def test_an_entry_as_text() -> None:
    assert paper_text(WrittenDate("令和", "8", "4", "1")) == "令和8年4月1日"
    assert paper_text(("月", "火")) == "月|火"
    assert paper_text("08") == "08"


def test_truth_is_normalised_and_blank_or_impossible_writing_has_none() -> None:
    truth = truth_of(FORM, {"day": WrittenDate("令和", "8", "4", "1"), "days": ("月", "火"), "count": "8"})
    assert truth == {"day": "2026-04-01", "days": ("月", "火"), "count": None, "note": None}
