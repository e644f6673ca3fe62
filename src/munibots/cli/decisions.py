"""What a person decides, from the command line, a file or standard input.

A shell keeps its command lines, and other users of the machine can see them; a value of a resident need not stand there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TextIO

from munibots.errors import UsageError

__all__ = ["corrections_from", "reason_from"]


def corrections_from(settings: Sequence[str], file: TextIO | None) -> dict[str, str]:
    """Corrections by field name; those of the command line win over those of the file.

    Args:
        settings: ``field=value`` each.
        file: A JSON object, or lines of ``field=value``; blank lines and lines that begin with ``#`` are left out.

    Raises:
        UsageError: Neither the one nor the other; says where, never what.
    """
    corrections = {} if file is None else _parsed(_text(file))
    for setting in settings:
        name, sep, value = setting.partition("=")
        if not sep:
            raise UsageError(problem="--set は 項目=値 の形で書いてください。")
        corrections[name.strip()] = value
    return corrections


def reason_from(reason: str, file: TextIO | None) -> str:
    """The reason of the command line, else the whole of a file."""
    return reason or ("" if file is None else _text(file).strip())


def _text(file: TextIO) -> str:
    try:
        return file.read().removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise UsageError(problem=f"{file.name} は UTF-8 で保存してください。") from None


def _parsed(text: str) -> dict[str, str]:
    if text.lstrip().startswith("{"):
        try:
            found = json.loads(text)
        except json.JSONDecodeError as e:
            raise UsageError(problem=f"--set-from の JSON に誤りがあります({e.lineno} 行目)。") from None
        if not all(isinstance(value, str) for value in found.values()):
            raise UsageError(problem="--set-from の JSON は、項目と文字列の組にしてください。")
        return dict(found)
    corrections = {}
    for no, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, sep, value = line.partition("=")
        if not sep:
            raise UsageError(problem=f"--set-from の {no} 行目は 項目=値 の形で書いてください。")
        corrections[name.strip()] = value
    return corrections
