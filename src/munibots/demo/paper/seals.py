"""Seals: the round name seal 認印 of a person, and the receipt stamp 受付印 of an office."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from munibots.demo.paper.fonts import load_font, printed_font

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray
    from PIL.Image import Image

__all__ = ["draw_name_seal", "draw_receipt_stamp"]

_NAME_SEAL_MM = 9.5
_RECEIPT_MM = 22.0


def draw_name_seal(surname: str, k: float, rng: random.Random) -> NDArray[uint8]:
    """A round seal with a surname from top to bottom.

    Args:
        surname: One to three characters.
        k: Pixels a millimetre.
        rng: Turns it a little and lets the ink fail in places.

    Returns:
        Ink, 0–255.
    """
    from PIL import Image, ImageDraw

    size = round(_NAME_SEAL_MM * k)
    picture = Image.new("L", (size + 4, size + 4), 0)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((2, 2, size, size), outline=255, width=max(2, round(0.45 * k)))
    height = size * 0.8 / len(surname)
    font = load_font(printed_font(bold=True), max(6, round(min(height, size * 0.5))))
    for i, c in enumerate(surname):
        pen.text((size / 2 + 1, size * 0.1 + height * (i + 0.5)), c, font=font, fill=255, anchor="mm")
    return _pressed(picture, rng, 12)


def draw_receipt_stamp(office: str, date_text: str, k: float, rng: random.Random) -> NDArray[uint8]:
    """A round stamp in three bars: 受付, a date, the office's name.

    Args:
        office: e.g. デモ市.
        date_text: e.g. 8.4.3.
        k: Pixels a millimetre.
        rng: Turns it a little and lets the ink fail in places.

    Returns:
        Ink, 0–255.
    """
    from PIL import Image, ImageDraw

    size = round(_RECEIPT_MM * k)
    picture = Image.new("L", (size + 4, size + 4), 0)
    pen = ImageDraw.Draw(picture)
    width = max(2, round(0.4 * k))
    pen.ellipse((2, 2, size, size), outline=255, width=width)
    for y in (0.36, 0.64):
        reach = 0.5 - (0.25 - (y - 0.5) ** 2) ** 0.5
        pen.line((size * reach + 2, size * y, size * (1 - reach), size * y), fill=255, width=width)
    for text, y, part in (("受付", 0.22, 0.17), (date_text, 0.5, 0.19), (office, 0.77, 0.14)):
        font = load_font(printed_font(bold=True), round(size * part))
        pen.text((size / 2 + 1, size * y), text, font=font, fill=255, anchor="mm")
    return _pressed(picture, rng, 8)


def _pressed(picture: Image, rng: random.Random, turn: float) -> NDArray[uint8]:
    """Turn by up to ``turn`` degrees and thin the ink unevenly, as a rubber stamp does."""
    import cv2
    import numpy as np
    from PIL import Image as PilImage

    turned = np.asarray(picture.rotate(rng.uniform(-turn, turn), PilImage.Resampling.BILINEAR, expand=True))
    grain = np.random.default_rng(rng.getrandbits(32)).uniform(0.45, 1.25, (9, 9)).astype(np.float32)
    patchy = cv2.resize(grain, turned.shape[::-1], interpolation=cv2.INTER_CUBIC)
    return np.clip(turned * patchy, 0, 255).astype(np.uint8)
