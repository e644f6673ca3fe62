"""``layout.yaml`` and the blank pages of every shipped form are what the command makes of its ``sheet.yaml``."""

from __future__ import annotations

import shutil
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from munibots.definitions import places
from munibots.definitions.form_files import load_form, load_layout
from munibots.demo.paper.__main__ import main
from munibots.demo.paper.fonts import printed_font
from munibots.demo.paper.make import make_form_paper
from munibots.domain.form import FieldType
from munibots.domain.layout import BoxMm, RegionStyle

# Mean difference in grey levels. FreeType releases round outlines differently; another font draws other letters.
SAME_FONT_TOLERANCE_GREY = 0.5
OTHER_FONT_TOLERANCE_GREY = 8.0
MAX_BLANK_BYTES = 150_000
MIN_CELL_MM = 4.0

FORMS = [name for name in places.names("forms") if (places.find("forms", name) / "sheet.yaml").is_file()]
CELLS = {
    FieldType.MY_NUMBER: 12,
    FieldType.CORPORATE_NUMBER: 13,
    FieldType.INSURED_NUMBER: 10,
    FieldType.POSTAL_CODE: 7,
}


@pytest.mark.parametrize("form_id", FORMS)
def test_layout_and_blanks_are_what_the_sheet_says(form_id: str, tmp_path: Path) -> None:
    folder = places.find("forms", form_id)
    layout, *blanks = make_form_paper(folder, tmp_path)
    assert layout.read_text(encoding="utf-8") == (folder / "layout.yaml").read_text(encoding="utf-8")
    assert [b.name for b in blanks] == [b.name for b in load_layout(form_id).blanks]
    same_font = printed_font().name.startswith("NotoSansCJK")
    for blank in blanks:
        shipped = np.asarray(Image.open(folder / blank.name), dtype=np.int16)
        drawn = np.asarray(Image.open(blank), dtype=np.int16)
        assert shipped.shape == drawn.shape
        assert sorted(shipped.shape) == [1654, 2339]
        tolerance = SAME_FONT_TOLERANCE_GREY if same_font else OTHER_FONT_TOLERANCE_GREY
        assert np.abs(shipped - drawn).mean() <= tolerance
        assert (folder / blank.name).stat().st_size <= MAX_BLANK_BYTES


@pytest.mark.parametrize("form_id", FORMS)
def test_every_field_of_the_form_is_placed_once(form_id: str) -> None:
    form, layout = load_form(form_id), load_layout(form_id)
    assert sorted(r.field for r in layout.regions) == sorted(f.name for f in form.fields)


@pytest.mark.parametrize("form_id", FORMS)
def test_boxes_of_different_fields_do_not_overlap(form_id: str) -> None:
    for a, b in combinations(load_layout(form_id).regions, 2):
        assert a.page_index != b.page_index or not _overlap(a.box, b.box), (a.field, b.field)


@pytest.mark.parametrize("form_id", FORMS)
def test_parts_lie_inside_their_region_and_apart_from_each_other(form_id: str) -> None:
    for region in load_layout(form_id).regions:
        assert all(_inside(part.box, region.box) for part in region.parts), region.field
        assert not any(_overlap(a.box, b.box) for a, b in combinations(region.parts, 2)), region.field


@pytest.mark.parametrize("form_id", FORMS)
def test_a_field_is_printed_as_its_type_needs(form_id: str) -> None:
    form, layout = load_form(form_id), load_layout(form_id)
    for region in layout.regions:
        slot = form.field(region.field)
        choices = [c.name for c in slot.choices]
        assert (region.style is RegionStyle.MARKS) == bool(choices), region.field
        assert (region.style is RegionStyle.DATE) == (slot.type is FieldType.DATE), region.field
        if choices:
            assert [p.name for p in region.parts] == choices
        if region.style is RegionStyle.COMB:
            assert region.cells is not None
            assert region.cells == CELLS.get(slot.type, slot.digits) or slot.type in (FieldType.YEN, FieldType.ACCOUNT)
            assert region.box.w_mm / region.cells >= MIN_CELL_MM, region.field


def test_the_command_names_what_it_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "forms" / "juminido"
    folder.mkdir(parents=True)
    for name in ("sheet.yaml", "form.yaml"):
        shutil.copy(places.find("forms", "juminido") / name, folder)
    monkeypatch.setenv("MUNIBOTS_PROFILE_PATH", str(tmp_path))
    assert main(["juminido"]) == 0
    assert capsys.readouterr().out.split() == [str(folder / "layout.yaml"), str(folder / "blank-1.png")]


def test_the_command_refuses_an_unknown_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing"]) == 2
    assert "MB-E602" in capsys.readouterr().err


def test_the_command_without_a_form_tells_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "使い方" in capsys.readouterr().err


def _overlap(a: BoxMm, b: BoxMm) -> bool:
    return (
        a.x_mm < b.x_mm + b.w_mm and b.x_mm < a.x_mm + a.w_mm and a.y_mm < b.y_mm + b.h_mm and b.y_mm < a.y_mm + a.h_mm
    )


def _inside(inner: BoxMm, outer: BoxMm) -> bool:
    slack = 1e-6
    return (
        inner.x_mm >= outer.x_mm - slack
        and inner.y_mm >= outer.y_mm - slack
        and inner.x_mm + inner.w_mm <= outer.x_mm + outer.w_mm + slack
        and inner.y_mm + inner.h_mm <= outer.y_mm + outer.h_mm + slack
    )
