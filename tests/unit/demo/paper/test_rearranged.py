"""A seed makes the same paper again, another one another paper; all fields are on it, with their parts inside the page."""

from __future__ import annotations

import pytest

from munibots.definitions import places
from munibots.definitions.form_files import load_form
from munibots.demo.paper.rearranged import rearranged
from munibots.demo.paper.sheet import Sheet, Words, read_sheet


def _sheet(form_id: str) -> Sheet:
    return read_sheet(places.find("forms", form_id) / "sheet.yaml")


@pytest.mark.parametrize("form_id", ["juminido", "kouza", "houjin_20go"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_field_has_a_place_on_a_page(form_id: str, seed: int) -> None:
    old = _sheet(form_id)
    paper = rearranged(load_form(form_id), old, seed)
    assert {p.region.field for p in paper.fields} == {p.region.field for p in old.fields}
    for piece in paper.fields:
        size = paper.pages[piece.region.page_index].size
        for box in (piece.region.box, *(p.box for p in piece.region.parts)):
            assert box.x_mm >= 0
            assert box.y_mm >= 0
            assert box.x_mm + box.w_mm <= size.w_mm
            assert box.y_mm + box.h_mm <= size.h_mm
        assert {p.name for p in piece.region.parts} == {p.name for p in old.field(piece.region.field).region.parts}


def test_the_seed_decides() -> None:
    form, old = load_form("juminido"), _sheet("juminido")
    assert rearranged(form, old, 1) == rearranged(form, old, 1)
    assert rearranged(form, old, 1) != rearranged(form, old, 2)


def test_labels_are_the_forms_own() -> None:
    form = load_form("kouza")
    known = {"".join(w.split()) for f in form.fields for w in (f.label_ja, *f.aliases, *f.label_ja.split())}
    printed = {
        p.text.rstrip(":")
        for page in rearranged(form, _sheet("kouza"), 1).pages
        for p in page.pieces
        if isinstance(p, Words)
    }
    assert printed - {form.name_ja, *form.aliases} <= known
