"""The base of the libraries: keyword names in another language, and the last error remembered."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from robotlibcore import DynamicCore

from munibots import __version__
from munibots.errors import MunibotsError, UsageError
from munibots.keywords.run_context import RunContext
from munibots.pipeline.boundary import one_case

__all__ = ["Library", "docstring_hash", "translations"]

_LOCALE = Path(__file__).parent / "locale"


@cache
def translations(language: str) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Names and documentation by library and method.

    Raises:
        UsageError: The language is not shipped.
    """
    file = _LOCALE / f"{language.lower()}.json"
    if not file.is_file():
        known = "、".join(sorted(p.stem for p in _LOCALE.glob("*.json")))
        raise UsageError(problem=f"キーワードの言語 {language} はありません。使えるのは {known} です")
    found: dict[str, dict[str, dict[str, str]]] = json.loads(file.read_text(encoding="utf-8"))
    return found


def docstring_hash(documented: object) -> str:
    """SHA-256 of an English docstring, which a translation names so that a stale one is found."""
    return hashlib.sha256((inspect.getdoc(documented) or "").encode()).hexdigest()


class Library(DynamicCore):  # type: ignore[misc]
    """A Robot Framework library made of keyword classes.

    Args:
        context: What the libraries of a run share.
        components: One object a keyword class.
        language: ``ja`` for Japanese keyword names; English method names without it.
    """

    ROBOT_LIBRARY_SCOPE = "GLOBAL"
    ROBOT_LIBRARY_VERSION = __version__
    ROBOT_LIBRARY_DOC_FORMAT = "TEXT"

    def __init__(self, context: RunContext, components: Sequence[object], language: str | None) -> None:
        self._context = context
        translation = translations(language)[type(self).__name__] if language else None
        super().__init__(list(components), translation)

    def run_keyword(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any] | None = None) -> Any:
        """Run a keyword; its error is remembered for the keyword that deals with it.

        An error that nobody foresaw becomes one of ours: its text may hold a value, and would stand in the log.
        """
        try:
            with one_case(name):
                return super().run_keyword(name, args, kwargs)
        except MunibotsError as error:
            self._context.remember(error)
            raise
