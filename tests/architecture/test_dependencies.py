"""What the package imports is what pyproject.toml declares."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

# Arrives with the dependency that is named beside it, and belongs to it: declaring it too would pin it twice.
PART_OF = {
    "markupsafe": "jinja2",
    "robotframework-seleniumlibrary": "rpaframework",
    "selenium": "rpaframework",
    "urllib3": "rpaframework",
}

# Of extras, which need not be installed here, the package that brings an import of another name.
BROUGHT_BY = {"sklearn": "scikit-learn"}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _imported(root: Path) -> set[str]:
    """Top-level names that the sources import."""
    names = set()
    for path in (root / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"munibots"}


def test_every_import_is_declared(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [requirement for extra in project["optional-dependencies"].values() for requirement in extra]
    declared = {_normal(re.split(r"[^\w.-]", requirement)[0]) for requirement in [*project["dependencies"], *extras]}
    providers = packages_distributions()
    undeclared = {}
    for name in _imported(root):
        found = {_normal(distribution) for distribution in providers.get(name, [BROUGHT_BY.get(name, name)])}
        found |= {PART_OF[distribution] for distribution in found if distribution in PART_OF}
        if not found & declared:
            undeclared[name] = sorted(found)
    assert undeclared == {}
