"""One person's handwriting: a handwriting-like font, a size, a slant, a pen, and a hand that is never quite steady."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from munibots.demo.paper.fonts import covers, handwriting_fonts, load_font, printed_font
from munibots.demo.paper.real_digits import RealDigits

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray
    from PIL.ImageFont import FreeTypeFont

__all__ = ["Hand", "draw_circle", "draw_line", "draw_tick", "wide_mm"]

# Black, blue-black and blue ballpoint.
_INKS = ((28, 28, 32), (30, 34, 60), (25, 40, 110), (36, 36, 38))
_LEFT_MM = 1.0
_DIGITS = frozenset("0123456789")
# Real digits fill their height; a font's are about three quarters of its size.
_DIGIT_HEIGHT, _DIGIT_ADVANCE = (0.72, 0.98), 0.86


@dataclass(frozen=True, slots=True)
class Hand:
    """How one person writes.

    Attributes:
        font: Font file of the letters.
        size: Letters' size as a part of the usual size, about 0.85–1.1.
        slant: Shear to the right, in widths a height.
        wobble: How unsteady: standard deviation of a letter's position in parts of its size.
        ink: Colour, RGB.
        pen_mm: Width of the drawn strokes (circles and ticks).
        digits: Real digits instead of the font's.
    """

    font: Path
    size: float
    slant: float
    wobble: float
    ink: tuple[int, int, int]
    pen_mm: float
    digits: RealDigits | None = None

    @classmethod
    def of(cls, rng: random.Random) -> Hand:
        """The hand of one more person.

        Raises:
            FontNotFoundError: No Japanese font is installed.
        """
        return cls(
            font=rng.choice(handwriting_fonts()),
            size=rng.uniform(0.85, 1.08),
            slant=rng.gauss(0.02, 0.05),
            wobble=rng.uniform(0.01, 0.035),
            ink=rng.choice(_INKS),
            pen_mm=rng.uniform(0.28, 0.42),
        )


def _font_for(hand: Hand, character: str, size_px: int) -> FreeTypeFont:
    """The person's own font, or the first that has the character (rare kanji of names)."""
    if covers(hand.font, character):
        return load_font(hand.font, size_px)
    others = (*handwriting_fonts(), printed_font())
    return load_font(next((p for p in others if covers(p, character)), hand.font), size_px)


def _advance(hand: Hand, character: str, size_px: int) -> float:
    if character == "\u3000":
        return size_px * 0.7
    if hand.digits is not None and character in _DIGITS:
        return size_px * _DIGIT_ADVANCE
    return _font_for(hand, character, size_px).getlength(character)


def wide_mm(hand: Hand, text: str, size_mm: float) -> float:
    """How wide a text comes out, in millimetres."""
    return sum(_advance(hand, c, 40) for c in text) / 40 * size_mm + _LEFT_MM


def draw_line(
    hand: Hand, text: str, size_mm: float, k: float, rng: random.Random
) -> tuple[NDArray[uint8], float, float]:
    """One line of writing.

    Args:
        hand: Whose writing.
        text: Without line breaks.
        size_mm: Height of a full character.
        k: Pixels a millimetre.
        rng: Where the unsteadiness comes from.

    Returns:
        Ink, 0–255, and the offset of its left edge and middle line from the picture's corner, in pixels.
    """
    import numpy as np
    from PIL import Image, ImageDraw

    size_px = max(6, round(size_mm * k))
    margin = size_px // 2 + 2
    length = sum(_advance(hand, c, size_px) for c in text)
    width, height = int(length * 1.06) + 2 * margin + size_px, size_px + 2 * margin
    picture = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(picture)
    middle = height / 2
    at, drift = float(margin), 0.0
    for c in text:
        own = max(6, round(size_px * (1 + rng.gauss(0, hand.wobble * 1.2))))
        font = _font_for(hand, c, own)
        drift = 0.7 * drift + rng.gauss(0, hand.wobble) * size_px
        x = at + rng.gauss(0, hand.wobble / 2) * size_px
        if hand.digits is not None and c in _DIGITS:
            glyph = hand.digits.glyph(c, round(own * rng.uniform(*_DIGIT_HEIGHT)), rng)
            left = x + (_DIGIT_ADVANCE * size_px - glyph.shape[1]) / 2
            corner = (round(left), round(middle + drift - glyph.shape[0] / 2))
            picture.paste(255, corner, Image.fromarray(glyph))
        else:
            pen.text((x, middle + drift), c, font=font, fill=255, anchor="lm")
        at += _advance(hand, c, size_px) * (1 + rng.gauss(0.02, hand.wobble))
    tilt = math.radians(rng.gauss(0, 0.35))
    # One shear does both: letters lean by the slant, the line rises by the tilt.
    shear = (1, hand.slant, -hand.slant * middle, math.tan(tilt), 1, -math.tan(tilt) * width / 2)
    picture = picture.transform(picture.size, Image.Transform.AFFINE, shear, Image.Resampling.BILINEAR)
    return np.asarray(picture), float(margin), middle


def draw_circle(hand: Hand, w_mm: float, h_mm: float, k: float, rng: random.Random) -> NDArray[uint8]:
    """A circle drawn by hand around something of this size; the picture's centre is the circle's."""
    rx, ry = w_mm / 2 * rng.uniform(0.8, 0.98), h_mm / 2 * rng.uniform(0.82, 1.0)
    start, sweep = rng.uniform(-2.2, -1.0), rng.uniform(2 * math.pi - 0.25, 2 * math.pi + 0.5)
    lean, open_ = rng.gauss(0, 0.06), rng.uniform(-0.06, 0.08)
    waves = [(n, rng.gauss(0, 0.025), rng.uniform(0, 6.28)) for n in (2, 3)]
    points = []
    for i in range(49):
        t = i / 48
        a = start + sweep * t
        r = 1 + open_ * (t - 0.5) + sum(b * math.sin(n * a + p) for n, b, p in waves)
        x, y = rx * r * math.cos(a), ry * r * math.sin(a)
        points.append((x - lean * y, y + lean * x))
    return _stroke(hand, [points], w_mm * 1.5, h_mm * 1.6, k)


def draw_tick(hand: Hand, w_mm: float, k: float, rng: random.Random) -> NDArray[uint8]:
    """A tick (✓ or レ) in a box of this width; the picture's centre is the box's."""
    half = w_mm / 2
    first, low, last = (
        ((-0.75, -0.15), (-0.15, 0.65), (1.0, -0.95))
        if rng.random() < 0.65
        else ((-0.45, -0.85), (-0.4, 0.7), (0.95, -0.35))
    )
    bend = rng.gauss(0, 0.06)
    points = []
    for (x0, y0), (x1, y1) in ((first, low), (low, last)):
        for i in range(9):
            t = i / 8
            bow = bend * math.sin(math.pi * t)
            points.append((x0 + (x1 - x0) * t + bow, y0 + (y1 - y0) * t + bow))
    scale = half * rng.uniform(0.8, 1.05)
    dx, dy = rng.gauss(0, 0.25), rng.gauss(0, 0.25)
    return _stroke(hand, [[(x * scale + dx, y * scale + dy) for x, y in points]], w_mm * 2, w_mm * 2, k)


def _stroke(hand: Hand, lines: list[list[tuple[float, float]]], w_mm: float, h_mm: float, k: float) -> NDArray[uint8]:
    import cv2
    import numpy as np

    height, width = int(h_mm * k) | 1, int(w_mm * k) | 1
    picture = np.zeros((height, width), np.uint8)
    for line in lines:
        points = np.array([[(x * k + width / 2) * 16, (y * k + height / 2) * 16] for x, y in line], np.int32)
        cv2.polylines(picture, [points], False, 255, max(1, round(hand.pen_mm * k)), cv2.LINE_AA, 4)
    return picture
