"""Whether what people find in the sample still agrees with the promise, asked after every single finding.

A bettor starts with capital 1 and bets on each sampled field being wrong more often than promised. If at every field the
chance of an error, given all that came before, is at most the promised one, no such bet is worth more than its stake: the
capital is a supermartingale, and by Ville's inequality it ever reaches 20 with a probability of at most 1/20, however often one
looks and whenever one stops. So the false alarm is at most 5 % over the whole life of the test, not a look.

The bet here is Wald's likelihood ratio (Wald, Annals of Mathematical Statistics 16, 1945) against several worse rates at once,
its average staying a supermartingale (Ramdas, Grünwald, Vovk and Shafer, Statistical Science 38, 2023; Waudby-Smith and
Ramdas, JRSS B 86, 2024). It depends on counts alone.
"""

from __future__ import annotations

import math

__all__ = ["ALARM_AT", "evidence_against", "is_broken"]

ALARM_AT = 20.0
"""Capital at which the promise counts as broken: a false alarm has a probability of at most 1/20."""

_WORSE = (2.0, 5.0, 10.0, 20.0)
"""The rates that the bets are laid on, as multiples of the promised one. A first field that is wrong gives their mean, 9.25:
never does a single error, which may be the reviewer's own, raise an alarm."""

_MOST = 0.5
_LOG_MOST = 600.0
"""Evidence beyond it is not told apart, so that it stays a number that every database and JSON can hold."""


def evidence_against(promised: float, n: int, wrong: int) -> float:
    """The e-value: how many times its stake a bet against the promise would be worth now.

    Args:
        promised: Highest promised chance of an error, above 0 and below 0.5.
        n: Sampled fields that were judged.
        wrong: Errors among them, 0 to ``n``.

    Returns:
        1 before anything was seen; below it speaks for the promise, from :data:`ALARM_AT` on the promise is broken.

    Raises:
        ValueError: ``promised`` or ``wrong`` is out of range.
    """
    if not 0 < promised < _MOST or not 0 <= wrong <= n:
        raise ValueError("promised must lie between 0 and 0.5 and wrong in 0..n")
    logs = []
    for times in _WORSE:
        rate = min(_MOST, promised * times)
        right = (n - wrong) * (math.log1p(-rate) - math.log1p(-promised))
        logs.append(wrong * math.log(rate / promised) + right)
    top = max(logs)
    return math.exp(min(top, _LOG_MOST)) * sum(math.exp(x - top) for x in logs) / len(logs)


def is_broken(promised: float, n: int, wrong: int) -> bool:
    """Whether the capital has reached :data:`ALARM_AT`."""
    return evidence_against(promised, n, wrong) >= ALARM_AT
