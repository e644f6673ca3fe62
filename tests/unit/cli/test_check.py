"""``munibots check`` and ``munibots new form``."""

from __future__ import annotations

import shutil
from pathlib import Path

from munibots.definitions import places

from .conftest import Run


def test_check_answers_with_one_document(run: Run) -> None:
    answer = run("check", str(places.find("forms", "inkan")), "--json")
    assert answer.code == 0
    assert answer.json["ok"] is True
    assert answer.json["errors"] == 0


def test_check_tells_file_line_and_next_step(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "forms" / "inkan"
    shutil.copytree(places.find("forms", "inkan"), folder)
    text = (folder / "form.yaml").read_text(encoding="utf-8")
    (folder / "form.yaml").write_text(text.replace("id: inkan", "id: other", 1), encoding="utf-8")
    answer = run("check", str(folder))
    assert answer.code == 2
    assert "form.yaml:" in answer.out
    assert "次にすること" in answer.out


def test_new_form_makes_a_folder_that_read_knows(run: Run, tmp_path: Path) -> None:
    boxes = tmp_path / "boxes.csv"
    boxes.write_text(
        "name,label_ja,type,page_index,x_mm,y_mm,w_mm,h_mm,choices\n"
        "notifier_name,届出人氏名,name,0,37.6,54.1,76.8,9.3,\n"
        "movement_kind,異動区分,choice,0,37.6,45.6,159.8,7.3,転入|転居|転出|世帯変更\n",
        encoding="cp932",
    )
    out = tmp_path / "mycity" / "forms" / "city_ido"
    blank = places.find("forms", "juminido") / "blank-1.png"
    argv = ("new", "form", "--id", "city_ido", "--blank", str(blank), "--fields", str(boxes), "--out", str(out))
    answer = run(*argv, "--json")
    assert answer.code == 0
    assert answer.json["styles"] == {"notifier_name": "line", "movement_kind": "marks"}
    assert (out / "form.yaml").is_file()
    assert run(*argv).code == 2


def test_read_takes_files_or_a_csv(run: Run, tmp_path: Path) -> None:
    assert run("read").code == 2
    rows = tmp_path / "a.csv"
    rows.write_text("ファイル名,届出人氏名,届出年月日\na.pdf,山田　花子,令和8年4月1日\n", encoding="utf-8")
    assert run("read", "--import-csv", str(rows)).code == 2
    answer = run("read", "--import-csv", str(rows), "--form", "juminido", "--json")
    assert answer.code == 3
    values = {f["name"]: f["value"] for f in answer.json["fields"]}
    assert values["notification_date"] == "2026-04-01"
    assert answer.json["form"]["layout"] is None
