"""From a blank and a CSV to a form that can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.definitions import places
from munibots.definitions.form_files import load_form, load_layout
from munibots.domain.layout import RegionStyle
from munibots.errors import DefinitionError, UsageError
from munibots.pipeline.new_form import make_form

BLANK = places.find("forms", "juminido") / "blank-1.png"


@pytest.fixture
def boxes(tmp_path: Path) -> Path:
    """What somebody would measure on the shipped blank."""
    form, layout = load_form("juminido"), load_layout("juminido")
    lines = ["name,label_ja,type,page_index,x_mm,y_mm,w_mm,h_mm,choices"]
    for region in layout.regions:
        field = form.field(region.field)
        box = ",".join(map(str, region.box))
        choices = "|".join(c.name for c in field.choices)
        lines.append(f"{field.name},{field.label_ja},{field.type},{region.page_index},{box},{choices}")
    path = tmp_path / "boxes.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_shipped_layout_comes_out_again(boxes: Path, tmp_path: Path) -> None:
    made = make_form("city_ido", BLANK, boxes, tmp_path / "forms" / "city_ido", section_ja="市民課")
    shipped = load_layout("juminido")
    assert made.form.name_ja == "住民異動届"
    assert made.title_read
    assert made.form.section_ja == "市民課"
    assert made.form.field("mover1_juminhyo_code").digits == 11
    read_alike = {RegionStyle.LINE: RegionStyle.BLOCK}
    for region in shipped.regions:
        own = made.layout.region(region.field)
        assert own.style in (region.style, read_alike.get(region.style)), region.field
        assert own.cells == region.cells
        assert own.era == region.era
    assert [p.name for p in made.files] == ["form.yaml", "layout.yaml", "blank-1.png"]


def test_a_folder_that_holds_a_form_is_left_alone(boxes: Path, tmp_path: Path) -> None:
    (tmp_path / "form.yaml").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match=r"form\.yaml"):
        make_form("city_ido", BLANK, boxes, tmp_path)


@pytest.mark.parametrize("form_id", ["", "2x", "City", "住民", "a-b"])
def test_an_id_that_is_none(form_id: str, boxes: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        make_form(form_id, BLANK, boxes, tmp_path / "x")


def test_a_wrong_csv_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "boxes.csv"
    path.write_text("name,label_ja,type,page_index,x_mm,y_mm,w_mm,h_mm\na,あ,text,0,300,1,10,5\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"boxes\.csv:2"):
        make_form("city_ido", BLANK, path, tmp_path / "out")
    assert not (tmp_path / "out").exists()
