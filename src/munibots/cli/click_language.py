"""Lets Click speak the language of the commands: its own words (usage, missing options, bad values) come by ``gettext``."""

from __future__ import annotations

import gettext
import os
from pathlib import Path
from typing import Final

__all__ = ["DOMAIN", "LOCALES", "speak"]

DOMAIN: Final = "munibots-click"
LOCALES: Final = Path(__file__).parent / "locale"


def speak(language: str) -> None:
    """Choose the language of this process: ``ja``, or anything else for Click's own English."""
    gettext.bindtextdomain(DOMAIN, str(LOCALES))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language  # the only place where gettext looks that a terminal's LANG=C does not rule out
