"""The system's own SQLite database: schema, first filling, searches and the one transaction that registers."""

import csv
import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from munibots.demo.core_system import codes, kana, wareki
from munibots.demo.core_system.records import (
    MOVEMENT_COLUMNS,
    PERSON_COLUMNS,
    Movement,
    Record,
    select_records,
)

SEARCH_LIMIT: Final = 50
RESIDENT_COLUMNS: Final = (
    "household_no",
    "kana",
    "name",
    "birth_date",
    "sex",
    "relationship",
    "postal_code",
    "address",
    "building",
    "juminhyo_code",
    "my_number",
)

# ido has no unique key over its contents: the same 異動 can be registered twice, as in real systems.
_SCHEMA: Final = f"""
CREATE TABLE IF NOT EXISTS ido (
    receipt_no TEXT PRIMARY KEY,
    {" ".join(f"{column} TEXT NOT NULL," for column in MOVEMENT_COLUMNS.values())}
    registered_at TEXT NOT NULL,
    registered_by TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS ido_sha (
    receipt_no TEXT NOT NULL REFERENCES ido (receipt_no),
    row_no INTEGER NOT NULL,
    kana TEXT NOT NULL,
    kanji TEXT NOT NULL,
    birth TEXT NOT NULL,
    sex TEXT NOT NULL,
    zokugara TEXT NOT NULL,
    juminhyo_code TEXT NOT NULL,
    my_number TEXT NOT NULL,
    PRIMARY KEY (receipt_no, row_no)
);
CREATE TABLE IF NOT EXISTS jumin (
    resident_no INTEGER PRIMARY KEY,
    {", ".join(f"{column} TEXT NOT NULL" for column in RESIDENT_COLUMNS)}
);
CREATE TABLE IF NOT EXISTS shokuin (
    shokuin_no TEXT PRIMARY KEY, shimei TEXT NOT NULL, salt TEXT NOT NULL, password_hash TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS operation_log (
    log_no INTEGER PRIMARY KEY,
    operated_at TEXT NOT NULL,
    shokuin_no TEXT NOT NULL,
    operation TEXT NOT NULL,
    receipt_no TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS saiban (era_year TEXT PRIMARY KEY, last_no INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS jumin_kana ON jumin (kana, birth_date);
CREATE INDEX IF NOT EXISTS jumin_household ON jumin (household_no);
CREATE INDEX IF NOT EXISTS ido_sha_kana ON ido_sha (kana, birth);
"""


class ResidentsFileError(ValueError):
    """residents.csv cannot be used; the text names the line and the column, never a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """One row of table ``jumin``; kana half-width, birth date ISO, sex and relationship as codes."""

    household_no: str
    kana: str
    name: str
    birth_date: str
    sex: str
    relationship: str
    postal_code: str
    address: str
    building: str
    juminhyo_code: str
    my_number: str


class Database:
    """One open connection (WAL, synchronous FULL), used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open ``path`` and create the tables that are missing.

        Raises:
            sqlite3.DatabaseError: The file is not an SQLite database, or its folder cannot be written.
        """
        # The server's event loop is the only user after start-up, but it may run in another thread than the opener.
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=10, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def fill_once(self, residents: Path, *, shokuin_no: str, password: str, shimei: str) -> None:
        """Load residents.csv and the first account, each only into an empty table.

        Args:
            residents: UTF-8 CSV with the columns :data:`RESIDENT_COLUMNS`.
            shokuin_no: 職員番号 of the first account.
            password: Its password; only a salted hash is kept.
            shimei: Name shown in the header.

        Raises:
            OSError: The file cannot be read.
            ResidentsFileError: A column is missing or a value cannot be used.
        """
        with self._transaction() as connection:
            if connection.execute("SELECT 1 FROM jumin LIMIT 1").fetchone() is None:
                marks = ", ".join("?" for _ in RESIDENT_COLUMNS)
                connection.executemany(
                    f"INSERT INTO jumin ({', '.join(RESIDENT_COLUMNS)}) VALUES ({marks})",
                    _read_residents(residents),
                )
            if connection.execute("SELECT 1 FROM shokuin LIMIT 1").fetchone() is None:
                salt = secrets.token_hex(16)
                connection.execute(
                    "INSERT INTO shokuin (shokuin_no, shimei, salt, password_hash) VALUES (?, ?, ?, ?)",
                    (shokuin_no, shimei, salt, _password_hash(password, salt)),
                )

    def sign_in(self, shokuin_no: str, password: str) -> str | None:
        """Return the name of the employee, or None when number and password do not fit together."""
        row = self._connection.execute(
            "SELECT shimei, salt, password_hash FROM shokuin WHERE shokuin_no = ?", (shokuin_no,)
        ).fetchone()
        if row is None or not hmac.compare_digest(_password_hash(password, row[1]), row[2]):
            return None
        return str(row[0])

    def log(self, shokuin_no: str, operation: str, receipt_no: str = "") -> None:
        """Write one line of the operation log; ``operation`` is a short romaji word, never what was typed."""
        self._connection.execute(
            "INSERT INTO operation_log (operated_at, shokuin_no, operation, receipt_no) VALUES (?, ?, ?, ?)",
            (_now(), shokuin_no, operation, receipt_no),
        )

    def register(self, movement: Movement, *, shokuin_no: str, business_date: date) -> str:
        """Store ``movement`` and its people in one transaction; return the new 受付番号 (R08-000123)."""
        era_year = wareki.era_year(business_date)
        with self._transaction() as connection:
            (number,) = connection.execute(
                "INSERT INTO saiban (era_year, last_no) VALUES (?, 1)"
                " ON CONFLICT (era_year) DO UPDATE SET last_no = last_no + 1 RETURNING last_no",
                (era_year,),
            ).fetchone()
            receipt_no = f"{era_year}-{number:06d}"
            row = {column: getattr(movement, name) for name, column in MOVEMENT_COLUMNS.items()}
            row |= {"receipt_no": receipt_no, "registered_at": _now(), "registered_by": shokuin_no}
            _insert(connection, "ido", row)
            for person in movement.people:
                person_row = {column: getattr(person, name) for name, column in PERSON_COLUMNS.items()}
                _insert(connection, "ido_sha", person_row | {"receipt_no": receipt_no})
            self.log(shokuin_no, "TOROKU", receipt_no)
        return receipt_no

    def find_record(self, receipt_no: str) -> Record | None:
        """Return the record of one 受付番号."""
        records = select_records(self._connection, "receipt_no = ?", (receipt_no,))
        return records[0] if records else None

    def find_records(self, kana_name: str, birth_date: date | None, moved_on: date | None) -> list[Record]:
        """Return records with a person whose kana begins with ``kana_name``; at most SEARCH_LIMIT + 1."""
        people = "SELECT receipt_no FROM ido_sha WHERE kana >= ? AND kana < ?"
        arguments = [*_prefix_range(kana_name)]
        if birth_date is not None:
            people += " AND birth = ?"
            arguments.append(birth_date.isoformat())
        condition = f"receipt_no IN ({people})"
        if moved_on is not None:
            condition += " AND ido_ymd = ?"
            arguments.append(moved_on.isoformat())
        return select_records(self._connection, condition, tuple(arguments), limit=SEARCH_LIMIT + 1)

    def find_residents(self, kana_name: str, birth_date: date | None) -> list[Resident]:
        """Return residents whose kana begins with ``kana_name``; at most SEARCH_LIMIT + 1."""
        condition, arguments = "kana >= ? AND kana < ?", [*_prefix_range(kana_name)]
        if birth_date is not None:
            condition += " AND birth_date = ?"
            arguments.append(birth_date.isoformat())
        return self._select_residents(f"{condition} ORDER BY kana, birth_date", tuple(arguments))

    def household(self, household_no: str) -> list[Resident]:
        """Return the members of a household, its head first; empty when there is no such household."""
        return self._select_residents("household_no = ? ORDER BY relationship, birth_date", (household_no,))

    def _select_residents(self, condition: str, arguments: tuple[str, ...]) -> list[Resident]:
        rows = self._connection.execute(
            f"SELECT {', '.join(RESIDENT_COLUMNS)} FROM jumin WHERE {condition} LIMIT {SEARCH_LIMIT + 1}",
            arguments,
        )
        return [Resident(**dict(zip(RESIDENT_COLUMNS, row, strict=True))) for row in rows]


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, str | int]) -> None:
    marks = ", ".join("?" for _ in row)
    connection.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})",
        tuple(row.values()),
    )


def _prefix_range(text: str) -> tuple[str, str]:
    return text, text + "\U0010ffff"


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _password_hash(password: str, salt: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", password.encode(), bytes.fromhex(salt), 60_000).hex()


def _read_residents(path: Path) -> Iterator[tuple[str, ...]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in RESIDENT_COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise ResidentsFileError(f"residents.csv に列がありません: {', '.join(missing)}")
        for row in reader:
            values = {column: (row[column] or "").strip() for column in RESIDENT_COLUMNS}
            values["kana"] = kana.to_half_width(values["kana"])
            values["postal_code"] = values["postal_code"].replace("-", "")
            sex = codes.code_of(codes.SEXES, values["sex"])
            try:
                date.fromisoformat(values["birth_date"])
            except ValueError:
                raise ResidentsFileError(
                    f"residents.csv {reader.line_num} 行目: birth_date は YYYY-MM-DD で書いてください"
                ) from None
            if sex is None:
                raise ResidentsFileError(f"residents.csv {reader.line_num} 行目: sex は 男・女・1・2 のどれかです")
            values["sex"] = sex
            values["relationship"] = (
                codes.code_of(codes.RELATIONSHIPS, values["relationship"]) or codes.OTHER_RELATIONSHIP
            )
            yield tuple(values[column] for column in RESIDENT_COLUMNS)
