"""What a file says of itself before a single pixel is decoded: its kind, its sizes, whether it ends too early.

Sizes are taken from the header by this module and not by an imaging library, because a library that has to open a file to
tell its size may already have allocated the memory that the limit is meant to spare.

Sources: ITU-T T.81 annex B (JPEG markers), PNG specification section 11.2.2 (IHDR), TIFF 6.0 section 2 and BigTIFF (image
file directories), ISO 32000-1 section 7.5 (PDF trailer).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

__all__ = ["FileKind", "FrameSize", "HeaderError", "file_kind", "jpeg_size", "pdf_is_whole", "png_size", "tiff_frames"]

_TIFF_ORDERS = {b"II*\x00": ("<", False), b"MM\x00*": (">", False), b"II+\x00": ("<", True), b"MM\x00+": (">", True)}
_JPEG_SIZES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_TIFF_WIDTH, _TIFF_LENGTH, _TIFF_DATA = 256, 257, ((273, 279), (324, 325))
_TIFF_SIZES = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
_TIFF_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}


class HeaderError(ValueError):
    """A header that ends early or contradicts itself."""


class FileKind(StrEnum):
    """The kinds of file that become pages."""

    PDF = "pdf"
    TIFF = "tiff"
    JPEG = "jpeg"
    PNG = "png"


@dataclass(frozen=True, slots=True)
class FrameSize:
    """One picture of a TIFF.

    Attributes:
        whole: All of its data lies inside the file.
    """

    width_px: int
    height_px: int
    whole: bool


def file_kind(start: bytes) -> FileKind | None:
    """The kind of a file from its first 1,024 bytes, or ``None``.

    Readers of PDF accept up to 1,024 bytes before ``%PDF-``; some scanners write a few.
    """
    if start.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if start[:4] in _TIFF_ORDERS:
        return FileKind.TIFF
    return FileKind.PDF if b"%PDF-" in start[:1024] else None


def pdf_is_whole(file: BinaryIO) -> bool:
    """Whether a PDF reaches its end marker.

    A reader that repairs files would open a truncated one and lose its last pages without a word.
    """
    end = file.seek(0, 2)
    file.seek(max(0, end - 4096))
    return b"%%EOF" in file.read().rstrip(b"\x00 \r\n\t")[-1024:]


def png_size(start: bytes) -> tuple[int, int]:
    """Width and height in pixels.

    Raises:
        HeaderError: No IHDR chunk.
    """
    if len(start) < 24 or start[12:16] != b"IHDR":
        raise HeaderError
    width, height = struct.unpack(">II", start[16:24])
    return width, height


def jpeg_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height in pixels, from the first start-of-frame marker.

    Raises:
        HeaderError: The file ends before one.
    """
    file.seek(2)
    while True:
        marker = file.read(2)
        if len(marker) < 2 or marker[0] != 0xFF:
            raise HeaderError
        if marker[1] == 0xFF:  # fill bytes before a marker are allowed
            file.seek(-1, 1)
            continue
        if marker[1] in _JPEG_ALONE:
            continue
        body = file.read(7)
        if len(body) < 7:
            raise HeaderError
        length, _, height, width = struct.unpack(">HBHH", body)
        if marker[1] in _JPEG_SIZES:
            return width, height
        if length < 2:
            raise HeaderError
        file.seek(length - 7, 1)


def tiff_frames(file: BinaryIO, *, limit: int) -> tuple[list[FrameSize], bool]:
    """The sizes of the pictures in a TIFF, and whether their chain is whole.

    Args:
        limit: Stop after so many pictures.

    Raises:
        HeaderError: Not even the first picture can be found.
    """
    size = file.seek(0, 2)
    file.seek(0)
    order, big = _TIFF_ORDERS[file.read(4)]
    if big:
        file.seek(8)
    frames: list[FrameSize] = []
    seen: set[int] = set()
    offset = _number(file, order + ("Q" if big else "I"))
    while offset and offset not in seen and len(frames) < limit:
        seen.add(offset)
        try:
            frame, offset = _directory(file, offset, order, big=big, size=size)
        except HeaderError:
            if not frames:
                raise
            return frames, False
        frames.append(frame)
    if not frames:
        raise HeaderError
    return frames, True


def _directory(file: BinaryIO, offset: int, order: str, *, big: bool, size: int) -> tuple[FrameSize, int]:
    if offset >= size:
        raise HeaderError
    file.seek(offset)
    count = _number(file, order + ("Q" if big else "H"))
    if count > 4096:
        raise HeaderError
    entry = 20 if big else 12
    block = file.read(count * entry)
    if len(block) < count * entry:
        raise HeaderError
    following = _number(file, order + ("Q" if big else "I"))
    tags: dict[int, list[int]] = {}
    for i in range(count):
        tag, kind = struct.unpack_from(order + "HH", block, i * entry)
        if tag in (_TIFF_WIDTH, _TIFF_LENGTH, *(t for pair in _TIFF_DATA for t in pair)):
            tags[tag] = _values(file, block[i * entry : (i + 1) * entry], kind, order, big=big, size=size)
    if not tags.get(_TIFF_WIDTH) or not tags.get(_TIFF_LENGTH):
        raise HeaderError
    ends = [
        start + length
        for starts, lengths in _TIFF_DATA
        for start, length in zip(tags.get(starts, ()), tags.get(lengths, ()), strict=False)
    ]
    return FrameSize(tags[_TIFF_WIDTH][0], tags[_TIFF_LENGTH][0], bool(ends) and max(ends) <= size), following


def _values(file: BinaryIO, entry: bytes, kind: int, order: str, *, big: bool, size: int) -> list[int]:
    """The numbers of one directory entry: inside it where they fit, else where it points."""
    (count,) = struct.unpack_from(order + ("Q" if big else "I"), entry, 4)
    room, at = (8, 12) if big else (4, 8)
    if kind not in _TIFF_SIZES or count > 1_000_000:
        raise HeaderError
    length = _TIFF_BYTES[kind] * count
    data = entry[at : at + length]
    if length > room:
        (offset,) = struct.unpack_from(order + ("Q" if big else "I"), entry, at)
        if offset >= size:
            raise HeaderError
        file.seek(offset)
        data = file.read(length)
    if len(data) < length:
        raise HeaderError
    return list(struct.unpack(f"{order}{count}{_TIFF_SIZES[kind]}", data))


def _number(file: BinaryIO, form: str) -> int:
    data = file.read(struct.calcsize(form))
    if len(data) < struct.calcsize(form):
        raise HeaderError
    (number,) = struct.unpack(form, data)
    return int(number)
