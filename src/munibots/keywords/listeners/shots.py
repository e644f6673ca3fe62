"""Listener that keeps a masked picture of the screen when a keyword on the core system fails."""

from __future__ import annotations

from typing import Any

from munibots.keywords.run_context import current_context

__all__ = ["ShotListener"]


class ShotListener:
    """Robot Framework listener, version 3. A picture that cannot be covered is not taken."""

    ROBOT_LISTENER_API_VERSION = 3

    def end_library_keyword(self, data: Any, implementation: Any, result: Any) -> None:
        """After a keyword of ``munibots.CoreSystem``."""
        context = current_context()
        if result.failed and implementation.owner.name == "munibots.CoreSystem" and context is not None:
            shoot = context.failure_shot
            if shoot is not None:
                shoot()
