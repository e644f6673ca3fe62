"""Values of several pages to those of one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from munibots.domain.form import Form
from munibots.domain.layout import Layout
from munibots.domain.reading import FieldValue

__all__ = ["join_pages"]


def join_pages(
    form: Form, layout: Layout, pages: Mapping[int, Sequence[FieldValue]], absent: Mapping[int, str]
) -> tuple[FieldValue, ...]:
    """Every field that the layout places, in the form's order.

    Args:
        form: The form.
        layout: Its layout.
        pages: The values of each page that was read, by the page's index in the layout.
        absent: Why there are none of the other pages, in Japanese; their fields are blank with that reason.
    """
    read = {v.name: v for values in pages.values() for v in values}
    return tuple(_joined(form, layout, read, absent))


def _joined(
    form: Form, layout: Layout, read: Mapping[str, FieldValue], absent: Mapping[int, str]
) -> Iterator[FieldValue]:
    regions = {r.field: r for r in layout.regions}
    for field in form.fields:
        if field.name in read:
            yield read[field.name]
        elif field.name in regions:
            region = regions[field.name]
            reasons = (absent[region.page_index],) if region.page_index in absent else ()
            yield FieldValue(field.name, field.label_ja, "", None, None, region.page_index, region.box, reasons=reasons)
