"""What must not be seen in a log: the values of the cases being entered, in every form in which they are typed."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable
from typing import Final

__all__ = ["MASK", "MaskedTexts"]

MASK: Final = "＊＊＊"
_TWELVE_DIGITS: Final = re.compile(r"(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{4}(?!\d)")
_SHORTEST: Final = 3
_CASES_KEPT: Final = 3


class MaskedTexts:
    """Texts to be masked: those of the last cases, and those kept for the whole run (a password).

    Only the last cases are kept, so that masking costs the same in the first and in the thousandth case; the values of an
    earlier case are no longer in any keyword's hands.
    """

    def __init__(self) -> None:
        self._cases: deque[frozenset[str]] = deque(maxlen=_CASES_KEPT)
        self._always: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    def add_case(self, texts: Iterable[str], *, names: Collection[str] = ()) -> None:
        """Mask the values of one more case.

        Args:
            texts: Masked from three characters on; shorter ones would make holes in every sentence.
            names: Parts of names, masked from two characters on.
        """
        kept = {t.strip() for t in texts if len(t.strip()) >= _SHORTEST}
        self._cases.append(frozenset(kept | {n for n in names if len(n) >= _SHORTEST - 1}))
        self._compile()

    def add_always(self, text: str) -> None:
        """Mask a text for the whole run."""
        if text:
            self._always.add(text)
            self._compile()

    def _compile(self) -> None:
        texts = {variant for t in self._always.union(*self._cases) for variant in _variants(t)}
        # The longest first: an address holds the name of a town.
        ordered = sorted(texts, key=lambda t: (-len(t), t))
        self._pattern = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def mask(self, text: str) -> str:
        """The text with every value and every number of twelve digits replaced."""
        if self._pattern is not None:
            text = self._pattern.sub(MASK, text)
        return _TWELVE_DIGITS.sub(MASK, text)


def _variants(text: str) -> Iterable[str]:
    """The text, and as JSON and ``ascii()`` escape it."""
    yield text
    escaped = text.encode("ascii", "backslashreplace").decode("ascii")
    if escaped != text:
        yield escaped
