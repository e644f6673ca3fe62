"""Which file says what of a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.definitions import places
from munibots.definitions.explaining import explain


def test_a_field_is_found_in_form_layout_and_system() -> None:
    files = {o.file.name for o in explain("new_address", "demo")}
    assert {"form.yaml", "layout.yaml", "system.yaml"} <= files


def test_the_line_is_the_line() -> None:
    origin = next(o for o in explain("notifier_phone") if o.file.name == "form.yaml")
    assert "notifier_phone" in origin.file.read_text(encoding="utf-8").splitlines()[origin.line - 1]


def test_a_field_of_a_group_is_found_by_its_full_name() -> None:
    assert {"form.yaml", "layout.yaml", "system.yaml"} <= {o.file.name for o in explain("mover3_kana")}


def test_the_overridden_file_is_shown_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "forms" / "juminido"
    folder.mkdir(parents=True)
    shipped = places.find("forms", "juminido") / "form.yaml"
    (folder / "form.yaml").write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("MUNIBOTS_PROFILE_PATH", str(tmp_path))
    wins = {o.file: o.wins for o in explain("juminido") if o.file.name == "form.yaml" and o.line == 1}
    assert wins == {shipped: False, folder / "form.yaml": True}


def test_an_unknown_name_has_no_origin() -> None:
    assert explain("no_such_name_anywhere") == ()
