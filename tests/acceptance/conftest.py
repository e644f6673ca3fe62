"""A real browser, the real demo core system, and approved cases of people who do not exist."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from munibots.definitions.form_files import load_form
from munibots.definitions.profile_files import system_url_variable
from munibots.demo.core_system.process import CoreSystemProcess, start_core_system
from munibots.demo.core_system.records import Record, read_records
from munibots.domain.case import Case, CaseState
from munibots.domain.layout import BoxMm
from munibots.domain.reading import Decision, DocumentReading, FieldValue, FormMatch
from munibots.keywords.runner import RunResult, run_bot
from munibots.stores.case_ids import new_case_id, page_digest
from munibots.stores.case_store import CaseStore, NewCase

RESIDENTS = """\
household_no,kana,name,birth_date,sex,relationship,postal_code,address,building,juminhyo_code,my_number
100001,カンノ シロウ,菅野　四郎,1961-02-03,男,世帯主,987-6543,宮城県つばさ市若葉町4丁目5番6号,,,
100001,カンノ トモエ,菅野　巴,1963-07-08,女,妻,987-6543,宮城県つばさ市若葉町4丁目5番6号,,,
"""

MOVE_IN: Mapping[str, str] = {
    "movement_kind": "転入",
    "notification_date": "2026-10-20",
    "movement_date": "2026-10-15",
    "notifier_name": "榎戸 久美",
    "notifier_relation": "世帯主",
    "notifier_phone": "090-5555-0123",
    "new_postal_code": "987-6544",
    "new_address": "宮城県つばさ市若葉町1丁目2番3号 コーポ若葉102",
    "new_householder": "榎戸 久美",
    "old_postal_code": "765-4321",
    "old_address": "香川県みどり市本町7番地8",
    "old_householder": "榎戸 久美",
    "domicile": "香川県みどり市本町7番地",
    "domicile_head": "榎戸 久美",
    "mover1_kana": "エノキド クミ",
    "mover1_name": "榎戸 久美",
    "mover1_birth_date": "1988-12-31",
    "mover1_sex": "女",
    "mover1_relationship": "世帯主",
    "mover1_my_number": "123456789018",
    "mover2_kana": "エノキド ギンジ",
    "mover2_name": "榎戸 銀次",
    "mover2_birth_date": "2019-05-01",
    "mover2_sex": "男",
    "mover2_relationship": "子",
    "remarks": "国外からの転入ではない",
}
MOVE_WITHIN: Mapping[str, str] = {
    **MOVE_IN,
    "movement_kind": "転居",
    "notifier_name": "菅野 四郎",
    "new_householder": "菅野 四郎",
    "old_postal_code": "987-6543",
    "old_address": "宮城県つばさ市若葉町4丁目5番6号",
    "old_householder": "菅野 四郎",
    "domicile_head": "菅野 四郎",
    "mover1_kana": "カンノ シロウ",
    "mover1_name": "菅野 四郎",
    "mover1_birth_date": "1961-02-03",
    "mover1_sex": "男",
    "mover1_my_number": "",
    "mover2_kana": "カンノ トモエ",
    "mover2_name": "菅野 巴",
    "mover2_birth_date": "1963-07-08",
    "mover2_sex": "女",
    "mover2_relationship": "妻",
    "remarks": "",
}


class City:
    """A work folder with a case store, and a core system beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.dsn = f"sqlite:///{(folder / 'munibots.sqlite').as_posix()}"
        self.store = CaseStore.open(self.dsn)
        self.trouble = folder / "trouble.json"
        self.database = folder / "core-system.sqlite"
        self._residents = folder / "residents.csv"
        self._residents.write_text(RESIDENTS, encoding="utf-8")
        self.core = self.start_core_system()

    def start_core_system(self) -> CoreSystemProcess:
        """Start it, or start it again after it died."""
        self.core = start_core_system(self.database, self._residents, workdir=self.folder, trouble=self.trouble)
        os.environ[system_url_variable("demo_jumin")] = self.core.url
        return self.core

    def plan_trouble(self, *items: Mapping[str, Any]) -> None:
        """Let requests fail; see the core system's README."""
        self.trouble.write_text(json.dumps(items), encoding="utf-8")

    def approve(self, values: Mapping[str, str]) -> str:
        """Put an approved case into the store; its id."""
        digest = page_digest(hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest(), 0)
        case_id = new_case_id(digest)
        box = BoxMm(0, 0, 1, 1)
        fields = tuple(
            FieldValue(f.name, f.label_ja, values.get(f.name, ""), values.get(f.name) or None, None, 0, box)
            for f in load_form("juminido").fields
        )
        reading = DocumentReading("scan.pdf", (0,), Decision.APPROVE, FormMatch("juminido", 1.0), fields)
        new = NewCase(case_id, "juminido", "demo", "scan.pdf", (0,), (b"png",), digest)
        assert self.store.receive(new)
        assert self.store.save_reading(
            case_id, reading, CaseState.READY, actor="test", fingerprint=None, auto_approved=True
        )
        return case_id

    def run(self, **options: Any) -> RunResult:
        """Run the bot."""
        return run_bot("juminido", dsn=self.dsn, profile="demo", workdir=self.folder, **options)

    def case(self, case_id: str) -> Case:
        """The case as it is now."""
        return self.store.get(case_id)

    def records(self) -> list[Record]:
        """What the core system's own database holds."""
        return read_records(self.database)

    def close(self) -> None:
        """End the core system and close the store."""
        self.core.stop()
        self.store.close()


@pytest.fixture
def move_in() -> dict[str, str]:
    """転入 of a mother and her son."""
    return dict(MOVE_IN)


@pytest.fixture
def move_within() -> dict[str, str]:
    """転居 of a couple that the core system knows."""
    return dict(MOVE_WITHIN)


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[City]:
    """A city of its own for each test."""
    monkeypatch.setenv("MUNIBOTS_USER_DEMO_JUMIN", "rpa01")
    monkeypatch.setenv("MUNIBOTS_PASSWORD_DEMO_JUMIN", "tsubasa")
    monkeypatch.setenv(system_url_variable("demo_jumin"), "")
    made = City(tmp_path)
    yield made
    made.close()
