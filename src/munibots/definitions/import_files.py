"""What another service has read: its CSV, and the small YAML that says which of its columns means what.

::

    encoding: cp932            # or utf-8; both are tried where this is left out
    file: 画像ファイル名        # column with the scan's file name
    page: ページ               # optional: column with the page number, from 1
    confidence: 確信度          # optional; from 0 to 1, or from 0 to 100
    layout: wide               # wide: a row a document, a column a field; long: a row a field
    field: 項目名              # long only: column with the field's name
    value: 値                  # long only: column with what was read
    fields: {氏名: mover1_name, 生年月日: mover1_birth_date}
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from munibots.definitions.yaml_file import YamlFile
from munibots.domain.form import Form
from munibots.errors import DefinitionError

__all__ = ["ImportMapping", "ImportedCell", "mapping_by_labels", "read_import", "read_import_mapping"]


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """Which column means what; see the module's text.

    Attributes:
        fields: Name in the CSV to name of the form's field.
    """

    file: str
    fields: Mapping[str, str]
    page: str | None = None
    confidence: str | None = None
    field: str | None = None
    value: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedCell:
    """One field as the other service read it.

    Attributes:
        page_index: From 0.
        confidence: 0–1 as the service states it; not calibrated.
    """

    source: str
    page_index: int
    field: str
    text: str
    confidence: float | None


def read_import_mapping(path: Path, form: Form) -> ImportMapping:
    """Read the YAML.

    Raises:
        DefinitionError: Not as the schema says, or a field is not the form's; names file and line.
    """
    file = YamlFile(path, "import")
    data = file.data
    known = {f.name for f in form.fields}
    for column, name in data["fields"].items():
        if name not in known:
            raise file.error(("fields", column), f"項目 {name} は様式 {form.id} にありません。")
    if data.get("layout", "wide") == "long" and not {"field", "value"} <= set(data):
        raise file.error((), "layout: long には field と value の列名が要ります。")
    long = data.get("layout", "wide") == "long"
    return ImportMapping(
        file=data["file"],
        fields=data["fields"],
        page=data.get("page"),
        confidence=data.get("confidence"),
        field=data["field"] if long else None,
        value=data["value"] if long else None,
        encoding=data.get("encoding"),
    )


def mapping_by_labels(form: Form, path: Path) -> ImportMapping:
    """A mapping for a CSV whose headings are the form's own field names or labels, a row a document.

    Raises:
        DefinitionError: No heading is a field, or there is no column with the file's name.
    """
    header = _rows(path, None)[0]
    fields = {f.name: f.name for f in form.fields} | {f.label_ja: f.name for f in form.fields}
    source = next((c for c in header if c in ("file", "source", "ファイル", "ファイル名", "画像ファイル名")), None)
    found = {column: fields[column] for column in header if column in fields}
    if source is None or not found:
        raise DefinitionError(
            file=path,
            line=1,
            problem="見出しに、ファイル名の列(ファイル名)と様式の項目がありません。--map で列の対応を指定してください。",
        )
    return ImportMapping(file=source, fields=found)


def read_import(path: Path, mapping: ImportMapping) -> Iterator[ImportedCell]:
    """Every cell that the mapping knows, in the order of the CSV.

    Raises:
        DefinitionError: A column is missing, or a number is none; names file and line.
    """
    rows = _rows(path, mapping.encoding)
    header = rows[0]
    needed = [mapping.file, mapping.page, mapping.confidence, mapping.field, mapping.value]
    missing = [c for c in needed if c is not None and c not in header]
    if missing:
        raise DefinitionError(file=path, line=1, problem=f"見出しに列 {'、'.join(missing)} がありません。")
    for line, cells in enumerate(rows[1:], start=2):
        row = dict(zip(header, cells, strict=False))
        if not any(cells):
            continue
        source = row.get(mapping.file, "").strip()
        if not source:
            raise DefinitionError(file=path, line=line, problem=f"列 {mapping.file} が空です。")
        page_index = int(_number(path, line, mapping.page, row, 1.0)) - 1
        stated = _number(path, line, mapping.confidence, row, None) if mapping.confidence else None
        confidence = None if stated is None else stated / 100 if stated > 1 else stated
        if mapping.field is not None and mapping.value is not None:
            name = mapping.fields.get(row.get(mapping.field, "").strip())
            if name is not None:
                yield ImportedCell(source, page_index, name, row.get(mapping.value, "").strip(), confidence)
            continue
        for column, name in mapping.fields.items():
            if column in row:
                yield ImportedCell(source, page_index, name, row[column].strip(), confidence)


def _rows(path: Path, encoding: str | None) -> list[list[str]]:
    try:
        data = path.read_bytes()
    except OSError as e:
        raise DefinitionError(file=path, line=0, problem="ファイルを読めません。") from e
    for name in (encoding,) if encoding else ("utf-8-sig", "cp932"):
        try:
            rows = list(csv.reader(io.StringIO(data.decode(name), newline="")))
        except (UnicodeDecodeError, LookupError):
            continue
        except csv.Error as e:
            raise DefinitionError(file=path, line=0, problem=f"CSV として読めません({e})。") from e
        if rows:
            return [[cell.strip() for cell in rows[0]], *rows[1:]]
        raise DefinitionError(file=path, line=1, problem="空のファイルです。")
    raise DefinitionError(
        file=path, line=0, problem="文字コードを読めません。UTF-8 か Shift_JIS(cp932)にしてください。"
    )


def _number(path: Path, line: int, column: str | None, row: Mapping[str, str], default: float | None) -> float:
    text = row.get(column, "").strip().rstrip("%") if column else ""
    if not text and default is not None:
        return default
    try:
        number = float(text)
        if not math.isfinite(number):
            raise ValueError
        return number
    except ValueError:
        raise DefinitionError(file=path, line=line, problem=f"列 {column} が数ではありません。") from None
