"""munibots: a library of bots, form readers and screens that Japanese municipalities share.

``import munibots`` loads next to nothing. The Robot Framework libraries ``munibots.Documents``, ``munibots.Cases`` and
``munibots.CoreSystem`` are found by Robot Framework as attributes of this package and loaded when asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from munibots.keywords.cases import Cases
    from munibots.keywords.core_system import CoreSystem
    from munibots.keywords.documents import Documents

__all__ = ["Cases", "CoreSystem", "Documents", "__version__"]

__version__ = "0.1.0"

_LIBRARIES = {"Cases": "cases", "CoreSystem": "core_system", "Documents": "documents"}


def __getattr__(name: str) -> object:
    if name not in _LIBRARIES:
        raise AttributeError(f"module 'munibots' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"munibots.keywords.{_LIBRARIES[name]}"), name)
