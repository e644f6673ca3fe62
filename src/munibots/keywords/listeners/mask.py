"""Listener that masks personal values before they reach output.xml, log.html, report.html, xunit or the console.

Two things Robot Framework writes before listeners see anything: the debug file (``--debugfile``), which a run with personal data
therefore has not, and the conditions of IF and WHILE as they stand in the story, with the names of variables, not their values.
"""

from __future__ import annotations

from typing import Any

from munibots.keywords.masked_texts import MaskedTexts
from munibots.keywords.run_context import current_context

__all__ = ["MaskListener"]


class MaskListener:
    """Robot Framework listener, version 3.

    Keywords carry no personal values; this is the second line, for what a library or a failure says unasked.

    Args:
        masked: What to mask; that of the active run if not given.
    """

    ROBOT_LISTENER_API_VERSION = 3
    # After every other listener has had its say.
    ROBOT_LISTENER_PRIORITY = -1000

    def __init__(self, masked: MaskedTexts | None = None) -> None:
        self._masked = masked
        self._plain = MaskedTexts()

    def _mask(self, value: Any) -> Any:
        if isinstance(value, str):
            context = current_context()
            masked = self._masked or (context.masked if context is not None else self._plain)
            return masked.mask(value)
        if isinstance(value, tuple | list):
            return type(value)([self._mask(v) for v in value])
        return value

    def log_message(self, message: Any) -> None:
        """A message of a keyword."""
        message.message = self._mask(message.message)

    def message(self, message: Any) -> None:
        """A message of Robot Framework itself."""
        message.message = self._mask(message.message)

    def start_keyword(self, data: Any, result: Any) -> None:
        """The arguments, as logs show them."""
        result.args = self._mask(tuple(result.args))

    def end_keyword(self, data: Any, result: Any) -> None:
        """The arguments and the text of a failure."""
        result.args = self._mask(tuple(result.args))
        result.message = self._mask(result.message)

    def start_var(self, data: Any, result: Any) -> None:
        """The value of a VAR."""
        result.value = self._mask(tuple(result.value))

    def end_var(self, data: Any, result: Any) -> None:
        """The value and the text of a failure."""
        result.value = self._mask(tuple(result.value))
        result.message = self._mask(result.message)

    def start_return(self, data: Any, result: Any) -> None:
        """The values of a RETURN."""
        result.values = self._mask(tuple(result.values))

    def start_for(self, data: Any, result: Any) -> None:
        """The values that a loop goes through."""
        result.values = self._mask(tuple(result.values))

    def end_body_item(self, data: Any, result: Any) -> None:
        """The text of a failure of FOR, IF, TRY and the like."""
        if hasattr(result, "message"):
            result.message = self._mask(result.message)

    def start_for_iteration(self, data: Any, result: Any) -> None:
        """The loop variables."""
        result.assign = {name: self._mask(value) for name, value in result.assign.items()}

    def end_test(self, data: Any, result: Any) -> None:
        """The text of a failure of the task."""
        result.message = self._mask(result.message)

    def end_suite(self, data: Any, result: Any) -> None:
        """The text of a failure of the suite."""
        result.message = self._mask(result.message)
