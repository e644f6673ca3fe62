"""Approved cases reach the core system's own database, once, as they are."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from munibots.domain.case import CaseState
from munibots.errors import ExitCode

if TYPE_CHECKING:
    from tests.acceptance.conftest import City

pytestmark = pytest.mark.acceptance


def test_cases_are_entered_as_they_are(city: City, move_in: dict[str, str], move_within: dict[str, str]) -> None:
    first, second = city.approve(move_in), city.approve(move_within)
    begun = time.perf_counter()
    result = city.run()
    print(f"{(time.perf_counter() - begun) / 2:.1f} s a case, browser included")

    assert result.exit_code == ExitCode.DONE
    assert result.counts == {CaseState.ENTERED: 2}
    assert {r.receipt_no for r in city.records()} == {city.case(c).receipt_no for c in (first, second)}
    record = next(r for r in city.records() if r.receipt_no == city.case(first).receipt_no)
    assert (record.kind, record.notified_on, record.moved_on) == ("1", "2026-10-20", "2026-10-15")
    assert (record.new_address, record.new_building) == ("宮城県つばさ市若葉町1丁目2番3号", "コーポ若葉102")
    assert (record.new_postal_code, record.old_postal_code) == ("9876544", "7654321")
    assert record.remarks == "国外からの転入ではない"
    mother, son = record.people
    assert (mother.kana, mother.name) == ("ｴﾉｷﾄﾞ ｸﾐ", "榎戸\u3000久美")
    assert (mother.birth_date, mother.sex, mother.relationship) == ("1988-12-31", "2", "01")
    assert mother.my_number == "123456789018"
    assert (son.birth_date, son.my_number) == ("2019-05-01", "")
    moved = next(r for r in city.records() if r.receipt_no == city.case(second).receipt_no)
    assert (moved.kind, moved.household_no) == ("2", "100001")
    assert result.log.is_file()
    assert {a.kind for a in city.store.attachments(first)} == {"screenshot"}
    assert {s.step for s in city.store.steps(first)} >= {"enter.look_up", "enter.type", "enter.read_back"}


def test_a_second_run_enters_nothing_again(city: City, move_in: dict[str, str]) -> None:
    city.approve(move_in)
    city.run()
    second = city.run()
    assert second.exit_code == ExitCode.DONE
    assert second.counts == {}
    assert len(city.records()) == 1


def test_a_city_may_fill_by_script(
    city: City, move_in: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "own" / "profiles" / "demo"
    folder.mkdir(parents=True)
    setting = f'systems:\n  demo_jumin: {{url: "{city.core.url}", fast_fill: true}}\n'
    (folder / "profile.yaml").write_text(f"code: demo\nname_ja: デモ市\n{setting}", encoding="utf-8")
    monkeypatch.setenv("MUNIBOTS_PROFILE_PATH", str(tmp_path / "own"))
    city.approve(move_in)
    too_long = city.approve({**move_in, "mover1_kana": "エノキド ミチ", "domicile": "香川県みどり市" + "長" * 40})
    assert city.run().counts == {CaseState.ENTERED: 1, CaseState.FLAGGED: 1}
    problem = city.case(too_long).problem
    assert problem is not None
    assert problem[0] == "MB-E403"
    assert [r.people[0].kana for r in city.records()] == ["ｴﾉｷﾄﾞ ｸﾐ"]
