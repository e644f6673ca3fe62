"""Corrections and reasons that do not stand on the command line."""

from __future__ import annotations

import io

import pytest

from munibots.cli.decisions import corrections_from, reason_from
from munibots.errors import UsageError

WANTED = {"name": "山田 太郎", "note": "a=b", "phone": ""}


@pytest.mark.parametrize(
    "text",
    [
        "name=山田 太郎\n\n# 注\nnote=a=b\nphone=\n",
        "\ufeffname=山田 太郎\r\nnote=a=b\r\nphone=",
        '{"name": "山田 太郎", "note": "a=b", "phone": ""}',
        ' \n{"name": "山田 太郎", "note": "a=b", "phone": ""}\n',
    ],
)
def test_both_ways_to_write_are_read(text: str) -> None:
    assert corrections_from((), io.StringIO(text)) == WANTED


def test_the_command_line_wins() -> None:
    assert corrections_from(("name=佐藤",), io.StringIO("name=山田\nphone=1")) == {"name": "佐藤", "phone": "1"}


@pytest.mark.parametrize("text", ["山田", '{"name": "山田"', '{"name": 7}', "name=x\n山田"])
def test_a_mistake_is_said_without_the_value(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        corrections_from((), io.StringIO(text))
    assert "山田" not in str(raised.value)


def test_what_is_no_utf_8_is_said() -> None:
    file = io.TextIOWrapper(io.BytesIO("name=山田".encode("cp932")), encoding="utf-8")
    file.buffer.name = "x"  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match="UTF-8"):
        corrections_from((), file)


def test_a_reason_is_the_whole_file() -> None:
    assert reason_from("", io.StringIO("原本と\n照合した\n")) == "原本と\n照合した"
    assert reason_from("早い", None) == "早い"
