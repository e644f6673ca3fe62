"""What the words of a label say: whose it is, which of two states, what kind of thing is asked for.

The words are data of the label matcher (``classifiers/label_matcher/words.yaml``), so that adding one needs no code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from munibots.classifying.labels import label_text
from munibots.japanese.kana import to_katakana

__all__ = ["KINDS", "LabelMeaning", "LabelWords", "label_key", "without_brackets"]

KINDS: Final = ("time", "role", "what", "thing")
"""Words of the first three kinds contradict one another within their kind."""

_BRACKETED = re.compile(r"[((〔[【「][^))〕\]】」]*[))〕\]】」]")
_SMALL = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")
_CIRCLED = re.compile(r"^\s*[①-⑳㉑-㉟❶-❿](?:\s*[-~〜]\s*[①-⑳㉑-㉟])?\s*")
_ORDER = re.compile(r"^[\s※*]*(?:[0-9]{1,2}[.)、-]|[((][0-9]{1,2}[))]|[ア-ン][.、])\s*")
_POLITE = re.compile(r"(?:^|(?<=の))[おご](?=[一-龠ァ-ヺ])")
_PARTICLES = frozenset("のをはがにでとへもやノヲハガ二デ卜モヤ")
# These say more than the word they are joined to, wherever they stand: 氏名(カナ), 〒(新住所).
_LEADING = ("postal", "phone", "kana", "my_number", "birth", "age", "sex", "relation", "code")


def without_brackets(text: str) -> str:
    """The text without what stands in brackets; the whole text where nothing else does."""
    rest = _BRACKETED.sub("", unicodedata.normalize("NFKC", text))
    return rest if label_key(rest) else text


def label_key(text: str) -> str:
    """A label for comparing: one width, one kana, no small kana, no number before it, and what ``label_text`` folds."""
    # ⑥ before a label is its number on the paper; 連絡先① is the first of two.
    plain = _ORDER.sub("", unicodedata.normalize("NFKC", _CIRCLED.sub("", text)))
    plain = "".join(_POLITE.sub("", plain).split())
    return label_text(to_katakana(plain).translate(_SMALL).upper())


@dataclass(frozen=True, slots=True)
class LabelMeaning:
    """A label taken apart.

    Attributes:
        words: Names of the words found, ``kind:name``, and ``=`` with two neighbouring characters of what no word covers.
        time: Which of two states, if it says so.
        role: Whose, if it says so.
        what: The kind of thing that is asked for: the last one said, for Japanese puts it last.
    """

    words: frozenset[str]
    time: str = ""
    role: str = ""
    what: str = ""


class LabelWords:
    """The words of labels, by what they mean.

    Args:
        words: Kind, then name, then the wordings.
    """

    def __init__(self, words: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        """Fold the wordings; the first kind that has a wording keeps it."""
        self._names: dict[str, str] = {}
        for kind in KINDS:
            for name, wordings in words.get(kind, {}).items():
                for wording in wordings:
                    key = label_key(wording)
                    if key:
                        self._names.setdefault(key, f"{kind}:{name}")
        self._longest = max(map(len, self._names), default=0)

    def meaning(self, label: str) -> LabelMeaning:
        """Take a label apart; the longest word counts at every place."""
        found = self._found(label_key(label))
        core = self._found(label_key(without_brackets(label)))
        if not found:
            return LabelMeaning(frozenset())
        said = {kind: [n.partition(":")[2] for n in found if n.startswith(f"{kind}:")] for kind in KINDS}
        whats = [n.partition(":")[2] for n in core if n.startswith("what:")] or said["what"]
        leading = next((w for w in _LEADING if w in said["what"]), "")
        return LabelMeaning(
            frozenset(found),
            said["time"][0] if said["time"] else "",
            said["role"][0] if said["role"] else "",
            leading or (whats[-1] if whats else ""),
        )

    def _found(self, key: str) -> list[str]:
        found: list[str] = []
        rest, at = "", 0
        while at < len(key):
            for length in range(min(self._longest, len(key) - at), 0, -1):
                name = self._names.get(key[at : at + length])
                if name is not None:
                    found += _pairs(rest)
                    found.append(name)
                    rest, at = "", at + length
                    break
            else:
                rest, at = rest + key[at], at + 1
        return found + _pairs(rest)


def _pairs(rest: str) -> list[str]:
    """Neighbouring characters of what no word covers, without particles at the ends."""
    plain = rest.strip("".join(_PARTICLES))
    if len(plain) == 1:
        return [f"={plain}"]
    return [f"={plain[i : i + 2]}" for i in range(len(plain) - 1)]
