"""``forms/<id>/form.yaml`` and ``layout.yaml`` to :class:`~munibots.domain.form.Form` and :class:`~munibots.domain.layout.Layout`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from munibots.definitions import places
from munibots.definitions.yaml_file import YamlFile
from munibots.domain.form import Choice, Field, FieldType, Form, RegisterLink, Rule, Severity
from munibots.domain.layout import BoxMm, Layout, OfficeBox, PageSizeMm, Part, Region, RegionStyle
from munibots.errors import DefinitionError

__all__ = ["load_form", "load_layout", "read_form", "read_layout"]

_RULE_KEYS = {"id", "kind", "fields", "severity", "message_ja", "source"}


def load_form(form_id: str) -> Form:
    """The form of this id, from the folder that won.

    Raises:
        DefinitionNotFoundError: No such form.
        DefinitionError: The file is wrong; names file and line.
    """
    return read_form(places.find("forms", form_id) / "form.yaml")


def load_layout(form_id: str, profile_code: str | None = None) -> Layout:
    """Where the form's fields sit: the profile's own layout if it has one, else the one beside the form.

    Raises:
        DefinitionNotFoundError: No such form.
        DefinitionError: The file is wrong; names file and line.
    """
    if profile_code is not None:
        for folder in reversed(places.candidates("profiles", profile_code)):
            own = folder / "layouts" / form_id / "layout.yaml"
            if own.is_file():
                return read_layout(own)
    return read_layout(places.find("forms", form_id) / "layout.yaml")


@cache
def read_form(path: Path) -> Form:
    """Read one ``form.yaml``."""
    file = YamlFile(path, "form")
    data = file.data
    fields: list[Field] = []
    for i, slot in enumerate(data["fields"]):
        if "group" in slot:
            for no in range(1, slot["repeat"] + 1):
                for j, below in enumerate(slot["fields"]):
                    fields.append(_field(file, ("fields", i, "fields", j), below, slot, no))
        else:
            fields.append(_field(file, ("fields", i), slot))
    known = {f.name for f in fields}
    groups = {f.group for f in fields if f.group}
    if len(known) != len(fields):
        twice = next(f.name for f in fields if sum(g.name == f.name for g in fields) > 1)
        raise file.error(("fields",), f"項目 {twice} が二度定義されています。")
    for i, rule in enumerate(data.get("rules", ())):
        for name in _named_in(rule):
            if name not in known | groups:
                raise file.error(("rules", i), f"規則 {rule['id']} の項目 {name} は様式にありません。")
    for i, name in enumerate(data.get("identity", ())):
        if name not in known:
            raise file.error(("identity", i), f"項目 {name} は様式にありません。")
    return Form(
        id=data["id"],
        name_ja=data["name_ja"],
        section_ja=data["section_ja"],
        fields=tuple(fields),
        rules=tuple(_rule(r) for r in data.get("rules", ())),
        aliases=tuple(data.get("aliases", ())),
        law=tuple(data.get("law", ())),
        identity=tuple(data.get("identity", ())),
        register=_register(file, data["register"], fields) if "register" in data else None,
    )


def _field(
    file: YamlFile,
    path: tuple[str | int, ...],
    slot: Mapping[str, Any],
    group: Mapping[str, Any] | None = None,
    no: int | None = None,
) -> Field:
    kind = FieldType(slot["type"])
    if kind in (FieldType.CHOICE, FieldType.MARKS) and "choices" not in slot:
        raise file.error(path, f"項目 {slot['name']}: 種類 {kind.value} には choices が要ります。")
    return Field(
        name=slot["name"] if group is None else f"{group['group']}{no}_{slot['name']}",
        label_ja=slot["label_ja"] if group is None else f"{group['label_ja']}{no} {slot['label_ja']}",
        type=kind,
        required=slot.get("required", False),
        choices=tuple(
            Choice(c) if isinstance(c, str) else Choice(c["name"], tuple(c.get("aliases", ())))
            for c in slot.get("choices", ())
        ),
        digits=slot.get("digits"),
        aliases=tuple(slot.get("aliases", ())),
        group=None if group is None else group["group"],
        group_no=no,
    )


def _named_in(rule: Mapping[str, Any]) -> list[str]:
    """Every field or group of the form that a rule speaks of; within a group (``group_…``) names are the group's own."""
    names = [*rule["fields"], *rule.get("when", {}), *rule.get("when_filled", ()), *rule.get("unless_filled", ())]
    names += [*rule.get("minus", ()), *rule.get("counts", {}).values()]
    if not rule["kind"].startswith("group_"):
        names += [*rule.get("if", {}), *rule.get("then", {})]
    return names


def _register(file: YamlFile, data: Mapping[str, Any], fields: list[Field]) -> RegisterLink:
    known = {f.name for f in fields}
    group = data["group"]
    in_group = [data[key] for key in ("name", "kana", "birth_date", "my_number") if key in data]
    of_form = [*data.get("household", ()), *data.get("unless", {}), *([data["address"]] if "address" in data else [])]
    for name in [*(f"{group}1_{n}" for n in in_group), *of_form]:
        if name not in known:
            raise file.error(("register",), f"項目 {name} は様式にありません。")
    return RegisterLink(
        group=group,
        name=data["name"],
        kana=data["kana"],
        birth_date=data["birth_date"],
        my_number=data.get("my_number"),
        address=data.get("address"),
        household=tuple(data.get("household", ())),
        unless=MappingProxyType({k: tuple(v) for k, v in data.get("unless", {}).items()}),
    )


def _rule(data: Mapping[str, Any]) -> Rule:
    return Rule(
        id=data["id"],
        kind=data["kind"],
        fields=tuple(data["fields"]),
        severity=Severity(data.get("severity", "error")),
        message_ja=data["message_ja"],
        source=data.get("source", ""),
        params=MappingProxyType({k: v for k, v in data.items() if k not in _RULE_KEYS}),
    )


@cache
def read_layout(path: Path) -> Layout:
    """Read one ``layout.yaml``; the pictures of the blank pages lie beside it.

    Raises:
        DefinitionError: The file is wrong, a picture is missing, or a region lies outside its page.
    """
    file = YamlFile(path, "layout")
    data = file.data
    pages = tuple(PageSizeMm(p["w_mm"], p["h_mm"]) for p in data["pages"])
    blanks = tuple(path.parent / p["blank"] for p in data["pages"])
    for i, blank in enumerate(blanks):
        if not blank.is_file():
            raise file.error(("pages", i), f"白紙の画像 {blank.name} がありません。")
    regions = []
    for i, r in enumerate(data["regions"]):
        region = Region(
            field=r["field"],
            page_index=r["page_index"],
            box=BoxMm(*r["box"]),
            style=RegionStyle(r["style"]),
            cells=r.get("cells"),
            parts=tuple(Part(name, BoxMm(*box)) for name, box in r.get("parts", {}).items()),
            era=r.get("era"),
        )
        _check_region(file, i, region, pages)
        regions.append(region)
    office = tuple(OfficeBox(o["page_index"], BoxMm(*o["box"])) for o in data.get("office", ()))
    for i, place in enumerate(office):
        if place.page_index >= len(pages):
            raise file.error(("office", i), f"ページ {place.page_index} はありません。")
    return Layout(data["id"], data["form"], pages, blanks, tuple(regions), office)


def _check_region(file: YamlFile, i: int, region: Region, pages: tuple[PageSizeMm, ...]) -> None:
    def wrong(problem: str) -> DefinitionError:
        return file.error(("regions", i), f"項目 {region.field}: {problem}")

    if region.page_index >= len(pages):
        raise wrong(f"ページ {region.page_index} はありません。")
    page = pages[region.page_index]
    for box in (region.box, *(p.box for p in region.parts)):
        outside = box.x_mm < 0 or box.y_mm < 0 or box.x_mm + box.w_mm > page.w_mm or box.y_mm + box.h_mm > page.h_mm
        if outside or box.w_mm <= 0 or box.h_mm <= 0:
            raise wrong("枠がページの外にあるか、大きさがありません。")
    if region.style is RegionStyle.COMB and region.cells is None:
        raise wrong("style: comb には cells が要ります。")
    if region.style is RegionStyle.MARKS and not region.parts:
        raise wrong("style: marks には選択肢の枠 parts が要ります。")
    if region.style is RegionStyle.DATE and not {"year", "month", "day"} <= {p.name for p in region.parts}:
        raise wrong("style: date には parts の year、month、day が要ります。")
