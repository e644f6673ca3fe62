"""A core system in a web browser: RPA.Browser.Selenium on Chromium, Chrome or Edge, without a window where the city wants it so.

The library of RPA Framework holds the browser; elements are found and read by scripts, several at once, and typed into one by
one. Keystrokes go through the browser as from a keyboard, so that the screen's own handlers run and its limits hold.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

from munibots.domain.screen import Locator
from munibots.entering.drivers import page_scripts
from munibots.entering.drivers.browser_files import BrowserFiles, find_browser
from munibots.entering.drivers.covering import covered_picture
from munibots.entering.drivers.page_scripts import as_argument
from munibots.entering.drivers.protocol import BrowserGoneSignal, NotShownSignal, PageState, UnreachableSignal
from munibots.entering.plan import Action, ActionKind
from munibots.errors import BrowserNotFoundError

__all__ = ["BrowserDriver"]

_POLL_S: Final = 0.02
_PAGE_LIMIT_S: Final = 30
_WINDOW: Final = (1280, 1000)
_FLAGS: Final = (
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
    "--disable-extensions",
    # A crash dump holds what was in memory, which is what was typed.
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--metrics-recording-only",
    "--lang=ja",
    # Nothing of what was typed is written to the disk, also if the run is killed.
    "--incognito",
    # The driver talks to the browser through a pipe: a browser whose driver died sees its end and ends itself.
    "--remote-debugging-pipe",
)
# A client library that writes what is typed into its debug log would carry personal data into the log of the run.
_TALKATIVE: Final = ("selenium", "urllib3", "RPA", "SeleniumLibrary")


class BrowserDriver:
    """A :class:`~munibots.entering.drivers.protocol.ScreenDriver` over RPA.Browser.Selenium.

    Args:
        folder: Existing folder of this run; the browser's own data go below it.
        headless: Without a window.
        fast_fill: Set values by script with the events of a keyboard's last stroke, instead of typing. Faster; key handlers do
            not run. A profile says so for a system that takes it.
        close_connections: A connection of its own for every request. Off, a connection that breaks without an answer may let the
            browser send the last click a second time; a profile says so for a system that signs on by connection (NTLM, Negotiate).
        wait_s: How long an element may take to become ready.
        files: Browser and driver; found on this machine if not given.
    """

    def __init__(
        self,
        folder: Path,
        *,
        headless: bool = True,
        fast_fill: bool = False,
        close_connections: bool = True,
        wait_s: float = 10.0,
        files: BrowserFiles | None = None,
    ) -> None:
        self._folder = folder
        self._headless = headless
        self._fast_fill = fast_fill
        self._close_connections = close_connections
        self._wait_s = wait_s
        self._files = files
        self._library: Any = None
        self._driver: Any = None

    def open(self) -> None:
        """Start the browser. On Linux it must be the main thread: the driver process dies with the thread that started it.

        Raises:
            BrowserNotFoundError: No browser or no driver on this machine, or the two do not go together.
        """
        # Without these, Selenium asks the network for drivers and reports its use.
        os.environ.setdefault("SE_OFFLINE", "true")
        os.environ.setdefault("SE_AVOID_STATS", "true")
        files = self._files or find_browser()
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        from RPA.Browser.Selenium import Selenium
        from selenium.common.exceptions import WebDriverException

        self._library = Selenium(auto_close=False, run_on_failure=None, implicit_wait=0, timeout=self._wait_s)
        options, service = self._options(files), self._service(files)
        name = "Chrome" if files.kind == "chrome" else "Edge"
        try:
            self._library.create_webdriver(name, options=options, service=service)
        except (WebDriverException, OSError):
            self._library = None
            service.stop()
            raise BrowserNotFoundError(missing=f"{files.browser.name} を動かせる {files.driver.name}") from None
        self._driver = self._library.driver
        self._driver.set_page_load_timeout(_PAGE_LIMIT_S)
        # Chromium sends a request again when a connection that it kept or opened beforehand breaks without an answer, the
        # last click among them. A connection of its own for every request, and none beforehand (see the options), ends that.
        if self._close_connections:
            self._driver.execute_cdp_cmd("Network.enable", {})
            self._driver.execute_cdp_cmd("Network.setExtraHTTPHeaders", {"headers": {"Connection": "close"}})

    def _options(self, files: BrowserFiles) -> Any:
        from selenium.webdriver import ChromeOptions, EdgeOptions

        options = ChromeOptions() if files.kind == "chrome" else EdgeOptions()
        options.binary_location = str(files.browser)
        for flag in _FLAGS:
            options.add_argument(flag)
        options.add_argument(f"--user-data-dir={self._folder / 'browser'}")
        options.add_argument("--window-size={},{}".format(*_WINDOW))
        if self._headless:
            options.add_argument("--headless=new")
        if sys.platform == "linux" and os.geteuid() == 0:
            options.add_argument("--no-sandbox")  # Chromium refuses to start as root otherwise
        options.add_experimental_option("prefs", {"net.network_prediction_options": 2})  # never
        options.unhandled_prompt_behavior = "ignore"  # a dialog nobody expected is seen, not swept away
        return options

    def _service(self, files: BrowserFiles) -> Any:
        from selenium.webdriver import ChromeService, EdgeService

        service = ChromeService if files.kind == "chrome" else EdgeService
        popen: dict[str, Any] = {"preexec_fn": _die_with_parent()} if sys.platform == "linux" else {}
        return service(executable_path=str(files.driver), env=_environment(), popen_kw=popen)

    def go_to(self, url: str) -> None:
        """Open an address."""
        from selenium.common.exceptions import TimeoutException

        with self._signals():
            try:
                self._driver.get(url)
            except TimeoutException:
                raise UnreachableSignal("timeout") from None

    def write(self, actions: Sequence[Action]) -> None:
        """Carry out actions in order, once all their elements are ready."""
        with self._signals():
            elements = self._ready(actions)
            if self._fast_fill:
                self._driver.execute_script(page_scripts.FAST_FILL, [_as_argument(a) for a in actions])
                return
            for action, (element, held) in zip(actions, elements, strict=True):
                if held == action.held:
                    continue
                if action.kind is not ActionKind.FILL:
                    element.click()
                    continue
                if held:
                    element.clear()
                if action.text:
                    element.send_keys(action.text)

    def _ready(self, actions: Sequence[Action]) -> list[tuple[Any, str | None]]:
        wanted = [_as_argument(a) for a in actions]
        deadline = time.monotonic() + self._wait_s
        while True:
            found = self._driver.execute_script(page_scripts.LOCATE, wanted)
            missing = next((a for a, (element, _) in zip(actions, found, strict=True) if element is None), None)
            if missing is None:
                return [(element, held) for element, held in found]
            if time.monotonic() > deadline:
                raise NotShownSignal(missing.at)
            time.sleep(_POLL_S)

    def press(
        self,
        at: Locator,
        *,
        dialog: Literal["accept", "dismiss"] | None = None,
        row: int | None = None,
        rows: Locator | None = None,
    ) -> None:
        """Press a button or link, and answer the dialog that follows."""
        from selenium.common.exceptions import TimeoutException

        with self._signals():
            element = self._element(at) if row is None or rows is None else self._in_row(at, row, rows)
            try:
                element.click()
                if dialog is not None:
                    self._answer(dialog, at)
            except TimeoutException:
                raise UnreachableSignal("timeout") from None

    def _element(self, at: Locator) -> Any:
        (found,) = self._ready([Action(ActionKind.TICK, at, "", "")])
        return found[0]

    def _in_row(self, at: Locator, row: int, rows: Locator) -> Any:
        found = self._driver.execute_script(
            f"{page_scripts.FIND} return all(arguments[1], all(arguments[0])[arguments[2]])[0] || null;",
            as_argument(rows),
            as_argument(at),
            row,
        )
        if found is None:
            raise NotShownSignal(at)
        return found

    def _answer(self, dialog: Literal["accept", "dismiss"], at: Locator) -> None:
        from selenium.common.exceptions import NoAlertPresentException

        deadline = time.monotonic() + self._wait_s
        while True:
            try:
                alert = self._driver.switch_to.alert
                alert.accept() if dialog == "accept" else alert.dismiss()
            except NoAlertPresentException:
                if time.monotonic() > deadline:
                    raise NotShownSignal(at) from None
                time.sleep(_POLL_S)
            else:
                return

    def read(self, elements: Sequence[Locator]) -> tuple[str | None, ...]:
        """What elements hold, in one script call."""
        with self._signals():
            return tuple(self._driver.execute_script(page_scripts.READ, [as_argument(at) for at in elements]))

    def read_rows(self, rows: Locator, cells: Sequence[Locator]) -> tuple[tuple[str | None, ...], ...]:
        """What the cells of each row hold, in one script call."""
        with self._signals():
            found = self._driver.execute_script(
                page_scripts.READ_ROWS, as_argument(rows), [as_argument(at) for at in cells]
            )
            return tuple(tuple(row) for row in found)

    def state(self, elements: Sequence[Locator]) -> PageState:
        """What the page is now, in one script call."""
        with self._signals():
            shown, status, reachable = self._driver.execute_script(
                page_scripts.STATE, [as_argument(at) for at in elements]
            )
        # An empty list: the page is still being read.
        return PageState(tuple(shown) or (False,) * len(elements), int(status), reachable)

    def screenshot(self, path: Path, *, cover: Sequence[Locator]) -> bool:
        """Save a covered picture; none where covering or shooting fails, or the page does not hold still."""
        from selenium.common.exceptions import WebDriverException
        from urllib3.exceptions import HTTPError

        if self._driver is None:
            return False
        try:
            picture = covered_picture(self._driver, cover)
            if picture is None:
                return False
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(picture)
        except (WebDriverException, HTTPError, OSError):
            return False
        return True

    def close(self) -> None:
        """End the browser."""
        from selenium.common.exceptions import WebDriverException
        from urllib3.exceptions import HTTPError

        if self._driver is None:
            return
        try:
            self._driver.quit()
        except (WebDriverException, HTTPError, OSError):
            # It has gone already; the driver process still has to be ended.
            self._driver.service.stop()
        finally:
            self._driver = self._library = None
            shutil.rmtree(self._folder / "browser", ignore_errors=True)

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """Selenium's exceptions to signals; their texts may hold what was typed and go no further (``from None``)."""
        from selenium.common.exceptions import (
            InvalidSessionIdException,
            NoSuchWindowException,
            UnexpectedAlertPresentException,
            WebDriverException,
        )
        from urllib3.exceptions import HTTPError

        if self._library is None:
            raise BrowserGoneSignal("closed")
        try:
            yield
        except (InvalidSessionIdException, NoSuchWindowException, HTTPError, OSError):
            raise BrowserGoneSignal("gone") from None
        except UnexpectedAlertPresentException:
            raise NotShownSignal(Locator("css", "dialog")) from None
        except WebDriverException as e:
            text = e.msg or ""
            if "net::ERR_" in text:
                raise UnreachableSignal("net") from None
            if any(word in text for word in ("disconnected", "crashed", "not reachable", "no such execution context")):
                raise BrowserGoneSignal("gone") from None
            raise NotShownSignal(Locator("css", type(e).__name__)) from None


def _as_argument(action: Action) -> list[Any]:
    return [as_argument(action.at), action.kind.value, action.text]


def _environment() -> dict[str, str]:
    """The environment for driver and browser: none of our settings, passwords and addresses of databases among them."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MUNIBOTS_")}


def _die_with_parent() -> Callable[[], None]:
    """A function for the child, between fork and exec: be killed when the parent dies (prctl(2), PR_SET_PDEATHSIG)."""
    import ctypes

    # Loaded before the fork: between fork and exec nothing may be imported or allocated that another thread may hold.
    prctl = ctypes.CDLL(None).prctl
    set_death_signal, kill = 1, int(signal.SIGKILL)

    def tie() -> None:
        prctl(set_death_signal, kill)

    return tie
