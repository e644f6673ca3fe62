"""What scanning and reading do to a text: characters taken for others, lost or added, lines out of order, the end cut off.

Which character is taken for which comes from ``confusions.json``: made by ``classifiers/form_router/confusions.py``, which
prints such texts, scans them badly and has them read.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

__all__ = ["character_noise", "out_of_order", "without"]

# Where nothing was measured for a character: strokes and specks that any character may become.
_ANY = "口日田目一二三十大人入八木本未末土士工王玉主五正止上下中申由甲曰白自円月用門問間開聞ノメナハニソンツシヘーI1l|・.,、。'゛゜-ー_~^"
_LOST, _ADDED = 0.25, 0.15


@cache
def _confusions() -> Mapping[str, tuple[Sequence[str], Sequence[float]]]:
    file = Path(__file__).parent / "confusions.json"
    if not file.is_file():
        return {}
    data: dict[str, dict[str, int]] = json.loads(file.read_text(encoding="utf-8"))
    return {true: (list(seen), [float(n) for n in seen.values()]) for true, seen in data.items()}


def character_noise(text: str, share: float, rng: random.Random) -> str:
    """A share of the characters (white space apart) read wrongly, lost, or joined by one that is not there."""
    found = []
    for character in text:
        if character.isspace() or rng.random() >= share:
            found.append(character)
            continue
        fate = rng.random()
        if fate < _LOST:
            continue
        if fate < _LOST + _ADDED:
            found.append(character)
        found.append(_misread(character, rng))
    return "".join(found)


def _misread(character: str, rng: random.Random) -> str:
    seen, weights = _confusions().get(character, ((), ()))
    if seen and rng.random() < 0.7:
        return rng.choices(seen, weights)[0]
    if rng.random() < 0.5:
        return rng.choice(_ANY)
    # Any other character of the page's own script.
    return chr(rng.randint(0x4E00, 0x8000)) if "\u4e00" <= character <= "\u9fff" else chr(rng.randint(0x3042, 0x30F3))


def out_of_order(lines: Sequence[str], rng: random.Random, share: float) -> list[str]:
    """Some lines moved a few places, as where columns are read across."""
    keyed = [(i + (rng.uniform(-6, 6) if rng.random() < share else 0.0), line) for i, line in enumerate(lines)]
    return [line for _, line in sorted(keyed, key=lambda pair: pair[0])]


def without(text: str, names: Sequence[str]) -> str:
    """The text with these names taken out, the longest first."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return text
