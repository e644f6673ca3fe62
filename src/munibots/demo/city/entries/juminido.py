"""住民異動届, as the demo city's movement cases are written."""

from __future__ import annotations

import random

from munibots.demo.city.cases import make_cases
from munibots.demo.city.entries.filled import Filled
from munibots.demo.city.people import People

__all__ = ["make"]


def make(rng: random.Random, people: People) -> Filled:
    """One movement of one household; ``make_cases`` invents its own people from the same chance."""
    cases, _ = make_cases(1, rng)
    return Filled("juminido", cases[0].entries, cases[0].notified_on, cases[0].seal)
