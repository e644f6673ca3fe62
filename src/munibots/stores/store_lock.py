"""One munibots process at work on a store: the fence takes a case found in ``TYPING`` for an orphan, which is true only then.

The lock belongs to the store and not to the work folder, since several work folders may have one store.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from filelock import FileLock, Timeout

from munibots.errors import StoreBusyError, StoreUnreachableError
from munibots.stores import sqlite
from munibots.stores.database import connect, parse_url

__all__ = ["store_lock"]

_PG_LOCK: Final = 0x6D756E6A
"""Number of PostgreSQL's advisory lock; it counts within one database."""


@contextmanager
def store_lock(dsn: str) -> Iterator[None]:
    """Hold the store at ``dsn``, which need not have been made yet.

    Of an SQLite file the lock is ``<file>.lock`` beside it, of PostgreSQL an advisory lock of the session. Both are the operating
    system's or the server's own and end with the process, however that ends.

    Raises:
        StoreBusyError: Another process, or another lock of this one, holds it.
        StoreUnreachableError: No such place, or no database.
    """
    url = parse_url(dsn)
    file = sqlite.file_of(url)
    if file is not None:
        with _beside(file):
            yield
    elif url.get_backend_name() == "postgresql":
        with _in_server(url):
            yield
    else:
        yield


@contextmanager
def _beside(file: Path) -> Iterator[None]:
    real = file.resolve()
    if not real.parent.is_dir():
        raise StoreUnreachableError(url=file)
    lock = FileLock(real.with_name(f"{real.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreBusyError(store=file) from None
    except OSError as error:
        raise StoreUnreachableError(url=file) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _in_server(url: sa.URL) -> Iterator[None]:
    shown = url.render_as_string(hide_password=True)
    # Without transactions: a session that only holds the lock must not keep the server from cleaning up.
    with connect(url, isolation_level="AUTOCOMMIT") as con:
        if not con.execute(sa.select(sa.func.pg_try_advisory_lock(_PG_LOCK))).scalar():
            raise StoreBusyError(store=shown)
        try:
            yield
        finally:
            con.execute(sa.select(sa.func.pg_advisory_unlock(_PG_LOCK)))
