"""Can a blank page be recognised, is it no other form's, and do its boxes lie where nothing is printed?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from munibots.definitions import places
from munibots.definitions.form_files import load_layout
from munibots.definitions.yaml_file import YamlFile
from munibots.domain.layout import BoxMm, Layout, Region, RegionStyle
from munibots.reading import alignment
from munibots.reading.drafting.paper import PX_MM, Paper
from munibots.reading.features import PICTURE_DPI, BlankPage, Features, blank_picture, describe
from munibots.reading.shortlist import Shortlist
from munibots.testing.findings import Finding, Findings

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray

__all__ = ["check_papers"]

# A page is taken for a form from 60 agreeing points; half of the blank's points are covered or torn on a hard scan.
_POINTS_LEAST, _POINTS_GOOD = 120, 250
# As the finder judges a scan: the same form, or one that has something in common with it.
_SAME_POINTS, _SAME_COVERED = 60, 0.75
_ALIKE_POINTS, _ALIKE_COVERED = 40, 0.35
_SHAPE = 0.01
_PRINT_MM2 = 8.0  # a bracket or a hyphen is less, a word is more
_EDGE_MM = 0.8


def check_papers(layout: Layout, path: Path) -> tuple[Finding, ...]:
    """What is wrong with the blank pages of a layout.

    Args:
        layout: As read.
        path: The ``layout.yaml`` it was read from.
    """
    from PIL import Image

    findings = Findings(YamlFile(path, "layout"))
    known = _known_pages(tuple(load_layout(name) for name in places.names("forms")))
    others = [page for page in known if page.layout.form_id != layout.form_id]
    for page_index, blank in enumerate(layout.blanks):
        at = ("pages", page_index)
        try:
            with Image.open(blank) as file:
                width, height = file.size
                file.verify()
        except (OSError, SyntaxError):
            findings.error(at, f"白紙の画像 {blank.name} を開けません。", "PNG で保存し直してください。")
            continue
        size = layout.pages[page_index]
        if abs(width / height - size.w_mm / size.h_mm) > _SHAPE * size.w_mm / size.h_mm:
            findings.error(
                at,
                f"白紙の画像 {blank.name} の縦横の比が用紙の大きさ {size.w_mm:g}×{size.h_mm:g} mm と合いません。",
                "w_mm と h_mm を用紙の大きさにするか、余白を切らずに画像を作り直してください。",
            )
            continue
        picture = blank_picture(layout, page_index)
        features = describe(picture, PICTURE_DPI)
        points = len(features.points)
        if points < _POINTS_GOOD:
            say = findings.error if points < _POINTS_LEAST else findings.notice
            say(
                at,
                f"白紙 {blank.name} は印刷が少なく、位置合わせの目印になる点が {points} しかありません。",
                "表題、見出し、注意書きの入った用紙の画像を使ってください。記入欄だけの画像では見分けられません。",
            )
        _check_likeness(others, features, blank.name, at, findings)
        ink = Paper.of(picture).ink()
        for i, region in enumerate(layout.regions):
            if region.page_index == page_index:
                _check_print(region, i, ink, findings)
    return findings.all


@cache
def _known_pages(layouts: tuple[Layout, ...]) -> tuple[BlankPage, ...]:
    """Described once, however many folders are checked."""
    return tuple(BlankPage.of(layout, i) for layout in layouts for i in range(len(layout.pages)))


def _check_likeness(
    others: Sequence[BlankPage], page: Features, name: str, at: tuple[str | int, ...], findings: Findings
) -> None:
    if not len(page.points) or not others:
        return
    fits = [alignment.fit(blank, page) for blank in Shortlist(others).best(page)]
    best = max(fits, key=lambda fit: fit.inliers, default=None)
    if best is None or best.inliers < _ALIKE_POINTS:
        return
    covered = alignment.refine(best, page).covered
    form_id = best.blank.layout.form_id
    if best.inliers >= _SAME_POINTS and covered >= _SAME_COVERED:
        findings.error(
            at,
            f"白紙 {name} は様式 {form_id} の用紙と見分けられません。",
            f"同じ様式なら、団体の profiles/<code>/layouts/{form_id}/ に layout.yaml と白紙を置いてください。",
        )
    elif covered >= _ALIKE_COVERED:
        findings.notice(
            at,
            f"白紙 {name} は様式 {form_id} の用紙と一部が同じです。",
            "取り違えないか、記入した用紙で `munibots read` を試してください。",
        )


def _check_print(region: Region, i: int, ink: NDArray[bool_], findings: Findings) -> None:
    if region.style in (RegionStyle.MARKS, RegionStyle.COMB):
        return
    boxes = [p.box for p in region.parts if p.name in ("year", "month", "day")] or [region.box]
    if region.style is RegionStyle.LINE and region.parts:
        return
    area = max(_inked_mm2(box, ink) for box in boxes)
    if area > _PRINT_MM2:
        findings.notice(
            ("regions", i),
            f"項目 {region.field}: 枠の中に印刷された文字があります(約 {area:.0f} mm²)。",
            "見出しや単位を枠から外してください。文字を書く所だけを囲むと、よく読めます。",
        )


def _inked_mm2(box: BoxMm, ink: NDArray[bool_]) -> float:
    x0, y0 = round((box.x_mm + _EDGE_MM) * PX_MM), round((box.y_mm + _EDGE_MM) * PX_MM)
    x1, y1 = round((box.x_mm + box.w_mm - _EDGE_MM) * PX_MM), round((box.y_mm + box.h_mm - _EDGE_MM) * PX_MM)
    return float(ink[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)].sum()) / PX_MM**2
