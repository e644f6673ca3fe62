from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import munibots.stores
from munibots.errors import EnvironmentNotReadyError, StoreUnreachableError
from munibots.stores import schema
from munibots.stores.case_store import CaseStore
from munibots.stores.database import Database


def test_migrated_schema_is_the_metadata(dsn: str) -> None:
    Database.open(dsn).close()
    engine = sa.create_engine(dsn)
    with engine.connect() as con:
        context = MigrationContext.configure(con, opts={"version_table": schema.VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
        assert all(name.startswith("mb_") for name in sa.inspect(con).get_table_names())
    engine.dispose()


def test_head_revision_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(munibots.stores.__path__[0]) / "migrations"))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD_REVISION


def test_pragmas(dsn: str) -> None:
    database = Database.open(dsn)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
    with database.reading() as con:
        assert {p: con.exec_driver_sql(f"PRAGMA {p}").scalar() for p in wanted} == wanted
    database.close()


def test_another_programs_tables_are_left_alone(dsn: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "cases.db") as con:
        con.execute("CREATE TABLE workflow_status (id TEXT)")
    con.close()
    Database.open(dsn).close()
    with sqlite3.connect(tmp_path / "cases.db") as con:
        assert con.execute("SELECT count(*) FROM workflow_status").fetchone() == (0,)
    con.close()


def test_newer_schema_is_refused_with_its_revision(dsn: str, tmp_path: Path) -> None:
    Database.open(dsn).close()
    with sqlite3.connect(tmp_path / "cases.db") as con:
        con.execute("UPDATE mb_alembic_version SET version_num = '9999'")
    con.close()
    with pytest.raises(StoreUnreachableError, match="9999"):
        Database.open(dsn)


def test_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cases.db").write_bytes(b"this is no database, only text" * 100)
    with pytest.raises(StoreUnreachableError):
        Database.open(f"sqlite:///{tmp_path / 'cases.db'}")


@pytest.mark.parametrize("dsn", ["", "cases.db", "sqlite://", "sqlite:///:memory:", "nosuch://host/db"])
def test_unusable_address_is_refused(dsn: str) -> None:
    with pytest.raises(StoreUnreachableError):
        Database.open(dsn)


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachableError):
        Database.open(f"sqlite:///{tmp_path / 'none' / 'cases.db'}")


def test_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(EnvironmentNotReadyError, match="psycopg"):
        Database.open("postgresql+psycopg://user:secret@localhost/db")


def test_up_to_date_store_opens_without_alembic(dsn: str) -> None:
    CaseStore.open(dsn).close()
    code = (
        "import sys; from munibots.stores.case_store import CaseStore; CaseStore.open(sys.argv[1]).close(); "
        "assert 'alembic' not in sys.modules"
    )
    src = str(Path(munibots.stores.__path__[0]).parents[1])
    subprocess.run([sys.executable, "-c", code, dsn], check=True, env={"PYTHONPATH": src})


def _open(dsn: str, barrier: Any, answers: Any) -> None:
    barrier.wait()
    with CaseStore.open(dsn) as store:
        answers.put(store.fingerprint(["same key?"]))


@pytest.mark.skipif(sys.platform == "win32", reason="fork")
def test_processes_that_open_a_new_store_at_once_share_schema_and_key(dsn: str) -> None:
    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(4), fork.SimpleQueue()
    children = [fork.Process(target=_open, args=(dsn, barrier, answers)) for _ in range(4)]
    for child in children:
        child.start()
    for child in children:
        child.join(30)
    assert [child.exitcode for child in children] == [0, 0, 0, 0]
    assert len({answers.get() for _ in children}) == 1


def test_a_store_of_an_older_munibots_is_brought_up_with_what_is_in_it(dsn: str) -> None:
    engine = sa.create_engine(dsn)
    config = Config()
    config.set_main_option("script_location", str(Path(munibots.stores.__path__[0]) / "migrations"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as con:
        config.attributes["connection"] = con
        command.upgrade(config, "0003")
        old = {"id": "C-1", "bot_id": "b", "profile": "demo", "state": "READY", "at": "2026-01-01 00:00:00"}
        con.execute(
            sa.text(
                "INSERT INTO mb_case (id, bot_id, profile, state, source_sealed, page_indexes, digest, received_at, changed_at,"
                " revision, attempts, auto_approved) VALUES (:id, :bot_id, :profile, :state, '', '[]', '', :at, :at, 0, 0, 0)"
            ),
            old,
        )
        con.execute(sa.text("INSERT INTO mb_reading (case_id, reading_sealed) VALUES ('C-1', '')"))
    engine.dispose()
    with CaseStore.open(dsn) as store:
        assert store.levels_seq("C-1") == 0
        assert store.sample("C-1") == {}
        assert store.level_changes("demo") == ()
