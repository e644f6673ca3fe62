"""Starting and stopping the system as a process of its own."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_LOG_TAIL_CHARACTERS: Final = 2000
_POLL_INTERVAL_S: Final = 0.02
_STOP_LIMIT_S: Final = 20.0


class CoreSystemStartError(RuntimeError):
    """The system did not come up; the text carries the end of its log."""


@dataclass(slots=True)
class CoreSystemProcess:
    """A running system.

    Attributes:
        url: Where it answers, without a slash at the end.
        pid: Process id of the server itself.
        log: Its standard output and standard error.
    """

    url: str
    pid: int
    log: Path
    _process: subprocess.Popen[bytes]

    def wait(self, timeout_s: float | None = None) -> int:
        """Wait for the process to end and return its exit code.

        Raises:
            subprocess.TimeoutExpired: It is still running after ``timeout_s`` seconds.
        """
        return self._process.wait(timeout_s)

    def stop(self) -> int:
        """End the process gracefully (its standard input is closed), by force if it hangs; return the exit code."""
        return _end(self._process)

    def kill(self) -> int:
        """End the process at once, as a power cut would; return the exit code."""
        self._process.kill()
        return _end(self._process)


def start_core_system(
    database: Path,
    residents: Path,
    *,
    workdir: Path,
    trouble: Path | None = None,
    port: int = 0,
    timeout_s: float = 20,
) -> CoreSystemProcess:
    """Start the system and wait until it accepts connections. It ends by itself when this process ends.

    Args:
        database: SQLite file; made and filled at the first start.
        residents: CSV of residents for the first start.
        workdir: Existing folder for the ready file and the log.
        trouble: Trouble file (see README.md); it need not exist yet.
        port: Port on 127.0.0.1; 0 takes a free one.
        timeout_s: How long to wait, in seconds.

    Raises:
        CoreSystemStartError: It ended or did not answer in time.
    """
    ready_file, log = workdir / "core_system.ready.json", workdir / "core_system.log"
    ready_file.unlink(missing_ok=True)
    command = [sys.executable, "-m", "munibots.demo.core_system", "--exit-with-parent", "--port", str(port)]
    command += ["--database", str(database), "--residents", str(residents), "--ready-file", str(ready_file)]
    if trouble is not None:
        command += ["--trouble", str(trouble)]
    with log.open("ab") as output:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT)
    deadline = time.monotonic() + timeout_s
    while not ready_file.is_file():
        exit_code = process.poll()
        if exit_code is not None or time.monotonic() > deadline:
            process.kill()
            _end(process)
            reason = f"within {timeout_s:g} s" if exit_code is None else f"(exit code {exit_code})"
            raise CoreSystemStartError(f"the demo core system did not start {reason}\n{_tail(log)}")
        time.sleep(_POLL_INTERVAL_S)
    ready = json.loads(ready_file.read_text(encoding="utf-8"))
    return CoreSystemProcess(url=ready["url"], pid=ready["pid"], log=log, _process=process)


def _end(process: subprocess.Popen[bytes]) -> int:
    if process.stdin is not None:
        process.stdin.close()
    try:
        return process.wait(_STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _tail(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-_LOG_TAIL_CHARACTERS:]
