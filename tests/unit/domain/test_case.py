"""Legal state changes."""

from __future__ import annotations

import pytest

from munibots.domain.case import CASE_STATES_JA, CaseState, may_change

S = CaseState


@pytest.mark.parametrize("end", [S.ENTERED, S.REJECTED])
@pytest.mark.parametrize("new", list(S))
def test_nothing_leaves_an_end_state(end: CaseState, new: CaseState) -> None:
    assert not may_change(end, new)


@pytest.mark.parametrize("old", [s for s in S if s not in (S.TYPING, S.READY, S.FLAGGED, S.SUBMITTING)])
def test_nothing_is_entered_without_typing_or_a_person(old: CaseState) -> None:
    assert not may_change(old, S.ENTERED)


def test_what_may_have_been_sent_is_never_typed_again_without_a_person() -> None:
    assert {new for new in S if may_change(S.SUBMITTING, new)} == {S.ENTERED, S.FLAGGED}


def test_only_an_approved_case_is_typed() -> None:
    assert {old for old in S if may_change(old, S.TYPING)} == {S.READY, S.TYPING}


def test_every_state_can_be_reached_and_has_a_name() -> None:
    reached = {S.RECEIVED}
    while more := {new for old in reached for new in S if may_change(old, new)} - reached:
        reached |= more
    assert reached == set(S) == set(CASE_STATES_JA)
