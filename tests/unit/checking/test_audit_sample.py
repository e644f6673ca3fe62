"""Which accepted fields a person sees all the same, and that nothing shows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from munibots.checking.audit_sample import accepted_kind, draw_sample
from munibots.checking.promise import accept_fields
from munibots.checking.register_match import CONFIRMED_JA
from munibots.domain.form import Field, FieldType, Form
from munibots.domain.layout import BoxMm
from munibots.domain.promise import NEVER, REGISTER
from munibots.domain.reading import FieldValue

FORM = Form(
    id="f",
    name_ja="様式",
    section_ja="課",
    fields=(
        Field("name", "氏名", FieldType.NAME),
        Field("phone", "電話", FieldType.PHONE),
        Field("date", "日付", FieldType.DATE),
    ),
)
PLACES = {"name": 0.01, "phone": 0.5, "date": 0.019}


def read(name: str, text: str = "x", confidence: float | None = 0.99) -> FieldValue:
    return FieldValue(name, name, text, text or None, confidence, 0, BoxMm(0, 0, 1, 1))


def accepted(*values: FieldValue, confirmed: tuple[str, ...] = (), at: float = 0.9) -> tuple[FieldValue, ...]:
    return accept_fields(FORM, values, [], accept_at={"phone": at, "date": at}, confirmed=confirmed)


def test_what_the_number_says_is_drawn_and_no_more() -> None:
    values = accepted(read("name"), read("phone"), read("date"), confirmed=("name",))
    after, drawn = draw_sample(FORM, values, share=0.02, number=PLACES.__getitem__)
    assert [(d.field, d.kind, d.confidence) for d in drawn] == [("name", REGISTER, 0.99), ("date", "date", 0.99)]
    assert [v.accepted for v in after] == [False, True, False]


@pytest.mark.parametrize("name", ["name", "date"])
def test_a_drawn_field_is_the_very_same_as_a_doubtful_one(name: str) -> None:
    """Same words, same flags: what the confidence was is the only difference, and nobody is shown that."""
    value = read(name)
    sure = replace(value, reasons=(CONFIRMED_JA,)) if name == "name" else value
    (drawn,), _ = draw_sample(FORM, accepted(sure, confirmed=(name,)), share=1.0, number=lambda _: 0.0)
    (doubtful,) = accepted(value, at=NEVER)
    assert replace(drawn, confirmed=False) == doubtful


def test_what_spoke_of_the_reading_itself_stays() -> None:
    value = replace(read("date"), reasons=("二通りに読めます。",))
    (drawn,), _ = draw_sample(FORM, accepted(value), share=1.0, number=lambda _: 0.0)
    assert drawn.reasons == ("二通りに読めます。", "確信度が基準に届きません")


def test_blank_and_doubtful_fields_are_not_drawn() -> None:
    values = accepted(read("phone", "", None), read("date", confidence=0.5))
    after, drawn = draw_sample(FORM, values, share=1.0, number=lambda _: 0.0)
    assert drawn == ()
    assert after == values
    assert [accepted_kind(FORM, v) for v in values] == [None, None]
