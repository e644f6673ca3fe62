"""What `make setup` installs is what the program looks for."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from munibots.demo.paper.fonts import HANDWRITING_PACKAGES


def test_setup_installs_the_fonts_of_the_demo_city(root: Path) -> None:
    script = (root / "tools" / "setup.sh").read_text(encoding="utf-8")
    assert [package for package in HANDWRITING_PACKAGES if package not in script] == []


@pytest.mark.parametrize("script", ["tools/setup.sh", "tools/tox.sh"])
@pytest.mark.skipif(shutil.which("sh") is None, reason="a POSIX shell is what runs these scripts")
def test_scripts_are_posix_shell(root: Path, script: str) -> None:
    subprocess.run(["sh", "-n", str(root / script)], check=True)


def test_ci_runs_the_test_command_of_the_readme(root: Path) -> None:
    assert "make test" in (root / ".ci" / "run").read_text(encoding="utf-8")
    assert "make test" in (root / "README.md").read_text(encoding="utf-8")
