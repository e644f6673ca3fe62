"""What there is, and where it comes from."""

from __future__ import annotations

from .conftest import Run


def test_list_keeps_to_the_contract(run: Run) -> None:
    found = run("list", "--json").json
    assert set(found) == {"bots", "forms", "systems", "profiles", "classifiers"}
    (bot,) = [b for b in found["bots"] if b["id"] == "juminido"]
    assert set(bot) >= {"id", "name_ja", "section"}
    assert "juminido" in [f["id"] for f in found["forms"]]


def test_list_for_people(run: Run) -> None:
    assert "住民異動届" in run("list").out


def test_explain_says_file_and_line(run: Run) -> None:
    origins = run("explain", "new_address", "--profile", "demo", "--json").json["origins"]
    assert {o["kind"] for o in origins} >= {"forms", "systems"}
    assert all(o["line"] >= 1 for o in origins)


def test_explain_an_unknown_name(run: Run) -> None:
    answer = run("explain", "no_such_name")
    assert answer.code == 2
    assert "MB-E602" in answer.err
