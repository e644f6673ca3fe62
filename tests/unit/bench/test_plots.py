"""Pictures are SVG that stands alone and says the figures in words too."""

from __future__ import annotations

import random
from xml.etree import ElementTree

from munibots.bench.plots import reliability_svg, risk_coverage_svg
from munibots.bench.risk_coverage import Scored, risk_coverage
from munibots.domain.form import FieldType

_SVG = "{http://www.w3.org/2000/svg}"


def _fields(n: int, accept_at: float | None) -> list[Scored]:
    chance = random.Random(n)
    kind = FieldType.DATE if accept_at else FieldType.NAME
    confidences = [chance.random() ** 0.1 for _ in range(n)]
    return [Scored("juminido", kind, p, accept_at, chance.random() < p) for p in confidences]


def _texts(svg: str) -> str:
    return " ".join("".join(e.itertext()) for e in ElementTree.fromstring(svg).iter(f"{_SVG}text"))


def test_a_curve_with_its_bound_its_promise_and_the_threshold_in_force() -> None:
    curve = risk_coverage(_fields(500, 0.9))
    svg = risk_coverage_svg(curve, "様式 <A>", 0.001)
    root = ElementTree.fromstring(svg)
    classes = [e.get("class") for e in root.iter()]
    assert {"error", "bound", "goal", "mark", "mark-bound"} <= set(classes)
    assert curve.in_force is not None
    assert "様式 <A>" in _texts(svg)
    assert f"誤り {curve.in_force.wrong} / {curve.in_force.accepted}" in _texts(svg)
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    marks = [(float(e.get("cx", 0)), float(e.get("cy", 0))) for e in root.iter(f"{_SVG}circle")]
    assert all(0 <= x <= width and 0 <= y <= height for x, y in marks)


def test_a_type_without_threshold_says_so() -> None:
    svg = risk_coverage_svg(risk_coverage(_fields(100, None), by_one_threshold=True), "氏名", 0.001)
    assert "確信度だけでは受け入れません" in _texts(svg)
    assert 'class="mark"' not in svg


def test_no_fields_no_curve() -> None:
    ElementTree.fromstring(risk_coverage_svg(risk_coverage([]), "空", 0.001))


def test_the_reliability_diagram_stands_alone() -> None:
    svg = reliability_svg(_fields(300, 0.9), "確信度")
    assert "実際に正しかった割合" in _texts(svg)
