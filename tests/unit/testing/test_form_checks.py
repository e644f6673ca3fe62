"""A sound form is sound, and each way of spoiling it is found."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from munibots.definitions import places
from munibots.domain.form import Severity
from munibots.testing import check_folder, check_form

LAYOUT = "layout.yaml"
FORM = "form.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a shipped form that may be spoilt."""
    copy = tmp_path / "forms" / "inkan"
    shutil.copytree(places.find("forms", "inkan"), copy)
    return copy


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_shipped_form_is_sound(folder: Path) -> None:
    assert [str(f) for f in check_form(folder) if f.severity is Severity.ERROR] == []


def _drop_region(folder: Path) -> None:
    lines = (folder / LAYOUT).read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if "style: marks" in line)
    (folder / LAYOUT).write_text("\n".join([*lines[:at], *lines[at + 1 :]]), encoding="utf-8")


def _rename_region(folder: Path) -> None:
    text = (folder / LAYOUT).read_text(encoding="utf-8")
    first = text.split("field: ", 1)[1].split(",", 1)[0]
    _replace(folder / LAYOUT, f"field: {first},", "field: nobody,")


def _unknown_rule(folder: Path) -> None:
    text = (folder / FORM).read_text(encoding="utf-8")
    kind = text.split("kind: ", 1)[1].split("\n", 1)[0].split(",", 1)[0]
    _replace(folder / FORM, f"kind: {kind}", "kind: no_such_kind")


def _rename_id(folder: Path) -> None:
    _replace(folder / FORM, "id: inkan", "id: inkan2")


def _white_blank(folder: Path) -> None:
    from PIL import Image

    with Image.open(folder / "blank-1.png") as file:
        size = file.size
    Image.new("L", size, 255).save(folder / "blank-1.png")


def _other_blank(folder: Path) -> None:
    shutil.copy(places.find("forms", "juminido") / "blank-1.png", folder / "blank-1.png")


def _flat_blank(folder: Path) -> None:
    from PIL import Image

    with Image.open(folder / "blank-1.png") as file:
        file.resize((file.width, file.height // 2)).save(folder / "blank-1.png")


def _broken_yaml(folder: Path) -> None:
    (folder / FORM).write_text("id: [", encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_drop_region, "枠がありません"),
        (_rename_region, "様式にありません"),
        (_unknown_rule, "no_such_kind"),
        (_rename_id, "フォルダー名"),
        (_white_blank, "印刷が少なく"),
        (_other_blank, "juminido の用紙と見分けられません"),
        (_flat_blank, "縦横の比"),
        (_broken_yaml, "YAML"),
    ],
)
def test_what_is_wrong_is_found_with_file_and_next_step(folder: Path, spoil: Callable[[Path], None], says: str) -> None:
    spoil(folder)
    found = [f for f in check_form(folder) if says in f.problem_ja]
    assert found, [str(f) for f in check_form(folder)]
    assert found[0].file.is_relative_to(folder)
    assert found[0].line >= 1
    assert found[0].next_ja
    assert found[0].to_json()["severity"] in ("error", "notice")


def test_overlapping_boxes_are_a_notice(folder: Path) -> None:
    text = (folder / LAYOUT).read_text(encoding="utf-8")
    boxes = [part.split("]", 1)[0] for part in text.split("style: line")[0].split("box: [")[1:]]
    lines = [line for line in text.splitlines() if "style: line" in line]
    own = lines[1].split("box: [", 1)[1].split("]", 1)[0]
    first = lines[0].split("box: [", 1)[1].split("]", 1)[0]
    assert boxes
    _replace(folder / LAYOUT, f"box: [{own}]", f"box: [{first}]")
    assert any("重なっています" in f.problem_ja and f.severity is Severity.NOTICE for f in check_form(folder))


def test_a_city_folder_is_checked_as_a_whole(folder: Path) -> None:
    assert list(check_folder(folder.parent.parent)) == [folder]
    assert list(check_folder(folder / FORM)) == [folder]
