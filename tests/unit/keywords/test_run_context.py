"""Which cases a run hands out, and that it ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from munibots.domain.case import CaseState
from munibots.errors import CoreSystemUnreachableError, SessionLostError, UsageError
from munibots.keywords.run_context import RunContext, RunSettings, active_context, context_for, current_context
from munibots.stores.case_store import CaseStore, NewCase

S = CaseState


@pytest.fixture
def context(tmp_path: Path) -> Iterator[RunContext]:
    dsn = f"sqlite:///{tmp_path / 'cases.db'}"
    with CaseStore.open(dsn) as store:
        yield RunContext(RunSettings(dsn, "demo", tmp_path), store)


def put(context: RunContext, case_id: str, *states: CaseState, profile: str = "demo") -> None:
    context.store.receive(NewCase(case_id, "bot", profile, "a.pdf", (0,), (), case_id))
    old = S.RECEIVED
    for new in states:
        assert context.store.change(case_id, {old}, new, actor="test", event="test")
        old = new


def test_cases_left_in_the_middle_come_first(context: RunContext) -> None:
    put(context, "C-ready", S.READY)
    put(context, "C-typing", S.READY, S.TYPING)
    put(context, "C-sent", S.READY, S.TYPING, S.SUBMITTING)
    put(context, "C-flagged", S.READY, S.FLAGGED)
    put(context, "C-other", S.READY, profile="other")
    assert [c.id for c in context.hand_out("bot")] == ["C-sent", "C-typing", "C-ready"]
    assert context.hand_out("another bot") == []


def test_the_limit_counts_cases(context: RunContext) -> None:
    context.limit = 2
    for n in range(4):
        put(context, f"C-{n}", S.READY)
    assert len(context.hand_out("bot")) == 2
    assert {c.id for c in context.hand_out("bot")} == set(context.handed)
    assert len(context.handed) == 2


def test_a_case_that_keeps_coming_back_is_left(context: RunContext) -> None:
    put(context, "C-1", S.READY)
    rounds = 0
    while context.hand_out("bot"):
        rounds += 1
        assert rounds < 10
    assert rounds > 1


def test_progress_is_told(context: RunContext) -> None:
    told: list[tuple[int, int]] = []
    context.progress = lambda done, total: told.append((done, total))
    put(context, "C-1", S.READY)
    put(context, "C-2", S.READY)
    context.hand_out("bot")
    context.settle("C-1")
    context.settle("C-1")
    context.settle("C-2")
    assert told == [(1, 2), (1, 2), (2, 2)]


def test_only_an_error_of_the_run_stops_it(context: RunContext) -> None:
    context.remember(SessionLostError())
    assert context.run_error is None
    context.remember(CoreSystemUnreachableError())
    assert isinstance(context.run_error, CoreSystemUnreachableError)


def test_libraries_of_a_run_share_its_context(context: RunContext) -> None:
    assert current_context() is None
    with active_context(context):
        assert context_for(None, None, None) is context
    assert current_context() is None


def test_settings_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUNIBOTS_WORKDIR", str(tmp_path))
    monkeypatch.delenv("MUNIBOTS_DSN", raising=False)
    monkeypatch.delenv("MUNIBOTS_PROFILE", raising=False)
    with pytest.raises(UsageError, match="MUNIBOTS_PROFILE"):
        RunSettings.from_environment(None, None, None)
    monkeypatch.setenv("MUNIBOTS_PROFILE", "demo")
    settings = RunSettings.from_environment(None, None, None)
    assert (settings.profile, settings.workdir) == ("demo", tmp_path)
    assert settings.dsn == f"sqlite:///{(tmp_path / 'munibots.sqlite').as_posix()}"
    assert RunSettings.from_environment("sqlite://", "x", None).dsn == "sqlite://"
