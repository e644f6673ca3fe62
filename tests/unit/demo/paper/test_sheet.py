from __future__ import annotations

from pathlib import Path

import pytest

from munibots.definitions.form_files import load_layout
from munibots.demo.paper.sheet import FieldPiece, Frame, Words, layout_text, read_sheet
from munibots.domain.layout import BoxMm, RegionStyle
from munibots.errors import DefinitionError

HEAD = "id: x@standard\nform: x\npages:\n- w_mm: 210\n  h_mm: 297\n  pieces:\n"


def write(folder: Path, pieces: str) -> Path:
    path = folder / "sheet.yaml"
    path.write_text(HEAD + pieces, encoding="utf-8")
    return path


def test_a_group_is_repeated_with_its_number_and_pitch(tmp_path: Path) -> None:
    sheet = read_sheet(
        write(
            tmp_path,
            "  - group: mover\n    repeat: 2\n    pitch_mm: 10\n    pieces:\n"
            "      - {text: '{no}', box: [10, 10, 5, 5], size_mm: 3}\n"
            "      - {field: '{group}_name', style: line, box: [20, 10, 50, 8]}\n",
        )
    )
    words = [p for p in sheet.pages[0].pieces if isinstance(p, Words)]
    assert [(w.text, w.box.y_mm) for w in words] == [("1", 10), ("2", 20)]
    assert [p.region.field for p in sheet.fields] == ["mover1_name", "mover2_name"]
    assert sheet.field("mover2_name").region.box == BoxMm(20.6, 20.6, 48.8, 6.8)


def test_a_comb_keeps_its_outline_and_writing_stays_inside_the_ruled_box(tmp_path: Path) -> None:
    sheet = read_sheet(
        write(
            tmp_path,
            "  - {field: a, style: comb, cells: 7, box: [10, 10, 35, 6]}\n"
            "  - {field: b, style: line, box: [10, 20, 35, 6]}\n"
            "  - {frame: [0, 0, 10, 10], width_mm: 0.5}\n",
        )
    )
    comb, line, frame = sheet.pages[0].pieces
    assert isinstance(comb, FieldPiece)
    assert isinstance(line, FieldPiece)
    assert isinstance(frame, Frame)
    assert comb.region.box == comb.outline
    assert comb.region.style is RegionStyle.COMB
    assert line.region.box == BoxMm(10.6, 20.6, 33.8, 4.8)


def test_the_layout_text_names_style_era_and_parts(tmp_path: Path) -> None:
    sheet = read_sheet(
        write(
            tmp_path,
            "  - {field: d, style: date, era: 令和, box: [10, 10, 60, 9],"
            " parts: {year: [20, 11, 12, 7], month: [36, 11, 11, 7], day: [52, 11, 11, 7]}}\n",
        )
    )
    assert (
        "  - {field: d, page_index: 0, box: [10.6, 10.6, 58.8, 7.8], style: date, era: 令和, "
        "parts: {year: [20, 11, 12, 7], month: [36, 11, 11, 7], day: [52, 11, 11, 7]}}\n"
    ) in layout_text(sheet)


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        ("  - {text: a, box: [1, 2, 3, 4]}\n", 7),
        ("  - {text: a, box: [1, 2, 3, 4], size_mm: 3}\n  - {colour: red}\n", 8),
    ],
    ids=["size missing", "unknown key"],
)
def test_a_wrong_piece_is_named_with_its_line(tmp_path: Path, pieces: str, line: int) -> None:
    with pytest.raises(DefinitionError, match=rf"sheet\.yaml:{line}\)"):
        read_sheet(write(tmp_path, pieces))


def test_fields_know_on_which_page_they_are_and_pages_may_lie_on_their_side(tmp_path: Path) -> None:
    second = "- w_mm: 297\n  h_mm: 210\n  pieces:\n  - {field: b, style: line, box: [10, 20, 35, 6]}\n"
    sheet = read_sheet(write(tmp_path, "  - {field: a, style: line, box: [10, 20, 35, 6]}\n" + second))
    assert [(p.region.field, p.region.page_index) for p in sheet.fields] == [("a", 0), ("b", 1)]
    pages = "{w_mm: 210, h_mm: 297, blank: blank-1.png}, {w_mm: 297, h_mm: 210, blank: blank-2.png}"
    assert f"pages: [{pages}]\n" in layout_text(sheet)


def test_a_group_may_be_repeated_sideways(tmp_path: Path) -> None:
    sheet = read_sheet(
        write(
            tmp_path,
            "  - group: month\n    repeat: 3\n    pitch_x_mm: 40\n    pieces:\n"
            "      - {field: '{group}_days', style: comb, cells: 2, box: [20, 10, 10, 8]}\n",
        )
    )
    assert [p.region.box for p in sheet.fields] == [BoxMm(x, 10, 10, 8) for x in (20, 60, 100)]


def test_a_grid_is_an_outline_and_the_lines_between(tmp_path: Path) -> None:
    sheet = read_sheet(write(tmp_path, "  - {grid: [10, 20], cols: [30, 40], rows: [8, 8, 9], width_mm: 0.2}\n"))
    assert [p.box for p in sheet.pages[0].pieces] == [
        BoxMm(10, 20, 70, 25),
        BoxMm(40, 20, 0, 25),
        BoxMm(10, 28, 70, 0),
        BoxMm(10, 36, 70, 0),
    ]


def test_the_place_of_the_receipt_stamp_is_the_offices(tmp_path: Path) -> None:
    for form_id, pages in (("juminido", [0]), ("ninteichosa", [])):
        layout = load_layout(form_id)
        assert [o.page_index for o in layout.office] == pages
    x, y, w, h = load_layout("juminido").office[0].box
    assert (x + w / 2, y + h / 2) == pytest.approx((184, 22.5))
