from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from munibots.domain.case import CaseState
from munibots.entering.fence import Fence, Ticket
from munibots.errors import (
    CoreSystemRefusedError,
    CoreSystemUnreachableError,
    EntryDoubtError,
    FieldReadBackError,
    IllegalStateChangeError,
    MunibotsError,
    SessionLostError,
)
from munibots.stores.case_store import CaseStore, NewCase

S = CaseState
SAME: Callable[[str], tuple[str, ...]] = lambda _: ()  # noqa: E731
OTHER: Callable[[str], tuple[str, ...]] = lambda _: ("氏名", "続柄")  # noqa: E731


def found(*receipts: str) -> Callable[[], tuple[str, ...]]:
    return lambda: receipts


def nothing_to_compare(receipt_no: str) -> tuple[str, ...]:
    raise AssertionError(receipt_no)


def approved(store: CaseStore, case_id: str) -> str:
    store.receive(NewCase(case_id, "bot", "demo", "a.pdf", (0,), (), case_id * 8))
    assert store.change(case_id, {S.RECEIVED}, S.READY, actor="test", event="approved")
    return case_id


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CaseStore]:
    monkeypatch.delenv("MUNIBOTS_KEY_FILE", raising=False)
    with CaseStore.open(f"sqlite:///{tmp_path / 'cases.db'}") as opened:
        yield opened


@pytest.fixture
def fence(store: CaseStore) -> Fence:
    return Fence(store, actor="robot")


@pytest.fixture
def ticket(store: CaseStore, fence: Fence) -> Ticket:
    ticket = fence.begin(approved(store, "C-1"), found(), nothing_to_compare)
    assert ticket is not None
    return ticket


def code_of(store: CaseStore, case_id: str = "C-1") -> str | None:
    problem = store.get(case_id).problem
    return problem and problem[0]


# --- the usual way -------------------------------------------------------------------------------------------------------


def test_entry_ends_with_the_receipt_number(store: CaseStore, fence: Fence, ticket: Ticket) -> None:
    pressed: list[CaseState] = []
    fence.submitting(ticket, lambda: pressed.append(store.get("C-1").state))
    assert pressed == [S.SUBMITTING]  # the intent was on record before the click
    assert fence.conclude(ticket, found("R1"), SAME) is S.ENTERED
    case = store.get("C-1")
    assert (case.receipt_no, case.token, case.problem, case.attempts) == ("R1", None, None, 1)
    assert [r.event for r in store.audit("C-1")] == [
        "received",
        "approved",
        "typing_begun",
        "submitting",
        "entered",
    ]


def test_record_listed_once_a_household_member_is_one_record(store: CaseStore, fence: Fence, ticket: Ticket) -> None:
    fence.submitting(ticket, lambda: None)
    assert fence.conclude(ticket, found("R1", "R1"), SAME) is S.ENTERED


def test_concluded_case_is_not_begun_again(store: CaseStore, fence: Fence, ticket: Ticket) -> None:
    fence.submitting(ticket, lambda: None)
    fence.conclude(ticket, found("R1"), SAME)
    assert fence.begin("C-1", found(), nothing_to_compare) is None
    assert fence.conclude(ticket, found(), nothing_to_compare) is S.ENTERED


@pytest.mark.parametrize(
    ("receipts", "matches", "code"),
    [((), SAME, "MB-E406"), (("R1", "R2"), SAME, "MB-E406"), (("R1",), OTHER, "MB-E405")],
    ids=["none", "several", "otherwise"],
)
def test_read_back_that_is_not_the_case_goes_to_a_person(
    store: CaseStore, fence: Fence, ticket: Ticket, receipts: tuple[str, ...], matches: Any, code: str
) -> None:
    fence.submitting(ticket, lambda: None)
    assert fence.conclude(ticket, found(*receipts), matches) is S.FLAGGED
    assert code_of(store) == code
    assert store.get("C-1").receipt_no is None
    if code == "MB-E405":
        assert store.audit("C-1")[-1].detail["fields"] == ["氏名", "続柄"]


# --- what begin finds ----------------------------------------------------------------------------------------------------


def test_movement_already_in_the_core_system_is_not_typed(store: CaseStore, fence: Fence) -> None:
    assert fence.begin(approved(store, "C-1"), found("R9"), nothing_to_compare) is None
    assert (store.get("C-1").state, code_of(store)) == (S.FLAGGED, "MB-E407")


@pytest.mark.parametrize("state", [S.RECEIVED, S.NEEDS_REVIEW])
def test_case_that_nobody_approved_is_refused(store: CaseStore, fence: Fence, state: CaseState) -> None:
    store.receive(NewCase("C-1", "bot", "demo", "a.pdf", (0,), (), "d"))
    if state is not S.RECEIVED:
        store.change("C-1", {S.RECEIVED}, state, actor="t", event="e")
    with pytest.raises(IllegalStateChangeError):
        fence.begin("C-1", found(), nothing_to_compare)


@pytest.mark.parametrize(
    ("submitted", "early", "receipts", "matches", "state", "code"),
    [
        (False, False, ("R1",), SAME, S.ENTERED, None),
        (False, False, ("R1",), OTHER, S.FLAGGED, "MB-E405"),
        (False, False, ("R1", "R2"), SAME, S.FLAGGED, "MB-E406"),
        (False, True, (), SAME, S.FLAGGED, "MB-E406"),
        (True, False, ("R1",), SAME, S.ENTERED, None),
        (True, False, ("R1",), OTHER, S.FLAGGED, "MB-E405"),
        (True, False, (), SAME, S.FLAGGED, "MB-E406"),
        (True, False, ("R1", "R2"), SAME, S.FLAGGED, "MB-E406"),
    ],
)
def test_what_becomes_of_an_orphan(
    store: CaseStore,
    fence: Fence,
    ticket: Ticket,
    submitted: bool,
    early: bool,
    receipts: tuple[str, ...],
    matches: Any,
    state: CaseState,
    code: str | None,
) -> None:
    if submitted:
        fence.submitting(ticket, lambda: None)
    next_run = Fence(store, actor="robot", saves_before_submit=early)
    assert next_run.begin("C-1", found(*receipts), matches) is None
    assert (store.get("C-1").state, code_of(store)) == (state, code)
    assert store.get("C-1").receipt_no == ("R1" if state is S.ENTERED else None)


def test_orphan_that_was_only_typed_starts_again_and_the_old_ticket_is_void(
    store: CaseStore, fence: Fence, ticket: Ticket
) -> None:
    again = fence.begin("C-1", found(), nothing_to_compare)
    assert again is not None
    assert store.get("C-1").attempts == 2
    pressed: list[str] = []
    with pytest.raises(EntryDoubtError):
        fence.submitting(ticket, lambda: pressed.append("old"))
    assert fence.give_up(ticket, FieldReadBackError(case_id="C-1")) is S.TYPING  # not the old one's to end
    with pytest.raises(EntryDoubtError):
        fence.conclude(ticket, found("R1"), SAME)
    fence.submitting(again, lambda: pressed.append("new"))
    assert pressed == ["new"]


def test_overtaken_while_looking_gets_no_ticket(store: CaseStore, fence: Fence) -> None:
    approved(store, "C-1")

    def look() -> tuple[str, ...]:
        store.change("C-1", {S.READY}, S.TYPING, actor="other", event="e", token="theirs")
        return ()

    assert fence.begin("C-1", look, nothing_to_compare) is None
    assert store.get("C-1").token == "theirs"


def test_orphan_that_another_run_takes_meanwhile_is_theirs(store: CaseStore, fence: Fence, ticket: Ticket) -> None:
    theirs: list[Ticket | None] = []

    def look_while_taken(*receipts: str) -> Callable[[], tuple[str, ...]]:
        def _look() -> tuple[str, ...]:
            theirs.append(Fence(store, actor="other").begin("C-1", found(), nothing_to_compare))
            return receipts

        return _look

    assert fence.begin("C-1", look_while_taken(), nothing_to_compare) is None
    assert fence.begin("C-1", look_while_taken("R1"), SAME) is None
    case = store.get("C-1")
    assert theirs[-1] is not None
    assert (case.state, case.token) == (S.TYPING, theirs[-1].token)


# --- failures ------------------------------------------------------------------------------------------------------------


def raising(error: MunibotsError) -> Callable[[], tuple[str, ...]]:
    def _raise() -> tuple[str, ...]:
        raise error

    return _raise


@pytest.mark.parametrize("error", [SessionLostError(case_id="C-1"), CoreSystemUnreachableError(system="x")])
def test_lost_session_while_looking_changes_nothing(store: CaseStore, fence: Fence, error: MunibotsError) -> None:
    approved(store, "C-1")
    with pytest.raises(type(error)):
        fence.begin("C-1", raising(error), nothing_to_compare)
    assert store.get("C-1").state is S.READY


def test_failure_while_looking_goes_to_a_person(store: CaseStore, fence: Fence) -> None:
    approved(store, "C-1")
    assert fence.begin("C-1", raising(CoreSystemRefusedError(case_id="C-1")), nothing_to_compare) is None
    assert (store.get("C-1").state, code_of(store)) == (S.FLAGGED, "MB-E401")


def test_failure_while_looking_after_the_click_is_doubt(store: CaseStore, fence: Fence, ticket: Ticket) -> None:
    fence.submitting(ticket, lambda: None)
    assert fence.begin("C-1", raising(CoreSystemRefusedError(case_id="C-1")), nothing_to_compare) is None
    assert (store.get("C-1").state, code_of(store)) == (S.FLAGGED, "MB-E406")
    assert store.audit("C-1")[-1].detail["cause"] == "MB-E401"


def test_lost_session_while_typing_is_tried_again_a_few_times(store: CaseStore, fence: Fence) -> None:
    approved(store, "C-1")
    states = []
    for _ in range(3):
        ticket = fence.begin("C-1", found(), nothing_to_compare)
        assert ticket is not None
        states.append(fence.give_up(ticket, SessionLostError(case_id="C-1")))
    assert states == [S.READY, S.READY, S.FLAGGED]
    assert code_of(store) == "MB-E402"
    assert store.get("C-1").token is None


def test_screen_that_saves_early_is_not_typed_again_after_a_lost_session(store: CaseStore) -> None:
    fence = Fence(store, actor="robot", saves_before_submit=True)
    ticket = fence.begin(approved(store, "C-1"), found(), nothing_to_compare)
    assert ticket is not None
    assert fence.give_up(ticket, SessionLostError(case_id="C-1")) is S.FLAGGED
    assert code_of(store) == "MB-E406"


def test_other_failure_while_typing_goes_to_a_person(store: CaseStore, fence: Fence, ticket: Ticket) -> None:
    assert fence.give_up(ticket, FieldReadBackError(case_id="C-1", field="氏名")) is S.FLAGGED
    assert code_of(store) == "MB-E403"


def test_failure_after_the_intent_is_doubt_whatever_it_was(store: CaseStore, fence: Fence, ticket: Ticket) -> None:
    with pytest.raises(SessionLostError):
        fence.submitting(ticket, raising(SessionLostError(case_id="C-1")))  # type: ignore[arg-type]
    with pytest.raises(SessionLostError):
        fence.conclude(ticket, raising(SessionLostError(case_id="C-1")), SAME)
    assert store.get("C-1").state is S.SUBMITTING  # logged in again, it may still be concluded
    assert fence.give_up(ticket, SessionLostError(case_id="C-1")) is S.FLAGGED
    assert code_of(store) == "MB-E406"


def test_conclude_without_submitting_is_a_fault_of_the_bot(fence: Fence, ticket: Ticket) -> None:
    with pytest.raises(IllegalStateChangeError):
        fence.conclude(ticket, found("R1"), SAME)


def test_intent_is_written_once(fence: Fence, ticket: Ticket) -> None:
    pressed: list[int] = []
    fence.submitting(ticket, lambda: pressed.append(1))
    with pytest.raises(EntryDoubtError):
        fence.submitting(ticket, lambda: pressed.append(2))
    assert pressed == [1]
