"""All that is peculiar to SQLite: pragmas, how a transaction begins, where the file is.

WAL lets people look while a bot writes. ``synchronous=FULL`` stays, for ``NORMAL`` can lose a committed intent on a power
cut (https://www.sqlite.org/pragma.html#pragma_synchronous), and a lost intent is a case entered twice. Writing begins with
``BEGIN IMMEDIATE``: a transaction that read first and writes later can fail with a stale snapshot (``SQLITE_BUSY_SNAPSHOT``).
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

__all__ = ["BUSY_S", "WRITE_OPTION", "file_of", "prepare"]

BUSY_S = 30.0
"""How long a connection waits for another process's transaction."""

WRITE_OPTION = "mb_write"
"""Execution option of a connection whose transactions write."""


def file_of(url: sa.URL) -> Path | None:
    """The database file, or ``None`` for a database in memory or another database product."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def prepare(engine: sa.Engine, *, foreign_keys: bool) -> None:
    """Set up every connection of ``engine``.

    Args:
        foreign_keys: Off while migrating, since Alembic's batch mode copies tables and drops the old ones.
    """

    @event.listens_for(engine, "connect")
    def _connect(con: Any, _record: Any) -> None:
        con.isolation_level = None  # transactions are begun below, not by the driver's guess
        con.execute(f"PRAGMA busy_timeout = {int(BUSY_S * 1000)}")
        _use_wal(con)
        con.execute("PRAGMA synchronous = FULL")
        con.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")

    @event.listens_for(engine, "begin")
    def _begin(con: sa.Connection) -> None:
        writes = con.get_execution_options().get(WRITE_OPTION, False)
        con.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _use_wal(con: Any) -> None:
    """Switch to WAL; the switch ignores the busy timeout, so two processes making one database need this loop."""
    end = time.monotonic() + BUSY_S
    while con.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            con.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.01)
