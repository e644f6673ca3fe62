"""Figures from what was counted."""

from __future__ import annotations

import pytest

from munibots.bench import read
from munibots.bench.field_groups import FieldGroup
from munibots.bench.known_forms import Cost, Tally
from munibots.bench.long_stack import CYCLE_PAGES, StackCost
from munibots.bench.peers import PeerScore
from munibots.checking.bounds import error_rate_upper_bound


def _counted() -> Tally:
    tally = Tally(fields=4000)
    tally.pages["inkan"], tally.identified["inkan"] = 100, 99
    tally.hard.update(dict.fromkeys(FieldGroup, 200))
    tally.hard_exact.update(dict.fromkeys(FieldGroup, 199))
    tally.accepted.update({False: 2400, True: 3200})
    tally.accepted_wrong.update({True: 1})
    tally.costs += [Cost(1, 20, 0.8, 0.7, True), Cost(2, 15, 0.5, 0.4, False), Cost(1, 3, 9.0, 9.0, False)]
    return tally


def test_every_goal_has_its_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    tally = _counted()
    peers = {"rapidocr": PeerScore(50, 40, [3.0, 2.0]), "munibots:x": PeerScore(50, 30, [1.0])}
    monkeypatch.setattr(read, "make_scans", lambda seed: [])
    monkeypatch.setattr(read, "read_long_stack", lambda *a: StackCost(1000, 800, 0.8, 0.82, 0.81, 530.2))
    monkeypatch.setattr(read, "speed_of_two", lambda *a: (19.0, 10.0))
    steps: list[int] = []
    figures = {
        f.name: f
        for f in (
            *read._exactness(tally, 200, 0, whole=True),
            *read._promise(tally),
            *read._cost(tally, peers),
            *read._pile(1000, 24, steps.append),
        )
    }
    assert (figures["identified"].value, figures["identified"].kept) == (0.99, False)
    assert (figures["fields"].kept, figures["foreign_taken"].kept) == (False, True)
    assert [f"exact_hard_{g}" in figures for g in FieldGroup] == [True] * 8
    assert [g for g in FieldGroup if not figures[f"exact_hard_{g}"].kept] == [FieldGroup.MARKS]
    assert (figures["accepted_alone"].value, figures["accepted_with_register"].value) == (0.6, 0.8)
    assert figures["bound_with_register"].value == round(error_rate_upper_bound(1, 3200), 6)
    assert not figures["bound_with_register"].kept
    # The page with three entries does not count; a page of a document of two costs half of it.
    assert (figures["cpu_s_per_page"].value, figures["cpu_s_per_page"].n) == (0.6, 3)
    assert figures["cpu_s_per_page_median"].value == 0.5
    assert figures["cpu_ratio_to_rapidocr"].value == round(0.8 / 2.5, 3)
    assert figures["munibots_x_exact"].value == 0.6
    assert (figures["stack_last_to_first"].value, figures["peak_mb"].value, figures["two_processes"].value) == (
        1.025,
        530,
        1.9,
    )
    assert sum(steps) == 3 * 24


def test_a_small_part_keeps_whole_rounds_in_every_fifth() -> None:
    assert [read._stack_pages(part) for part in (1.0, 0.5, 0.001)] == [1000, 500, 5 * CYCLE_PAGES]


def test_the_forms_of_the_test_are_half_of_all() -> None:
    sizes = read._Sizes(60, 20, 200, 30, 3)
    assert len(read.unseen_forms()) == 7
    assert sizes.total == 7 * (60 + 2 * 3) + 7 * 20 + 200 + 30
