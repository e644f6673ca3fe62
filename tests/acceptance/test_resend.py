"""A core system that commits and then drops the connection: the last click must reach it once."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from munibots.domain.screen import Locator
from munibots.entering.drivers.browser import BrowserDriver
from munibots.entering.drivers.protocol import UnreachableSignal

PAGE = b"<title>t</title><form method=post action=/c><input name=a value=1><button id=b>x</button></form>"


@contextmanager
def dropping_server(how: str, posts: list[bytes], asked: list[str | None] | None = None) -> Iterator[str]:
    """Keeps connections alive; takes a POST and drops its connection, by FIN or by RST, without a word.

    Args:
        asked: Collects what each request says of its connection.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            if asked is not None:
                asked.append(self.headers["connection"])
            self._answer(PAGE)

        def do_POST(self) -> None:
            posts.append(self.rfile.read(int(self.headers["content-length"])))
            if len(posts) > 1:
                self._answer(b"<p id=ok>done</p>")
                return
            if how == "rst":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            else:
                self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            self.connection.close()

        def _answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def _wait_until_sent(posts: list[bytes]) -> None:
    """Until the click has arrived, and then as long as a browser takes to send it again."""
    deadline = time.monotonic() + 15
    while not posts and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.5)


@pytest.mark.parametrize("how", ["fin", "rst"])
def test_the_browser_does_not_send_the_last_click_again(how: str, tmp_path: Path) -> None:
    posts: list[bytes] = []
    driver = BrowserDriver(tmp_path)
    driver.open()
    try:
        with dropping_server(how, posts) as url:
            driver.go_to(url)
            # A signal is as it should be; what counts here is how often the click was sent.
            with suppress(UnreachableSignal):
                driver.press(Locator("id", "b"))
            driver.state([])
            _wait_until_sent(posts)
    finally:
        driver.close()
    assert len(posts) == 1


@pytest.mark.parametrize("closes", [True, False])
def test_a_sign_on_that_belongs_to_the_connection_can_keep_it(closes: bool, tmp_path: Path) -> None:
    asked: list[str | None] = []
    driver = BrowserDriver(tmp_path, close_connections=closes)
    driver.open()
    try:
        with dropping_server("fin", [], asked) as url:
            driver.go_to(url)
    finally:
        driver.close()
    assert asked[0] == ("close" if closes else "keep-alive")
