"""Which Japanese fonts this machine has, to draw print and handwriting with.

Only file names are looked for, in the folders where Linux and Windows keep fonts: no font is shipped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from munibots.errors import FontNotFoundError

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

__all__ = ["HANDWRITING_PACKAGES", "covers", "handwriting_fonts", "load_font", "printed_font"]

HANDWRITING_PACKAGES = (
    "fonts-klee",
    "fonts-seto",
    "fonts-kiloji",
    "fonts-yusei-magic",
    "fonts-yozvox-yozfont-standard-kana",
)
"""Debian packages that hold the handwriting-like fonts below."""

_PRINTED = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKjp-Regular.otf",
    "ipaexg.ttf",
    "YuGothM.ttc",
    "YuGothR.ttc",
    "msgothic.ttc",
    "ipag.ttf",
    "fonts-japanese-gothic.ttf",
)
_PRINTED_BOLD = ("NotoSansCJK-Bold.ttc", "NotoSansCJKjp-Bold.otf", "YuGothB.ttc", "meiryob.ttc")
_HANDWRITING = (
    "KleeOne-Regular.ttf",
    "KleeOne-SemiBold.ttf",
    "setofont.ttf",
    "kiloji.ttf",
    "kiloji_b.ttf",
    "YuseiMagic-Regular.ttf",
    "YOzRS_90.ttf",
    "YOzBS_90.ttf",
    # Windows: Japanese supplemental fonts and those that come with Office.
    "UDDigiKyokashoN-R.ttc",
    "HGRSKP.TTF",
    "HGRKK.TTC",
    "HGRPP1.TTC",
    "HGRGY.TTC",
    "HGRSGU.TTC",
)


def _folders() -> Iterator[Path]:
    home = Path.home()
    for variable, below in (("WINDIR", "Fonts"), ("LOCALAPPDATA", "Microsoft/Windows/Fonts")):
        if variable in os.environ:
            yield Path(os.environ[variable]) / below
    yield from (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/System/Library/Fonts"),
        Path("/Library/Fonts"),
    )


@cache
def _installed() -> dict[str, Path]:
    """Every font file by its lower-case name; of files of one name, the first found."""
    found: dict[str, Path] = {}
    for folder in _folders():
        if folder.is_dir():
            for path in sorted(folder.rglob("*")):
                if path.suffix.lower() in {".ttf", ".ttc", ".otf"}:
                    found.setdefault(path.name.lower(), path)
    return found


def _first(names: tuple[str, ...]) -> Path | None:
    return next((_installed()[n.lower()] for n in names if n.lower() in _installed()), None)


def printed_font(*, bold: bool = False) -> Path:
    """The font for print; the regular one where no bold one is installed.

    Raises:
        FontNotFoundError: No Japanese font is installed.
    """
    path = (_first(_PRINTED_BOLD) if bold else None) or _first(_PRINTED)
    if path is None:
        raise FontNotFoundError(missing="Noto Sans CJK JP、IPAex ゴシック、游ゴシック、MS ゴシックのどれか")
    return path


def handwriting_fonts() -> tuple[Path, ...]:
    """Every installed font that looks written by hand, in a fixed order; the printed font where there is none.

    Raises:
        FontNotFoundError: No Japanese font is installed at all.
    """
    found = tuple(_installed()[n.lower()] for n in _HANDWRITING if n.lower() in _installed())
    return found or (printed_font(),)


@lru_cache(maxsize=24)  # each open size of a Japanese font holds some megabytes
def load_font(path: Path, size_px: float) -> FreeTypeFont:
    """A font at one size."""
    from PIL import ImageFont

    # Raqm is not in every build of Pillow and shapes a little differently: the basic engine is the same everywhere.
    return ImageFont.truetype(str(path), size_px, layout_engine=ImageFont.Layout.BASIC)


@cache
def _outline(path: Path) -> tuple[FreeTypeFont, bytes]:
    font = load_font(path, 24)
    # A code point that no font assigns shows what the font draws in place of a missing character.
    return font, bytes(font.getmask("\U000e0fff"))


@cache
def covers(path: Path, character: str) -> bool:
    """Whether the font draws this character, and not the box that stands for a missing one."""
    if character.isspace():
        return True
    font, missing = _outline(path)
    ink = bytes(font.getmask(character))
    return any(ink) and ink != missing
