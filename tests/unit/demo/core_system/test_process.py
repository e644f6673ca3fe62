"""The system as a process of its own: ready file, ends, deaths."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from munibots.demo.core_system import CoreSystemProcess, CoreSystemStartError, read_records, start_core_system
from munibots.demo.core_system.trouble import EXIT_CODE


@pytest.fixture
def trouble(tmp_path: Path) -> Path:
    return tmp_path / "trouble.json"


@pytest.fixture
def process(tmp_path: Path, residents: Path, trouble: Path) -> Iterator[CoreSystemProcess]:
    process = start_core_system(tmp_path / "core.sqlite", residents, workdir=tmp_path, trouble=trouble)
    yield process
    process.stop()


def test_it_is_ready_when_the_file_says_so_and_ends_with_its_input(
    process: CoreSystemProcess, tmp_path: Path, operator_at: Any
) -> None:
    ready = json.loads((tmp_path / "core_system.ready.json").read_text(encoding="utf-8"))
    assert ready == {"url": process.url, "pid": process.pid}
    assert operator_at(process.url).get("/").path == "/login"
    assert process.stop() == 0
    assert process.log.read_text(encoding="utf-8") == ""


def test_a_request_in_flight_is_answered_before_the_end(
    process: CoreSystemProcess, trouble: Path, operator_at: Any
) -> None:
    trouble.write_text('[{"path": "/login", "method": "GET", "kind": "slow", "seconds": 0.5}]', encoding="utf-8")
    pages = []
    thread = threading.Thread(target=lambda: pages.append(operator_at(process.url).get("/login")))
    thread.start()
    time.sleep(0.2)
    assert process.stop() == 0
    thread.join(10)
    assert [page.status for page in pages] == [200]


@pytest.mark.parametrize(("kind", "n_records"), [("die", 0), ("die_after_commit", 1)])
def test_it_can_die_before_and_after_the_commit(
    process: CoreSystemProcess,
    trouble: Path,
    tmp_path: Path,
    residents: Path,
    operator_at: Any,
    kind: str,
    n_records: int,
) -> None:
    operator = operator_at(process.url)
    operator.sign_in()
    assert operator.to_confirmation().screen_id == "JKG0105"
    trouble.write_text(f'[{{"path": "/ido/confirm", "method": "POST", "kind": "{kind}"}}]', encoding="utf-8")
    with pytest.raises(OSError):
        operator.post("/ido/confirm")
    assert process.wait(5) == EXIT_CODE
    assert len(read_records(tmp_path / "core.sqlite")) == n_records

    again = start_core_system(tmp_path / "core.sqlite", residents, workdir=tmp_path)
    try:
        survivor = operator_at(again.url)
        survivor.sign_in()
        survivor.to_confirmation()
        assert survivor.post("/ido/confirm").texts["lblUketsukeNo"] == f"R08-{n_records + 1:06d}"
    finally:
        again.kill()


def test_a_start_that_fails_tells_why(tmp_path: Path) -> None:
    with pytest.raises(CoreSystemStartError, match="FileNotFoundError"):
        start_core_system(tmp_path / "core.sqlite", tmp_path / "none.csv", workdir=tmp_path)


def test_it_ends_when_its_parent_is_gone(tmp_path: Path, residents: Path) -> None:
    parent = (
        "import os, sys; from pathlib import Path; from munibots.demo.core_system import start_core_system\n"
        f"start_core_system(Path({str(tmp_path / 'core.sqlite')!r}), Path({str(residents)!r}), "
        f"workdir=Path({str(tmp_path)!r}))\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", parent], check=True, timeout=30)
    ready = json.loads((tmp_path / "core_system.ready.json").read_text(encoding="utf-8"))
    deadline = time.monotonic() + 10
    while _answers(ready["url"]) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _answers(ready["url"])


def _answers(url: str) -> bool:
    host, port = url.removeprefix("http://").split(":")
    try:
        socket.create_connection((host, int(port)), timeout=1).close()
    except OSError:
        return False
    return True
