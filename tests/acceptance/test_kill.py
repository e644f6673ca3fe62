"""kill -9 in the middle: no browser stays, nothing is lost, nothing is entered twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from munibots.domain.case import CaseState
from munibots.errors import ExitCode

if TYPE_CHECKING:
    from tests.acceptance.conftest import City

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.skipif(sys.platform != "linux", reason="the tie between driver and run is Linux's"),
]

_RUN = """
import sys
from pathlib import Path
from munibots.keywords.runner import run_bot
run_bot("juminido", dsn=sys.argv[1], profile="demo", workdir=Path(sys.argv[2]))
"""


def browsers(folder: Path, *, ours: bytes = b"") -> list[str]:
    """Processes that have to do with a folder; those of a program, if given: the browser itself, or its driver."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if ours == b"chromedriver":
            mine = b"chromedriver" in command and _parent(process) == os.getpid()
        else:
            mine = str(folder / "robot").encode() in command and not (ours and b"--type=" in command)
        if mine:
            found.append(process.name)
    return found


def _parent(process: Path) -> int:
    return int((process / "stat").read_text().rsplit(")", 1)[1].split()[1])


def wait_for(condition: object, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize("program", [b"chromedriver", b"chromium"])
def test_a_browser_that_dies_is_started_again(city: City, move_in: dict[str, str], program: bytes) -> None:
    case_id = city.approve(move_in)
    killed: list[int] = []

    def kill_once() -> None:
        wait_for(lambda: city.case(case_id).state is CaseState.TYPING)
        for name in browsers(city.folder, ours=program):
            os.kill(int(name), signal.SIGKILL)
            killed.append(int(name))

    killer = threading.Thread(target=kill_once)
    killer.start()
    result = city.run()
    killer.join()
    assert killed
    assert result.exit_code == ExitCode.DONE
    assert city.case(case_id).attempts == 2
    assert len(city.records()) == 1
    wait_for(lambda: not browsers(city.folder), 10)


@pytest.mark.parametrize("state", [CaseState.TYPING, CaseState.SUBMITTING])
def test_killed_and_started_again(city: City, move_in: dict[str, str], state: CaseState) -> None:
    case_id = city.approve(move_in)
    process = subprocess.Popen([sys.executable, "-c", _RUN, city.dsn, str(city.folder)], env=os.environ)
    wait_for(lambda: city.case(case_id).state is state)
    assert browsers(city.folder)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    wait_for(lambda: not browsers(city.folder), 10)
    # The browser's own folder stays behind after a kill, without anything that was typed.
    typed = [text.encode(code) for text in ("榎戸", "コーポ若葉", "1988-12-31") for code in ("utf-8", "utf-16-le")]
    left = [p for p in (city.folder / "robot").rglob("*") if p.is_file() and any(t in p.read_bytes() for t in typed)]
    assert left == []

    result = city.run()
    records = city.records()
    assert len(records) <= 1
    if records:
        assert (city.case(case_id).state, result.exit_code) == (CaseState.ENTERED, ExitCode.DONE)
    else:
        assert state is CaseState.SUBMITTING
        assert city.case(case_id).state is CaseState.FLAGGED
