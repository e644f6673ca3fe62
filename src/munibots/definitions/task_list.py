"""A CSV of tasks, as a city fills it in with a spreadsheet.

Only the name is required: what is not known stays empty, and the triage says what is missing. Every mistake is reported with
the line and the column, and all of them at once.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from munibots.definitions.csv_file import csv_rows
from munibots.domain.task import (
    FIXED_RULES_JA,
    JUDGEMENT_JA,
    LEGAL_ACTS_JA,
    MEDIA_JA,
    PRODUCTS_JA,
    Task,
)
from munibots.errors import TaskListError, UsageError

__all__ = ["TASK_COLUMNS", "TaskList", "read_task_list", "write_task_template"]

TASK_COLUMNS = (
    "業務名",
    "内容",
    "担当課",
    "年間件数",
    "1件の分数",
    "決まった手順",
    "判断",
    "入力元",
    "出力",
    "法的な行為",
    "個人番号",
)
_NAME, _TEXT, _SECTION, _CASES, _MINUTES, _RULES, _JUDGEMENT, _INPUTS, _OUTPUTS, _ACT, _MY_NUMBER = TASK_COLUMNS
_TEMPLATE = Path(__file__).with_name("task_template.csv")
_SEPARATOR = re.compile(r"[、,，・/|\s]+")
# 徴収・立入 holds a separator, but its column takes one value only.
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(?:件|分|回|人|通|枚)?")
_MY_NUMBER_JA = {"扱う": True, "扱わない": False}
_MOST = {_CASES: 1e8, _MINUTES: 1e6}

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class TaskList:
    """What the CSV holds.

    Attributes:
        unused_columns: Headings that mean nothing here; a misspelt one must not go unnoticed.
    """

    tasks: tuple[Task, ...]
    unused_columns: tuple[str, ...]


def write_task_template(path: Path) -> None:
    """Write the CSV to fill in, with a few made-up tasks, as spreadsheets on Windows open it (UTF-8 with BOM, CRLF).

    Raises:
        UsageError: There is such a file already, or it cannot be written.
    """
    text = "\r\n".join(_TEMPLATE.read_text(encoding="utf-8").splitlines()) + "\r\n"
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(problem=f"{path} はすでにあります。別の名前にしてください") from None
    except OSError as e:
        raise UsageError(problem=f"{path} に書けません({e.strerror})") from e


def read_task_list(path: Path) -> TaskList:
    """Read the CSV, in UTF-8 (with or without a byte order mark) or in the Windows code page of Japan.

    Raises:
        TaskListError: Something is wrong; names the file, the first wrong line and its column, and lists every other one.
    """
    rows = csv_rows(path, lambda line, problem: TaskListError(file=path, line=line, problem=problem), strict=True)
    header = [unicodedata.normalize("NFKC", cell).strip() for cell in rows[0][1]] if rows else []
    if _NAME not in header:
        raise TaskListError(
            file=path,
            line=1,
            problem=f"見出しに列「{_NAME}」がありません。1 行目を {','.join(TASK_COLUMNS)} にしてください。",
        )
    doubled = sorted({column for column in TASK_COLUMNS if header.count(column) > 1})
    if doubled:
        raise TaskListError(file=path, line=1, problem=f"列「{'」「'.join(doubled)}」が二つあります。")
    tasks: list[Task] = []
    problems: list[tuple[int, str]] = []
    first_line: dict[tuple[str, str], int] = {}
    for line, cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            problems.append((line, '列が見出しより多くあります。カンマを含む内容は " で囲んでください。'))
            continue
        given = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        row = _Row(given)
        task = row.task(line)
        problems += [(line, problem) for problem in row.problems]
        key = (task.section, task.name)
        if task.name and key in first_line:
            problems.append((line, f"列「{_NAME}」: 同じ業務が {first_line[key]} 行目にもあります。"))
        first_line.setdefault(key, line)
        tasks.append(task)
    if not tasks and not problems:
        problems.append((1, "業務が一つもありません。"))
    if problems:
        line, problem = problems[0]
        others = "".join(f"\n  {n} 行目: {text}" for n, text in problems[1:])
        raise TaskListError(file=path, line=line, problem=problem + others)
    return TaskList(tuple(tasks), tuple(column for column in header if column and column not in TASK_COLUMNS))


class _Row:
    """One row; collects what is wrong with it."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given
        self.problems: list[str] = []

    def task(self, line: int) -> Task:
        if not self._given.get(_NAME):
            self.problems.append(f"列「{_NAME}」が空です。")
        return Task(
            line=line,
            name=self._given.get(_NAME, ""),
            description=self._given.get(_TEXT, ""),
            section=self._given.get(_SECTION, ""),
            cases_a_year=self._number(_CASES),
            minutes_a_case=self._number(_MINUTES),
            fixed_rules=self._one(_RULES, FIXED_RULES_JA),
            judgement=self._one(_JUDGEMENT, JUDGEMENT_JA),
            inputs=self._many(_INPUTS, MEDIA_JA),
            outputs=self._many(_OUTPUTS, PRODUCTS_JA),
            legal_act=self._one(_ACT, LEGAL_ACTS_JA),
            my_number=self._yes(),
        )

    def _number(self, column: str) -> float | None:
        text = unicodedata.normalize("NFKC", self._given.get(column, "")).replace(",", "").replace(" ", "")
        if not text:
            return None
        found = _NUMBER.fullmatch(text)
        number = float(found[1]) if found else math.nan
        if not 0 < number <= _MOST[column]:
            self.problems.append(
                f"列「{column}」: 0 より大きく {_MOST[column]:,.0f} 以下の数にしてください(例 1200)。分からなければ空のままにします。"
            )
            return None
        return number

    def _one(self, column: str, words: Mapping[E, str]) -> E | None:
        text = unicodedata.normalize("NFKC", self._given.get(column, ""))
        return self._value(column, text, words) if text else None

    def _many(self, column: str, words: Mapping[E, str]) -> tuple[E, ...]:
        parts = [part for part in _SEPARATOR.split(self._given.get(column, "")) if part]
        found = [self._value(column, part, words) for part in parts]
        return tuple(dict.fromkeys(value for value in found if value is not None))

    def _value(self, column: str, text: str, words: Mapping[E, str]) -> E | None:
        for value, word in words.items():
            if text in (word, value.value):
                return value
        self._unknown(column, text, list(words.values()))
        return None

    def _yes(self) -> bool | None:
        text = self._given.get(_MY_NUMBER, "")
        if text and text not in _MY_NUMBER_JA:
            self._unknown(_MY_NUMBER, text, list(_MY_NUMBER_JA))
        return _MY_NUMBER_JA.get(text)

    def _unknown(self, column: str, text: str, known: Sequence[str]) -> None:
        self.problems.append(
            f"列「{column}」:「{text}」は使えません。使えるのは {'、'.join(known)} です。分からなければ空のままにします。"
        )
