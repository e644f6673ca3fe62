"""Two processes never work on one store, whatever their work folders."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import munibots
from munibots.errors import EnvironmentNotReadyError, StoreBusyError, StoreUnreachableError
from munibots.stores.store_lock import store_lock

_HOLD = """
import sys, time
from munibots.stores.store_lock import store_lock
with store_lock(sys.argv[1]):
    print("HELD", flush=True)
    time.sleep(60)
"""


def dsn_of(file: Path) -> str:
    return f"sqlite:///{file.as_posix()}"


def test_second_lock_is_refused_and_names_the_store(tmp_path: Path) -> None:
    dsn = dsn_of(tmp_path / "cases.sqlite")
    with store_lock(dsn), pytest.raises(StoreBusyError) as caught, store_lock(dsn):
        pass
    assert str(tmp_path / "cases.sqlite") in str(caught.value)


def test_another_way_to_write_the_place_is_the_same_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with (
        store_lock(dsn_of(tmp_path / "a" / "cases.sqlite")),
        pytest.raises(StoreBusyError),
        store_lock("sqlite:///b/../a/cases.sqlite"),
    ):
        pass


def test_two_stores_in_one_folder_do_not_exclude_each_other(tmp_path: Path) -> None:
    with store_lock(dsn_of(tmp_path / "a.sqlite")), store_lock(dsn_of(tmp_path / "b.sqlite")):
        pass


def test_released_lock_can_be_taken_again(tmp_path: Path) -> None:
    for _ in range(2):
        with store_lock(dsn_of(tmp_path / "cases.sqlite")):
            pass


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachableError), store_lock(dsn_of(tmp_path / "none" / "cases.sqlite")):
        pass
    assert not (tmp_path / "none").exists()


def test_a_server_that_is_not_there_is_said() -> None:
    with (
        pytest.raises((StoreUnreachableError, EnvironmentNotReadyError)),
        store_lock("postgresql+psycopg://user:secret@127.0.0.1:1/db"),
    ):
        pass


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX signals")
def test_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    dsn = dsn_of(tmp_path / "cases.sqlite")
    env = {**os.environ, "PYTHONPATH": str(Path(munibots.__file__).parents[1])}
    with subprocess.Popen([sys.executable, "-c", _HOLD, dsn], env=env, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        try:
            assert child.stdout.readline() == "HELD\n"
            with pytest.raises(StoreBusyError), store_lock(dsn):
                pass
        finally:
            child.kill()
        child.wait()
        with store_lock(dsn):
            pass
