"""Forms and layouts from YAML."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.definitions.form_files import load_form, load_layout, read_form, read_layout
from munibots.domain.form import FieldType
from munibots.errors import DefinitionError

FORM = """\
id: small
name_ja: 小さい様式
section_ja: 市民課
fields:
  - {name: kind, label_ja: 区分, type: choice, choices: [甲, {name: 乙, aliases: [おつ]}]}
  - group: child
    label_ja: 児童
    repeat: 2
    fields:
      - {name: name, label_ja: 氏名, type: name}
"""


def form_file(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "form.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_group_becomes_one_field_a_slot(tmp_path: Path) -> None:
    form = read_form(form_file(tmp_path, FORM))
    assert [f.name for f in form.fields] == ["kind", "child1_name", "child2_name"]
    assert form.field("child2_name").label_ja == "児童2 氏名"
    assert form.field("child2_name").group_no == 2
    assert [[f.name for f in slot] for slot in form.group_slots("child")] == [["child1_name"], ["child2_name"]]
    assert form.field("kind").choices[1].aliases == ("おつ",)


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("  - {name: kind, label_ja: x, type: text}\n", "二度"),
        ("  - {name: n, label_ja: x, type: choice}\n", "choices"),
        ("rules:\n  - {id: r, kind: not_after, fields: [nobody], message_ja: m}\n", "nobody"),
        ("rules:\n  - {id: r, kind: sum_equals, fields: [kind], minus: [nobody], message_ja: m}\n", "nobody"),
        ("rules:\n  - {id: r, kind: implies, fields: [kind], if: {nobody: [a]}, then: {}, message_ja: m}\n", "nobody"),
        ("rules:\n  - {id: r, kind: at_most, fields: [kind], when_filled: [nobody], message_ja: m}\n", "nobody"),
        ("identity: [nobody]\n", "nobody"),
        ("register: {group: child, name: name, kana: kana, birth_date: birth}\n", "child1_kana"),
    ],
)
def test_what_does_not_fit_together_is_named(tmp_path: Path, more: str, problem: str) -> None:
    with pytest.raises(DefinitionError, match=problem):
        read_form(form_file(tmp_path, FORM + more))


def layout_file(tmp_path: Path, region: str) -> Path:
    (tmp_path / "blank.png").write_bytes(b"")
    file = tmp_path / "layout.yaml"
    pages = "pages: [{w_mm: 210, h_mm: 297, blank: blank.png}]"
    file.write_text(f"id: a@b\nform: a\n{pages}\nregions:\n  - {region}\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("region", "problem"),
    [
        ("{field: f, page_index: 0, box: [200, 0, 20, 5], style: line}", "ページの外"),
        ("{field: f, page_index: 0, box: [0, 0, 0, 5], style: line}", "大きさ"),
        ("{field: f, page_index: 1, box: [0, 0, 9, 5], style: line}", "ページ 1"),
        ("{field: f, page_index: 0, box: [0, 0, 9, 5], style: comb}", "cells"),
        ("{field: f, page_index: 0, box: [0, 0, 9, 5], style: marks}", "parts"),
        ("{field: f, page_index: 0, box: [0, 0, 9, 5], style: date, parts: {year: [0, 0, 1, 1]}}", "month"),
    ],
)
def test_a_region_that_cannot_be_is_named(tmp_path: Path, region: str, problem: str) -> None:
    with pytest.raises(DefinitionError, match=problem) as caught:
        read_layout(layout_file(tmp_path, region))
    assert caught.value.detail["line"] == 5


def test_a_missing_blank_is_named(tmp_path: Path) -> None:
    file = layout_file(tmp_path, "{field: f, page_index: 0, box: [0, 0, 9, 5], style: line}")
    (tmp_path / "blank.png").unlink()
    with pytest.raises(DefinitionError, match=r"blank\.png"):
        read_layout(file)


def test_a_profile_has_its_own_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = tmp_path / "profiles" / "999"
    own = profile / "layouts" / "juminido"
    own.mkdir(parents=True)
    (profile / "profile.yaml").write_text("code: '999'\nname_ja: 市\n", encoding="utf-8")
    layout_file(own, "{field: remarks, page_index: 0, box: [0, 0, 9, 5], style: line}")
    monkeypatch.setenv("MUNIBOTS_PROFILE_PATH", str(tmp_path))
    assert load_layout("juminido", "999").id == "a@b"
    assert load_layout("juminido", "demo").id == "juminido@standard"


def test_the_shipped_form_has_all_that_the_law_asks_for() -> None:
    form = load_form("juminido")
    asked = {"movement_kind", "movement_date", "new_address", "old_address", "new_householder", "mover1_name"}
    assert asked <= {f.name for f in form.fields}
    assert len(form.group_slots("mover")) == 5
    assert form.field("mover5_my_number").type is FieldType.MY_NUMBER


def test_every_field_of_the_shipped_form_has_its_place() -> None:
    form, layout = load_form("juminido"), load_layout("juminido")
    assert {r.field for r in layout.regions} == {f.name for f in form.fields}
    for region in layout.regions:
        choices = {c.name for c in form.field(region.field).choices}
        if choices:
            assert {p.name for p in region.parts} == choices
