"""The two-axis picture of the triage: one numbered mark a task, in the quadrant of what is proposed, with a list below.

A picture of its own (SVG with its colours inside), so that it can be put into a report or a slide.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import escape

from munibots.classifying.triage import STAFF_DECIDE_JA, Proposal
from munibots.classifying.triage_rules import AxisText
from munibots.domain.task import APPROACHES_JA, Approach

__all__ = ["two_axes_picture"]

_WIDTH, _LEFT, _TOP, _PLOT_WIDTH, _PLOT_HEIGHT = 1000, 70, 70, 880, 620
_LIST_TOP = _TOP + _PLOT_HEIGHT + 82
_ROW, _COLUMNS = 22, 2
_NO_RING = 10_000  # beyond the picture: no room is left around this point
_COLUMN_WIDTH = (_WIDTH - 2 * 40) / _COLUMNS
# Told apart by shade and by place as well as by colour: the report may be printed in grey.
_COLOURS: dict[Approach | None, tuple[str, str]] = {
    Approach.AS_IS: ("#5b6670", "#eef0f2"),
    Approach.AI: ("#7a3e9d", "#f5edf9"),
    Approach.RPA: ("#1f6fb2", "#eaf3fb"),
    Approach.OUTSOURCE: ("#b3640a", "#fdf3e5"),
    None: ("#ffffff", "#ffffff"),
}
_CORNERS = {  # x and y of a quadrant's beginning, in halves of the plot
    Approach.AS_IS: (0, 0),
    Approach.AI: (1, 0),
    Approach.OUTSOURCE: (0, 1),
    Approach.RPA: (1, 1),
}
_STYLE = (
    "text{font-family:'Noto Sans CJK JP','Noto Sans JP','Yu Gothic','Meiryo','Hiragino Sans',sans-serif;fill:#1d2329}"
    ".title{font-size:20px;font-weight:700}.corner{font-size:19px;font-weight:700}.axis{font-size:14px;font-weight:700}"
    ".soft{font-size:13px;fill:#4a545e}.row{font-size:14px}.no{font-weight:700}.group{font-size:15px;font-weight:700}"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    no: int
    proposal: Proposal
    at: tuple[float, float]
    drawn_at: tuple[float, float]


def two_axes_picture(proposals: Sequence[Proposal], axes: Mapping[str, AxisText], margin: float, title_ja: str) -> str:
    """The picture as an SVG document.

    Args:
        proposals: In the order of the list; their numbers begin with 1.
        axes: What the axes ``routine`` and ``judgement`` are called.
        margin: Within this score of an axis nothing is proposed; drawn as a band.
        title_ja: Stands above.
    """
    radius = _radius(len(proposals))
    parts = [*_frame(axes, margin, title_ja)]
    marks = _placed(proposals, radius, margin)
    for mark in marks:
        if mark.at != mark.drawn_at:
            (x, y), (to_x, to_y) = mark.at, mark.drawn_at
            parts.append(
                f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" stroke="#8a949e" stroke-width="1"/>'
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" fill="#8a949e"/>'
            )
    parts += [_dot(mark.no, mark.proposal, mark.drawn_at, radius) for mark in marks]
    rows, bottom = _list(proposals)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {bottom:.0f}" width="{_WIDTH}" '
        f'height="{bottom:.0f}" role="img" aria-label="{escape(title_ja)}"><style>{_STYLE}</style>'
        f'<rect width="{_WIDTH}" height="{bottom:.0f}" fill="#fff"/>{"".join(parts)}{"".join(rows)}</svg>\n'
    )


def _frame(axes: Mapping[str, AxisText], margin: float, title_ja: str) -> Iterator[str]:
    half_w, half_h = _PLOT_WIDTH / 2, _PLOT_HEIGHT / 2
    right, bottom = _LEFT + _PLOT_WIDTH, _TOP + _PLOT_HEIGHT
    middle_x, middle_y = _LEFT + half_w, _TOP + half_h
    yield f'<text class="title" x="{_LEFT}" y="32">{escape(title_ja)}</text>'
    for approach, (i, j) in _CORNERS.items():
        x, y = _LEFT + i * half_w, _TOP + j * half_h
        yield f'<rect x="{x}" y="{y}" width="{half_w}" height="{half_h}" fill="{_COLOURS[approach][1]}"/>'
    band_x, band_y = margin * half_w, margin * half_h
    cross = (
        f"M{_LEFT} {middle_y - band_y}H{middle_x - band_x}V{_TOP}h{2 * band_x}V{middle_y - band_y}H{right}v{2 * band_y}"
        f"H{middle_x + band_x}V{bottom}h{-2 * band_x}V{middle_y + band_y}H{_LEFT}z"
    )
    yield f'<path d="{cross}" fill="#fff" fill-opacity="0.75"/>'
    for approach, (x, y, _) in _names(margin).items():
        yield f'<text class="corner" x="{x}" y="{y}" style="fill:{_COLOURS[approach][0]}">{APPROACHES_JA[approach]}</text>'
    yield (
        f'<rect x="{_LEFT}" y="{_TOP}" width="{_PLOT_WIDTH}" height="{_PLOT_HEIGHT}" fill="none" stroke="#8a949e"/>'
        f'<path d="M{_LEFT} {middle_y}H{right}M{middle_x} {_TOP}V{bottom}" stroke="#8a949e" stroke-dasharray="4 4"/>'
    )
    routine, judgement = axes["routine"], axes["judgement"]
    yield (
        f'<text class="axis" x="{middle_x}" y="{bottom + 42}" text-anchor="middle">{escape(routine.label_ja)} →</text>'
        f'<text class="soft" x="{_LEFT}" y="{bottom + 20}">{escape(routine.low_ja)}</text>'
        f'<text class="soft" x="{right}" y="{bottom + 20}" text-anchor="end">{escape(routine.high_ja)}</text>'
        f'<text class="axis" transform="translate(28 {middle_y}) rotate(-90)" text-anchor="middle">{escape(judgement.label_ja)} →</text>'
        f'<text class="soft" transform="translate(54 {bottom}) rotate(-90)">{escape(judgement.low_ja)}</text>'
        f'<text class="soft" transform="translate(54 {_TOP}) rotate(-90)" text-anchor="end">{escape(judgement.high_ja)}</text>'
        f'<text class="soft" x="{middle_x}" y="{_TOP - 10}" text-anchor="middle">白い帯の中は、どちらとも言わず職員に返します</text>'
    )


def _radius(n: int) -> float:
    """Of a mark, so that ``n`` of them find room in one quadrant, if need be."""
    if n <= 60:
        return 12.0
    return max(2.0, min(9.0, math.sqrt(_PLOT_WIDTH * _PLOT_HEIGHT / (8 * n)) / 2 - 1))


def _names(margin: float) -> dict[Approach, tuple[float, float, float]]:
    """Where the names of the quadrants begin, their base line, and how wide they are.

    Beside the band, at the top or the bottom: scores gather in the outer corners.
    """
    names: dict[Approach, tuple[float, float, float]] = {}
    for approach, (i, j) in _CORNERS.items():
        width = _text_width(APPROACHES_JA[approach], 19)
        middle, band = _LEFT + _PLOT_WIDTH / 2, margin * _PLOT_WIDTH / 2
        x = middle + band + 14 if i else middle - band - 14 - width
        names[approach] = (x, _TOP + _PLOT_HEIGHT - 16 if j else _TOP + 30, width)
    return names


def _placed(proposals: Sequence[Proposal], radius: float, margin: float) -> list[_Mark]:
    """Each mark as near to its point as it can be without touching one that is there already."""
    # Marks by square of one mark's width: only those of the squares around a place can touch it.
    width = 2 * radius + 2
    taken: dict[tuple[int, int], list[tuple[float, float]]] = {}
    marks = []
    names = _names(margin)

    def square(place: tuple[float, float]) -> tuple[int, int]:
        return int(place[0] // width), int(place[1] // width)

    def free(place: tuple[float, float]) -> bool:
        on_a_name = any(
            x - radius - 4 < place[0] < x + name_width + radius + 4 and y - 22 - radius < place[1] < y + 8 + radius
            for x, y, name_width in names.values()
        )
        i, j = square(place)
        near = (t for a in (i - 1, i, i + 1) for b in (j - 1, j, j + 1) for t in taken.get((a, b), ()))
        return not on_a_name and all(math.dist(place, t) >= width for t in near)

    # Marks only ever come: a ring around a point that was full stays full.
    first_ring: dict[tuple[float, float], int] = {}
    for no, p in enumerate(proposals, start=1):
        score = _LEFT + _PLOT_WIDTH * (p.routine + 1) / 2, _TOP + _PLOT_HEIGHT * (1 - p.judgement) / 2
        at = _inside(score, radius)
        places = _around(at, radius, first_ring.get(at, 0))
        ring, drawn_at = next(((ring, place) for ring, place in places if free(place)), (_NO_RING, at))
        first_ring[at] = ring
        taken.setdefault(square(drawn_at), []).append(drawn_at)
        marks.append(_Mark(no, p, at, drawn_at))
    return marks


def _around(at: tuple[float, float], radius: float, first_ring: int) -> Iterator[tuple[int, tuple[float, float]]]:
    """Places to try, from near to far, with their ring; close enough together that no gap between marks is missed by much."""
    for ring in range(first_ring, math.ceil(_PLOT_WIDTH / radius)):
        steps = 8 * ring or 1
        for i in range(steps):
            angle, distance = 2 * math.pi * i / steps, ring * radius * 0.7
            place = (at[0] + distance * math.cos(angle), at[1] + distance * math.sin(angle))
            if place == _inside(place, radius) and _same_quadrant(at, place):
                yield ring, place


def _same_quadrant(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """A mark that has to move must not seem to be another proposal."""
    x, y = _LEFT + _PLOT_WIDTH / 2, _TOP + _PLOT_HEIGHT / 2
    return (a[0] - x) * (b[0] - x) >= 0 and (a[1] - y) * (b[1] - y) >= 0


def _inside(at: tuple[float, float], radius: float) -> tuple[float, float]:
    gap = radius + 2
    return (
        min(max(at[0], _LEFT + gap), _LEFT + _PLOT_WIDTH - gap),
        min(max(at[1], _TOP + gap), _TOP + _PLOT_HEIGHT - gap),
    )


def _dot(no: int, proposal: Proposal, at: tuple[float, float], radius: float) -> str:
    colour = _COLOURS[proposal.approach][0]
    undecided = proposal.approach is None
    stroke = ' stroke="#1d2329" stroke-width="1.5" stroke-dasharray="3 2"' if undecided else ' stroke="#fff"'
    ink = "#1d2329" if undecided else "#fff"
    size = radius * (1.0 if no < 100 else 0.8)
    return (
        f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius}" fill="{colour}"{stroke}>'
        f"<title>{escape(proposal.task.name)}: {escape(proposal.approach_ja)}</title></circle>"
        f'<text x="{at[0]:.1f}" y="{at[1] + size * 0.36:.1f}" text-anchor="middle" '
        f'style="fill:{ink};font-size:{size:.1f}px;font-weight:700">{no}</text>'
    )


def _list(proposals: Sequence[Proposal]) -> tuple[list[str], float]:
    """The names below the picture, by proposal, and where the picture ends."""
    parts: list[str] = []
    y = float(_LIST_TOP)
    for approach in (*Approach, None):
        members = [(no, p) for no, p in enumerate(proposals, start=1) if p.approach is approach]
        if not members:
            continue
        title = STAFF_DECIDE_JA if approach is None else APPROACHES_JA[approach]
        parts.append(f'<text class="group" x="40" y="{y}">{title}({len(members)} 業務)</text>')
        rows = math.ceil(len(members) / _COLUMNS)
        for i, (no, p) in enumerate(members):
            x, row_y = 40 + _COLUMN_WIDTH * (i // rows), y + 12 + _ROW * (i % rows)
            saving = "" if p.saving is None else f"年 {p.saving.low:,.0f}〜{p.saving.high:,.0f} 時間"
            room = _COLUMN_WIDTH - 34 - 16 - _text_width(saving, 13)
            parts.append(
                _dot(no, p, (x + 11, row_y + 8), 9)
                + f'<text class="row" x="{x + 28}" y="{row_y + 13}">{escape(_cut(p.task.name, 14, room))}</text>'
                + f'<text class="soft" x="{x + _COLUMN_WIDTH - 12}" y="{row_y + 13}" text-anchor="end">{saving}</text>'
            )
        y += 12 + _ROW * rows + 24
    return parts, y


def _text_width(text: str, size: float) -> float:
    return size * sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.6 for c in text)


def _cut(text: str, size: float, room: float) -> str:
    if _text_width(text, size) <= room:
        return text
    while text and _text_width(text + "…", size) > room:
        text = text[:-1]
    return text + "…"
