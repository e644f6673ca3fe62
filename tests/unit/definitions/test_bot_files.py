"""Bots from YAML."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.definitions import places
from munibots.definitions.bot_files import bot_tasks, load_bot, read_bot
from munibots.domain.bot import ACTORS_JA, Actor
from munibots.errors import DefinitionError, DefinitionNotFoundError


@pytest.mark.parametrize("name", places.names("bots"))
def test_every_shipped_bot_is_whole(name: str) -> None:
    bot = load_bot(name)
    assert bot_tasks(name).read_text(encoding="utf-8").startswith("language: ja\n")
    assert (bot_tasks(name).parent / "README.md").is_file()
    # A decision on a person is taken by an official, never by the robot.
    assert Actor.STAFF_AUTHORITY in {step.who for step in bot.steps}
    assert all(form in places.names("forms") for form in bot.forms)
    assert all(system in places.names("systems") for system in bot.systems)
    assert set(ACTORS_JA) == set(Actor)


def test_no_such_bot() -> None:
    with pytest.raises(DefinitionNotFoundError):
        load_bot("no_such_bot")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("id: juminido", "id: other", "other_name"),
        ("who: resident", "who: robots", "robots"),
        ("version: 0.1.0", "version: new", "version"),
        ("", "", "tasks.robot"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    folder = tmp_path / ("other_name" if problem == "other_name" else "juminido")
    folder.mkdir()
    text = (places.find("bots", "juminido") / "bot.yaml").read_text(encoding="utf-8")
    (folder / "bot.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    if problem != "tasks.robot":
        (folder / "tasks.robot").touch()
    with pytest.raises(DefinitionError, match=problem):
        read_bot(folder / "bot.yaml")
