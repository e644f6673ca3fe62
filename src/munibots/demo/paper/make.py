"""Makes ``layout.yaml`` and the blank pages ``blank-1.png`` … of a form from its ``sheet.yaml``."""

from __future__ import annotations

from pathlib import Path

from munibots.demo.paper.blank import draw_blank, write_blank_png
from munibots.demo.paper.sheet import blank_name, layout_text, read_sheet

__all__ = ["BLANK_DPI", "make_form_paper"]

BLANK_DPI = 200


def make_form_paper(folder: Path, out: Path | None = None) -> tuple[Path, ...]:
    """Draw the blank pages of a form and write where its fields sit.

    Args:
        folder: The form's folder, with ``sheet.yaml``.
        out: Where to write; beside ``sheet.yaml`` unless told.

    Returns:
        ``layout.yaml`` and a picture a page (200 dpi).

    Raises:
        DefinitionError: ``sheet.yaml`` is wrong or missing.
        FontNotFoundError: No Japanese font is installed.
    """
    target = folder if out is None else out
    sheet = read_sheet(folder / "sheet.yaml")
    layout = target / "layout.yaml"
    blanks = [target / blank_name(i) for i in range(len(sheet.pages))]
    for page, blank in zip(sheet.pages, blanks, strict=True):
        write_blank_png(draw_blank(page, BLANK_DPI), blank, BLANK_DPI)
    layout.write_text(layout_text(sheet), encoding="utf-8", newline="\n")
    return layout, *blanks
