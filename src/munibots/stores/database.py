"""The database behind one URL: connections, transactions, migrations on opening."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import sqlalchemy as sa

from munibots.errors import EnvironmentNotReadyError, SchemaNewerError, StoreNotMadeError, StoreUnreachableError
from munibots.stores import sqlite
from munibots.stores.schema import HEAD_REVISION, VERSION_TABLE

__all__ = ["Database", "connect", "parse_url"]

_MIGRATIONS = Path(__file__).parent / "migrations"
_PG_LOCK = 0x6D756E69
"""Number of the advisory lock under which PostgreSQL is migrated."""


class Database:
    """An open database with the newest schema.

    Attributes:
        url: Address for messages, without password.
        file: The SQLite file, or ``None``.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**{sqlite.WRITE_OPTION: True})
        self.url = engine.url.render_as_string(hide_password=True)
        self.file = sqlite.file_of(engine.url)

    @classmethod
    def open(cls, dsn: str, *, create: bool = True) -> Database:
        """Connect and bring the schema up to date; safe if two processes open at once.

        Args:
            dsn: SQLAlchemy URL, e.g. ``sqlite:////path/cases.db``. The folder of an SQLite file must exist.

            create: Make the tables where there are none, and the SQLite file.

        Raises:
            StoreNotMadeError: There are none, and ``create`` is not given.
            StoreUnreachableError: No such place, or no database.
            SchemaNewerError: Made by a newer munibots.
            EnvironmentNotReadyError: The driver for this kind of database is not installed.
        """
        url = parse_url(dsn)
        file = sqlite.file_of(url)
        if not create and file is not None and not file.is_file():
            raise StoreNotMadeError(url=file)
        database = cls(_engine(url, foreign_keys=True))
        try:
            with database.reading() as con:
                revision = _revision(con)
            if revision is None and not create:
                raise StoreNotMadeError(url=database.url)
            if revision != HEAD_REVISION:
                _upgrade(url)
        except BaseException:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Close the connections; the database may be used again by opening it again."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the database and writes nothing."""
        with _translated(self.url), self._engine.begin() as con:
            yield con

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that writes: committed at the end, rolled back on an exception. Writers come one after another."""
        with _translated(self.url), self._writer.begin() as con:
            yield con


def parse_url(dsn: str) -> sa.URL:
    """The address of a store.

    Raises:
        StoreUnreachableError: It is no URL, or one of a database in memory.
    """
    try:
        url = sa.make_url(dsn)
    except sa.exc.ArgumentError as error:
        raise StoreUnreachableError(url="URL の書き方が正しくありません") from error
    if url.get_backend_name() == "sqlite" and sqlite.file_of(url) is None:
        raise StoreUnreachableError(url=f"{dsn}、SQLite はファイルを指定してください")
    return url


@contextmanager
def connect(url: sa.URL, *, isolation_level: Literal["AUTOCOMMIT"]) -> Iterator[sa.Connection]:
    """One connection outside the store's transactions, closed at the end.

    Raises:
        StoreUnreachableError: No database.
        EnvironmentNotReadyError: The driver for this kind of database is not installed.
    """
    engine = _engine(url, foreign_keys=True)
    try:
        with _translated(url.render_as_string(hide_password=True)):
            con = engine.connect().execution_options(isolation_level=isolation_level)
        with con:
            yield con
    finally:
        engine.dispose()


@contextmanager
def _translated(url: str) -> Iterator[None]:
    try:
        yield
    except (sa.exc.IntegrityError, sa.exc.DataError, sa.exc.ProgrammingError):
        raise  # a caller's fault, and no sign of a database out of reach
    except sa.exc.DBAPIError as error:
        raise StoreUnreachableError(url=url) from error


def _engine(url: sa.URL, *, foreign_keys: bool) -> sa.Engine:
    try:
        # hide_parameters: a database error must not print what was being stored.
        engine = sa.create_engine(url, hide_parameters=True)
    except sa.exc.NoSuchModuleError as error:
        raise StoreUnreachableError(url=url.render_as_string(hide_password=True)) from error
    except ModuleNotFoundError as error:
        raise EnvironmentNotReadyError(missing=error.name) from error
    if engine.dialect.name == "sqlite":
        sqlite.prepare(engine, foreign_keys=foreign_keys)
    return engine


def _revision(con: sa.Connection) -> str | None:
    if not sa.inspect(con).has_table(VERSION_TABLE):
        return None
    version = sa.table(VERSION_TABLE, sa.column("version_num", sa.String))
    return con.execute(sa.select(version.c.version_num)).scalar()


def _upgrade(url: sa.URL) -> None:
    """Apply the missing migrations in one transaction, under a lock that a second process waits for."""
    # Imported here: an up-to-date store, the usual one, opens without Alembic.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    engine = _engine(url, foreign_keys=False)
    try:
        migrating = Database(engine)
        with migrating.writing() as con:
            if engine.dialect.name == "postgresql":
                con.execute(sa.select(sa.func.pg_advisory_xact_lock(_PG_LOCK)))
            revision = _revision(con)
            known = {s.revision for s in ScriptDirectory.from_config(config).walk_revisions()}
            if revision is not None and revision not in known:
                raise SchemaNewerError(url=migrating.url, revision=revision)
            if revision != HEAD_REVISION:
                config.attributes["connection"] = con
                command.upgrade(config, "head")
    finally:
        engine.dispose()
