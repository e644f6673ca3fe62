"""A story that says what it should not: nothing of it is in the logs."""

from __future__ import annotations

import base64
import re
import zlib
from io import StringIO
from pathlib import Path

import pytest
from robot.run import run

from munibots.keywords.listeners.mask import MaskListener
from munibots.keywords.masked_texts import MASK, MaskedTexts

NAME, NUMBER = "榎戸 久美", "123456789018"
STORY = f"""\
*** Settings ***
Library    Collections

*** Tasks ***
Says It
    VAR    ${{name}}    {NAME}
    VAR    @{{both}}    {NAME}    {NUMBER}
    Log    ${{name}}
    Log    ${{name}}    console=True
    Log Many    ${{name}}    {NUMBER}
    IF    $name == "other"    Log    same
    FOR    ${{x}}    IN    @{{both}}    {NAME}
        Log    ${{x}}
    END
    ${{told}}    Tell    ${{name}}
    TRY
        Fail    ${{name}}
    EXCEPT    AS    ${{text}}
        Log    ${{text}}
    END
    Run Keyword And Ignore Error    Should Be Equal    ${{name}}    {NUMBER}
    Should Be Equal    ${{name}}    other

Fails In A Loop
    VAR    ${{name}}    {NAME}
    WHILE    True    limit=1    on_limit_message=${{name}}
        No Operation
    END

*** Keywords ***
Tell
    [Arguments]    ${{who}}
    RETURN    ${{who}} ${{who}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "story.robot").write_text(STORY, encoding="utf-8")
    masked = MaskedTexts()
    masked.add_case([NAME])
    console = StringIO()
    out = tmp_path / "out"
    failed = run(
        str(tmp_path / "story.robot"),
        rpa=True,
        outputdir=str(out),
        loglevel="TRACE",
        xunit="xunit.xml",
        listener=[MaskListener(masked)],
        stdout=console,
        stderr=console,
    )
    assert failed == 2
    (out / "console.txt").write_text(console.getvalue(), encoding="utf-8")
    return out


def test_no_file_of_the_run_holds_a_value(folder: Path) -> None:
    held = {}
    for file in folder.iterdir():
        raw = file.read_bytes()
        packed = re.findall(rb'"([A-Za-z0-9+/]{24,}={0,2})"', raw) if file.suffix == ".html" else []
        texts = [raw, *(_unpacked(p) for p in packed)]
        held[file.name] = sum(t.count(v.encode()) for t in texts for v in (NAME, NUMBER))
    assert {name: n for name, n in held.items() if n} == {}
    assert {"output.xml", "log.html", "report.html", "xunit.xml", "console.txt"} <= set(held)


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompress(base64.b64decode(packed))
    except (ValueError, zlib.error):
        return b""


def test_the_story_can_still_be_followed(folder: Path) -> None:
    output = (folder / "output.xml").read_text(encoding="utf-8")
    assert output.count(MASK) > 10
    assert "Should Be Equal" in output
