"""Where ``bots/``, ``templates/`` and ``classifiers/`` are: inside an installed wheel, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["shipped_folder"]

_PACKAGE = Path(__file__).parent


def shipped_folder(kind: str) -> Path:
    """The folder that holds what is shipped of ``kind``.

    Args:
        kind: ``bots``, ``templates`` or ``classifiers``.

    Returns:
        The folder; it need not exist where nothing of the kind is shipped.
    """
    in_wheel = _PACKAGE / "_shipped" / kind
    # In a checkout (editable install) the source of truth is the top of the repository, never a stale copy.
    in_checkout = _PACKAGE.parents[1] / kind
    return in_checkout if (_PACKAGE.parents[1] / "pyproject.toml").is_file() else in_wheel
