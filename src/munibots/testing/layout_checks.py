"""Does a layout place the fields of its form, each in the way in which it can be read?"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from munibots.definitions.yaml_file import YamlFile
from munibots.domain.form import Field, FieldType, Form
from munibots.domain.layout import BoxMm, Layout, Region, RegionStyle
from munibots.testing.findings import Finding, Findings

__all__ = ["check_layout"]

_OVERLAP = 0.15  # of the smaller box
_MARKED = (FieldType.CHOICE, FieldType.MARKS)
_LENGTHS = {
    FieldType.POSTAL_CODE: 7,
    FieldType.MY_NUMBER: 12,
    FieldType.CORPORATE_NUMBER: 13,
    FieldType.INSURED_NUMBER: 10,
}
_COMB_TYPES = frozenset({*_LENGTHS, FieldType.DIGITS, FieldType.ACCOUNT, FieldType.YEN})
_DATE_PARTS = ("year", "month", "day")
_LEAST_MM = {RegionStyle.LINE: (4.0, 3.0), RegionStyle.BLOCK: (8.0, 5.0)}


def check_layout(form: Form, layout: Layout, path: Path) -> tuple[Finding, ...]:
    """What is wrong with where the fields sit.

    Args:
        form: The form.
        layout: Its layout, as read.
        path: The ``layout.yaml`` it was read from.
    """
    findings = Findings(YamlFile(path, "layout"))
    if layout.form_id != form.id:
        findings.error(
            ("form",), f"form が {layout.form_id} で、様式の id {form.id} と違います。", "form を直してください。"
        )
    known = {f.name: f for f in form.fields}
    seen: set[str] = set()
    for i, region in enumerate(layout.regions):
        at = ("regions", i)
        if region.field not in known:
            findings.error(
                at,
                f"項目 {region.field} は様式にありません。",
                "field を form.yaml の名前に合わせるか、行を除いてください。",
            )
        elif region.field in seen:
            findings.error(at, f"項目 {region.field} の枠が二つあります。", "一つにしてください。")
        else:
            _check_region(known[region.field], region, at, findings)
        seen.add(region.field)
    for field in form.fields:
        if field.name not in seen:
            say = findings.error if field.required else findings.notice
            say(
                ("regions",),
                f"項目 {field.name}({field.label_ja})の枠がありません。",
                "この用紙に欄がなければ form.yaml から除き、あれば枠を足してください。",
            )
    _check_overlaps(layout, findings)
    return findings.all


def _check_region(field: Field, region: Region, at: tuple[str | int, ...], findings: Findings) -> None:
    name, style = field.name, region.style
    if (field.type in _MARKED) != (style is RegionStyle.MARKS):
        findings.error(
            at,
            f"項目 {name}: 種類 {field.type.value} は style: {style.value} では読めません。",
            "choice と marks の項目は style: marks に、それ以外は line、block、comb、date のどれかにしてください。",
        )
        return
    if style is RegionStyle.DATE and field.type is not FieldType.DATE:
        findings.error(at, f"項目 {name}: style: date は種類 date だけに使えます。", "style か種類を直してください。")
    if style is RegionStyle.COMB and field.type not in _COMB_TYPES:
        findings.error(at, f"項目 {name}: ます目(comb)で読めるのは数字の項目だけです。", "style: line にしてください。")
    if style is RegionStyle.MARKS:
        _check_choices(field, region, at, findings)
    wanted = _LENGTHS.get(field.type, field.digits)
    if style is RegionStyle.COMB and wanted is not None and region.cells != wanted:
        findings.error(
            at,
            f"項目 {name}: ます目が {region.cells} 個ですが、{wanted} 桁の番号です。",
            "枠がます目全体を囲んでいるか、cells の数が白紙のます目と同じかを確かめてください。",
        )
    if style is RegionStyle.DATE and region.era is None and not any(p.name not in _DATE_PARTS for p in region.parts):
        findings.error(
            at,
            f"項目 {name}: 元号がわかりません。",
            "印刷された元号を era に書くか、元号の枠を parts に足してください。",
        )
    least = _LEAST_MM.get(style)
    if least is not None and (region.box.w_mm < least[0] or region.box.h_mm < least[1]):
        findings.notice(
            at,
            f"項目 {name}: 枠が {region.box.w_mm:g}×{region.box.h_mm:g} mm しかありません。",
            "単位が mm か、欄の全体を囲んでいるかを確かめてください。",
        )
    if any(_outside(part.box, region.box) for part in region.parts):
        findings.notice(
            at,
            f"項目 {name}: 部分の枠が項目の枠からはみ出しています。",
            "box が parts のすべてを囲むようにしてください。",
        )


def _check_choices(field: Field, region: Region, at: tuple[str | int, ...], findings: Findings) -> None:
    names, placed = {c.name for c in field.choices}, {p.name for p in region.parts}
    if names - placed:
        missing = "、".join(c.name for c in field.choices if c.name not in placed)
        findings.error(
            at, f"項目 {field.name}: 選択肢 {missing} の枠がありません。", "parts に選択肢ごとの枠を足してください。"
        )
    if placed - names:
        findings.error(
            at,
            f"項目 {field.name}: {'、'.join(sorted(placed - names))} は選択肢にありません。",
            "parts の名前を form.yaml の choices と同じ字にしてください。",
        )
    for a, b in combinations(region.parts, 2):
        if _overlap(a.box, b.box) > _OVERLAP:
            findings.error(
                at,
                f"項目 {field.name}: 選択肢 {a.name} と {b.name} の枠が重なっています。",
                "印がどちらのものか決められるように、枠を離してください。",
            )


def _check_overlaps(layout: Layout, findings: Findings) -> None:
    for (i, a), (_, b) in combinations(enumerate(layout.regions), 2):
        if a.page_index == b.page_index and a.field != b.field and _overlap(a.box, b.box) > _OVERLAP:
            if _parts_apart(a, b):
                continue
            findings.notice(
                ("regions", i),
                f"項目 {a.field} と {b.field} の枠が重なっています。",
                "重なったところの文字は両方の項目に読まれます。枠を離してください。",
            )


def _parts_apart(a: Region, b: Region) -> bool:
    """Boxes of choices may enclose another field, as long as none of the choices does."""
    boxes_a = [p.box for p in a.parts] or [a.box]
    boxes_b = [p.box for p in b.parts] or [b.box]
    return all(_overlap(x, y) <= _OVERLAP for x in boxes_a for y in boxes_b)


def _overlap(a: BoxMm, b: BoxMm) -> float:
    """Common area in parts of the smaller box."""
    across = min(a.x_mm + a.w_mm, b.x_mm + b.w_mm) - max(a.x_mm, b.x_mm)
    down = min(a.y_mm + a.h_mm, b.y_mm + b.h_mm) - max(a.y_mm, b.y_mm)
    if across <= 0 or down <= 0:
        return 0.0
    return across * down / min(a.w_mm * a.h_mm, b.w_mm * b.h_mm)


def _outside(part: BoxMm, whole: BoxMm) -> bool:
    m = 1.0
    return (
        part.x_mm < whole.x_mm - m
        or part.y_mm < whole.y_mm - m
        or part.x_mm + part.w_mm > whole.x_mm + whole.w_mm + m
        or part.y_mm + part.h_mm > whole.y_mm + whole.h_mm + m
    )
