"""What a driver can do with a screen, and the signals it gives when it cannot.

The signals never leave the room: ``core_system`` turns each into an error of ``munibots.errors`` that names case, screen and
field, which a driver does not know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from munibots.domain.screen import Locator
from munibots.entering.plan import Action

__all__ = ["BrowserGoneSignal", "DriverSignal", "NotShownSignal", "PageState", "ScreenDriver", "UnreachableSignal"]


class DriverSignal(Exception):  # noqa: N818 - a signal inside the room, never shown to anybody
    """Something that a driver could not do. The text holds a locator or a word, never a value."""


class NotShownSignal(DriverSignal):
    """An element is missing, hidden or disabled; the text is its locator.

    Args:
        at: The element.
    """

    def __init__(self, at: Locator) -> None:
        self.at = at
        super().__init__(str(at))


class UnreachableSignal(DriverSignal):
    """No answer from the address."""


class BrowserGoneSignal(DriverSignal):
    """The browser or its driver has ended."""


@dataclass(frozen=True, slots=True)
class PageState:
    """What a page is, seen at one moment.

    Attributes:
        shown: For each locator asked for: visible now.
        status: HTTP status of the page; 0 where unknown.
        reachable: False for the browser's own "cannot connect" page.
    """

    shown: tuple[bool, ...]
    status: int
    reachable: bool


class ScreenDriver(Protocol):
    """A hand and an eye on a core system."""

    def open(self) -> None:
        """Begin: start the browser or connect the terminal.

        Raises:
            BrowserNotFoundError: Nothing on this machine to do it with.
        """

    def go_to(self, url: str) -> None:
        """Open an address.

        Raises:
            UnreachableSignal: No answer.
            BrowserGoneSignal: The browser has ended.
        """

    def write(self, actions: Sequence[Action]) -> None:
        """Carry out actions in order, each once its element is visible and enabled.

        Raises:
            NotShownSignal: An element did not become ready in time, or a list has no such code.
            BrowserGoneSignal: The browser has ended.
        """

    def press(
        self,
        at: Locator,
        *,
        dialog: Literal["accept", "dismiss"] | None = None,
        row: int | None = None,
        rows: Locator | None = None,
    ) -> None:
        """Press a button or link, once it is visible and enabled; answer the dialog that follows.

        Args:
            at: What to press.
            dialog: How to answer the browser's dialog, if one is expected.
            row: From 0; ``at`` is then looked for inside this one of ``rows``.
            rows: The rows, where ``row`` is given.

        Raises:
            NotShownSignal: It did not become ready in time.
            BrowserGoneSignal: The browser has ended.
        """

    def read(self, elements: Sequence[Locator]) -> tuple[str | None, ...]:
        """What elements hold, in one look: a box its value, a button ``true`` or ``false``, others their text.

        Returns:
            One text an element; ``None`` where there is no such element.
        """

    def read_rows(self, rows: Locator, cells: Sequence[Locator]) -> tuple[tuple[str | None, ...], ...]:
        """The same for the cells of each row, shape (rows, cells)."""

    def state(self, elements: Sequence[Locator]) -> PageState:
        """What the page is now, and which of the elements are visible."""

    def screenshot(self, path: Path, *, cover: Sequence[Locator]) -> bool:
        """Save a picture of the screen as PNG, with every input and every covered element blacked out.

        Returns:
            False if the picture could not be covered, or what must be covered moved meanwhile; then none is saved.
        """

    def close(self) -> None:
        """End; closing twice does nothing."""
