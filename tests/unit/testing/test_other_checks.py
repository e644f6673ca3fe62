"""Profiles, systems, bots and classifiers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from munibots.definitions import places
from munibots.errors import UsageError
from munibots.testing import check_bot, check_classifier, check_folder, check_profile, check_system


def _copy(tmp_path: Path, kind: str, name: str) -> Path:
    copy = tmp_path / kind / name
    shutil.copytree(places.find(kind, name), copy)
    return copy


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_shipped_ones_are_sound(tmp_path: Path) -> None:
    assert check_profile(_copy(tmp_path, "profiles", "demo")) == ()
    assert check_system(_copy(tmp_path, "systems", "demo_jumin")) == ()
    assert check_bot(_copy(tmp_path, "bots", "juminido")) == ()
    assert check_classifier(_copy(tmp_path, "classifiers", "field_confidence")) == ()
    assert check_classifier(_copy(tmp_path, "classifiers", "task_triage")) == ()


def test_a_profile_that_names_what_is_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "mycity"
    folder.mkdir()
    (folder / "profile.yaml").write_text(
        "code: other\nname_ja: 市\nsections: {ない課: 課}\naccept_at: {katakana: 0.9}\nregister: none.csv\n"
        'systems: {none: {url: "http://x"}}\n',
        encoding="utf-8",
    )
    text = "\n".join(f.problem_ja for f in check_profile(folder))
    for word in ("other", "ない課", "katakana", "none.csv", "基幹システム none"):
        assert word in text


@pytest.mark.parametrize(("code", "right"), [("131016", True), ("131017", False), ("13101", False), ("991015", False)])
def test_a_profile_with_a_municipality_code(tmp_path: Path, code: str, right: bool) -> None:
    folder = tmp_path / code
    folder.mkdir()
    (folder / "profile.yaml").write_text(f'code: "{code}"\nname_ja: 市\n', encoding="utf-8")
    assert (check_profile(folder) == ()) is right


def test_a_profile_with_wrong_assumptions_on_savings(tmp_path: Path) -> None:
    folder = _copy(tmp_path, "profiles", "demo")
    own = "shares:\n  rpa: {low: 0.2, mid: 0.3, high: 0.4, source_ja: 市}\n"
    (folder / "triage.yaml").write_text(own, encoding="utf-8")
    assert check_profile(folder) == ()
    (folder / "triage.yaml").write_text(own.replace("0.4", "0.1"), encoding="utf-8")
    (found,) = check_profile(folder)
    assert (found.file.name, found.line) == ("triage.yaml", 2)


def test_a_system_that_writes_a_field_that_no_form_has(tmp_path: Path) -> None:
    folder = _copy(tmp_path, "systems", "demo_jumin")
    text = (folder / "system.yaml").read_text(encoding="utf-8")
    assert "value: new_address" in text
    (folder / "system.yaml").write_text(text.replace("value: new_address", "value: nobody"), encoding="utf-8")
    found = check_system(folder)
    assert any("nobody" in f.problem_ja and f.line > 1 for f in found)


def test_a_bot_with_python_in_it(tmp_path: Path) -> None:
    folder = _copy(tmp_path, "bots", "juminido")
    (folder / "extra.py").write_text("", encoding="utf-8")
    (folder / "README.md").unlink()
    text = "\n".join(f.problem_ja for f in check_bot(folder))
    assert "extra.py" in text
    assert "README.md" in text


def test_an_artifact_that_was_changed(tmp_path: Path) -> None:
    folder = _copy(tmp_path, "classifiers", "field_confidence")
    _append(folder / "artifact" / "calibration.json", "\n")
    assert any("SHA-256" in f.problem_ja for f in check_classifier(folder))


def test_a_folder_without_a_definition(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="定義"):
        check_folder(tmp_path)
