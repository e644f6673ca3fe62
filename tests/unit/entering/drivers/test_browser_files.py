"""Finding a browser and its driver without asking anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.entering.drivers.browser_files import BROWSER_VARIABLE, DRIVER_VARIABLE, find_browser
from munibots.errors import BrowserNotFoundError


def program(folder: Path, name: str) -> Path:
    file = folder / name
    file.write_text("#!/bin/sh\n", encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.fixture(autouse=True)
def only_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(BROWSER_VARIABLE, raising=False)
    monkeypatch.delenv(DRIVER_VARIABLE, raising=False)


def test_chromium_and_its_driver_on_the_path(tmp_path: Path) -> None:
    browser, driver = program(tmp_path, "chromium"), program(tmp_path, "chromedriver")
    files = find_browser()
    assert (files.kind, files.browser, files.driver) == ("chrome", browser, driver)


def test_edge_is_taken_where_only_its_driver_is_there(tmp_path: Path) -> None:
    program(tmp_path, "chromium")
    edge, driver = program(tmp_path, "microsoft-edge"), program(tmp_path, "msedgedriver")
    files = find_browser()
    assert (files.kind, files.browser, files.driver) == ("edge", edge, driver)


def test_settings_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "chromium")
    program(tmp_path, "chromedriver")
    folder = tmp_path / "own"
    folder.mkdir()
    own, driver = program(folder, "msedge"), program(folder, "msedgedriver")
    monkeypatch.setenv(BROWSER_VARIABLE, str(own))
    files = find_browser()
    assert (files.kind, files.browser, files.driver) == ("edge", own, driver)
    monkeypatch.setenv(DRIVER_VARIABLE, str(tmp_path / "nothing"))
    with pytest.raises(BrowserNotFoundError, match="nothing"):
        find_browser()


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrowserNotFoundError, match="Chromium"):
        find_browser()
    program(tmp_path, "chromium")
    with pytest.raises(BrowserNotFoundError, match="chromedriver"):
        find_browser()
