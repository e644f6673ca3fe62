"""Circles and ticks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from munibots.domain.form import FieldType, Form
from munibots.domain.layout import Layout
from munibots.reading.boxes import Cutter
from munibots.reading.marks import Marking, UnreadMarks, marking
from munibots.reading.registration import blank_picture

from .conftest import Pen


def test_what_counts_as_marked() -> None:
    assert Marking(("a", "b"), (0.9, 0.05)).marked == ("a",)
    assert Marking(("a", "b"), (0.9, 0.5)).marked == ("a", "b")
    assert Marking(("a", "b"), (0.06, 0.0)).marked == ()
    assert Marking(("a", "b"), (0.06, 0.0)).touched
    assert Marking(("a", "b"), (0.0, 0.0)).margin == 0.0
    assert Marking(("a",), (0.8,)).margin == 1.0


@pytest.mark.parametrize("choice", ["世帯主", "妻", "夫", "子", "父", "母", "同居人", "その他"])
def test_each_of_eight_choices_that_stand_close(pen: Pen, layout: Layout, choice: str) -> None:
    pen.circle("mover3_relationship", choice)
    found = marking(Cutter(pen.picture, blank_picture(layout, 0)), layout.region("mover3_relationship").parts)
    assert found.marked == (choice,)
    assert found.margin > 0.6


def test_a_field_of_many_marks_holds_all(pen: Pen, form: Form, layout: Layout) -> None:
    pen.tick("movement_kind", "転出")
    pen.tick("movement_kind", "転入")
    many = replace(form.field("movement_kind"), type=FieldType.MARKS)
    cutter = Cutter(pen.picture, blank_picture(layout, 0))
    assert UnreadMarks(cutter, many, layout.region("movement_kind")).finish(()).value == ("転入", "転出")
    one = UnreadMarks(cutter, form.field("movement_kind"), layout.region("movement_kind")).finish(())
    assert one.value is None
    assert one.text == "転入・転出"
