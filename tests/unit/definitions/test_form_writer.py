"""What is written is read back the same."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from munibots.definitions.form_files import load_form, load_layout, read_form, read_layout
from munibots.definitions.form_writer import form_text, layout_yaml


@pytest.mark.parametrize("form_id", ["juminido", "koseki", "houjin_20go"])
def test_a_form_survives_writing_and_reading(form_id: str, tmp_path: Path) -> None:
    form = load_form(form_id)
    plain = replace(
        form,
        fields=tuple(replace(f, group=None, group_no=None, choices=tuple(type(c)(c.name) for c in f.choices)) for f in form.fields),
        rules=(), law=(), identity=(), register=None,
    )  # fmt: skip
    path = tmp_path / "form.yaml"
    path.write_text(form_text(plain, ["試験"]), encoding="utf-8")
    assert read_form(path) == plain


@pytest.mark.parametrize("form_id", ["juminido", "hoiku"])
def test_a_layout_survives_writing_and_reading(form_id: str, tmp_path: Path) -> None:
    layout = load_layout(form_id)
    for blank in layout.blanks:
        shutil.copy(blank, tmp_path / blank.name)
    path = tmp_path / "layout.yaml"
    path.write_text(layout_yaml(layout), encoding="utf-8")
    again = read_layout(path)
    assert again.regions == layout.regions
    assert again.pages == layout.pages
    assert [b.name for b in again.blanks] == [b.name for b in layout.blanks]


def test_words_that_yaml_would_take_for_something_else_stay_text(tmp_path: Path) -> None:
    form = load_form("juminido")
    field = replace(form.fields[0], label_ja="no: [1:30]", aliases=("yes", "#備考"))
    path = tmp_path / "form.yaml"
    path.write_text(
        form_text(replace(form, fields=(field,), rules=(), law=(), identity=(), register=None)), encoding="utf-8"
    )
    assert read_form(path).fields == (field,)
