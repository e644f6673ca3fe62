"""The CSV of tasks: what it may look like, and how its mistakes are told."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.definitions.task_list import TASK_COLUMNS, read_task_list, write_task_template
from munibots.domain.task import FixedRules, Judgement, LegalAct, Medium, Product
from munibots.errors import TaskListError, UsageError

HEAD = ",".join(TASK_COLUMNS) + "\r\n"


def _csv(tmp_path: Path, body: str, encoding: str = "utf-8", head: str = HEAD) -> Path:
    path = tmp_path / "tasks.csv"
    path.write_bytes((head + body).encode(encoding))
    return path


def _problem(path: Path) -> tuple[int, str]:
    with pytest.raises(TaskListError) as raised:
        read_task_list(path)
    return raised.value.detail["line"], raised.value.detail["problem"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_reads_what_spreadsheets_write(tmp_path: Path, encoding: str) -> None:
    body = '転入届の入力,届を入力する,市民課,"1,200件",8,ある,なし,手書きの紙、窓口,画面入力,届出の受理,扱う\r\n'
    (task,) = read_task_list(_csv(tmp_path, body, encoding)).tasks
    assert (task.line, task.name, task.section) == (2, "転入届の入力", "市民課")
    assert (task.cases_a_year, task.minutes_a_case, task.hours_a_year) == (1200, 8, 160)
    assert (task.fixed_rules, task.judgement) == (FixedRules.FIXED, Judgement.NONE)
    assert task.inputs == (Medium.HANDWRITING, Medium.COUNTER)
    assert task.outputs == (Product.SCREEN_ENTRY,)
    assert task.legal_act is LegalAct.NOTIFICATION
    assert task.my_number is True


def test_every_choice_of_the_manual_can_be_read(tmp_path: Path) -> None:
    body = "a,,,,,一部,多い,紙・画面・データ・メール・画像・音声・電話・現場,データ/帳票/文書/応対/現場作業/決定,徴収・立入,扱わない\n"
    (task,) = read_task_list(_csv(tmp_path, body)).tasks
    assert len(task.inputs) == 8
    assert len(task.outputs) == 6
    assert task.legal_act is LegalAct.COERCION
    assert task.my_number is False


def test_what_is_empty_is_not_said(tmp_path: Path) -> None:
    (task,) = read_task_list(_csv(tmp_path, "庶務,,,,,,,,,,\n,,,,,,,,,,\n")).tasks
    assert task.hours_a_year is None
    assert task.fixed_rules is task.judgement is task.legal_act is task.my_number is None
    assert task.inputs == task.outputs == ()


def test_columns_may_be_fewer_in_any_order_or_the_city_s_own(tmp_path: Path) -> None:
    read = read_task_list(_csv(tmp_path, "ない,甲,注\n", head="決まった手順,業務名,備考\n"))
    assert read.tasks[0].fixed_rules is FixedRules.NONE
    assert read.unused_columns == ("備考",)


def test_full_width_numbers(tmp_path: Path) -> None:
    (task,) = read_task_list(
        _csv(tmp_path, "甲,,,1,200,1.5分,,,,,,\n".replace("1,200", "\uff11\uff12\uff10\uff10"))
    ).tasks
    assert (task.cases_a_year, task.minutes_a_case) == (1200, 1.5)


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        ("甲,,,たくさん,,,,,,,\n", 2, "年間件数"),
        ("甲,,,-3,,,,,,,\n", 2, "年間件数"),
        ("甲,,,0,,,,,,,\n", 2, "年間件数"),
        ("甲,,,,10〜20,,,,,,\n", 2, "1件の分数"),
        ("甲,,,,,はい,,,,,\n", 2, "決まった手順"),
        ("甲,,,,,,高い,,,,\n", 2, "判断"),
        ("甲,,,,,,,紙、神,,,\n", 2, "入力元"),
        ("甲,,,,,,,,印鑑,,\n", 2, "出力"),
        ("甲,,,,,,,,,許可,\n", 2, "法的な行為"),
        ("甲,,,,,,,,,,○\n", 2, "個人番号"),
        ('"二行の\n名前",,,,,,,,,,\n,内容だけ,,,,,,,,,\n', 4, "業務名"),
        ("甲,,,,,,,,,,\n甲,,,,,,,,,,\n", 3, "業務名"),
    ],
)
def test_mistakes_name_line_and_column(tmp_path: Path, body: str, line: int, column: str) -> None:
    found, problem = _problem(_csv(tmp_path, body))
    assert found == line
    assert f"列「{column}」" in problem


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    line, problem = _problem(_csv(tmp_path, "甲,,,x,,y,,,,,\n乙,,,,,,z,,,,\n"))
    assert line == 2
    assert "列「決まった手順」" in problem
    assert "3 行目: 列「判断」" in problem


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "業務名"),
        (b"name,cases\n", "業務名"),
        ((HEAD).encode(), "一つもありません"),
        ((HEAD.strip() + ",判断\n").encode(), "二つあります"),
        ((HEAD + "甲,a,b,1,2,,,,,,,あふれた\n").encode(), "列が見出しより多く"),
        ((HEAD + '"閉じない').encode(), "CSV として読めません"),
        (b"\x81\x00\xff\xfe\x82", "文字コード"),
    ],
)
def test_files_that_are_no_list(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "tasks.csv"
    path.write_bytes(content)
    assert word in _problem(path)[1]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "読めません" in _problem(tmp_path / "none.csv")[1]


def test_the_template_can_be_read_and_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    write_task_template(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    read = read_task_list(path)
    assert len(read.tasks) == 6
    assert all(task.name.startswith("(例)") for task in read.tasks)
    assert read.unused_columns == ()
    with pytest.raises(UsageError, match="すでにあります"):
        write_task_template(path)
    with pytest.raises(UsageError, match="書けません"):
        write_task_template(tmp_path / "none" / "t.csv")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "tasks.csv"
    path.write_bytes((HEAD + text).encode("utf-8", "replace"))
    with suppress(TaskListError):
        assert all(task.name for task in read_task_list(path).tasks)
