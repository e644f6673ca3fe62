"""A form definition from a blank form and a CSV of boxes: what ``munibots new form`` does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from munibots.definitions.box_list import BoxRow, read_box_list
from munibots.definitions.form_files import read_form, read_layout
from munibots.definitions.form_writer import form_text, layout_yaml
from munibots.domain.document import Page
from munibots.domain.form import Choice, Field, FieldType, Form
from munibots.domain.layout import Layout, PageSizeMm, Region, RegionStyle
from munibots.errors import IntakeError, UsageError
from munibots.intake.opening import open_pages
from munibots.reading.drafting.paper import Paper
from munibots.reading.drafting.regions import Slot, draft_regions
from munibots.reading.features import PICTURE_DPI
from munibots.reading.ocr.rapidocr_engine import RapidOcrEngine
from munibots.reading.ocr.recognizer import Recognizer

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["NewForm", "make_form"]

SECTION_UNKNOWN = "(担当課を書いてください)"
_ID = re.compile(r"[a-z][a-z0-9_]*")
_WHITE = 250
_TITLE_SHARE = 0.4  # of the page, from the top
_TITLE_LETTERS, _SAME_HEIGHT = 3, 0.75
_HEADING = (
    "`munibots new form` が白紙と枠の一覧から作りました。直してから `munibots check` で確かめてください。",
    "規則(rules)や繰り返し(group)は、同梱の様式 juminido の form.yaml を見本に書き足せます。",
)


@dataclass(frozen=True, slots=True)
class NewForm:
    """What was made.

    Attributes:
        files: ``form.yaml``, ``layout.yaml`` and a picture a page.
        title_read: The form's Japanese name was read from the blank and should be looked at.
    """

    form: Form
    layout: Layout
    files: tuple[Path, ...]
    title_read: bool


def make_form(
    form_id: str, blank: Path, boxes: Path, out: Path, *, name_ja: str | None = None, section_ja: str | None = None
) -> NewForm:
    """Write a form's folder.

    Args:
        form_id: ASCII identifier.
        blank: The blank form: PDF, TIFF, PNG or JPEG, any number of pages, printed sheets scanned as well as drawn ones.
        boxes: CSV, see :mod:`munibots.definitions.box_list`.
        out: The form's own folder; made if it is not there.
        name_ja: As people call the form; read from the top of the blank if not given.
        section_ja: Who handles it.

    Raises:
        UsageError: The identifier is no identifier, or the folder holds a form already.
        IntakeError: The blank cannot be opened.
        DefinitionError: The CSV is wrong; names file and line.
    """
    if not _ID.fullmatch(form_id):
        raise UsageError(
            problem=f"様式の名前 {form_id} は使えません。英小文字で始まる英小文字・数字・_ にしてください。"
        )
    if (out / "form.yaml").exists():
        raise UsageError(problem=f"{out} にはもう form.yaml があります。別のフォルダーを指定するか、消してください。")
    pictures = [_picture(page) for page in _pages(blank)]
    sizes = tuple(
        PageSizeMm(round(p.shape[1] * 25.4 / PICTURE_DPI, 1), round(p.shape[0] * 25.4 / PICTURE_DPI, 1))
        for p in pictures
    )
    rows = read_box_list(boxes, sizes)
    recognizer = Recognizer()
    papers = [Paper.of(p) for p in pictures]
    regions = _regions(papers, rows, recognizer)
    read = None if name_ja is not None else _title(pictures[0], recognizer)
    form = Form(
        id=form_id,
        name_ja=name_ja or read or form_id,
        section_ja=section_ja or SECTION_UNKNOWN,
        fields=tuple(_field(row, regions[row.name]) for row in rows),
    )
    names = [f"blank-{i + 1}.png" for i in range(len(pictures))]
    layout = Layout(
        id=f"{form_id}@standard",
        form_id=form_id,
        pages=sizes,
        blanks=tuple(out / name for name in names),
        regions=tuple(regions[row.name] for row in rows),
    )
    files = _write(form, layout, pictures, out)
    return NewForm(read_form(files[0]), read_layout(files[1]), files, name_ja is None)


def _pages(blank: Path) -> list[Page]:
    pages = []
    for page in open_pages(blank):
        if isinstance(page, IntakeError):
            raise page
        pages.append(page)
    return pages


def _picture(page: Page) -> NDArray[uint8]:
    """At 200 dpi; a scanned blank's paper is made white."""
    import cv2
    import numpy as np

    k = PICTURE_DPI / page.dpi
    size = max(1, round(page.pixels.shape[1] * k)), max(1, round(page.pixels.shape[0] * k))
    picture = page.pixels
    if size != (picture.shape[1], picture.shape[0]):
        picture = np.asarray(
            cv2.resize(picture, size, interpolation=cv2.INTER_AREA if k < 1 else cv2.INTER_CUBIC), np.uint8
        )
    paper = float(np.percentile(picture, 75))
    if 0 < paper < _WHITE:
        picture = np.asarray(cv2.convertScaleAbs(picture, alpha=255.0 / paper), np.uint8)
    return picture


def _regions(papers: list[Paper], rows: tuple[BoxRow, ...], recognizer: Recognizer) -> dict[str, Region]:
    regions: dict[str, Region] = {}
    for page_index, paper in enumerate(papers):
        slots = [Slot(_plain_field(r), page_index, r.box, r.own_boxes) for r in rows if r.page_index == page_index]
        regions |= {draft.region.field: draft.region for draft in draft_regions(paper, slots, recognizer)}
    return regions


def _plain_field(row: BoxRow) -> Field:
    return Field(
        name=row.name,
        label_ja=row.label_ja,
        type=row.type,
        required=row.required,
        choices=tuple(Choice(c) for c in row.choices) if row.type in (FieldType.CHOICE, FieldType.MARKS) else (),
        digits=row.digits,
        aliases=row.aliases,
    )


def _field(row: BoxRow, region: Region) -> Field:
    """With the number of digits that the ruling shows, where the CSV did not say it."""
    from dataclasses import replace

    field = _plain_field(row)
    if row.type is FieldType.DIGITS and row.digits is None and region.style is RegionStyle.COMB:
        return replace(field, digits=region.cells)
    return field


def _title(picture: NDArray[uint8], recognizer: Recognizer) -> str | None:
    """The largest line of print at the top of the first page."""
    top = picture[: round(picture.shape[0] * _TITLE_SHARE)]
    engine = RapidOcrEngine(recognizer)
    words = sorted((w.box_px for w in engine.words(top) if w.box_px[2] > w.box_px[3]), key=lambda box: -box[3])
    for _, y, _, height in words:
        # Spread letters are found in several pieces that overlap: their line is read once more as a whole.
        beside = [
            b for b in words if abs(b[1] + b[3] / 2 - y - height / 2) < height / 2 and b[3] > _SAME_HEIGHT * height
        ]
        x0, x1 = min(b[0] for b in beside), max(b[0] + b[2] for b in beside)
        text = engine.lines([top[y : y + height, x0:x1]])[0][0]
        if len(text) >= _TITLE_LETTERS:
            return text
    return None


def _write(form: Form, layout: Layout, pictures: list[NDArray[uint8]], out: Path) -> tuple[Path, ...]:
    from PIL import Image

    out.mkdir(parents=True, exist_ok=True)
    for picture, path in zip(pictures, layout.blanks, strict=True):
        Image.fromarray(picture).save(path, dpi=(PICTURE_DPI, PICTURE_DPI), optimize=True)
    form_file, layout_file = out / "form.yaml", out / "layout.yaml"
    layout_file.write_text(layout_yaml(layout, _HEADING[:1]), encoding="utf-8", newline="\n")
    form_file.write_text(form_text(form, _HEADING), encoding="utf-8", newline="\n")
    return (form_file, layout_file, *layout.blanks)
