"""Rows of a spreadsheet's CSV."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.definitions.csv_file import csv_rows
from munibots.errors import DefinitionError


def rows(path: Path, *, strict: bool = False) -> list[tuple[int, list[str]]]:
    return csv_rows(path, lambda line, text: DefinitionError(file=path, line=line, problem=text), strict=strict)


def test_a_row_begins_where_its_first_line_is(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes('名,注\nあ,"二\n行"\nい,\n'.encode("cp932"))
    assert rows(file) == [(1, ["名", "注"]), (2, ["あ", "二\n行"]), (4, ["い", ""])]


def test_what_cannot_be_read_is_the_callers_error(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="ファイルを読めません"):
        rows(tmp_path / "none.csv")
    file = tmp_path / "a.csv"
    file.write_bytes(b"\x81\x20")
    with pytest.raises(DefinitionError, match="文字コード"):
        rows(file)
    file.write_bytes(b'a\n"b"c\n')
    assert rows(file)[1] == (2, ["bc"])
    with pytest.raises(DefinitionError, match="CSV として"):
        rows(file, strict=True)
