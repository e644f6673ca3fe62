"""Running a bot's story in this process, with masking and pictures on."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from munibots.definitions.bot_files import bot_tasks, load_bot
from munibots.domain.case import CaseState
from munibots.errors import ExitCode, RunError
from munibots.keywords.listeners.mask import MaskListener
from munibots.keywords.listeners.shots import ShotListener
from munibots.keywords.run_context import Progress, RunContext, RunSettings, active_context
from munibots.stores.case_store import CaseStore

__all__ = ["RunResult", "run_bot"]

_RUNNING = "running.lock"
"""Held in a run's folder while the run lives."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run did.

    Attributes:
        folder: Of this run: output.xml, log.html, report.html, masked pictures.
        exit_code: As the command line answers; see :class:`~munibots.errors.ExitCode`.
        counts: Cases of this run by state.
        error: What stopped the run before its end.
    """

    bot_id: str
    folder: Path
    exit_code: int
    counts: Mapping[CaseState, int]
    error: RunError | None = None

    @property
    def log(self) -> Path:
        """The log to be read."""
        return self.folder / "log.html"

    @property
    def output(self) -> Path:
        """The machine-readable log."""
        return self.folder / "output.xml"


def run_bot(
    bot_id: str,
    *,
    dsn: str,
    profile: str,
    workdir: Path,
    limit: int | None = None,
    progress: Progress | None = None,
    log_level: str = "INFO",
) -> RunResult:
    """Run ``bots/<bot_id>/tasks.robot`` on its approved cases.

    Call it in the main thread: the browser's driver is tied to the life of the thread that starts it, so that a killed run
    leaves no browser behind.

    Args:
        dsn: Database URL of the case store.
        profile: Municipality code.
        workdir: Existing folder; the run's files go to ``robot/<number>`` in it.
        limit: How many cases at most.
        progress: Told after each case.
        log_level: Of Robot Framework.

    Returns:
        Counts and exit code: 0 all entered, 3 some went to a person, otherwise that of the error that stopped the run.

    Raises:
        DefinitionNotFoundError: No such bot.
        DefinitionError: Its ``bot.yaml`` is wrong.
        StoreError: The database does not answer.
    """
    from robot.run import run

    bot = load_bot(bot_id)
    folder = _next_folder(workdir)
    settings = RunSettings(dsn, profile, workdir)
    with FileLock(folder / _RUNNING), CaseStore.open(dsn) as store:
        _sweep(workdir)
        context = RunContext(settings, store, limit=limit, progress=progress, output=folder)
        with active_context(context):
            failed = run(
                str(bot_tasks(bot_id)),
                rpa=True,
                name=bot.name_ja,
                outputdir=str(folder),
                loglevel=log_level,
                listener=[MaskListener(), ShotListener()],
                console="quiet",
                stdout=sys.stderr,
                stderr=sys.stderr,
            )
        counts = _counts(context)
    error = context.run_error
    if error is not None:
        exit_code = error.exit_code
    elif failed:
        exit_code = ExitCode.BUG
    else:
        done = counts.get(CaseState.ENTERED, 0) == sum(counts.values())
        exit_code = ExitCode.DONE if done else ExitCode.NEEDS_PERSON
    return RunResult(bot_id, folder, exit_code, counts, error)


def _counts(context: RunContext) -> dict[CaseState, int]:
    counts: dict[CaseState, int] = {}
    for case_id in context.handed:
        state = context.store.get(case_id).state
        counts[state] = counts.get(state, 0) + 1
    return counts


def _sweep(workdir: Path) -> None:
    """Remove what browsers of runs that were killed have left behind."""
    for browser in sorted((workdir / "robot").glob("*/browser")):
        try:
            with FileLock(browser.parent / _RUNNING).acquire(timeout=0):
                shutil.rmtree(browser, ignore_errors=True)
        except (Timeout, OSError):  # a run that is alive
            continue


def _next_folder(workdir: Path) -> Path:
    runs = workdir / "robot"
    runs.mkdir(parents=True, exist_ok=True)
    no = max((int(p.name) for p in runs.iterdir() if p.name.isdigit()), default=0) + 1
    while True:
        folder = runs / f"{no:04d}"
        try:
            folder.mkdir()
        except FileExistsError:  # another store's run in the same work folder was first
            no += 1
        else:
            return folder
