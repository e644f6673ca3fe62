"""What the libraries of one run share: the case store, the texts to be masked, the last error, and what was handed out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from munibots.domain.case import Case, CaseState
from munibots.errors import MunibotsError, RunError, UsageError
from munibots.keywords.masked_texts import MaskedTexts
from munibots.stores.case_store import CaseStore

__all__ = ["Progress", "RunContext", "RunSettings", "active_context", "context_for", "current_context"]

Progress = Callable[[int, int], None]
"""Called with how many cases are done and how many there are."""

# A case that keeps coming back is left for the next run; the fence counts the attempts at typing in its own way.
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class RunSettings:
    """Where a run works."""

    dsn: str
    profile: str
    workdir: Path

    @classmethod
    def from_environment(cls, dsn: str | None, profile: str | None, workdir: str | None) -> RunSettings:
        """The settings given, else those of ``MUNIBOTS_DSN``, ``MUNIBOTS_PROFILE`` and ``MUNIBOTS_WORKDIR``.

        Raises:
            UsageError: No profile.
        """
        folder = Path(workdir or os.environ.get("MUNIBOTS_WORKDIR") or ".").resolve()
        code = profile or os.environ.get("MUNIBOTS_PROFILE")
        if not code:
            raise UsageError(problem="団体が指定されていません。MUNIBOTS_PROFILE を設定してください")
        url = dsn or os.environ.get("MUNIBOTS_DSN") or f"sqlite:///{(folder / 'munibots.sqlite').as_posix()}"
        return cls(url, code, folder)


@dataclass(slots=True)
class RunContext:
    """One run.

    Attributes:
        limit: How many cases at most.
        progress: Told after each case.
        output: Folder of this run's log and pictures; the work folder, if the run was not started by ``run_bot``.
        masked: Texts to be masked in logs.
        last_error: The last error of a keyword, for the keyword that deals with it.
        run_error: The error that stopped the run.
        handed: Case id to how often it was handed out.
        settled: Cases that are concluded, or went to a person.
        failure_shot: Takes a masked picture of the screen, while a core system is open.
    """

    settings: RunSettings
    store: CaseStore
    limit: int | None = None
    progress: Progress | None = None
    output: Path | None = None
    masked: MaskedTexts = field(default_factory=MaskedTexts)
    last_error: MunibotsError | None = None
    run_error: RunError | None = None
    handed: Counter[str] = field(default_factory=Counter)
    settled: set[str] = field(default_factory=set)
    failure_shot: Callable[[], None] | None = None

    @property
    def folder(self) -> Path:
        """Where logs and pictures of this run go."""
        return self.output or self.settings.workdir

    def remember(self, error: MunibotsError) -> None:
        """Keep an error that a keyword ended with."""
        self.last_error = error
        if isinstance(error, RunError):
            self.run_error = error

    def hand_out(self, bot_id: str) -> list[Case]:
        """The cases to be entered now: first those that an earlier run left in the middle, then the approved ones.

        Each case is handed out a few times at most, so that a run ends whatever happens.
        """
        open_states = (CaseState.SUBMITTING, CaseState.TYPING, CaseState.READY)
        found = self.store.list(states=open_states, bot_id=bot_id, profile=self.settings.profile)
        ordered = sorted(found, key=lambda case: open_states.index(case.state))
        out: list[Case] = []
        for case in ordered:
            is_new = case.id not in self.handed
            full = self.limit is not None and is_new and len(self.handed) >= self.limit
            if not full and self.handed[case.id] < _ROUNDS:
                self.handed[case.id] += 1
                out.append(case)
            elif is_new:
                del self.handed[case.id]
        return out

    def settle(self, case_id: str) -> None:
        """Note that a case has been dealt with, and tell the progress."""
        self.settled.add(case_id)
        if self.progress is not None:
            self.progress(len(self.settled), len(self.handed))


_active: RunContext | None = None


@contextmanager
def active_context(context: RunContext) -> Iterator[RunContext]:
    """Let the libraries that are created meanwhile share this context."""
    global _active
    before, _active = _active, context
    try:
        yield context
    finally:
        _active = before


def context_for(dsn: str | None, profile: str | None, workdir: str | None) -> RunContext:
    """The active context; without one (a story started by ``robot`` itself) a context is opened and becomes the active one.

    Raises:
        UsageError: No profile.
        StoreUnreachableError: No database.
    """
    global _active
    if _active is None:
        settings = RunSettings.from_environment(dsn, profile, workdir)
        _active = RunContext(settings, CaseStore.open(settings.dsn))
    return _active


def current_context() -> RunContext | None:
    """The active context, if there is one."""
    return _active
