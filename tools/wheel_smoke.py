"""Build the sdist and, from it, the wheel; install the wheel into a fresh environment outside the checkout; look inside.

Run ``python tools/wheel_smoke.py`` (or ``tox -e wheel``) in an environment with uv.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Folder of the checkout -> folder of the wheel.
SHIPPED = {"src/munibots": "munibots", "bots": "munibots/_shipped/bots", "classifiers": "munibots/_shipped/classifiers"}


def _run(*command: str, cwd: Path) -> str:
    """Standard output of a command that must succeed, without this process's Python settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MUNIBOTS_"))}
    environment["PYTHONUTF8"] = "1"
    return subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=cwd, env=environment
    ).stdout


def expected_files() -> Iterator[str]:
    """Every file that the wheel must hold, as it is called there."""
    for source, target in SHIPPED.items():
        for path in sorted((ROOT / source).rglob("*")):
            hidden = any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(ROOT).parts)
            if path.is_file() and not hidden:
                yield f"{target}/{path.relative_to(ROOT / source).as_posix()}"


def build(folder: Path) -> Path:
    """The wheel, made from the sdist, so that the sdist is shown to be whole."""
    _run("uv", "build", "--quiet", "--out-dir", str(folder), str(ROOT), cwd=folder)
    (wheel,) = folder.glob("*.whl")
    (_sdist,) = folder.glob("*.tar.gz")
    return wheel


def check_contents(wheel: Path) -> None:
    """Compare the wheel with the checkout.

    Raises:
        AssertionError: Names what is missing or should not be there.
    """
    names = set(zipfile.ZipFile(wheel).namelist())
    missing = [name for name in expected_files() if name not in names]
    assert not missing, f"missing in the wheel: {missing}"
    strangers = [n for n in names if not n.startswith(("munibots/", "munibots-"))]
    assert not strangers, f"outside the package: {strangers}"
    sys.stdout.write(f"{wheel.name}: {len(names)} files, {wheel.stat().st_size / 1e6:.1f} MB\n")


def check_installed(wheel: Path, folder: Path) -> None:
    """Install the wheel and ask the command line.

    Raises:
        AssertionError: A shipped definition is not found from the wheel.
        subprocess.CalledProcessError: A command failed.
    """
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    overrides = folder / "overrides.txt"
    overrides.write_text("\n".join(settings["tool"]["uv"]["override-dependencies"]), encoding="utf-8")
    _run("uv", "venv", "--quiet", "--python", sys.executable, "env", cwd=folder)
    programs = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    python = str(programs / "python")
    _run("uv", "pip", "install", "--quiet", "--python", python, "--overrides", str(overrides), str(wheel), cwd=folder)

    munibots = str(programs / "munibots")
    assert "demo" in _run(munibots, "--help", cwd=folder)
    shipped = json.loads(_run(munibots, "list", "--json", cwd=folder))
    for kind, where in (
        ("bots", ROOT / "bots"),
        ("classifiers", ROOT / "classifiers"),
        ("forms", ROOT / "src/munibots/definitions/forms"),
        ("systems", ROOT / "src/munibots/definitions/systems"),
        ("profiles", ROOT / "src/munibots/definitions/profiles"),
    ):
        on_disk = {path.name for path in where.glob("[a-z0-9]*") if path.is_dir()}
        found = {entry["id"] for entry in shipped[kind]}
        assert found == on_disk, (
            f"{kind}: the wheel finds {sorted(map(str, found))}, the checkout has {sorted(on_disk)}"
        )
    sys.stdout.write("munibots --help, munibots list --json: OK from the wheel\n")


def main() -> int:
    """Build, look inside, install, ask."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = build(folder)
        check_contents(wheel)
        check_installed(wheel, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
