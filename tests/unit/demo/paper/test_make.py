"""``layout.yaml`` and ``blank-1.png`` of the shipped form are what the command makes of ``sheet.yaml``."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from munibots.definitions import places
from munibots.definitions.form_files import load_form, load_layout
from munibots.demo.paper.__main__ import main
from munibots.demo.paper.fonts import printed_font
from munibots.demo.paper.make import make_form_paper
from munibots.domain.layout import BoxMm, RegionStyle

# Mean difference in grey levels. FreeType releases round outlines differently; another font draws other letters.
SAME_FONT_TOLERANCE_GREY = 0.5
OTHER_FONT_TOLERANCE_GREY = 8.0
MAX_BLANK_BYTES = 150_000

FOLDER = places.find("forms", "juminido")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_form_paper(FOLDER, tmp_path_factory.mktemp("paper"))


def test_layout_is_what_the_sheet_says(made: tuple[Path, Path]) -> None:
    assert made[0].read_text(encoding="utf-8") == (FOLDER / "layout.yaml").read_text(encoding="utf-8")


def test_blank_is_what_the_sheet_says(made: tuple[Path, Path]) -> None:
    shipped = np.asarray(Image.open(FOLDER / "blank-1.png"), dtype=np.int16)
    drawn = np.asarray(Image.open(made[1]), dtype=np.int16)
    assert shipped.shape == drawn.shape == (2339, 1654)
    same_font = printed_font().name.startswith("NotoSansCJK")
    tolerance = SAME_FONT_TOLERANCE_GREY if same_font else OTHER_FONT_TOLERANCE_GREY
    assert np.abs(shipped - drawn).mean() <= tolerance
    assert (FOLDER / "blank-1.png").stat().st_size <= MAX_BLANK_BYTES


def test_every_field_of_the_form_is_placed_once() -> None:
    form, layout = load_form("juminido"), load_layout("juminido")
    assert [r.field for r in layout.regions] != []
    assert sorted(r.field for r in layout.regions) == sorted(f.name for f in form.fields)


def test_boxes_of_different_fields_do_not_overlap() -> None:
    regions = load_layout("juminido").regions
    for i, a in enumerate(regions):
        for b in regions[i + 1 :]:
            assert not _overlap(a.box, b.box), (a.field, b.field)


def test_parts_lie_inside_their_region_and_apart_from_each_other() -> None:
    for region in load_layout("juminido").regions:
        for i, part in enumerate(region.parts):
            assert _inside(part.box, region.box), (region.field, part.name)
            for other in region.parts[i + 1 :]:
                assert not _overlap(part.box, other.box), (region.field, part.name, other.name)


def test_choices_are_printed_for_every_choice_of_the_form() -> None:
    form, layout = load_form("juminido"), load_layout("juminido")
    for region in layout.regions:
        names = [c.name for c in form.field(region.field).choices]
        if region.style is RegionStyle.MARKS:
            assert [p.name for p in region.parts] == names
        else:
            assert names == []


def test_number_boxes_have_a_cell_for_every_digit() -> None:
    layout = load_layout("juminido")
    assert layout.region("mover3_my_number").cells == 12
    assert layout.region("mover3_juminhyo_code").cells == 11
    assert layout.region("new_postal_code").cells == 7


def test_the_command_names_what_it_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "forms" / "juminido"
    folder.mkdir(parents=True)
    for name in ("sheet.yaml", "form.yaml"):
        shutil.copy(FOLDER / name, folder)
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
