"""``munibots triage`` as a person and as a program use it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from .conftest import Run


@pytest.fixture
def tasks(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "tasks.csv"
    answer = run("triage", "--template", str(path))
    assert answer.code == 0
    assert str(path) in answer.out
    return path


def test_json_is_one_document(run: Run, tasks: Path) -> None:
    answer = run("triage", str(tasks), "--json")
    assert answer.code == 0
    found = answer.json
    assert [t["proposal"] for t in found["tasks"]] == ["rpa", "ai", "outsource", "as_is", "ai", "staff_decides"]
    assert sum(found["counts"].values()) == 6
    first = found["tasks"][0]
    assert first["reasons"][0].keys() == {"text_ja", "routine", "judgement", "evidence"}
    assert {r["evidence"] for r in first["reasons"]} == {"column", "words"}
    assert first["saving_hours_a_year"]["low"] == 200
    assert {a["id"] for a in found["assumptions"]} >= set(first["saving_hours_a_year"]["assumptions"])
    assert found["tasks"][3]["authority"]["staff_only"]
    assert found["tasks"][5]["missing"]


def test_people_see_every_reason_and_source(run: Run, tasks: Path) -> None:
    out = run("triage", str(tasks)).out
    for expected in ("言葉「入力」", "判断 -0.60", "職員だけ", "jichiken.jp", "見込みの合計", "職員が判断してください"):
        assert expected in out


def test_csv_and_picture(run: Run, tasks: Path, tmp_path: Path) -> None:
    table, picture = tmp_path / "out.csv", tmp_path / "out.svg"
    assert run("triage", str(tasks), "--csv", str(table), "--picture", str(picture), "--json").code == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["提案"] for row in rows][:2] == ["RPA化", "AI化"]
    assert "決まった手順: ある" in rows[0]["内訳"]
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_the_list_is_not_written_over(run: Run, tasks: Path) -> None:
    before = tasks.read_bytes()
    for option in ("--csv", "--picture"):
        assert run("triage", str(tasks), option, str(tasks)).code == 2
    assert tasks.read_bytes() == before


def test_no_cell_is_a_formula(run: Run, tmp_path: Path) -> None:
    tasks, table = tmp_path / "t.csv", tmp_path / "out.csv"
    tasks.write_text("業務名,担当課\n=1+1,@x\n", encoding="utf-8")
    run("triage", str(tasks), "--csv", str(table), "--json")
    with table.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["業務名"], row["担当課"]) == ("'=1+1", "'@x")


def test_a_city_s_own_assumptions(run: Run, tasks: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("shares:\n  ai: {low: 0.5, mid: 0.5, high: 0.5, source_ja: 市で測った}\n", encoding="utf-8")
    found = run("triage", str(tasks), "--profile", "demo", "--assumptions", str(own), "--json").json
    assert found["tasks"][1]["saving_hours_a_year"]["mid"] == 180
    (ai,) = [a for a in found["assumptions"] if a["id"] == "shares.ai"]
    assert ai["origin"] == "own.yaml"


def test_mistakes_are_told_with_line_and_column(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("業務名,判断\n甲,高い\n".encode("cp932"))
    answer = run("triage", str(path))
    assert answer.code == 2
    assert "MB-E610" in answer.err
    assert ":2" in answer.err
    assert "列「判断」" in answer.err


def test_columns_that_mean_nothing_are_mentioned(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("業務名,年間の件数\n甲,3\n", encoding="utf-8")
    answer = run("triage", str(path), "--json")
    assert answer.code == 0
    assert "年間の件数" in answer.err


@pytest.mark.parametrize("more", [[], ["--template"]])
def test_a_list_or_a_template(run: Run, tasks: Path, more: list[str]) -> None:
    argv = ["triage", str(tasks), *more, str(tasks)] if more else ["triage"]
    answer = run(*argv)
    assert answer.code == 2
    assert "MB-E801" in answer.err
