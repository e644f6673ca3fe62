"""The fence over a core system without a unique key, with robots that die and meet trouble at every point."""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from munibots.domain.case import CaseState
from munibots.domain.review import Review, ReviewOutcome
from munibots.entering.fence import Fence
from munibots.errors import (
    CaseError,
    CoreSystemRefusedError,
    CoreSystemUnreachableError,
    MunibotsError,
    RunError,
    SessionLostError,
)
from munibots.stores.case_store import CaseStore, NewCase

S = CaseState
Tick = Callable[[str], None]

OPEN = (S.READY, S.TYPING, S.SUBMITTING)


class FakeCore:
    """Saves whatever is submitted, as often as it is submitted; calls ``tick`` wherever a process can die."""

    def __init__(self, path: Path, tick: Tick) -> None:
        self._con = sqlite3.connect(path, timeout=30)
        self._con.execute("CREATE TABLE IF NOT EXISTS entry (no INTEGER PRIMARY KEY, case_id TEXT, name TEXT)")
        self._tick = tick

    def save(self, case_id: str, name: str) -> None:
        with self._con:
            self._con.execute("INSERT INTO entry (case_id, name) VALUES (?, ?)", (case_id, name))

    def receipts(self, case_id: str) -> tuple[str, ...]:
        rows = self._con.execute("SELECT no FROM entry WHERE case_id = ? ORDER BY no", (case_id,))
        return tuple(f"R{no}" for (no,) in rows)

    def differing(self, receipt_no: str, name: str) -> tuple[str, ...]:
        (saved,) = self._con.execute("SELECT name FROM entry WHERE no = ?", (receipt_no[1:],)).fetchone()
        return () if saved == name else ("氏名",)

    def close(self) -> None:
        self._con.close()

    def look(self, case_id: str) -> tuple[str, ...]:
        self._tick("look")
        found = self.receipts(case_id)
        self._tick("looked")
        return found

    def matches(self, receipt_no: str, name: str) -> tuple[str, ...]:
        self._tick("compare")
        return self.differing(receipt_no, name)

    def type_form(self) -> None:
        self._tick("type")

    def press(self, case_id: str, name: str) -> None:
        self._tick("press")
        self.save(case_id, name)
        self._tick("pressed")


def enter_all(store: CaseStore, core: FakeCore, *, saves_before_submit: bool = False) -> None:
    """One run of a robot: every open case once, lost sessions begun again."""
    fence = Fence(store, actor="robot", saves_before_submit=saves_before_submit)
    for case in store.list(states=OPEN):
        for _login in range(5):
            with contextlib.suppress(SessionLostError):
                enter(fence, core, case.id, name=case.id)
            if store.get(case.id).state not in OPEN:
                break


def enter(fence: Fence, core: FakeCore, case_id: str, *, name: str) -> None:
    """The story of one case, as the keywords tell it."""

    def look() -> tuple[str, ...]:
        return core.look(case_id)

    def matches(receipt_no: str) -> tuple[str, ...]:
        return core.matches(receipt_no, name)

    ticket = fence.begin(case_id, look, matches)
    if ticket is None:
        return
    try:
        core.type_form()
        fence.submitting(ticket, lambda: core.press(case_id, name))
        fence.conclude(ticket, look, matches)
    except CaseError as error:
        fence.give_up(ticket, error)


def approved(store: CaseStore, case_id: str) -> str:
    store.receive(NewCase(case_id, "bot", "demo", "a.pdf", (0,), (), case_id * 8))
    assert store.change(case_id, {S.RECEIVED}, S.READY, actor="test", event="approved")
    return case_id


class KilledError(BaseException):
    """The process dies here: no handler may run."""


class DyingStore(CaseStore):
    """A store whose process may die just before and just after each commit."""

    tick: Callable[[str], None]

    def change(self, *args: Any, **kwargs: Any) -> bool:
        self.tick("change")
        won = super().change(*args, **kwargs)
        self.tick("changed")
        return won


@functools.cache
def new_store_files() -> dict[str, bytes]:
    """An empty store, to be copied: migrating one an example would take most of the time."""
    with tempfile.TemporaryDirectory() as folder:
        CaseStore.open(f"sqlite:///{folder}/cases.db", key_file=Path(folder) / "key").close()
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


_POINTS = ("look", "looked", "compare", "type", "press", "pressed")
_TROUBLE = (
    lambda: SessionLostError(case_id="x"),
    lambda: CoreSystemRefusedError(case_id="x"),
    lambda: CoreSystemUnreachableError(system="x"),
)


class FenceMachine(RuleBasedStateMachine):
    """Runs that die or meet trouble anywhere, people who decide and who enter by hand; what the core system holds is the truth."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.fuse: int | None = None
        self.trouble: dict[str, Callable[[], MunibotsError]] = {}
        self.ids: list[str] = []
        self.core = FakeCore(self.folder / "core.db", self.tick)
        for name, content in new_store_files().items():
            (self.folder / name).write_bytes(content)
        self.store = DyingStore.open(f"sqlite:///{self.folder / 'cases.db'}", key_file=self.folder / "key")
        self.store.tick = self.tick

    def tick(self, point: str) -> None:
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                raise KilledError
        if point in self.trouble:
            raise self.trouble.pop(point)()

    @initialize(early=st.booleans())
    def choose_core_system(self, early: bool) -> None:
        self.early = early

    @precondition(lambda self: len(self.ids) < 4)
    @rule()
    def case_is_approved(self) -> None:
        self.ids.append(approved_without_dying(self, f"C-{len(self.ids)}"))

    @precondition(lambda self: self.ids)
    @rule(
        fuse=st.none() | st.integers(0, 30),
        trouble=st.dictionaries(st.sampled_from(_POINTS), st.sampled_from(_TROUBLE), max_size=2),
    )
    def robot_runs(self, fuse: int | None, trouble: dict[str, Callable[[], MunibotsError]]) -> None:
        self.fuse, self.trouble = fuse, dict(trouble)
        try:
            enter_all(self.store, self.core, saves_before_submit=self.early)
        except (KilledError, RunError):
            pass
        finally:
            self.fuse, self.trouble = None, {}

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), wrong=st.booleans())
    def person_enters_by_hand_between_runs(self, data: st.DataObject, wrong: bool) -> None:
        case_id = data.draw(st.sampled_from(self.ids))
        if not self.core.receipts(case_id):
            self.core.save(case_id, "誤" if wrong else case_id)

    @precondition(lambda self: self.ids)
    @rule()
    def person_decides_flagged_cases(self) -> None:
        for case in self.store.list(states=[S.FLAGGED]):
            entered = bool(self.core.receipts(case.id))
            outcome = ReviewOutcome.ENTERED_BY_HAND if entered else ReviewOutcome.RETRY
            assert self.store.decide(Review(case.id, "職員", outcome), revision=case.revision)

    @invariant()
    def nothing_is_entered_twice(self) -> None:
        for case_id in self.ids:
            assert len(self.core.receipts(case_id)) <= 1

    @invariant()
    def nothing_is_lost(self) -> None:
        assert [c.id for c in self.store.list()] == self.ids
        for case in self.store.list(states=[S.ENTERED]):
            assert len(self.core.receipts(case.id)) == 1
            if case.receipt_no is not None:  # concluded by the fence, so it was compared
                assert self.core.differing(case.receipt_no, case.id) == ()

    @invariant()
    def trail_has_no_gap(self) -> None:
        for case in self.store.list():
            records = self.store.audit(case.id)
            assert [r.old_state for r in records[1:]] == [r.new_state for r in records[:-1]]
            assert records[-1].new_state == case.state
            assert case.revision == len(records) - 1

    def teardown(self) -> None:
        try:
            enter_all(self.store, self.core, saves_before_submit=self.early)
            assert self.store.list(states=OPEN) == ()
            self.nothing_is_entered_twice()
            self.nothing_is_lost()
        finally:
            self.store.close()
            self.core.close()
            shutil.rmtree(self.folder)


def approved_without_dying(machine: FenceMachine, case_id: str) -> str:
    assert machine.fuse is None
    return approved(machine.store, case_id)


TestFenceMachine = FenceMachine.TestCase
TestFenceMachine.settings = settings(
    max_examples=60, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.parametrize("point", range(15))
def test_dying_at_every_point_of_one_entry(tmp_path: Path, point: int) -> None:
    """Every point once, in order: what the state machine finds by chance, shown for certain."""
    left = [point]

    def tick(_point: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KilledError

    dsn = f"sqlite:///{tmp_path / 'cases.db'}"
    with DyingStore.open(dsn, key_file=tmp_path / "key") as store:
        store.tick = lambda _: None
        approved(store, "C-1")
        store.tick = tick
        core = FakeCore(tmp_path / "core.db", tick)
        died = False
        try:
            enter(Fence(store, actor="robot"), core, "C-1", name="C-1")
        except KilledError:
            died = True
    assert died == (point < 14)
    left[0] = 1000
    with CaseStore.open(dsn, key_file=tmp_path / "key") as restarted:
        enter_all(restarted, core)
        state = restarted.get("C-1").state
    receipts = core.receipts("C-1")
    core.close()
    assert len(receipts) <= 1
    # The one window that only a person can settle: the intent is on record, the click is not made.
    assert (state, len(receipts)) == ((S.FLAGGED, 0) if point in (6, 7) else (S.ENTERED, 1))


def _run_until_killed(folder: Path, up: Any) -> None:
    def take_time(_point: str) -> None:
        time.sleep(0.002)

    with CaseStore.open(f"sqlite:///{folder / 'cases.db'}", key_file=folder / "key") as store:
        up.set()
        enter_all(store, FakeCore(folder / "core.db", take_time))


@pytest.mark.skipif(sys.platform == "win32", reason="fork and kill -9")
def test_kill_9_again_and_again(tmp_path: Path) -> None:
    dsn, ids = f"sqlite:///{tmp_path / 'cases.db'}", [f"C-{no:02}" for no in range(60)]
    with CaseStore.open(dsn, key_file=tmp_path / "key") as store:
        for case_id in ids:
            approved(store, case_id)
    fork, chance, kills = multiprocessing.get_context("fork"), random.Random(7), 0
    while True:
        up = fork.Event()
        child = fork.Process(target=_run_until_killed, args=(tmp_path, up))
        child.start()
        assert up.wait(30)
        if kills == 14:
            child.join(60)
            break
        child.join(chance.uniform(0.01, 0.09))
        if child.exitcode is not None:
            break
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        kills += 1
    assert child.exitcode == 0
    assert kills >= 12
    core = FakeCore(tmp_path / "core.db", lambda _: None)
    with CaseStore.open(dsn, key_file=tmp_path / "key") as store:
        cases = store.list()
    assert sorted(c.id for c in cases) == ids
    for case in cases:
        entries = len(core.receipts(case.id))
        assert entries == 1 if case.state is S.ENTERED else (case.state, entries) == (S.FLAGGED, 0)
    core.close()
    assert sum(c.state is S.ENTERED for c in cases) >= len(ids) - kills
