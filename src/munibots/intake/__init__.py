"""Files to pages: PDF, TIFF, JPEG and PNG, told apart by their content and never by their name."""

from munibots.intake.encoding import decode_page, encode_page
from munibots.intake.opening import DEFAULT_MAX_PAGES, open_pages

__all__ = ["DEFAULT_MAX_PAGES", "decode_page", "encode_page", "open_pages"]
