"""Core systems from YAML: what is read, and what is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.definitions import places
from munibots.definitions.form_files import load_form
from munibots.definitions.system_files import load_system, read_system
from munibots.domain.screen import Convert, Locator, Write
from munibots.errors import DefinitionError, DefinitionNotFoundError

SHIPPED = places.find("systems", "demo_jumin") / "system.yaml"


def test_every_shipped_system_is_whole() -> None:
    for name in places.names("systems"):
        system = load_system(name)
        assert system.id == name
        for form_id, flow in system.flows.items():
            known = {f.name for f in load_form(form_id).fields}
            steps = [system.screen(step.screen) for step in flow.steps]
            written = {f.value for screen in steps for f in screen.fields}
            shown = {s.value for s in system.screen(flow.confirm).shows}
            assert written <= known
            assert shown <= known
            assert written == shown, "what is typed is compared before the last click"


def test_repeated_rows_are_unrolled() -> None:
    fields = load_system("demo_jumin").screen("idosha").fields
    third = [f for f in fields if f.group_no == 3]
    assert [f.value for f in third] == [
        "mover3_kana", "mover3_birth_date", "mover3_relationship", "mover3_juminhyo_code", "mover3_name", "mover3_sex",
        "mover3_my_number",
    ]  # fmt: skip
    assert third[0].at == (Locator("id", "txtIdoshaKana3"),)
    assert third[0].convert == (Convert.HALF_KANA,)
    assert third[1].write is Write.ERA_DATE
    assert [at.text for at in third[1].at] == ["ddlSeiYmdGengo3", "txtSeiYmdNen3", "txtSeiYmdTsuki3", "txtSeiYmdHi3"]


def test_a_system_that_is_not_there() -> None:
    with pytest.raises(DefinitionNotFoundError):
        load_system("no_such_system")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("encoding: cp932", "encoding: cp9999", "文字コード"),
        ("home: menu}", "home: nowhere}", "nowhere"),
        ("press: sign_in, home", "press: enter, home", "enter"),
        ("register: {at: \"id:btnToroku\", commit: true}", "register: \"id:btnToroku\"", "commit"),
        ("buttons: {choose: \"id:btnSetaiKettei\"}", "buttons: {choose: {at: \"id:b\", commit: true}}", "commit"),
        ("user: \"id:txtShokuinNo\"", "user: \"txtShokuinNo\"", "user"),
        ("pattern: '(\\d{4})(\\d{4})(\\d{4})'", "pattern: '(\\d{4})(\\d{8})'", "pattern"),
        ("pattern: '(\\d{4})(\\d{4})(\\d{4})'", "pattern: '(\\d{4}'", "pattern"),
        ("        convert: [half_kana]", "        convert: [kana]", "kana"),
        ("write: text, at: \"id:txtTekiyo\"", "write: select, at: \"id:txtTekiyo\"", "codes"),
        ("    shows: *record\n", "", "shows"),
        ("      pick: \"css:td:nth-child(1) a\"\n", "", "pick"),
        ("    path: /inquiry\n", "", "path"),
        ("detail: shokai_shosai}", "detail: shokai_shosai, more: 1}", "more"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    old, new = (old.strip(), new.strip()) if old.startswith("        convert") else (old, new)
    assert old in text
    file = tmp_path / "system.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        read_system(file)
    assert problem in str(caught.value)
    assert f"{file}:" in str(caught.value)
    assert ":0)" not in str(caught.value)
