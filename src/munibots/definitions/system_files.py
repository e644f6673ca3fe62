"""``systems/<id>/system.yaml`` to :class:`~munibots.domain.screen.System`."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from munibots.definitions import places
from munibots.definitions.yaml_file import YamlFile
from munibots.domain.screen import (
    Button,
    Compare,
    Convert,
    Flow,
    FlowStep,
    HitList,
    Inquiry,
    Locator,
    Login,
    Match,
    Screen,
    ScreenField,
    ShownField,
    Signs,
    System,
    Write,
)

__all__ = ["load_system", "read_system"]

_DATE_PARTS = ("era", "year", "month", "day")
_Path = tuple[str | int, ...]


def load_system(system_id: str) -> System:
    """The system of this id, from the folder that won.

    Raises:
        DefinitionNotFoundError: No such system.
        DefinitionError: The file is wrong; names file and line.
    """
    return read_system(places.find("systems", system_id) / "system.yaml")


@cache
def read_system(path: Path) -> System:
    """Read one ``system.yaml``.

    Raises:
        DefinitionError: Not as the schema says, a name leads nowhere, or the last click is not exactly one; with file and line.
    """
    file = YamlFile(path, "system")
    data = file.data
    screens = {name: _screen(file, name, below) for name, below in data["screens"].items()}
    _check_encoding(file, ("encoding",), data.get("encoding"))
    signs = data.get("signs", {})
    system = System(
        id=data["id"],
        name_ja=data["name_ja"],
        screens=MappingProxyType(screens),
        flows=MappingProxyType({name: _flow(name, below) for name, below in data["flows"].items()}),
        login=Login(
            screen=data["login"]["screen"],
            user=Locator.parse(data["login"]["user"]),
            password=Locator.parse(data["login"]["password"]),
            press=data["login"]["press"],
            home=data["login"]["home"],
        ),
        signs=Signs(**{kind: tuple(map(Locator.parse, listed)) for kind, listed in signs.items()}),
        encoding=data.get("encoding"),
        saves_before_submit=data["saves_before_submit"],
    )
    _check_names(file, system)
    return system


def _screen(file: YamlFile, name: str, data: Mapping[str, Any]) -> Screen:
    top: _Path = ("screens", name)
    return Screen(
        id=name,
        name_ja=data["name_ja"],
        shown_when=Locator.parse(data["shown_when"]),
        path=data.get("path"),
        fields=tuple(_field(file, path, below, no) for path, below, no in _rows(top, data.get("fields", ()), "fields")),
        shows=tuple(_shown(below, no) for _, below, no in _rows(top, data.get("shows", ()), "shows")),
        buttons=MappingProxyType({b: _button(below) for b, below in data.get("buttons", {}).items()}),
        hits=_hits(data["hits"]) if "hits" in data else None,
        personal=tuple(map(Locator.parse, data.get("personal", ()))),
    )


def _rows(top: _Path, slots: Any, key: str) -> Iterator[tuple[_Path, Mapping[str, Any], int | None]]:
    """Every slot, with each repeated group unrolled: ``{no}`` replaced by the row."""
    for i, slot in enumerate(slots):
        if "rows" not in slot:
            yield (*top, key, i), slot, None
            continue
        for no in range(1, slot["rows"] + 1):
            for j, below in enumerate(slot[key]):
                yield (*top, key, i, key, j), _numbered(below, no), no


def _numbered(data: Any, no: int) -> Any:
    if isinstance(data, str):
        return data.replace("{no}", str(no))
    if isinstance(data, Mapping):
        return {key: _numbered(below, no) for key, below in data.items()}
    return [_numbered(below, no) for below in data] if isinstance(data, list) else data


def _field(file: YamlFile, path: _Path, data: Mapping[str, Any], no: int | None) -> ScreenField:
    write, at = Write(data["write"]), data["at"]

    def need(good: bool, what: str) -> None:
        if not good:
            raise file.error(path, f"項目 {data['value']}: write: {write.value} には {what} が要ります。")

    choices: dict[str, Locator] = {}
    match write:
        case Write.TEXT | Write.SELECT:
            need(isinstance(at, str), "一つの at")
            need(write is Write.TEXT or "codes" in data, "値とコードの表 codes")
            places_of = [at]
        case Write.RADIO:
            need(isinstance(at, dict), "値ごとの at")
            choices = {name: Locator.parse(where) for name, where in at.items()}
            places_of = []
        case Write.ERA_DATE:
            need(isinstance(at, dict) and set(at) == set(_DATE_PARTS), "at の era、year、month、day")
            need("codes" in data, "元号とコードの表 codes")
            places_of = [at[part] for part in _DATE_PARTS]
        case Write.SPLIT:
            need(isinstance(at, list), "並びの at")
            need("pattern" in data, "正規表現 pattern")
            need(_groups(data["pattern"]) == len(at), "at と同じ数の組を持つ正規表現 pattern")
            places_of = at
    _check_encoding(file, path, data.get("encoding"))
    return ScreenField(
        value=data["value"],
        write=write,
        at=tuple(map(Locator.parse, places_of)),
        choices=MappingProxyType(choices),
        convert=tuple(map(Convert, data.get("convert", ()))),
        codes=MappingProxyType(dict(data.get("codes", {}))),
        pattern=data.get("pattern"),
        pad=data.get("pad", 0),
        max_length=data.get("max_length"),
        encoding=data.get("encoding"),
        group_no=no,
    )


def _groups(pattern: str) -> int:
    try:
        return re.compile(pattern).groups
    except re.error:
        return -1


def _shown(data: Mapping[str, Any], no: int | None) -> ShownField:
    return ShownField(
        value=data["value"],
        at=Locator.parse(data["at"]),
        convert=tuple(map(Convert, data.get("convert", ()))),
        codes=MappingProxyType(dict(data.get("codes", {}))),
        compare=Compare(data.get("compare", "exact")),
        group_no=no,
    )


def _button(data: str | Mapping[str, Any]) -> Button:
    if isinstance(data, str):
        return Button(Locator.parse(data))
    return Button(Locator.parse(data["at"]), data.get("commit", False), data.get("dialog"))


def _hits(data: Mapping[str, Any]) -> HitList:
    def one(key: str) -> Locator | None:
        return Locator.parse(data[key]) if key in data else None

    matches = []
    for below in data.get("match", ()):
        shown = _shown(below, None)
        matches.append(Match(shown.value, shown.at, shown.convert, shown.codes, shown.compare))
    return HitList(
        rows=Locator.parse(data["rows"]),
        none=Locator.parse(data["none"]),
        match=tuple(matches),
        pick=one("pick"),
        receipt_no=one("receipt_no"),
        too_many=one("too_many"),
    )


def _flow(form_id: str, data: Mapping[str, Any]) -> Flow:
    return Flow(
        form_id=form_id,
        start=data["start"],
        steps=tuple(
            FlowStep(
                screen=step["screen"],
                press=step["press"],
                when=MappingProxyType({name: tuple(values) for name, values in step.get("when", {}).items()}),
            )
            for step in data["steps"]
        ),
        confirm=data["confirm"]["screen"],
        commit=data["confirm"]["press"],
        done=data["done"]["screen"],
        receipt_no=Locator.parse(data["done"]["receipt_no"]),
        inquiry=Inquiry(**data["inquiry"]),
    )


def _check_encoding(file: YamlFile, path: _Path, encoding: str | None) -> None:
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise file.error(path, f"文字コード {encoding} は使えません。") from None


def _check_names(file: YamlFile, system: System) -> None:
    """Every screen and button that is named exists; only the last click of a flow commits."""

    def screen(path: _Path, name: str) -> Screen:
        if name not in system.screens:
            raise file.error(path, f"画面 {name} は screens にありません。")
        return system.screens[name]

    def button(path: _Path, on: Screen, name: str, *, commit: bool = False) -> None:
        if name not in on.buttons:
            raise file.error(path, f"画面 {on.id} にボタン {name} はありません。")
        if on.buttons[name].commit is not commit:
            should = "commit: true にしてください" if commit else "commit: true のため、確認画面の後でしか押せません"
            raise file.error(path, f"画面 {on.id} のボタン {name} は{should}。")

    login = system.login
    button(("login", "press"), screen(("login", "screen"), login.screen), login.press)
    screen(("login", "home"), login.home)
    for name, flow in system.flows.items():
        top: _Path = ("flows", name)
        for i, step in enumerate(flow.steps):
            button((*top, "steps", i), screen((*top, "steps", i), step.screen), step.press)
        button((*top, "confirm"), screen((*top, "confirm"), flow.confirm), flow.commit, commit=True)
        screen((*top, "done"), flow.done)
        at: _Path = (*top, "inquiry")
        search, hits = screen(at, flow.inquiry.screen), screen(at, flow.inquiry.hits)
        button(at, search, flow.inquiry.press)
        if search.path is None or not search.fields:
            raise file.error(at, f"照会の画面 {search.id} には path と fields が要ります。")
        if hits.hits is None or hits.hits.pick is None or hits.hits.receipt_no is None:
            raise file.error(at, f"照会の画面 {hits.id} には hits の pick と receipt_no が要ります。")
        for on in (screen(at, flow.inquiry.detail), system.screens[flow.confirm]):
            if not on.shows:
                raise file.error(("screens", on.id), f"画面 {on.id} には案件と比べる shows が要ります。")
