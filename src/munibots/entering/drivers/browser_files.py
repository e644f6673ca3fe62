"""Where the browser and its driver are on this machine. Nothing is ever downloaded: municipal networks are closed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from munibots.errors import BrowserNotFoundError

__all__ = ["BROWSER_VARIABLE", "DRIVER_VARIABLE", "BrowserFiles", "find_browser"]

BROWSER_VARIABLE = "MUNIBOTS_BROWSER"
DRIVER_VARIABLE = "MUNIBOTS_DRIVER"

Kind = Literal["chrome", "edge"]

_ON_PATH: tuple[tuple[Kind, str], ...] = (
    ("chrome", "chromium"),
    ("chrome", "chromium-browser"),
    ("chrome", "google-chrome"),
    ("chrome", "google-chrome-stable"),
    ("edge", "microsoft-edge"),
    ("chrome", "chrome"),
    ("edge", "msedge"),
)
_ON_WINDOWS: tuple[tuple[Kind, str], ...] = (
    ("edge", r"Microsoft\Edge\Application\msedge.exe"),
    ("chrome", r"Google\Chrome\Application\chrome.exe"),
)
_DRIVER_NAMES: dict[Kind, str] = {"chrome": "chromedriver", "edge": "msedgedriver"}


@dataclass(frozen=True, slots=True)
class BrowserFiles:
    """A browser and the driver that goes with it."""

    kind: Kind
    browser: Path
    driver: Path


def find_browser() -> BrowserFiles:
    """The browser of ``MUNIBOTS_BROWSER`` or the first that is found on this machine, and its driver.

    A driver is looked for in ``MUNIBOTS_DRIVER``, on ``PATH`` and beside the browser.

    Raises:
        BrowserNotFoundError: One of the two is missing; names which.
    """
    named = os.environ.get(BROWSER_VARIABLE)
    browsers = [(_kind_of(named), Path(named))] if named else list(_installed())
    browsers = [(kind, path) for kind, path in browsers if path.is_file()]
    if not browsers:
        raise BrowserNotFoundError(missing=named or "Chromium、Chrome、Edge のいずれか")
    for kind, browser in browsers:
        driver = _driver(kind, browser)
        if driver is not None:
            return BrowserFiles(kind, browser, driver)
    raise BrowserNotFoundError(missing=os.environ.get(DRIVER_VARIABLE) or _DRIVER_NAMES[browsers[0][0]])


def _kind_of(browser: str) -> Kind:
    return "edge" if "edge" in Path(browser).name.lower() else "chrome"


def _installed() -> Iterator[tuple[Kind, Path]]:
    for kind, name in _ON_PATH:
        found = shutil.which(name)
        if found:
            yield kind, Path(found)
    if sys.platform == "win32":
        for variable in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData"):
            folder = os.environ.get(variable)
            for kind, below in _ON_WINDOWS:
                if folder:
                    yield kind, Path(folder) / below


def _driver(kind: Kind, browser: Path) -> Path | None:
    named = os.environ.get(DRIVER_VARIABLE)
    if named:
        return Path(named) if Path(named).is_file() else None
    name = _DRIVER_NAMES[kind]
    found = shutil.which(name)
    if found:
        return Path(found)
    beside = browser.parent / (f"{name}.exe" if sys.platform == "win32" else name)
    return beside if beside.is_file() else None
