"""A form and its layout as ``form.yaml`` and ``layout.yaml``, in the way people write them by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence

from munibots.domain.form import Field, Form
from munibots.domain.layout import BoxMm, Layout, Region

__all__ = ["form_text", "layout_yaml"]


def form_text(form: Form, heading: Sequence[str] = ()) -> str:
    """``form.yaml``: fields one a line, without rules.

    Args:
        form: The form; groups are written as plain fields.
        heading: Comment lines at the top, without ``#``.
    """
    lines = [f"# {line}".rstrip() for line in heading]
    lines += [f"id: {form.id}", f"name_ja: {_scalar(form.name_ja)}", f"section_ja: {_scalar(form.section_ja)}"]
    if form.aliases:
        lines.append(f"aliases: {_list(form.aliases)}")
    lines += ["", "fields:", *(f"  - {_field(f)}" for f in form.fields)]
    return "\n".join(lines) + "\n"


def layout_yaml(layout: Layout, heading: Sequence[str] = ()) -> str:
    """``layout.yaml``: regions one a line."""
    lines = [f"# {line}".rstrip() for line in heading]
    lines += [f"id: {_scalar(layout.id)}", f"form: {layout.form_id}", "pages:"]
    for size, blank in zip(layout.pages, layout.blanks, strict=True):
        lines.append(f"  - {{w_mm: {size.w_mm:g}, h_mm: {size.h_mm:g}, blank: {_scalar(blank.name)}}}")
    lines += ["regions:", *(f"  - {_region(r)}" for r in layout.regions)]
    return "\n".join(lines) + "\n"


def _field(field: Field) -> str:
    parts = [f"name: {field.name}", f"label_ja: {_scalar(field.label_ja)}", f"type: {field.type.value}"]
    if field.required:
        parts.append("required: true")
    if field.choices:
        parts.append(f"choices: {_list([c.name for c in field.choices])}")
    if field.digits is not None:
        parts.append(f"digits: {field.digits}")
    if field.aliases:
        parts.append(f"aliases: {_list(field.aliases)}")
    return "{" + ", ".join(parts) + "}"


def _region(region: Region) -> str:
    parts = [
        f"field: {region.field}",
        f"page_index: {region.page_index}",
        f"box: {_box(region.box)}",
        f"style: {region.style.value}",
    ]
    if region.cells is not None:
        parts.append(f"cells: {region.cells}")
    if region.era is not None:
        parts.append(f"era: {region.era}")
    if region.parts:
        boxes = ", ".join(f"{_scalar(p.name)}: {_box(p.box)}" for p in region.parts)
        parts.append(f"parts: {{{boxes}}}")
    return "{" + ", ".join(parts) + "}"


def _box(box: BoxMm) -> str:
    return "[" + ", ".join(f"{n:.2f}".rstrip("0").rstrip(".") for n in box) + "]"


def _list(texts: Sequence[str]) -> str:
    return "[" + ", ".join(_scalar(t) for t in texts) + "]"


def _scalar(text: str) -> str:
    """JSON's strings are YAML's: quoted, so that はい, no and 1:30 stay text."""
    return json.dumps(text, ensure_ascii=False)
