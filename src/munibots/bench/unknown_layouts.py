"""Papers without a layout, measured: how many of the written values are found by their labels and read as written.

Two kinds of paper count: the shipped papers with their layouts left out, and the same forms on papers that a seed
rearranges, so that a seed that nobody has used measures papers that nobody has seen.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from munibots.definitions import places
from munibots.definitions.form_files import load_form
from munibots.demo.city.filled_forms import FilledForm, make_filled_forms
from munibots.demo.paper.rearranged import rearranged
from munibots.demo.paper.sheet import Sheet, read_sheet
from munibots.demo.truth import same_value
from munibots.domain.document import PageKind, PageRole
from munibots.domain.form import Form
from munibots.domain.layout import BoxMm
from munibots.domain.reading import FieldValue
from munibots.errors import UnknownFormError
from munibots.pipeline.stacks import DocumentPage, PlannedDocument
from munibots.pipeline.unknown_layouts import UnknownLayouts
from munibots.reading.calibration import load_calibration

__all__ = ["UnknownScore", "labelled_values"]

# A scan is moved and stretched a little; the box of a line may be longer than its writing, or hold its label as well.
_OWN_SHARE, _WHOLE_SHARE = 0.6, 0.12


@dataclass(frozen=True, slots=True)
class UnknownScore:
    """What was found on papers without a layout.

    Attributes:
        fields: Fields with something written in them, on all papers.
        boxes_found: Those whose box lies on the right one, or whose value is right.
        right: Those whose value is what the paper says, by :func:`~munibots.demo.truth.same_value`.
        accepted: Values accepted without eyes; there must be none.
        pages: How many pages were read.
        cpu_s: CPU-seconds of them all, whole-page OCR included.
        right_by_paper: Fields and right ones for each paper.
    """

    fields: int
    boxes_found: int
    right: int
    accepted: int
    pages: int
    cpu_s: float
    right_by_paper: Mapping[str, tuple[int, int]]

    @property
    def share(self) -> float:
        """Right ones of all fields."""
        return self.right / max(1, self.fields)


def labelled_values(
    n: int,
    seed: int,
    *,
    form_ids: Sequence[str],
    fonts: Sequence[Path] = (),
    papers: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> UnknownScore:
    """Read filled papers whose layout is withheld.

    Args:
        n: Documents of each paper; mild and hard scans in turn.
        seed: The same seed makes the same papers and scans, on a machine with the same fonts.
        form_ids: Which forms; the reader knows all forms that are installed, and no layout.
        fonts: Writers; all of the machine if not given.
        papers: Rearranged papers of each form beside the shipped one.
        progress: Told how many documents of how many are done.

    Raises:
        FontNotFoundError: No Japanese font is installed.
    """
    forms = {name: load_form(name) for name in places.names("forms")}
    layouts = UnknownLayouts(forms, load_calibration(), lambda form, values: ())
    tally: Counter[str] = Counter()
    by_paper: dict[str, tuple[int, int]] = {}
    total, done = len(form_ids) * (papers + 1) * n, 0
    for form_id in form_ids:
        shipped = read_sheet(places.find("forms", form_id) / "sheet.yaml")
        others = [rearranged(forms[form_id], shipped, seed + k) for k in range(papers)]
        for sheet in (shipped, *others):
            before = tally["fields"], tally["right"]
            for filled in make_filled_forms(form_id, n, seed, fonts=fonts, sheet=sheet):
                _count(layouts, forms[form_id], sheet, filled, tally)
                done += 1
                progress(done, total)
            by_paper[sheet.id] = tally["fields"] - before[0], tally["right"] - before[1]
    return UnknownScore(
        fields=tally["fields"],
        boxes_found=tally["boxes"],
        right=tally["right"],
        accepted=tally["accepted"],
        pages=tally["pages"],
        cpu_s=tally["cpu_ms"] / 1000,
        right_by_paper=by_paper,
    )


def _count(layouts: UnknownLayouts, form: Form, sheet: Sheet, filled: FilledForm, tally: Counter[str]) -> None:
    pages = filled.pages
    plan = PlannedDocument(form.id, tuple(DocumentPage(i, PageRole(PageKind.FORM, i)) for i in range(len(pages))))
    cpu = time.process_time()
    answer = layouts.read(pages, plan, UnknownFormError(page=pages[0].label))
    tally["cpu_ms"] += round(1000 * (time.process_time() - cpu))
    tally["pages"] += len(pages)
    values: dict[str, FieldValue] = {}
    if answer is not None and answer.reading.match.form_id == form.id:
        values = {v.name: v for v in answer.reading.values}
    for field in form.fields:
        true, value = filled.truth[field.name], values.get(field.name)
        tally["accepted"] += value is not None and value.accepted
        if true is None:
            continue
        tally["fields"] += 1
        if value is None:
            continue
        right = same_value(field.type, value.value, true)
        region = sheet.field(field.name).region
        tally["right"] += right
        tally["boxes"] += right or (value.page_index == region.page_index and _same_place(value.box, region.box))


def _same_place(found: BoxMm, true: BoxMm) -> bool:
    across = min(found.x_mm + found.w_mm, true.x_mm + true.w_mm) - max(found.x_mm, true.x_mm)
    down = min(found.y_mm + found.h_mm, true.y_mm + true.h_mm) - max(found.y_mm, true.y_mm)
    both = max(0.0, across) * max(0.0, down)
    areas = found.w_mm * found.h_mm, true.w_mm * true.h_mm
    return both >= max(_OWN_SHARE * min(areas), _WHOLE_SHARE * max(areas))
