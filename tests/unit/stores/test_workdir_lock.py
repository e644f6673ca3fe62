from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import munibots
from munibots.errors import WorkdirBusyError
from munibots.stores.workdir_lock import WorkdirLock

_HOLD = """
import sys, time
from pathlib import Path
from munibots.stores.workdir_lock import WorkdirLock
with WorkdirLock(Path(sys.argv[1])):
    print("HELD", flush=True)
    time.sleep(60)
"""


def test_second_lock_is_refused_and_names_the_folder(tmp_path: Path) -> None:
    with WorkdirLock(tmp_path), pytest.raises(WorkdirBusyError) as caught, WorkdirLock(tmp_path):
        pass
    assert str(tmp_path) in str(caught.value)


def test_released_lock_can_be_taken_again(tmp_path: Path) -> None:
    for _ in range(2):
        with WorkdirLock(tmp_path):
            pass


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX signals")
def test_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(Path(munibots.__file__).parents[1])}
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)], env=env, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        try:
            assert child.stdout.readline() == "HELD\n"
            with pytest.raises(WorkdirBusyError), WorkdirLock(tmp_path):
                pass
        finally:
            child.kill()
        child.wait()
        with WorkdirLock(tmp_path):
            pass
