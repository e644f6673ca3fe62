"""Where the cases stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.cli.store_options import default_dsn
from munibots.pipeline.inbox import take_in
from munibots.stores.case_store import CaseStore

from .conftest import Run, not_looked_at


def test_an_empty_store_has_no_cases(run: Run, tmp_path: Path) -> None:
    CaseStore.open(default_dsn(tmp_path)).close()
    assert run("status", "--json").json["cases"] == {}
    assert "ありません" in run("status").out


def test_cases_by_state_bot_and_section(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.touch()
    with CaseStore.open(default_dsn(tmp_path)) as store:
        take_in(store, (file,), look=not_looked_at, bot_id="juminido", profile="demo")
        take_in(store, (file,), look=not_looked_at, bot_id="gone", profile="demo")
    document = run("status", "--json").json
    assert document["cases"] == {"NEEDS_REVIEW": 1}
    (row,) = document["by_bot"]
    assert (row["bot"], row["section"], row["waits_for_ja"]) == ("juminido", "市民課", "職員の確認")
    assert "確認待ち" in run("status").out


@pytest.mark.parametrize(
    "command", [("status",), ("review", "list"), ("review", "show", "C-1"), ("review", "decide", "C-1", "--retry")]
)
def test_whoever_looks_in_a_wrong_folder_makes_nothing_there(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    answer = run(*command)
    assert answer.code == 2
    assert "MB-E507" in answer.err
    assert "--workdir" in answer.err
    assert list(tmp_path.iterdir()) == []
