"""Neither driver nor browser is given our settings: their environment can be read by whoever may look at the process."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from munibots.entering.drivers.browser import BrowserDriver

pytestmark = [pytest.mark.acceptance, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]


def _read(process: Path, name: str) -> bytes:
    try:
        return (process / name).read_bytes()
    except OSError:  # it has ended meanwhile
        return b""


def _descendants(pid: int) -> list[Path]:
    stats = {p: _read(p, "stat") for p in Path("/proc").glob("[0-9]*")}
    children = [p for p, stat in stats.items() if stat and int(stat.rsplit(b")", 1)[1].split()[1]) == pid]
    return [p for child in children for p in (child, *_descendants(int(child.name)))]


def test_driver_and_browser_do_not_know_the_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUNIBOTS_PASSWORD_DEMO_JUMIN", "tsubasa-hidden")
    monkeypatch.setenv("MUNIBOTS_DSN", "postgresql://u:db-hidden@localhost/x")
    driver = BrowserDriver(tmp_path)
    driver.open()
    try:
        driver.go_to("about:blank")
        processes = _descendants(os.getpid())
        commands = b" ".join(_read(p, "cmdline") for p in processes)
        assert b"chromedriver" in commands
        assert b"--type=renderer" in commands
        for process in processes:
            environment = _read(process, "environ")
            assert b"hidden" not in environment
            assert b"MUNIBOTS_" not in environment
        assert b"PATH=" in _read(processes[0], "environ")
    finally:
        driver.close()
