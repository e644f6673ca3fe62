"""What happens with a failure: of the case, of the run, and one that nobody foresaw."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from munibots.domain.case import CaseState
from munibots.entering.fence import Fence
from munibots.errors import CoreSystemUnreachableError, FieldReadBackError, RunError, SessionLostError
from munibots.keywords.entry_session import EntrySession
from munibots.keywords.outcome_keywords import OutcomeKeywords
from munibots.keywords.run_context import RunContext, RunSettings
from munibots.stores.case_store import CaseStore, NewCase

S = CaseState


@pytest.fixture
def session(tmp_path: Path) -> Iterator[EntrySession]:
    dsn = f"sqlite:///{tmp_path / 'cases.db'}"
    with CaseStore.open(dsn) as store:
        store.receive(NewCase("C-1", "juminido", "demo", "a.pdf", (0,), (), "x"))
        store.change("C-1", {S.RECEIVED}, S.READY, actor="test", event="approved")
        made = EntrySession(RunContext(RunSettings(dsn, "demo", tmp_path), store), "juminido")
        made._fence = Fence(store, actor="robot")
        made.take("C-1")
        made.ticket = made.fence.begin("C-1", lambda: (), lambda _: ())
        yield made


def test_an_error_of_the_case_flags_it(session: EntrySession) -> None:
    session.context.remember(FieldReadBackError(case_id="C-1", screen="画面", field="氏名"))
    assert OutcomeKeywords(session).hand_to_person("C-1") == "要確認(入力)"
    case = session.context.store.get("C-1")
    assert case.problem is not None
    assert (case.state, case.problem[0]) == (S.FLAGGED, "MB-E403")
    assert session.context.settled == {"C-1"}


def test_a_lost_session_gives_the_case_back(session: EntrySession) -> None:
    session.context.remember(SessionLostError(case_id="C-1", screen="画面"))
    assert OutcomeKeywords(session).hand_to_person("C-1") == "承認済み"
    assert session.context.settled == set()


def test_an_error_of_the_run_goes_on_up(session: EntrySession) -> None:
    session.context.remember(CoreSystemUnreachableError())
    with pytest.raises(CoreSystemUnreachableError):
        OutcomeKeywords(session).hand_to_person("C-1")
    assert session.context.store.get("C-1").state is S.TYPING


def test_what_nobody_foresaw_stops_the_run(session: EntrySession) -> None:
    with pytest.raises(RunError) as caught:
        OutcomeKeywords(session).hand_to_person("C-1")
    assert caught.value.ROBOT_EXIT_ON_FAILURE
    assert session.context.store.get("C-1").state is S.TYPING


def test_an_error_is_of_its_own_case_only(session: EntrySession) -> None:
    session.context.remember(FieldReadBackError())
    session.take("C-1")
    with pytest.raises(RunError):
        OutcomeKeywords(session).hand_to_person("C-1")
