"""Where a name is defined, in which file and line, and which of several files won."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from munibots.definitions import places
from munibots.definitions.yaml_file import YamlFile

__all__ = ["Origin", "explain"]

_FILES = (
    ("forms", "form.yaml", "form"),
    ("forms", "layout.yaml", "layout"),
    ("systems", "system.yaml", "system"),
    ("profiles", "profile.yaml", "profile"),
    ("bots", "bot.yaml", "bot"),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """One place that says something of a name.

    Attributes:
        kind: ``forms``, ``systems``, ``profiles`` or ``bots``.
        what_ja: What the place says, in words.
        wins: Whether this file is the one in force; an overridden file is shown as well.
    """

    kind: str
    what_ja: str
    file: Path
    line: int
    wins: bool


def explain(name: str, profile: str | None = None) -> tuple[Origin, ...]:
    """Every place that defines ``name``: a definition of this id, a field, a rule, a screen field or a setting.

    Args:
        name: An id (``juminido``), a field (``new_address``; in a group also ``mover1_kana``), a rule, or a key of a
            screen or profile.
        profile: Leaves out what other profiles say, and adds this profile's own layouts.
    """
    return tuple(_definitions(name)) + tuple(_mentions(name, profile))


def _definitions(name: str) -> Iterator[Origin]:
    for kind, file_name, _ in _FILES:
        folders = places.candidates(kind, name)
        for folder in folders:
            if (folder / file_name).is_file():
                what = f"{places.KINDS_JA[kind]}「{name}」の定義({file_name})"
                yield Origin(kind, what, folder / file_name, 1, folder == folders[-1])


def _mentions(name: str, profile: str | None) -> Iterator[Origin]:
    for kind, file_name, schema in _FILES:
        for defined in places.names(kind):
            if kind == "profiles" and profile is not None and defined != profile:
                continue
            folders = places.candidates(kind, defined)
            for folder in folders:
                own = profile is not None and file_name == "layout.yaml" and _own_layout(profile, defined)
                if (folder / file_name).is_file():
                    yield from _in_file(
                        kind, defined, folder / file_name, schema, name, folder == folders[-1] and not own
                    )
    if profile is not None:
        for form_id in places.names("forms"):
            layout = _own_layout(profile, form_id)
            if layout is not None:
                yield from _in_file("profiles", f"{profile} / {form_id}", layout, "layout", name, wins=True)


def _own_layout(profile: str, form_id: str) -> Path | None:
    for folder in reversed(places.candidates("profiles", profile)):
        layout = folder / "layouts" / form_id / "layout.yaml"
        if layout.is_file():
            return layout
    return None


def _in_file(kind: str, defined: str, path: Path, schema: str, name: str, wins: bool) -> Iterator[Origin]:
    file = YamlFile(path, schema)
    for at in _paths(file.data, name, ()):
        where = ".".join(str(step) for step in at)
        what = f"{places.KINDS_JA[kind]}「{defined}」の {path.name}: {where}"
        yield Origin(kind, what, path, file.line(at), wins)


def _paths(data: Any, name: str, at: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """Paths at which ``name`` is a key, or the ``name``, ``id``, ``field`` or ``value`` of an entry."""
    if isinstance(data, dict):
        group = data.get("group")
        for key, below in data.items():
            if key == name or (key in ("name", "id", "field", "value") and _names(below, name) and at):
                yield (*at, key)
            yield from _paths(below, name, (*at, key))
        if isinstance(group, str) and name.startswith(group):
            inner = name.removeprefix(group).lstrip("0123456789").removeprefix("_")
            if inner and inner != name:
                yield from _paths(data.get("fields"), inner, (*at, "fields"))
    elif isinstance(data, list):
        for i, below in enumerate(data):
            yield from _paths(below, name, (*at, i))


def _names(written: Any, name: str) -> bool:
    """Whether an entry of a definition means ``name``; ``{no}`` stands for the number of a group's slot."""
    if not isinstance(written, str):
        return False
    return re.fullmatch(re.escape(written).replace(r"\{no\}", r"\d+"), name) is not None
