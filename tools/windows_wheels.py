"""Prove that on Windows every dependency can be installed from wheels: no compiler on a municipal PC.

pip cannot show this from Linux, because it judges environment markers by the platform it runs on; uv resolves for another
platform. Run ``python tools/windows_wheels.py`` (or ``tox -e windows``) in an environment with pip and uv.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13")
# Pure Python, but their authors publish the source only: any pip makes the wheel without a compiler.
SOURCE_ONLY = ("stringcase", "robotframework-sapguilibrary")


def _run(*command: str) -> str:
    """Standard output of a command; what it says about a failure goes to the terminal."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT).stdout


def build_source_only(folder: Path) -> None:
    """Make wheels of the packages that exist as source only.

    Raises:
        AssertionError: One of them is not pure Python any more.
        subprocess.CalledProcessError: A wheel could not be made.
    """
    _run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), *SOURCE_ONLY)
    wheels = sorted(path.name for path in folder.glob("*.whl"))
    assert len(wheels) == len(SOURCE_ONLY), wheels
    assert all(name.endswith("-none-any.whl") for name in wheels), f"not pure Python: {wheels}"


def resolve(python: str, wheels: Path) -> list[str]:
    """The packages, ``name==version``, that munibots needs on Windows with this Python, all of them from wheels.

    Raises:
        subprocess.CalledProcessError: Some package has no wheel there.
    """
    # fmt: off
    answer = _run(
        "uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate",
        "--python-platform", "windows", "--python-version", python,
        "--only-binary", ":all:", "--find-links", str(wheels), "pyproject.toml",
    )
    # fmt: on
    return re.findall(r"^[a-z0-9][^\s;]*==\S+", answer, flags=re.MULTILINE | re.IGNORECASE)


def main() -> int:
    """Resolve for every supported Python and say how many packages there are."""
    with tempfile.TemporaryDirectory() as folder:
        build_source_only(Path(folder))
        for python in PYTHONS:
            packages = resolve(python, Path(folder))
            names = {package.partition("==")[0] for package in packages}
            assert {"rpaframework", "rpaframework-windows", "pywin32", "onnxruntime"} <= names, sorted(names)
            sys.stdout.write(f"Windows, Python {python}: {len(packages)} packages, all from wheels\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(
            f"Windows の wheel だけでは解決できません(終了コード {error.returncode})。上の uv の表示を見てください。"
        )
