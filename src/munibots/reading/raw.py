"""What a style of field makes of its box, before calibration: the shape that all styles share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from munibots.reading.ocr.recognizer import Evidence, LineCrop

__all__ = ["BLANK", "Raw", "Unread"]


@dataclass(frozen=True, slots=True)
class Raw:
    """A field's reading without its confidence.

    Attributes:
        text: As on paper; empty for a blank field.
        value: Normalised, or ``None`` where the text is no value.
        features: Evidence for the calibration.
        reasons: What speaks against it, in Japanese and without the value.
        candidates: Other readings, best first.
        proposal: The value was mended, not read: a person says whether it is meant, however sure the evidence looks.
    """

    text: str
    value: str | tuple[str, ...] | None
    features: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    reasons: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    proposal: bool = False


BLANK = Raw("", None)
"""A field in which nothing is written."""


class Unread(Protocol):
    """A field that was cut out and waits for the recogniser, so that all fields of a page run together."""

    @property
    def crops(self) -> Sequence[LineCrop]:
        """Lines to be read; none for a blank field or for marks."""
        ...

    def finish(self, evidence: Sequence[Evidence]) -> Raw:
        """Make the reading from the evidence of ``crops``, in their order."""
        ...
