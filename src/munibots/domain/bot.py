"""Bots: what one folder of ``bots/`` is for, which law it serves, and who does which step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["ACTORS_JA", "Actor", "Bot", "BotStep"]


class Actor(StrEnum):
    """Who does a step. Whether a person's judgement is 公権力の行使 decides who may be given it."""

    RESIDENT = "resident"
    STAFF_AUTHORITY = "staff_authority"
    STAFF_AUXILIARY = "staff_auxiliary"
    AI = "ai"
    ROBOT = "robot"


ACTORS_JA = {
    Actor.RESIDENT: "住民",
    Actor.STAFF_AUTHORITY: "職員(公権力の行使)",
    Actor.STAFF_AUXILIARY: "職員・委託(補助)",
    Actor.AI: "AI",
    Actor.ROBOT: "ロボット",
}


@dataclass(frozen=True, slots=True)
class BotStep:
    """One step of the procedure, in the order of work."""

    name_ja: str
    who: Actor
    note_ja: str = ""


@dataclass(frozen=True, slots=True)
class Bot:
    """One procedure that a robot helps with.

    Attributes:
        version: Of the bot's own story, ``major.minor.patch``.
        forms: Ids of the forms it takes.
        systems: Ids of the core systems it has been tried on; a profile may have another that knows the form.
        risks: What can go wrong, and what stands against it.
    """

    id: str
    name_ja: str
    version: str
    purpose_ja: str
    section_ja: str
    law: tuple[str, ...]
    forms: tuple[str, ...]
    systems: tuple[str, ...]
    steps: tuple[BotStep, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    risks: tuple[str, ...]
