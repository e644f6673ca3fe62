"""What a run finds of earlier runs."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock

from munibots.keywords.runner import _next_folder, _sweep


def test_left_over_browser_folders_are_removed_and_those_of_a_living_run_are_not(tmp_path: Path) -> None:
    dead, alive = _next_folder(tmp_path), _next_folder(tmp_path)
    for folder in (dead, alive):
        (folder / "browser" / "Default").mkdir(parents=True)
        (folder / "log.html").touch()
    with FileLock(alive / "running.lock"):
        _sweep(tmp_path)
        assert not (dead / "browser").exists()
        assert (alive / "browser" / "Default").exists()
    _sweep(tmp_path)
    assert not (alive / "browser").exists()
    assert (dead / "log.html").exists()


def test_runs_are_numbered(tmp_path: Path) -> None:
    assert [_next_folder(tmp_path).name for _ in range(2)] == ["0001", "0002"]
