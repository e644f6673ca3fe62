"""Pages to bytes for the store and the report, and back."""

from __future__ import annotations

import io

from munibots.domain.document import Page

__all__ = ["decode_page", "encode_page"]

_QUALITY = 85


def encode_page(page: Page) -> bytes:
    """A page as a grey JPEG (quality 85) that states its resolution."""
    from PIL import Image

    out = io.BytesIO()
    dpi = round(page.dpi)
    Image.fromarray(page.pixels).save(out, "JPEG", quality=_QUALITY, dpi=(dpi, dpi))
    return out.getvalue()


def decode_page(data: bytes, *, source: str, page_index: int, notices: tuple[str, ...] = ()) -> Page:
    """The page that :func:`encode_page` wrote, with the losses of JPEG.

    Args:
        data: Grey JPEG.
        source: File name of the page.
        page_index: From 0, within that file.

    Raises:
        OSError: The bytes are no whole picture.
    """
    import numpy as np
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        dpi = float(picture.info["dpi"][0])
        return Page(source, page_index, dpi, np.array(picture.convert("L"), np.uint8), notices)
