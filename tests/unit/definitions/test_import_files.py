"""What another service has read, in its own columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.definitions.form_files import load_form
from munibots.definitions.import_files import mapping_by_labels, read_import, read_import_mapping
from munibots.errors import DefinitionError

FORM = load_form("juminido")
WIDE = "file: 画像\npage: 頁\nconfidence: 確度\nfields: {氏名: notifier_name, 電話: notifier_phone}\n"
LONG = "layout: long\nfile: 画像\nfield: 項目\nvalue: 値\nfields: {氏名: notifier_name}\n"


def _write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_row_a_document(tmp_path: Path, encoding: str) -> None:
    mapping = read_import_mapping(_write(tmp_path / "map.yaml", WIDE), FORM)
    rows = _write(tmp_path / "a.csv", "画像,頁,確度,氏名,電話\na.pdf,2,95%,山田　花子,03-1234-5678\n", encoding)
    name, phone = read_import(rows, mapping)
    assert (name.source, name.page_index, name.field, name.text, name.confidence) == (
        "a.pdf", 1, "notifier_name", "山田　花子", 0.95
    )  # fmt: skip
    assert phone.field == "notifier_phone"


def test_a_row_a_field(tmp_path: Path) -> None:
    mapping = read_import_mapping(_write(tmp_path / "map.yaml", LONG), FORM)
    rows = _write(tmp_path / "a.csv", "画像,項目,値\na.pdf,氏名,山田\na.pdf,知らない,x\n")
    assert [(c.field, c.text) for c in read_import(rows, mapping)] == [("notifier_name", "山田")]


def test_headings_that_are_labels_need_no_mapping(tmp_path: Path) -> None:
    rows = _write(tmp_path / "a.csv", "ファイル名,届出人氏名,new_address\na.pdf,山田,三島市\n")
    mapping = mapping_by_labels(FORM, rows)
    assert {c.field for c in read_import(rows, mapping)} == {"notifier_name", "new_address"}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (WIDE.replace("notifier_phone", "nobody"), "nobody"),
        ("layout: long\nfile: 画像\nfields: {氏名: notifier_name}\n", "field"),
        ("file: 画像\nfields: {}\n", "fields"),
    ],
)
def test_a_wrong_mapping_is_told(tmp_path: Path, text: str, wrong: str) -> None:
    with pytest.raises(DefinitionError, match=wrong):
        read_import_mapping(_write(tmp_path / "map.yaml", text), FORM)


@pytest.mark.parametrize(
    ("rows", "line"),
    [("画像,頁,確度,氏名\n", 0), ("画像,頁,氏名,電話\na.pdf,1,x,y\n", 1), ("画像,頁,確度,氏名,電話\n,1,1,x,y\n", 2),
     ("画像,頁,確度,氏名,電話\na.pdf,一,1,x,y\n", 2)],
)  # fmt: skip
def test_a_wrong_csv_is_told_with_its_line(tmp_path: Path, rows: str, line: int) -> None:
    mapping = read_import_mapping(_write(tmp_path / "map.yaml", WIDE), FORM)
    path = _write(tmp_path / "a.csv", rows)
    if line == 0:
        assert list(read_import(path, mapping)) == []
        return
    with pytest.raises(DefinitionError) as caught:
        list(read_import(path, mapping))
    assert caught.value.detail["line"] == line
