"""Printed words found among letters that a recogniser read, with one letter in four wrong at most."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from munibots.domain.layout import BoxMm
from munibots.japanese.variants import fold_variants
from munibots.reading.drafting.print_in_box import Letter, Print

__all__ = ["around", "find_words", "plain"]


def plain(text: str) -> str:
    """Text for comparing: compatibility forms and variant characters folded, no white space."""
    return fold_variants("".join(unicodedata.normalize("NFKC", text).split()))


def around(boxes: Sequence[BoxMm]) -> BoxMm:
    """The rectangle around some boxes."""
    left, top = min(b.x_mm for b in boxes), min(b.y_mm for b in boxes)
    right, bottom = max(b.x_mm + b.w_mm for b in boxes), max(b.y_mm + b.h_mm for b in boxes)
    return BoxMm(left, top, right - left, bottom - top)


def find_words(printed: Print, words: Sequence[str]) -> dict[str, BoxMm]:
    """Where each word is printed, the longest looked for first; no letter belongs to two words.

    Words that are not found are missing from the answer.
    """
    lines = [*(list(line) for line in printed.lines), *_columns(printed)]
    used: set[int] = set()
    found: dict[str, BoxMm] = {}
    longest_first = sorted(words, key=lambda w: -len(plain(w)))
    # Exactly first: 要支援1 must not take the letters of 要支援2.
    for share in (0.0, 0.25):
        for word in longest_first:
            if word in found:
                continue
            letters = next((hit for line in lines if (hit := _in_line(line, plain(word), used, share))), None)
            if letters is not None:
                used.update(id(letter) for letter in letters)
                found[word] = around([letter.box for letter in letters])
    return found


def _columns(printed: Print) -> list[list[Letter]]:
    """Letters below one another, for words that are printed upright."""
    letters = sorted((letter for line in printed.lines for letter in line), key=lambda letter: letter.box.y_mm)
    columns: list[list[Letter]] = []
    for letter in letters:
        for column in columns:
            last = column[-1].box
            aligned = abs(last.x_mm + last.w_mm / 2 - letter.box.x_mm - letter.box.w_mm / 2) < 0.4 * letter.box.w_mm
            if aligned and letter.box.y_mm - last.y_mm < 2.2 * last.h_mm:
                column.append(letter)
                break
        else:
            columns.append([letter])
    return [column for column in columns if len(column) > 1]


def _in_line(line: Sequence[Letter], word: str, used: set[int], share: float) -> list[Letter] | None:
    free = [letter for letter in line if id(letter) not in used and plain(letter.text)]
    text = "".join(plain(letter.text)[0] for letter in free)
    allowed = int(len(word) * share)
    best: tuple[int, int] | None = None
    for start in range(len(text) - len(word) + 1):
        pairs = [(a, b) for a, b in zip(text[start : start + len(word)], word, strict=True) if a != b]
        # One digit for another is another word, not a slip of the recogniser.
        wrong = len(pairs) if not any(a.isdigit() and b.isdigit() for a, b in pairs) else len(word)
        if wrong <= allowed and (best is None or wrong < best[0]):
            best = wrong, start
    return None if best is None else free[best[1] : best[1] + len(word)]
