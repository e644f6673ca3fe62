"""The two-axis picture: every task is on it, nothing covers anything, nothing in a name is markup."""

from __future__ import annotations

import itertools
import math
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from munibots.classifying.triage import Triage, load_triage
from munibots.domain.task import APPROACHES_JA, FixedRules, Judgement, LegalAct, Medium, Product, Task
from munibots.reporting.two_axes import two_axes_picture

SVG = "{http://www.w3.org/2000/svg}"
TASK = Task(
    2, "入力", "", "", 6000, 8, FixedRules.FIXED, Judgement.NONE, (Medium.DATA,), (Product.SCREEN_ENTRY,), LegalAct.NONE
)


@pytest.fixture(scope="module")
def triage() -> Triage:
    return load_triage()


def _picture(triage: Triage, tasks: list[Task]) -> ET.Element:
    proposals = [triage.propose(task) for task in tasks]
    return ET.fromstring(two_axes_picture(proposals, triage.rules.axes, triage.rules.margin, "題"))


def _marks(root: ET.Element) -> list[tuple[float, float, float]]:
    circles = [c for c in root.iter(f"{SVG}circle") if c.find(f"{SVG}title") is not None]
    return [(float(c.get("cx", 0)), float(c.get("cy", 0)), float(c.get("r", 0))) for c in circles]


@pytest.mark.parametrize("n", [1, 30, 120])
def test_no_mark_touches_another(triage: Triage, n: int) -> None:
    root = _picture(triage, [replace(TASK, name=f"業務{i}") for i in range(n)])
    marks = _marks(root)
    assert len(marks) == 2 * n  # in the picture and in the list
    for a, b in itertools.combinations(marks, 2):
        assert math.dist(a[:2], b[:2]) >= a[2] + b[2]


def test_everything_is_named(triage: Triage) -> None:
    root = _picture(triage, [TASK, replace(TASK, name="庶務", fixed_rules=None)])
    texts = ["".join(t.itertext()) for t in root.iter(f"{SVG}text")]
    for expected in (*APPROACHES_JA.values(), "題", "入力", "庶務", "職員が判断してください(1 業務)"):
        assert expected in texts
    assert any(text.startswith("年 ") for text in texts)


def test_text_stays_inside_and_is_no_markup(triage: Triage) -> None:
    name = "<script>&" + "長い名前" * 30
    root = _picture(triage, [replace(TASK, name=name)])
    texts = ["".join(t.itertext()) for t in root.iter(f"{SVG}text")]
    (shown,) = [text for text in texts if text.startswith("<script>&長い")]
    assert shown.endswith("…")
    assert len(shown) < 40
    assert root.find(f".//{SVG}script") is None
