"""What the classifiers see of a text: one place for training and for use, with a version.

Raise :data:`FEATURES_VERSION` whenever a function here answers differently: heads that were fitted on the old features must
not be used with the new ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["FEATURES_VERSION", "LONGEST_TEXT", "cleaned", "embedding_text", "gram_text", "grams"]

FEATURES_VERSION = 1

LONGEST_TEXT = 6000
"""Characters that are looked at: what a paper is stands on its first page, and a megabyte of text must not cost seconds."""

_SPACE = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")
# Titles are printed with blanks between their letters: 住 民 異 動 届.
_SPREAD = re.compile(r"(?<!\S)\S(?: \S)+(?!\S)")
# Control characters, and the halves of characters that a broken encoding leaves behind.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


def cleaned(text: str) -> str:
    """The beginning of a text in compatibility form (NFKC), without characters that nobody sees."""
    return unicodedata.normalize("NFKC", _UNSEEN.sub(" ", text[:LONGEST_TEXT]))[:LONGEST_TEXT]


def gram_text(text: str) -> str:
    """A text as it is cut into character n-grams: cleaned, small letters, no white space, every digit a 0."""
    return _SPACE.sub("", _DIGIT.sub("0", cleaned(text))).lower()


def grams(text: str, shortest: int, longest: int) -> Iterator[str]:
    """Every run of ``shortest`` to ``longest`` characters of what :func:`gram_text` gives, repeats included."""
    plain = gram_text(text)
    for n in range(shortest, longest + 1):
        for i in range(len(plain) - n + 1):
            yield plain[i : i + n]


def embedding_text(text: str) -> str:
    """A text as the encoder sees it: cleaned, spread letters joined, white space one blank, with the prefix of its lessons."""
    plain = _SPACE.sub(" ", cleaned(text)).strip()
    return "query: " + _SPREAD.sub(lambda found: found[0].replace(" ", ""), plain)
