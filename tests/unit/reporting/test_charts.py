from __future__ import annotations

import re
from xml.etree import ElementTree

from munibots.reporting.charts import bins_of, reliability_chart, seconds_ja, steps_chart
from munibots.reporting.facts import ConfidenceSample, StepFact

SAMPLES = [
    ConfidenceSample(0.3, False, False),
    ConfidenceSample(0.96, True, False),
    ConfidenceSample(0.995, True, True),
    ConfidenceSample(1.0, True, True),
    ConfidenceSample(0.999, False, True),
]


def texts(svg: str) -> list[str]:
    return ["".join(t.itertext()) for t in ElementTree.fromstring(svg).iter("text")]


def test_each_step_has_its_name_median_and_ninetieth() -> None:
    drawn = texts(steps_chart([StepFact("文字を読む", (0.5, 0.6, 0.7)), StepFact("合計", (1.0, 1.0))], "時間"))
    assert "文字を読む" in drawn
    assert "0.60 秒90%: 0.68 秒" in drawn
    assert "1.00 秒90%: 1.00 秒" in drawn
    assert "0 秒" in drawn


def test_a_step_that_took_no_time_can_be_drawn() -> None:
    assert "0.0 ミリ秒90%: 0.0 ミリ秒" in texts(steps_chart([StepFact("検査", (0.0,))], "時間"))


def test_names_are_escaped() -> None:
    svg = steps_chart([StepFact("<b>&", (1.0,))], '"><script>')
    assert "<script>" not in svg
    assert "<b>&" in texts(svg)


def test_every_sample_is_in_one_bin() -> None:
    bins = bins_of(SAMPLES)
    assert sum(b.n for b in bins) == len(SAMPLES)
    last = bins[-1]
    assert (last.accepted, last.not_accepted, last.wrong) == (3, 0, 1)
    assert bins[0].wrong == 1
    assert bins[1].mean_confidence is None


def test_the_reliability_chart_says_how_many_and_how_many_wrong() -> None:
    svg = reliability_chart(SAMPLES, "確信度")
    assert "3 項目のうち正しい 2 項目" in svg
    drawn = texts(svg)
    assert drawn.count("誤り 1") == 2
    assert "99%–100%" in drawn
    numbers = [float(y) for y in re.findall(r'cy="([\d.]+)"', svg)]
    assert all(0 <= y <= 400 for y in numbers)


def test_durations_as_people_read_them() -> None:
    shown = [seconds_ja(s) for s in (0.0042, 0.5, 12.34, 412)]
    assert shown == ["4.2 ミリ秒", "0.50 秒", "12.3 秒", "6 分 52 秒"]
