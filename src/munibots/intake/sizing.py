"""Resolution of a page: stated by its file, assumed from A4, and brought under a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from munibots.errors import ImageTooLargeError

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["MAX_DPI", "check_size", "page_dpi", "settle"]

MAX_DPI = 300
"""Nothing that is written by hand is read better above it, and the time grows with its square."""

MAX_SIDE_PX = 10_000
"""The long side of A3 at 600 dpi is 9,921 px."""

MAX_PIXELS = 80_000_000
"""A3 at 600 dpi has 69.6 million; also below the number at which Pillow warns of a decompression bomb."""

_A4_LONG_IN = 297 / 25.4
_LONG_SIDE_IN = (5.0, 18.0)  # a postcard is 5.8 in long, A3 16.5 in
_LOWEST_STATED_DPI = 100.0  # 72 and 96 are what cameras and programs write that know nothing of paper


def check_size(file: str, width_px: int, height_px: int) -> None:
    """Refuse a picture by the size in its header.

    Raises:
        ImageTooLargeError: A side over 10,000 px or over 80 million pixels.
    """
    if max(width_px, height_px) > MAX_SIDE_PX or width_px * height_px > MAX_PIXELS:
        raise ImageTooLargeError(file=file, width_px=width_px, height_px=height_px, limit_px=MAX_SIDE_PX)


def page_dpi(stated: tuple[float, float] | None, width_px: int, height_px: int) -> tuple[float, float, bool]:
    """Resolution across and down, and whether the file stated it.

    A stated resolution counts where it gives a sheet of paper: at least 100 dpi (across or down: fax has 204 x 98) and a long side of 5 to 18 inches.
    Otherwise the picture is taken for a whole A4 page.
    """
    if stated is not None and max(stated) >= _LOWEST_STATED_DPI and min(stated) > 40:
        long_in = max(width_px / stated[0], height_px / stated[1])
        if _LONG_SIDE_IN[0] <= long_in <= _LONG_SIDE_IN[1]:
            return stated[0], stated[1], True
    assumed = max(width_px, height_px) / _A4_LONG_IN
    return assumed, assumed, False


def settle(
    pixels: NDArray[uint8], dpi: tuple[float, float], *, stated: bool
) -> tuple[NDArray[uint8], float, tuple[str, ...]]:
    """Bring a page to square pixels and at most 300 dpi.

    Args:
        pixels: Grey levels, shape (height, width).
        dpi: Resolution across and down; they differ in files of fax machines (204 x 98).

    Returns:
        The pixels, their one resolution, and what was done, in Japanese.
    """
    import cv2
    import numpy as np

    notices = [] if stated else ["解像度の記録がないため、A4 とみなしました。"]
    target = min(MAX_DPI, max(dpi))
    if max(dpi) > MAX_DPI * 1.02 or abs(dpi[0] - dpi[1]) > 0.02 * max(dpi):
        height, width = pixels.shape
        size = max(1, round(width * target / dpi[0])), max(1, round(height * target / dpi[1]))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        if max(dpi) > MAX_DPI * 1.02:
            notices.append(f"{round(max(dpi))} dpi を {round(target)} dpi に縮小しました。")
        else:
            notices.append("縦と横の解像度をそろえました。")
        return pixels, float(target), tuple(notices)
    return pixels, float(max(dpi)), tuple(notices)
