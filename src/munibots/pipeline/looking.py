"""The first look at a page, before it is known which document it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from munibots.domain.document import Page
from munibots.errors import LayoutMismatchError, UnknownFormError
from munibots.pipeline.stacks import PageSeen, Seen
from munibots.reading.blank_sheets import is_blank
from munibots.reading.registration import FormFinder, Located

__all__ = ["Look", "Looker", "look_at"]


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What was seen.

    Attributes:
        located: Where the page lies on its form, so that reading need not look again; ``None`` if no form fits.
    """

    seen: PageSeen
    located: Located | None = None


Looker = Callable[[Page], Look]
"""Looks at a page: :meth:`munibots.pipeline.document_reader.DocumentReader.look`."""


def look_at(finder: FormFinder, page: Page) -> Look:
    """Look at one page (about 0.2 CPU-seconds)."""
    if is_blank(page):
        return Look(PageSeen(page.page_index, Seen.BLANK))
    try:
        found = finder.locate(page)
    except UnknownFormError as e:
        return Look(PageSeen(page.page_index, Seen.DOUBTFUL if "alike" in e.detail else Seen.UNKNOWN))
    except LayoutMismatchError as e:
        # Its fields cannot be read, yet it is somebody's form and must not pass for an attachment.
        return Look(_form(page, e.detail["form"], e.detail["page_index"], e.detail["pages"]))
    return Look(_form(page, found.layout.form_id, found.layout_page_index, len(found.layout.pages)), found)


def _form(page: Page, form_id: str, layout_page_index: int, form_pages: int) -> PageSeen:
    return PageSeen(page.page_index, Seen.FORM, form_id, layout_page_index, form_pages)
