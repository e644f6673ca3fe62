"""Charts as inline SVG: times of steps, and confidence against correctness. Colours come from the page's style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from munibots.reporting.facts import ConfidenceSample, StepFact
from munibots.reporting.statistics import interval_95, quantile

__all__ = ["Bin", "bins_of", "reliability_chart", "seconds_ja", "steps_chart"]

_WIDTH = 720

# Fine where the decisions fall: fields are accepted somewhere above 0.9.
_EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)


def seconds_ja(seconds: float) -> str:
    """A duration as people read it."""
    if seconds < 0.01:
        return f"{seconds * 1000:.1f} ミリ秒"
    if seconds < 10:
        return f"{seconds:.2f} 秒"
    if seconds < 60:
        return f"{seconds:.1f} 秒"
    return f"{int(seconds // 60)} 分 {round(seconds % 60):02d} 秒"


def steps_chart(steps: Sequence[StepFact], title_ja: str) -> Markup:
    """One bar a step up to the median, a line on to the 90th percentile, both as text beside it.

    Args:
        steps: At least one, each with at least one time.
        title_ja: Read out by screen readers.
    """
    left, right, row, top = 190, 190, 38, 8
    plot = _WIDTH - left - right
    longest = max(s.p90 for s in steps) or 1.0
    bottom = top + row * len(steps)
    parts = []
    for tick in _ticks(longest):
        x = left + plot * tick / longest
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}"/>')
        parts.append(f'<text class="tick" x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{tick:g} 秒</text>')
    for i, step in enumerate(steps):
        y = top + row * i + row / 2
        median, p90 = left + plot * step.median / longest, left + plot * step.p90 / longest
        low = left + plot * quantile(step.seconds, 0.1) / longest
        parts.append(
            f'<text class="name" x="{left - 12}" y="{y + 5:.1f}" text-anchor="end">{escape(step.name_ja)}</text>'
        )
        parts.append(
            f'<rect class="bar" x="{left}" y="{y - 8:.1f}" width="{max(1.5, median - left):.1f}" height="16" rx="2"/>'
            f'<path class="whisker" d="M{low:.1f} {y:.1f}H{p90:.1f}M{p90:.1f} {y - 5:.1f}v10"/>'
        )
        parts.append(
            f'<text class="value" x="{_WIDTH - right + 16}" y="{y + 5:.1f}">{seconds_ja(step.median)}'
            f'<tspan class="soft" dx="8">90%: {seconds_ja(step.p90)}</tspan></text>'
        )
    parts.append(f'<line class="axis" x1="{left}" x2="{left}" y1="{top}" y2="{bottom}"/>')
    return _svg(bottom + 26, title_ja, parts)


@dataclass(frozen=True, slots=True)
class Bin:
    """Fields whose confidence lies in ``low`` ≤ c < ``high`` (the last bin includes 1.0)."""

    low: float
    high: float
    accepted: int
    not_accepted: int
    wrong: int
    mean_confidence: float | None

    @property
    def n(self) -> int:
        """Number of fields."""
        return self.accepted + self.not_accepted


def bins_of(samples: Sequence[ConfidenceSample]) -> tuple[Bin, ...]:
    """Sort samples into the bins of the chart."""
    answer = []
    for low, high in pairwise(_EDGES):
        inside = [s for s in samples if low <= s.confidence < high or (high == _EDGES[-1] and s.confidence >= high)]
        answer.append(
            Bin(
                low,
                high,
                accepted=sum(s.accepted for s in inside),
                not_accepted=sum(not s.accepted for s in inside),
                wrong=sum(not s.right for s in inside),
                mean_confidence=sum(s.confidence for s in inside) / len(inside) if inside else None,
            )
        )
    return tuple(answer)


def reliability_chart(samples: Sequence[ConfidenceSample], title_ja: str) -> Markup:
    """Above, how often the readings of each bin are right, against what they say of themselves; below, how many they are."""
    left, right, top, high, gap, low_high = 64, 16, 14, 190, 34, 110
    bins = bins_of(samples)
    slot = (_WIDTH - left - right) / len(bins)
    base, base2 = top + high, top + high + gap + low_high
    most = max((b.n for b in bins), default=0) or 1
    parts = []
    for share in (0, 25, 50, 75, 100):
        y = base - high * share / 100
        parts.append(f'<line class="grid" x1="{left}" x2="{_WIDTH - right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="tick" x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{share}%</text>')
    for i, b in enumerate(bins):
        x = left + slot * (i + 0.5)
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{base2 + 18}" text-anchor="middle">{_edge(b.low)}–{_edge(b.high)}</text>'
        )
        if b.mean_confidence is None:
            parts.append(f'<text class="soft" x="{x:.1f}" y="{base2 - 6}" text-anchor="middle">0</text>')
            continue
        rate = (b.n - b.wrong) / b.n
        worst, best = interval_95(b.n - b.wrong, b.n)
        said = base - high * b.mean_confidence
        parts.append(
            f'<path class="said" d="M{x - 24:.1f} {said:.1f}h48"/>'
            f'<path class="interval" d="M{x:.1f} {base - high * worst:.1f}V{base - high * best:.1f}"/>'
            f'<circle class="dot" cx="{x:.1f}" cy="{base - high * rate:.1f}" r="5.5">'
            f"<title>{b.n} 項目のうち正しい {b.n - b.wrong} 項目</title></circle>"
        )
        h_accepted, h_other = low_high * b.accepted / most, low_high * b.not_accepted / most
        parts.append(
            f'<rect class="accepted" x="{x - 22:.1f}" y="{base2 - h_accepted:.1f}" width="44" height="{h_accepted:.1f}"/>'
            f'<rect class="decided" x="{x - 22:.1f}" y="{base2 - h_accepted - h_other:.1f}" width="44" height="{h_other:.1f}"/>'
            f'<text class="value" x="{x:.1f}" y="{base2 - h_accepted - h_other - 6:.1f}" text-anchor="middle">{b.n}</text>'
        )
        if b.wrong:
            parts.append(f'<text class="wrong" x="{x:.1f}" y="{base2 + 36}" text-anchor="middle">誤り {b.wrong}</text>')
    parts.append(f'<line class="axis" x1="{left}" x2="{_WIDTH - right}" y1="{base2}" y2="{base2}"/>')
    parts.append(f'<text class="tick" x="{left - 8}" y="{base - high / 8:.0f}" text-anchor="end">正解率</text>')
    parts.append(f'<text class="tick" x="{left - 8}" y="{base2 + 18}" text-anchor="end">確信度</text>')
    parts.append(f'<text class="tick" x="{left - 8}" y="{base2 - low_high / 2:.0f}" text-anchor="end">項目数</text>')
    return _svg(base2 + 46, title_ja, parts)


def _edge(confidence: float) -> str:
    return f"{confidence * 100:g}%"


def _ticks(longest: float) -> list[float]:
    """A few round numbers from zero up to ``longest`` seconds."""
    steps = (m * 10.0**e for e in range(-4, 7) for m in (1, 2, 5))
    step = next(s for s in steps if longest / s <= 5)
    return [round(i * step, 9) for i in range(int(longest / step) + 1)]


def _svg(height: float, title_ja: str, parts: Sequence[str]) -> Markup:
    # Every text that came from outside went through escape() above.
    return Markup(
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {height:.0f}" role="img" aria-label="{escape(title_ja)}">'
        f"{''.join(parts)}</svg>"
    )
