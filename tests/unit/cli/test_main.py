"""The command as a whole: help, errors, languages."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from munibots import __version__
from munibots.cli.texts import TEXTS

from .conftest import Run


def test_help_names_every_command_in_japanese(run: Run) -> None:
    answer = run("--help")
    assert answer.code == 0
    for command in ("demo", "read", "run", "status", "review", "doctor", "list", "explain", "bench"):
        assert command in answer.out
    assert "munibots demo" in answer.out


@pytest.mark.parametrize("command", ["demo", "read", "run", "status", "review", "doctor", "list", "explain", "bench"])
def test_each_command_has_help(run: Run, command: str) -> None:
    answer = run(command, "--help")
    assert answer.code == 0
    assert "Usage" in answer.out


def test_version(run: Run) -> None:
    assert __version__ in run("--version").out


@pytest.mark.parametrize("argv", [("nothing",), ("read",), ("demo", "--cases", "0"), ("run", "juminido")])
def test_bad_usage_is_2(run: Run, argv: tuple[str, ...]) -> None:
    assert run(*argv).code == 2


def test_an_error_has_a_code_and_the_next_step_and_leaves_standard_output_alone(run: Run) -> None:
    answer = run("run", "nobot", "--profile", "demo", "--json")
    assert answer.code == 2
    assert answer.out == ""
    assert "MB-E602" in answer.err
    assert "次にすること" in answer.err
    assert "Traceback" not in answer.err


def test_an_error_in_english(run: Run) -> None:
    answer = run("--lang", "en", "run", "nobot", "--profile", "demo")
    assert "MB-E602 No definition of this kind and name." in answer.err


def test_an_unforeseen_error_tells_its_kind_and_place_and_its_text_only_with_debug(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise ZeroDivisionError("the text")

    monkeypatch.setattr("munibots.definitions.bot_files.load_bot", stumble)
    quiet = run("run", "juminido", "--profile", "demo")
    assert quiet.code == 1
    assert "MB-E000" in quiet.err
    assert "ZeroDivisionError、cli/run.py:" in quiet.err
    assert "the text" not in quiet.err
    assert "Traceback" not in quiet.err
    loud = run("--debug", "run", "juminido", "--profile", "demo")
    assert "ZeroDivisionError: the text" in loud.err


def test_every_text_has_both_languages() -> None:
    for key, (ja, en) in TEXTS.items():
        assert ja, key
        assert en, key
        assert en.isascii(), key


def test_a_pipe_gets_utf_8_whatever_the_system_writes() -> None:
    command = [sys.executable, "-m", "munibots.cli.main", "list", "--json"]
    cp932 = {**os.environ, "PYTHONIOENCODING": "cp932", "PYTHONUTF8": "0"}
    ended = subprocess.run(command, capture_output=True, env=cp932, check=True)
    assert "住民異動届" in ended.stdout.decode("utf-8")
