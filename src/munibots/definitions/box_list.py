"""A CSV of boxes: the fields of a form and where they sit on its paper, as somebody measured them with a ruler.

The columns are ``name,label_ja,type,page_index,x_mm,y_mm,w_mm,h_mm,choices``; ``digits``, ``required`` and ``aliases`` may
follow. Every mistake is reported with the line of the CSV, and all of them at once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from munibots.definitions.csv_file import csv_rows
from munibots.domain.form import FieldType
from munibots.domain.layout import BoxMm, PageSizeMm
from munibots.errors import DefinitionError

__all__ = ["BoxRow", "read_box_list"]

_COLUMNS = ("name", "label_ja", "type", "page_index", "x_mm", "y_mm", "w_mm", "h_mm", "choices")
_NUMBERS = ("page_index", "x_mm", "y_mm", "w_mm", "h_mm")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_YES = frozenset({"1", "true", "yes", "y", "必須", "はい", "○", "〇"})
_TOLERANCE_MM = 0.5


@dataclass(frozen=True, slots=True)
class BoxRow:
    """One field and its box.

    Attributes:
        line: Of the CSV, from 1.
        choices: In the order of the CSV.
        own_boxes: Boxes that were given for choices (or for the ``year``, ``month``, ``day`` of a date).
        digits: How many digits a number has, if that was said.
    """

    line: int
    name: str
    label_ja: str
    type: FieldType
    page_index: int
    box: BoxMm
    choices: tuple[str, ...] = ()
    own_boxes: Mapping[str, BoxMm] = field(default_factory=lambda: MappingProxyType({}))
    digits: int | None = None
    required: bool = False
    aliases: tuple[str, ...] = ()


def read_box_list(path: Path, pages: Sequence[PageSizeMm]) -> tuple[BoxRow, ...]:
    """Read the CSV, in UTF-8 (with or without a byte order mark) or in the Windows code page of Japan.

    Args:
        path: The CSV.
        pages: Size of each blank page; a box outside its page is a mistake.

    Raises:
        DefinitionError: Something is wrong; names the file and the first wrong line, and lists every other one.
    """
    lines = csv_rows(path, lambda line, problem: DefinitionError(file=path, line=line, problem=problem))
    header = [cell.strip() for cell in lines[0][1]] if lines else []
    missing = [name for name in _COLUMNS[:-1] if name not in header]
    if missing:
        raise DefinitionError(
            file=path,
            line=1,
            problem=f"見出しに列 {'、'.join(missing)} がありません。1 行目を {','.join(_COLUMNS)} にしてください。",
        )
    rows: list[BoxRow] = []
    problems: list[tuple[int, str]] = []
    first_line: dict[str, int] = {}
    for line, cells in lines[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        given = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        try:
            row = _row(line, given, pages)
        except ValueError as e:
            problems.append((line, str(e)))
            continue
        if row.name in first_line:
            problems.append((line, f"項目 {row.name} は {first_line[row.name]} 行目にもあります。"))
            continue
        first_line[row.name] = line
        rows.append(row)
    if not rows and not problems:
        problems.append((1, "項目が一つもありません。"))
    if problems:
        line, problem = problems[0]
        others = "".join(f"\n  {n} 行目: {text}" for n, text in problems[1:])
        raise DefinitionError(file=path, line=line, problem=problem + others)
    return tuple(rows)


def _row(line: int, given: Mapping[str, str], pages: Sequence[PageSizeMm]) -> BoxRow:
    name = given.get("name", "")
    if not _NAME.fullmatch(name):
        raise ValueError(f"name は英小文字で始まる英小文字・数字・_ にしてください({name or '空'})。")
    try:
        kind = FieldType(given.get("type", ""))
    except ValueError:
        known = "、".join(FieldType)
        raise ValueError(
            f"項目 {name}: type {given.get('type') or '空'} は使えません。使えるのは {known} です。"
        ) from None
    numbers = {}
    for column in _NUMBERS:
        try:
            numbers[column] = float(given.get(column, ""))
            if not math.isfinite(numbers[column]):
                raise ValueError
        except ValueError:
            raise ValueError(f"項目 {name}: {column} が数ではありません。") from None
    page_index = int(numbers["page_index"])
    if page_index != numbers["page_index"] or not 0 <= page_index < len(pages):
        raise ValueError(f"項目 {name}: page_index は 0 から {len(pages) - 1} です(白紙は {len(pages)} ページ)。")
    box = BoxMm(numbers["x_mm"], numbers["y_mm"], numbers["w_mm"], numbers["h_mm"])
    choices, own_boxes = _choices(name, given.get("choices", ""))
    for what, one in {"": box, **own_boxes}.items():
        _must_lie_on(name, what, one, pages[page_index])
    if kind in (FieldType.CHOICE, FieldType.MARKS) and not choices:
        raise ValueError(f"項目 {name}: 種類 {kind.value} には choices が要ります(| で区切ります)。")
    digits = given.get("digits", "")
    if digits and (not digits.isdecimal() or int(digits) < 1):
        raise ValueError(f"項目 {name}: digits が 1 以上の整数ではありません。")
    return BoxRow(
        line=line,
        name=name,
        label_ja=given.get("label_ja") or name,
        type=kind,
        page_index=page_index,
        box=_on_page(box, pages[page_index]),
        choices=choices,
        own_boxes=MappingProxyType({k: _on_page(b, pages[page_index]) for k, b in own_boxes.items()}),
        digits=int(digits) if digits else None,
        required=given.get("required", "").lower() in _YES,
        aliases=tuple(a for a in map(str.strip, given.get("aliases", "").split("|")) if a),
    )


def _choices(name: str, text: str) -> tuple[tuple[str, ...], dict[str, BoxMm]]:
    names: list[str] = []
    boxes: dict[str, BoxMm] = {}
    for part in text.split("|"):
        choice, at, numbers = part.strip().partition("@")
        choice = choice.strip()
        if not choice:
            continue
        if choice in names:
            raise ValueError(f"項目 {name}: 選択肢 {choice} が二度あります。")
        names.append(choice)
        if at:
            try:
                x, y, w, h = (float(n) for n in numbers.split(","))
            except ValueError:
                raise ValueError(f"項目 {name}: 選択肢 {choice} の枠は @x,y,w,h と書いてください。") from None
            boxes[choice] = BoxMm(x, y, w, h)
    return tuple(names), boxes


def _must_lie_on(name: str, what: str, box: BoxMm, page: PageSizeMm) -> None:
    where = f"項目 {name}" + (f" の選択肢 {what}" if what else "")
    if not (box.w_mm > 0 and box.h_mm > 0):
        raise ValueError(f"{where}: 枠の幅と高さは 0 より大きくしてください。")
    right, bottom = box.x_mm + box.w_mm, box.y_mm + box.h_mm
    t = _TOLERANCE_MM
    if not (box.x_mm >= -t and box.y_mm >= -t and right <= page.w_mm + t and bottom <= page.h_mm + t):
        raise ValueError(f"{where}: 枠がページ({page.w_mm:g}×{page.h_mm:g} mm)の外にあります。")


def _on_page(box: BoxMm, page: PageSizeMm) -> BoxMm:
    """What a ruler's half millimetre put beyond the edge is put back."""
    x, y = max(0.0, box.x_mm), max(0.0, box.y_mm)
    right, bottom = min(page.w_mm, box.x_mm + box.w_mm), min(page.h_mm, box.y_mm + box.h_mm)
    return BoxMm(round(x, 2), round(y, 2), round(right - x, 2), round(bottom - y, 2))
