"""One munibots process a work folder: the fence takes a case found in ``TYPING`` for an orphan, which is true only then."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from munibots.errors import WorkdirBusyError

__all__ = ["WorkdirLock"]


class WorkdirLock:
    """Context manager that holds a work folder.

    The lock is the operating system's own, so it ends with the process, however that ends.
    """

    def __init__(self, workdir: Path) -> None:
        """
        Args:
            workdir: Must exist; the lock file ``munibots.lock`` lies in it.
        """
        self._workdir = workdir
        self._lock = FileLock(workdir / "munibots.lock")

    def __enter__(self) -> Self:
        """Take the folder.

        Raises:
            WorkdirBusyError: Another process, or another lock of this one, holds it.
        """
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise WorkdirBusyError(workdir=self._workdir) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()
