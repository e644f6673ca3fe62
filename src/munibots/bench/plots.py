"""Pictures of measurements as SVG files of their own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from munibots.bench.risk_coverage import Curve, Scored
from munibots.reporting.charts import reliability_chart
from munibots.reporting.facts import ConfidenceSample

__all__ = ["reliability_svg", "risk_coverage_svg"]

_WIDTH, _LEFT, _RIGHT, _TOP, _HIGH = 720, 76, 24, 64, 300
_DECADES = 4  # 0.01 % to 100 %
_ZERO_GAP = 26  # below 0.01 % lies 0, which a logarithm does not reach
_STYLE = """
text { font-family: "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", Meiryo, sans-serif; font-size: 13px; fill: #1a2633; }
.title { font-size: 16px; font-weight: 700; }
.tick, .soft { fill: #54616e; font-size: 11.5px; }
.value { font-size: 12.5px; font-weight: 500; }
.wrong { fill: #a8380f; font-size: 12px; font-weight: 700; }
.grid { stroke: #e8ecf1; }
.axis { stroke: #9aa7b4; }
.goal { stroke: #08735a; stroke-width: 1.5; stroke-dasharray: 6 4; }
.goal-text { fill: #08735a; font-size: 11.5px; }
.error { fill: none; stroke: #1d3b60; stroke-width: 2; stroke-linejoin: round; }
.bound { fill: none; stroke: #d55e00; stroke-width: 2; stroke-dasharray: 3 3; }
.between { fill: #d55e00; fill-opacity: .08; }
.in-force { stroke: #1d3b60; stroke-width: 1; }
.mark { fill: #1d3b60; stroke: #fff; stroke-width: 2; }
.mark-bound { fill: #fff; stroke: #d55e00; stroke-width: 2; }
.accepted { fill: #0f9d7c; }
.decided { fill: #e69f00; }
.dot { fill: #1d3b60; }
.interval { stroke: #1d3b60; stroke-width: 2; }
.said { stroke: #d55e00; stroke-width: 2.5; }
"""


def risk_coverage_svg(curve: Curve, title_ja: str, alpha: float) -> str:
    """Across, the share of fields that need no eyes; up, the error rate among them with its 95 % upper bound.

    Args:
        alpha: The error rate that is promised at most; drawn as a line.
    """
    bottom = _TOP + _HIGH
    parts = []
    for share in range(0, 101, 20):
        x = _x(share / 100)
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{bottom + _ZERO_GAP}"/>')
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{bottom + _ZERO_GAP + 18}" text-anchor="middle">{share}%</text>'
        )
    for rate in (0.0, *(10.0**-e for e in range(_DECADES, -1, -1))):
        y = _y(rate)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="tick" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{rate * 100:g}%</text>')
    parts.append(
        f'<line class="goal" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{_y(alpha):.1f}" y2="{_y(alpha):.1f}"/>'
        f'<text class="goal-text" x="{_LEFT + 6}" y="{_y(alpha) - 5:.1f}">約束 {alpha:.1%}</text>'
    )
    parts.append(f'<line class="axis" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{_y(0):.1f}" y2="{_y(0):.1f}"/>')
    if curve.points:
        errors = [(_x(p.coverage), _y(p.error)) for p in curve.points]
        bounds = [(_x(p.coverage), _y(p.bound)) for p in curve.points]
        parts.append(f'<path class="between" d="{_path([*errors, *reversed(bounds)])}Z"/>')
        parts.append(f'<path class="bound" d="{_path(bounds)}"/><path class="error" d="{_path(errors)}"/>')
    parts.append(_in_force(curve))
    legend_y = bottom + _ZERO_GAP + 58
    parts.append(
        f'<text class="soft" x="{(_LEFT + _WIDTH - _RIGHT) / 2:.0f}" y="{legend_y - 20}" text-anchor="middle">'
        f"人の目が要らない項目の割合(記入のある {curve.fields:,} 項目のうち)</text>"
        f'<path class="error" d="M{_LEFT} {legend_y}h28"/><text class="soft" x="{_LEFT + 36}" y="{legend_y + 4}">そのうちの誤り率</text>'
        f'<path class="bound" d="M{_LEFT + 170} {legend_y}h28"/><text class="soft" x="{_LEFT + 206}" y="{legend_y + 4}">'
        f"その 95% 上限(Clopper–Pearson)</text>"
    )
    if curve.in_force is not None:
        parts.append(
            f'<circle class="mark" cx="{_LEFT + 430}" cy="{legend_y}" r="6"/>'
            f'<text class="soft" x="{_LEFT + 444}" y="{legend_y + 4}">今の基準</text>'
        )
    return _document(title_ja, legend_y + 18, "".join(parts))


def _in_force(curve: Curve) -> str:
    here = curve.in_force
    if here is None:
        words = "この種類は、確信度だけでは受け入れません(人か台帳が確かめます)"
        return f'<text class="value" x="{_LEFT}" y="{_TOP - 14}">{words}</text>'
    words = f"今の基準: {here.coverage:.1%} を受け入れ、誤り {here.wrong} / {here.accepted:,}、誤り率の 95% 上限 {here.bound:.2%}"
    x = _x(here.coverage)
    return (
        f'<text class="value" x="{_LEFT}" y="{_TOP - 14}">{words}</text>'
        f'<path class="in-force" d="M{x:.1f} {_y(here.error):.1f}V{_y(here.bound):.1f}"/>'
        f'<circle class="mark-bound" cx="{x:.1f}" cy="{_y(here.bound):.1f}" r="4.5"/>'
        f'<circle class="mark" cx="{x:.1f}" cy="{_y(here.error):.1f}" r="6"/>'
    )


def reliability_svg(fields: Sequence[Scored], title_ja: str) -> str:
    """How often fields are right against how sure they were, and how many there are of each confidence."""
    samples = [ConfidenceSample(f.confidence, f.right, f.accepted) for f in fields if f.confidence is not None]
    chart, high = reliability_chart(samples, title_ja), 410
    keys = (
        ('<circle class="dot" cx="6" cy="-4" r="5.5"/>', "実際に正しかった割合と 95% 区間", 0),
        ('<path class="said" d="M0 -4h14"/>', "確信度の平均", 230),
        ('<rect class="accepted" y="-10" width="12" height="12"/>', "人の目が要らない", 346),
        ('<rect class="decided" y="-10" width="12" height="12"/>', "人が見る", 484),
    )
    legend = "".join(
        f'<g transform="translate({_LEFT + x} {high + 56})">{key}<text class="soft" x="20">{words}</text></g>'
        for key, words, x in keys
    )
    body = f'<svg y="44" width="{_WIDTH}" height="{high - 12}">{chart}</svg>{legend}'
    return _document(title_ja, high + 76, body)


def _x(coverage: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * coverage


def _y(rate: float) -> float:
    if rate < 10.0**-_DECADES:
        # From 0.01 % evenly down to 0.
        return _TOP + _HIGH + _ZERO_GAP * (1 - rate * 10.0**_DECADES)
    return _TOP + _HIGH * -math.log10(rate) / _DECADES


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _document(title_ja: str, height: int, body: str) -> str:
    title = escape(title_ja)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img" '
        f'aria-label="{title}"><style>{_STYLE}</style><rect width="{_WIDTH}" height="{height}" fill="#fff"/>'
        f'<text class="title" x="{_LEFT}" y="28">{title}</text>{body}</svg>\n'
    )
