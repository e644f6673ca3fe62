"""Figures and whether they keep what was meant."""

from __future__ import annotations

import json

import pytest

from munibots.bench.figures import BENCHMARKS, Figure, Measurement, run_benchmark, share
from munibots.errors import UsageError


@pytest.mark.parametrize(
    ("value", "limit", "least", "kept"),
    [
        (1.0, None, None, True),
        (1.0, 1.0, None, True),
        (1.1, 1.0, None, False),
        (0.5, None, 0.5, True),
        (0.4, None, 0.5, False),
    ],
)
def test_a_figure_keeps_its_limits(value: float, limit: float | None, least: float | None, kept: bool) -> None:
    assert Figure("f", "数", value, "", limit, least).kept is kept


def test_a_measurement_is_json_with_its_conditions() -> None:
    document = json.loads(json.dumps(Measurement("read", 3, (Figure("f", "数", 0.5, "s", 1.0),)).to_json()))
    assert document["figures"] == [{"name": "f", "value": 0.5, "unit": "s", "limit": 1.0, "least": None, "kept": True}]
    assert {"python", "cores", "load_before"} <= set(document["conditions"])


def test_an_unknown_benchmark_is_said_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="、".join(BENCHMARKS)):
        run_benchmark("nothing", None, lambda done, total: None)


def test_a_share_has_its_exact_interval() -> None:
    figure = share("s", "割合", 97, 100, least=0.98)
    # R: binom.test(97, 100)$conf.int
    assert (figure.value, figure.n, figure.interval, figure.kept) == (0.97, 100, (0.9148, 0.9938), False)
    assert Measurement("read", 1, (figure,)).to_json()["figures"] == [
        {
            "name": "s",
            "value": 0.97,
            "unit": "",
            "limit": None,
            "least": 0.98,
            "kept": False,
            "n": 100,
            "interval_95": [0.9148, 0.9938],
        }
    ]
    assert share("s", "割合", 0, 0).interval == (0.0, 1.0)


@pytest.mark.parametrize(("name", "engines"), [("enter", ["rapidocr"]), ("read", ["nothing"])])
def test_an_engine_that_cannot_be_measured_is_said(name: str, engines: list[str]) -> None:
    with pytest.raises(UsageError):
        run_benchmark(name, 1, lambda done, total: None, engines=engines)
