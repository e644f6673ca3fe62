"""The CSV of boxes: what it may look like, and how its mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.definitions.box_list import read_box_list
from munibots.domain.form import FieldType
from munibots.domain.layout import BoxMm, PageSizeMm
from munibots.errors import DefinitionError

A4 = (PageSizeMm(210, 297),)
HEAD = "name,label_ja,type,page_index,x_mm,y_mm,w_mm,h_mm,choices\n"


def _csv(tmp_path: Path, body: str, encoding: str = "utf-8", head: str = HEAD) -> Path:
    path = tmp_path / "boxes.csv"
    path.write_bytes((head + body).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_reads_what_windows_writes(tmp_path: Path, encoding: str) -> None:
    (row,) = read_box_list(_csv(tmp_path, "app_name,氏名,name,0,10,20,60.5,8,\n", encoding), A4)
    assert (row.name, row.label_ja, row.type, row.line) == ("app_name", "氏名", FieldType.NAME, 2)
    assert row.box == BoxMm(10, 20, 60.5, 8)


def test_choices_may_have_boxes_of_their_own(tmp_path: Path) -> None:
    body = 'sex,性別,choice,0,10,20,30,8,"男@10,20,8,8|女"\n'
    (row,) = read_box_list(_csv(tmp_path, body), A4)
    assert row.choices == ("男", "女")
    assert dict(row.own_boxes) == {"男": BoxMm(10, 20, 8, 8)}


def test_more_columns_say_more(tmp_path: Path) -> None:
    head = HEAD.strip() + ",digits,required,aliases\n"
    (row,) = read_box_list(_csv(tmp_path, "no,番号,digits,0,1,1,30,8,,6,必須,管理番号|整理番号\n", head=head), A4)
    assert (row.digits, row.required, row.aliases) == (6, True, ("管理番号", "整理番号"))


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    body = (
        "Name,氏名,name,0,1,1,30,8,\n"
        "kana,カナ,katakana,0,1,1,30,8,\n"
        "sex,性別,choice,0,1,1,30,8,\n"
        "\n"
        "far,遠い,text,0,200,1,30,8,\n"
        "page,頁,text,1,1,1,30,8,\n"
        "flat,平ら,text,0,1,1,30,0,\n"
        "word,語,text,0,x,1,30,8,\n"
        "ok,可,text,0,1,1,30,8,\n"
        "ok,可,text,0,1,1,30,8,\n"
    )
    with pytest.raises(DefinitionError) as caught:
        read_box_list(_csv(tmp_path, body), A4)
    assert caught.value.detail["line"] == 2
    text = str(caught.value)
    for line in (3, 4, 6, 7, 8, 9, 11):
        assert f"{line} 行目" in text


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="x_mm"):
        read_box_list(_csv(tmp_path, "", head="name,label_ja,type,page_index\n"), A4)


def test_half_a_millimetre_beyond_the_edge_is_put_back(tmp_path: Path) -> None:
    (row,) = read_box_list(_csv(tmp_path, "a,あ,text,0,-0.3,1,210.4,8,\n"), A4)
    assert row.box.x_mm == 0
    assert row.box.x_mm + row.box.w_mm <= 210


@given(st.text(max_size=200))
def test_no_text_breaks_it(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "boxes.csv"
    path.write_text(HEAD + text, encoding="utf-8", errors="replace", newline="")
    try:
        rows = read_box_list(path, A4)
    except DefinitionError:
        return
    assert rows
