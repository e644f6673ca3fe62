"""TIFF, JPEG and PNG to pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from munibots.domain.document import Page
from munibots.errors import BrokenFileError, ImageTooLargeError, IntakeError, TooManyPagesError
from munibots.intake.headers import FileKind, HeaderError, jpeg_size, png_size, tiff_frames
from munibots.intake.sizing import check_size, page_dpi, settle

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray
    from PIL.Image import Image

__all__ = ["open_picture", "open_tiff"]


def open_picture(path: Path, kind: FileKind) -> Iterator[Page | IntakeError]:
    """The one page of a JPEG or PNG.

    Raises:
        BrokenFileError: The header ends early.
        ImageTooLargeError: By its header, before anything is decoded.
    """
    try:
        with path.open("rb") as file:
            width, height = jpeg_size(file) if kind is FileKind.JPEG else png_size(file.read(32))
    except HeaderError as error:
        raise BrokenFileError(file=path.name) from error
    check_size(path.name, width, height)
    return iter([_frame(path, 0)])


def open_tiff(path: Path, *, max_pages: int) -> Iterator[Page | IntakeError]:
    """The pages of a TIFF, one at a time; a page that cannot be decoded comes as its error.

    Raises:
        BrokenFileError: Not one page can be found.
        TooManyPagesError: More than ``max_pages``.
    """
    try:
        with path.open("rb") as file:
            # All are counted so that the message tells the true number; a directory is some hundred bytes.
            frames, whole = tiff_frames(file, limit=100_000)
    except HeaderError as error:
        raise BrokenFileError(file=path.name) from error
    if len(frames) > max_pages:
        raise TooManyPagesError(file=path.name, pages=len(frames), limit=max_pages)

    def pages() -> Iterator[Page | IntakeError]:
        for i, frame in enumerate(frames):
            label = f"{path.name} p.{i + 1}"
            try:
                check_size(label, frame.width_px, frame.height_px)
            except ImageTooLargeError as error:
                yield error
                continue
            yield _frame(path, i) if frame.whole else BrokenFileError(file=label)
        if not whole:
            yield BrokenFileError(file=f"{path.name} p.{len(frames) + 1}")

    return pages()


def _frame(path: Path, page_index: int) -> Page | IntakeError:
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as picture:
            if page_index:
                picture.seek(page_index)
            stated = picture.info.get("dpi")
            if picture.format == "JPEG":
                picture.draft("L", picture.size)  # the decoder then leaves the colours out
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            turned = upright.size != picture.size
            pixels = _grey(upright)
    except (OSError, ValueError, SyntaxError, EOFError, TypeError):
        # Pillow answers a damaged file with any of these; its text may quote the file's bytes and is not carried on.
        return BrokenFileError(file=path.name if page_index == 0 else f"{path.name} p.{page_index + 1}")
    pair = (float(stated[0]), float(stated[1])) if stated is not None else None
    if pair is not None and turned:
        pair = (pair[1], pair[0])
    across, down, known = page_dpi(pair, pixels.shape[1], pixels.shape[0])
    pixels, dpi, notices = settle(pixels, (across, down), stated=known)
    return Page(path.name, page_index, dpi, pixels, notices)


def _grey(picture: Image) -> NDArray[uint8]:
    import numpy as np
    from PIL import Image

    if picture.mode.startswith(("I", "F")):  # 16 bits a pixel: `convert` would cut off, not scale
        deep = np.asarray(picture, np.float64)
        return np.asarray(np.clip(deep / 257.0, 0, 255), np.uint8)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        picture = Image.alpha_composite(paper, layer)
    return np.array(picture.convert("L"), np.uint8)
