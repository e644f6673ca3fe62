"""What was registered, as frozen values; and a reader for those who verify it from outside."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One 異動者 row.

    Attributes:
        row_no: 1 to 5, as on the screen.
        kana: Half-width katakana, at most 24 characters.
        name: 漢字氏名 with a full-width space.
        birth_date: ISO date (YYYY-MM-DD).
        sex: Code of 性別.
        relationship: Code of 続柄.
        juminhyo_code: 11 digits or "".
        my_number: 12 digits or "".
    """

    row_no: int
    kana: str
    name: str
    birth_date: str
    sex: str
    relationship: str
    juminhyo_code: str
    my_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One 異動 as typed. Dates are ISO (YYYY-MM-DD); postal codes 7 digits or ""; empty boxes are ""."""

    kind: str
    notified_on: str
    moved_on: str
    notifier_name: str
    notifier_relation: str
    notifier_phone: str
    household_no: str
    new_postal_code: str
    new_address: str
    new_building: str
    new_head: str
    old_postal_code: str
    old_address: str
    old_building: str
    old_head: str
    permanent_address: str
    family_register_head: str
    remarks: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Movement):
    """A registered 異動: a movement with its 受付番号, time of registration (ISO, with offset) and 職員番号."""

    receipt_no: str
    registered_at: str
    registered_by: str


MOVEMENT_COLUMNS: Final[dict[str, str]] = {
    "kind": "ido_kbn",
    "notified_on": "todoke_ymd",
    "moved_on": "ido_ymd",
    "notifier_name": "todokenin_shimei",
    "notifier_relation": "todokenin_kbn",
    "notifier_phone": "todokenin_tel",
    "household_no": "setai_no",
    "new_postal_code": "shin_yubin",
    "new_address": "shin_jusho",
    "new_building": "shin_katagaki",
    "new_head": "shin_nushi",
    "old_postal_code": "kyu_yubin",
    "old_address": "kyu_jusho",
    "old_building": "kyu_katagaki",
    "old_head": "kyu_nushi",
    "permanent_address": "honseki",
    "family_register_head": "hittosha",
    "remarks": "biko",
}
"""Attribute of :class:`Movement` -> column of table ``ido``."""

PERSON_COLUMNS: Final[dict[str, str]] = {
    "row_no": "row_no",
    "kana": "kana",
    "name": "kanji",
    "birth_date": "birth",
    "sex": "sex",
    "relationship": "zokugara",
    "juminhyo_code": "juminhyo_code",
    "my_number": "my_number",
}
"""Attribute of :class:`Person` -> column of table ``ido_sha``."""

_REGISTRATION_COLUMNS: Final = ("receipt_no", "registered_at", "registered_by")


def read_records(database: Path) -> list[Record]:
    """Read every registered 異動, oldest first, without disturbing a running system.

    Args:
        database: The file given to ``--database``.

    Raises:
        FileNotFoundError: There is no such file.
        sqlite3.DatabaseError: The file is not a database of this system.
    """
    if not database.is_file():
        raise FileNotFoundError(database)
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("BEGIN")  # both tables as of one moment
        return select_records(connection)


def select_records(
    connection: sqlite3.Connection,
    condition: str = "1 = 1",
    arguments: tuple[str, ...] = (),
    *,
    limit: int = -1,
) -> list[Record]:
    """Read the records whose ``ido`` row fulfils an SQL condition, oldest first.

    Args:
        connection: Open database of this system.
        condition: SQL text of this program (never of a user) over the columns of ``ido``.
        arguments: Values for the question marks of ``condition``.
        limit: Greatest number of records; -1 for all.
    """
    columns = (*_REGISTRATION_COLUMNS, *MOVEMENT_COLUMNS.values())
    rows = connection.execute(
        f"SELECT {', '.join(columns)} FROM ido WHERE {condition} ORDER BY ido.rowid LIMIT ?",
        (*arguments, limit),
    ).fetchall()
    names = (*_REGISTRATION_COLUMNS, *MOVEMENT_COLUMNS)
    return [Record(people=_select_people(connection, row[0]), **dict(zip(names, row, strict=True))) for row in rows]


def _select_people(connection: sqlite3.Connection, receipt_no: str) -> tuple[Person, ...]:
    rows = connection.execute(
        f"SELECT {', '.join(PERSON_COLUMNS.values())} FROM ido_sha WHERE receipt_no = ? ORDER BY row_no",
        (receipt_no,),
    )
    return tuple(Person(**dict(zip(PERSON_COLUMNS, row, strict=True))) for row in rows)
