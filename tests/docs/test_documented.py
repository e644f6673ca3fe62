"""What can be typed or set is documented: a new command, setting or error that is not fails here."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from munibots.cli.main import cli
from munibots.errors import error_catalog

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "docs" / "reference" / "settings.md"
COMMANDS = ROOT / "docs" / "reference" / "commands.md"
# A name that ends in _ is the beginning of a family: MUNIBOTS_URL_ and the id of a system.
_SETTING = re.compile(r"\bMUNIBOTS_[A-Z0-9_]+")


def _used_settings() -> set[str]:
    sources = sorted((ROOT / "src").rglob("*.py"))
    return {name for path in sources for name in _SETTING.findall(path.read_text(encoding="utf-8"))}


def _commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its full name."""
    context = click.Context(group)
    for child_name in group.list_commands(context):
        child = group.get_command(context, child_name)
        assert child is not None
        if isinstance(child, click.Group):
            yield from _commands(child, f"{name} {child_name}")
        else:
            yield f"{name} {child_name}", child


def test_every_setting_is_documented() -> None:
    page = SETTINGS.read_text(encoding="utf-8")
    assert sorted(name for name in _used_settings() if f"`{name}`" not in page) == []


def test_no_setting_is_documented_that_does_not_exist() -> None:
    used = _used_settings()
    families = tuple(name for name in used if name.endswith("_"))
    documented = set(_SETTING.findall(SETTINGS.read_text(encoding="utf-8")))
    assert sorted(name for name in documented - used if not (families and name.startswith(families))) == []


def _section(name: str) -> str:
    """The part of the page on commands whose title is ``name`` and its arguments; empty where there is none."""
    found = re.search(
        rf"^## `{name}[ `].*?(?=^## |\Z)", COMMANDS.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    return found[0] if found else ""


@pytest.mark.parametrize(("name", "command"), list(_commands(cli, "munibots")))
class TestEveryCommand:
    def test_is_documented(self, name: str, command: click.Command) -> None:
        assert _section(name)

    def test_options_are_documented(self, name: str, command: click.Command) -> None:
        options = {parameter.opts[0] for parameter in command.params if isinstance(parameter, click.Option)}
        assert sorted(option for option in options if f"`{option}" not in _section(name)) == []

    def test_says_what_it_does(self, name: str, command: click.Command) -> None:
        assert command.help or command.short_help
        assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


def test_every_error_is_documented_and_the_page_is_fresh() -> None:
    spec = importlib.util.spec_from_file_location("make_errors_doc", ROOT / "tools" / "make_errors_doc.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)

    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    assert page == maker.errors_page(), "next step: python tools/make_errors_doc.py"
    for cls in error_catalog():
        assert page.count(f"### {cls.code} ") == 1
