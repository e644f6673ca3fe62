"""The command as a whole: help, errors, languages."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from munibots import __version__
from munibots.cli.store_options import default_dsn
from munibots.cli.texts import TEXTS
from munibots.definitions.places import KINDS_JA
from munibots.domain.case import CASE_STATES_JA, CaseState
from munibots.stores.case_store import CaseStore, NewCase

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
    assert "使い方:" in answer.out


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


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("nothing",), "'nothing' というコマンドはありません。"),
        (("demo", "--cases", "0"), "'--cases' の値が正しくありません: 0 は範囲 1<=x<=1000 にありません。"),
        (("demo", "--seed", "x"), "数として読めません"),
        (("run", "juminido"), "オプションが足りません: '--profile'"),
        (("run",), "引数が足りません: 'ボット'"),
        (("read", "none.pdf"), "'none.pdf' がありません。"),
        (("status", "--jsn"), "'--json' のことですか"),
        (("status", "more"), "余分な引数があります(more)"),
        (("--lang", "fr", "status"), "使えるのは 'ja', 'en' です。"),
        (("review", "decide", "C-1", "--revision"), "--revision には値が要ります。"),
    ],
)
def test_what_click_says_is_said_in_japanese(run: Run, argv: tuple[str, ...], said: str) -> None:
    answer = run(*argv)
    assert answer.code == 2
    assert said in answer.err
    assert "引数の説明: munibots" in answer.err or "には値が要ります" in answer.err
    assert "Error" not in answer.err


def test_what_click_says_in_english(run: Run) -> None:
    assert "Error: Missing option '--profile'." in run("--lang", "en", "run", "juminido").err


def test_the_catalogue_for_click_is_fresh() -> None:
    path = Path(__file__).resolve().parents[3] / "tools" / "make_click_catalog.py"
    spec = importlib.util.spec_from_file_location("make_click_catalog", path)
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    assert maker.COMPILED.read_bytes() == maker.compiled(), "next step: python tools/make_click_catalog.py"


def test_tables_in_english_have_english_states_and_headings(run: Run, tmp_path: Path) -> None:
    new = NewCase("C-1", "juminido", "demo", "a.pdf", (), (), "d" * 64, problem=("MB-E101", "x", "y"))
    with CaseStore.open(default_dsn(tmp_path)) as store:
        store.receive(new)
    status = run("--lang", "en", "status").out
    assert "needs review" in status
    assert "a person's review" in status
    assert "needs review" in run("--lang", "en", "review", "list").out
    assert "needs review" in run("--lang", "en", "review", "show", "C-1").out
    doctor = run("--lang", "en", "doctor").out
    assert "postal codes" in doctor
    assert "core systems" in run("--lang", "en", "list").out


@pytest.mark.parametrize(
    ("argv", "hint"),
    [(("review", "show", "C-9"), "review list"), (("review", "decide", "C-9"), "もう一度実行してください")],
)
def test_the_next_step_fits_the_mistake(run: Run, tmp_path: Path, argv: tuple[str, ...], hint: str) -> None:
    CaseStore.open(default_dsn(tmp_path)).close()
    answer = run(*argv)
    assert "MB-E801" in answer.err
    assert hint in answer.err


def test_every_state_and_kind_of_definition_has_a_text() -> None:
    for state in CaseState:
        assert TEXTS[f"state-{state.value}"][0] == CASE_STATES_JA[state]
        assert f"waits-{state.value}" in TEXTS
    for kind, name_ja in KINDS_JA.items():
        assert TEXTS[f"kind-{kind}"][0] == name_ja


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
