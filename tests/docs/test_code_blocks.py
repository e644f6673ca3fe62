"""Code blocks of the documentation that say they run do run.

A fenced block is run when the line above it is ``<!-- run -->``: ``python`` in a fresh Python, ``sh`` in a shell with the
environment's programs on PATH, each in an empty folder. Anything else is for reading.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "README.en.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^<!-- run -->\n+```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def _blocks() -> Iterator[object]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in _BLOCK.finditer(text):
            line_no = text.count("\n", 0, match.start()) + 1
            yield pytest.param(match[1], match[2], id=f"{page.relative_to(ROOT).as_posix()}:{line_no}")


def test_the_readme_shows_something_that_runs() -> None:
    assert _BLOCK.search((ROOT / "README.md").read_text(encoding="utf-8"))


def test_every_mark_stands_above_a_block() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        marks = len(re.findall(r"^<!-- run -->$", text, flags=re.MULTILINE))
        assert len(_BLOCK.findall(text)) == marks, page.name


@pytest.mark.parametrize(("language", "code"), list(_blocks()))
def test_block_runs(language: str, code: str, tmp_path: Path) -> None:
    programs = Path(sys.executable).parent
    environment = {**os.environ, "PATH": os.pathsep.join((str(programs), os.environ["PATH"])), "PYTHONUTF8": "1"}
    command = {"python": [sys.executable, "-c", code], "sh": [shutil.which("sh") or "sh", "-euc", code]}[language]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
