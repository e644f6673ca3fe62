"""From plain boxes on the shipped blanks to the regions that their authors wrote by hand."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from munibots.definitions.form_files import load_form, load_layout
from munibots.domain.form import Choice, Field, FieldType
from munibots.domain.layout import BoxMm, Layout, Region, RegionStyle
from munibots.reading.drafting.paper import Paper
from munibots.reading.drafting.regions import Slot, draft_regions
from munibots.reading.features import blank_picture
from munibots.reading.ocr.recognizer import Recognizer

from .conftest import Sheet


def _drafted(form_id: str, names: list[str], recognizer: Recognizer) -> tuple[Mapping[str, Region], Layout]:
    form, layout = load_form(form_id), load_layout(form_id)
    slots = [Slot(form.field(n), 0, layout.region(n).box) for n in names]
    drafts = draft_regions(Paper.of(blank_picture(layout, 0)), slots, recognizer)
    return {d.region.field: d.region for d in drafts}, layout


def test_styles_are_those_of_the_shipped_layout(recognizer: Recognizer) -> None:
    names = [
        "notification_date",
        "movement_kind",
        "notifier_name",
        "new_postal_code",
        "new_address",
        "mover1_my_number",
    ]
    names += ["mover1_birth_date", "mover1_sex", "mover1_relationship"]
    found, layout = _drafted("juminido", names, recognizer)
    assert {n: r.style for n, r in found.items()} == {n: layout.region(n).style for n in names}
    assert found["notification_date"].era == "令和"
    assert found["mover1_my_number"].cells == 12
    assert {p.name for p in found["mover1_birth_date"].parts} == {
        p.name for p in layout.region("mover1_birth_date").parts
    }
    for name in ("movement_kind", "mover1_sex", "mover1_relationship"):
        for part in layout.region(name).parts:
            own = found[name].part(part.name)
            assert own is not None
            assert own.box.x_mm + own.box.w_mm / 2 == pytest.approx(part.box.x_mm + part.box.w_mm / 2, abs=2.0)
            assert own.box.y_mm + own.box.h_mm / 2 == pytest.approx(part.box.y_mm + part.box.h_mm / 2, abs=2.0)


def test_nothing_printed_divides_the_box(sheet: Sheet, recognizer: Recognizer) -> None:
    field = Field("kind", "区分", FieldType.CHOICE, choices=(Choice("甲"), Choice("乙")))
    wide = draft_regions(Paper.of(sheet.picture), [Slot(field, 0, BoxMm(10, 10, 40, 8))], recognizer)[0].region
    assert [tuple(p.box) for p in wide.parts] == [(10, 10, 20, 8), (30, 10, 20, 8)]
    tall = draft_regions(Paper.of(sheet.picture), [Slot(field, 0, BoxMm(10, 10, 8, 40))], recognizer)[0].region
    assert [tuple(p.box) for p in tall.parts] == [(10, 10, 8, 20), (10, 30, 8, 20)]


def test_boxes_that_were_given_stand(sheet: Sheet, recognizer: Recognizer) -> None:
    field = Field("kind", "区分", FieldType.CHOICE, choices=(Choice("甲"), Choice("乙")))
    own = {"甲": BoxMm(11, 11, 5, 5), "乙": BoxMm(31, 11, 5, 5)}
    region = draft_regions(Paper.of(sheet.picture), [Slot(field, 0, BoxMm(10, 10, 40, 8), own)], recognizer)[0].region
    assert {p.name: p.box for p in region.parts} == own


def test_a_date_without_print_is_a_line(sheet: Sheet, recognizer: Recognizer) -> None:
    field = Field("day", "日付", FieldType.DATE)
    region = draft_regions(Paper.of(sheet.picture), [Slot(field, 0, BoxMm(10, 10, 60, 8))], recognizer)[0].region
    assert region.style is RegionStyle.LINE
    assert region.parts == ()
