"""``bots/<id>/bot.yaml`` to :class:`~munibots.domain.bot.Bot`; the story itself is ``tasks.robot`` beside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from munibots.definitions import places
from munibots.definitions.yaml_file import YamlFile
from munibots.domain.bot import Actor, Bot, BotStep

__all__ = ["bot_tasks", "load_bot", "read_bot"]


def load_bot(bot_id: str) -> Bot:
    """The bot of this id, from the folder that won.

    Raises:
        DefinitionNotFoundError: No such bot.
        DefinitionError: The file is wrong, or the bot has no story; names file and line.
    """
    return read_bot(places.find("bots", bot_id) / "bot.yaml")


def bot_tasks(bot_id: str) -> Path:
    """The ``tasks.robot`` of a bot.

    Raises:
        DefinitionNotFoundError: No such bot.
    """
    return places.find("bots", bot_id) / "tasks.robot"


@cache
def read_bot(path: Path) -> Bot:
    """Read one ``bot.yaml``.

    Raises:
        DefinitionError: Not as the schema says, another id than its folder, or no ``tasks.robot`` beside it.
    """
    file = YamlFile(path, "bot")
    data = file.data
    if data["id"] != path.parent.name:
        raise file.error(("id",), f"id はフォルダ名 {path.parent.name} と同じにしてください。")
    if not (path.parent / "tasks.robot").is_file():
        raise file.error((), "手順のファイル tasks.robot がありません。")
    return Bot(
        id=data["id"],
        name_ja=data["name_ja"],
        version=data["version"],
        purpose_ja=data["purpose_ja"],
        section_ja=data["section_ja"],
        law=tuple(data["law"]),
        forms=tuple(data["forms"]),
        systems=tuple(data["systems"]),
        steps=tuple(BotStep(s["name_ja"], Actor(s["who"]), s.get("note_ja", "")) for s in data["steps"]),
        inputs=tuple(data["inputs"]),
        outputs=tuple(data["outputs"]),
        risks=tuple(data["risks"]),
    )
