"""Pictures of a page that changes while they are taken: what must be covered is covered, or there is no picture."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from munibots.domain.screen import Locator
from munibots.entering.drivers.browser import BrowserDriver

pytestmark = pytest.mark.acceptance

# Personal things are red here: one red pixel in a picture is a leak.
_HEAD = """<!doctype html><meta charset=utf-8><title>t</title>
<style>body{margin:0;background:#fff} .p{background:#f00;width:200px;height:40px;margin:8px} input{background:#f00}</style>
"""
STILL = _HEAD + "<div class=p></div><input value=x><p id=clock></p>"
CLOCK = STILL + "<script>setInterval(() => { clock.textContent = performance.now(); }, 1);</script>"
DIALOG = STILL + "<dialog id=d><div class=p></div></dialog><script>d.showModal();</script>"
FRAME = _HEAD + "<iframe srcdoc='<body style=background:#f00>'></iframe>"
MOVING = STILL + (
    "<script>let y = 0; setInterval(() => { document.querySelector('.p').style.marginTop = (y = (y + 7) % 300) + 'px'; }, 1);"
    "</script>"
)
# Seen only for the moment of the shot: here one moment, gone the next.
FLASHING = _HEAD + (
    "<script>setInterval(() => { const e = document.createElement('div'); e.className = 'p'; document.body.append(e);"
    " setTimeout(() => e.remove(), 40); }, 90);</script>"
)
SLIDING = _HEAD + (
    "<style>@keyframes s { from { margin-top: 0 } to { margin-top: 400px } } .p { animation: s .5s infinite linear }</style>"
    "<div class=p></div>"
)
LEAVING = STILL + "<script>setTimeout(() => { location.href = '/?' + performance.now(); }, 60);</script>"
# Changes for a while and then holds still.
SETTLING = MOVING.replace("let y = 0; setInterval(", "let y = 0; const t = setInterval(").replace(
    "</script>", "setTimeout(() => clearInterval(t), 900);</script>"
)


@contextmanager
def serving(page: str) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserDriver]:
    made = BrowserDriver(tmp_path_factory.mktemp("browser"))
    made.open()
    yield made
    made.close()


def red(path: Path) -> int:
    pixels = np.asarray(Image.open(path).convert("RGB")).astype(int)
    return int(((pixels[..., 0] > 150) & (pixels[..., 1] < 100) & (pixels[..., 2] < 100)).sum())


def dark(path: Path) -> int:
    return int((np.asarray(Image.open(path).convert("L")) == 0x33).sum())


def shoot(driver: BrowserDriver, page: str, path: Path) -> bool:
    with serving(page) as url:
        driver.go_to(url)
        return driver.screenshot(path, cover=[Locator("css", ".p")])


@pytest.mark.parametrize(
    "page", [STILL, CLOCK, DIALOG, FRAME, SETTLING], ids=["still", "clock", "dialog", "frame", "settles"]
)
def test_what_holds_still_is_covered(driver: BrowserDriver, page: str, tmp_path: Path) -> None:
    picture = tmp_path / "shot.png"
    assert shoot(driver, page, picture)
    assert red(picture) == 0
    assert dark(picture) > 200 * 40 - 200
    # The page is as it was.
    assert driver.read([Locator("css", "[data-munibots-cover]")]) == (None,)


@pytest.mark.parametrize("page", [MOVING, SLIDING], ids=["moves", "slides"])
def test_what_never_holds_still_gives_no_picture(driver: BrowserDriver, page: str, tmp_path: Path) -> None:
    picture = tmp_path / "shot.png"
    assert not shoot(driver, page, picture)
    assert not picture.exists()


@pytest.mark.parametrize("page", [FLASHING, LEAVING], ids=["flashes", "leaves"])
def test_what_changes_now_and_then_is_covered_or_not_shot(driver: BrowserDriver, page: str, tmp_path: Path) -> None:
    with serving(page) as url:
        driver.go_to(url)
        for n in range(5):
            picture = tmp_path / f"shot{n}.png"
            taken = driver.screenshot(picture, cover=[Locator("css", ".p")])
            assert taken == picture.exists()
            assert not taken or red(picture) == 0
