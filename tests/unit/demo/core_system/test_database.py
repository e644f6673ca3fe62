"""The system's own database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from munibots.demo.core_system.database import Database, ResidentsFileError
from munibots.demo.core_system.records import Movement, Person, read_records

MOVEMENT = Movement(
    kind="1",
    notified_on="2026-04-10",
    moved_on="2026-04-01",
    notifier_name="佐藤　一",
    notifier_relation="01",
    notifier_phone="",
    household_no="",
    new_postal_code="2720003",
    new_address="東町",
    new_building="",
    new_head="佐藤　一",
    old_postal_code="",
    old_address="八幡",
    old_building="",
    old_head="",
    permanent_address="",
    family_register_head="",
    remarks="",
    people=(
        Person(
            row_no=1,
            kana="ｻﾄｳ ﾊｼﾞﾒ",
            name="佐藤　一",
            birth_date="1989-01-07",
            sex="1",
            relationship="01",
            juminhyo_code="",
            my_number="",
        ),
    ),
)
DAY = date(2026, 4, 10)


@pytest.fixture
def database(tmp_path: Path, residents: Path) -> Iterator[Database]:
    database = Database(tmp_path / "core.sqlite")
    database.fill_once(residents, shokuin_no="rpa01", password="tsubasa", shimei="一号")
    yield database
    database.close()


def test_residents_are_folded_to_the_stored_form(database: Database) -> None:
    head, wife = database.household("0000001")
    assert (head.relationship, head.sex, head.postal_code) == ("01", "1", "2720001")
    assert (wife.kana, wife.relationship, wife.sex) == ("ﾔﾏﾀﾞ ﾊﾅｺ", "02", "2")
    assert [resident.name for resident in database.find_residents("ﾀｶﾊｼ", None)] == ["髙橋　一郎"]
    assert database.find_residents("ﾔﾏﾀﾞ", date(1982, 5, 6)) == [wife]
    assert database.find_residents("ﾏﾀﾞ", None) == []


def test_only_empty_tables_are_filled(database: Database, residents: Path) -> None:
    database.fill_once(residents, shokuin_no="other", password="x", shimei="x")
    assert len(database.household("0000001")) == 2
    assert database.sign_in("other", "x") is None
    assert database.sign_in("rpa01", "tsubasa") == "一号"
    assert database.sign_in("rpa01", "x") is None


def test_the_same_movement_twice_is_two_records(database: Database, tmp_path: Path) -> None:
    assert database.register(MOVEMENT, shokuin_no="rpa01", business_date=DAY) == "R08-000001"
    assert database.register(MOVEMENT, shokuin_no="rpa01", business_date=DAY) == "R08-000002"
    assert database.register(MOVEMENT, shokuin_no="rpa01", business_date=date(2027, 1, 1)) == "R09-000001"
    records = read_records(tmp_path / "core.sqlite")
    assert [record.receipt_no for record in records] == ["R08-000001", "R08-000002", "R09-000001"]
    assert records[0].people == MOVEMENT.people
    assert database.find_record("R08-000002") == records[1]
    assert database.find_record("R08-000009") is None


def test_records_are_found_by_person_and_date(database: Database) -> None:
    database.register(MOVEMENT, shokuin_no="rpa01", business_date=DAY)
    assert len(database.find_records("ｻﾄｳ", None, None)) == 1
    assert len(database.find_records("ｻﾄｳ ﾊｼﾞﾒ", date(1989, 1, 7), date(2026, 4, 1))) == 1
    assert database.find_records("ｻﾄｳ", date(1989, 1, 6), None) == []
    assert database.find_records("ｻﾄｳ", None, date(2026, 4, 2)) == []


def test_a_registration_that_fails_leaves_nothing(database: Database, tmp_path: Path) -> None:
    twice_the_same_row = MOVEMENT.people * 2
    values = {name: getattr(MOVEMENT, name) for name in Movement.__dataclass_fields__}
    with pytest.raises(sqlite3.IntegrityError):
        database.register(Movement(**values | {"people": twice_the_same_row}), shokuin_no="rpa01", business_date=DAY)
    assert read_records(tmp_path / "core.sqlite") == []
    assert database.register(MOVEMENT, shokuin_no="rpa01", business_date=DAY) == "R08-000001"


def test_durability_settings_and_the_operation_log(database: Database, tmp_path: Path) -> None:
    database.register(MOVEMENT, shokuin_no="rpa01", business_date=DAY)
    with closing(sqlite3.connect(tmp_path / "core.sqlite")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("SELECT shokuin_no, operation, receipt_no FROM operation_log").fetchall() == [
            ("rpa01", "TOROKU", "R08-000001")
        ]


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [(",my_number", "", "my_number"), ("1980-04-01", "1980/04/01", "2 行目"), ("男", "M", "sex")],
)
def test_a_wrong_residents_file_is_named_without_values(
    tmp_path: Path, residents: Path, old: str, new: str, word: str
) -> None:
    residents.write_text(residents.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    database = Database(tmp_path / "core.sqlite")
    with pytest.raises(ResidentsFileError, match=word) as caught:
        database.fill_once(residents, shokuin_no="rpa01", password="x", shimei="x")
    assert "山田" not in str(caught.value)
    database.close()
