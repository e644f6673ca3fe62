"""Everything that a scanner sends by mistake: a code and a next step, the case kept, the run going on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from munibots.cli.main import main
from munibots.cli.store_options import default_dsn
from munibots.demo.city import troubles
from munibots.domain.case import CaseState
from munibots.pipeline.conductor import SAME_SHEET
from munibots.stores.case_store import CaseStore


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """``munibots read --jsonl`` of one file of each kind, by file name and page."""
    inbox = tmp_path_factory.mktemp("inbox")
    write_all(inbox)
    lines = read(inbox)
    return {f"{line['source']}#{(line['page_indexes'] or [0])[0]}": line for line in lines}


def write_all(inbox: Path) -> None:
    troubles.write_empty_file(inbox / "01-empty.pdf")
    troubles.write_truncated_pdf(inbox / "02-truncated.pdf")
    troubles.write_locked_pdf(inbox / "03-locked.pdf")
    troubles.write_long_pdf(inbox / "04-long.pdf")
    troubles.write_huge_picture(inbox / "05-huge.png")
    troubles.write_photo(inbox / "06-photo.jpg")
    troubles.write_other_form(inbox / "07-other.pdf")
    troubles.write_upside_down(inbox / "08-upside-down.pdf")
    troubles.write_same_sheet_twice(inbox / "09-first.pdf", inbox / "11-again.pdf", seed=2)
    (inbox / "10-notes.txt").write_text("これは様式ではありません。", encoding="utf-8")


def read(inbox: Path) -> list[dict[str, object]]:
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out), pytest.raises(SystemExit) as ended:
        main(["read", str(inbox), "--profile", "demo", "--jsonl"])
    assert ended.value.code == 2
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("01-empty.pdf#0", "MB-E101"),
        ("02-truncated.pdf#0", "MB-E102"),
        ("03-locked.pdf#0", "MB-E103"),
        ("04-long.pdf#0", "MB-E104"),
        ("05-huge.png#0", "MB-E105"),
        ("10-notes.txt#0", "MB-E106"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(answers: dict[str, dict[str, object]], place: str, code: str) -> None:
    answer = answers[place]
    assert answer["decision"] == "reject"
    assert answer["problem"]["code"] == code  # type: ignore[index]
    assert answer["problem"]["next_ja"]  # type: ignore[index]


@pytest.mark.parametrize("place", ["06-photo.jpg#0", "07-other.pdf#0"])
def test_what_is_no_known_form_goes_to_a_person(answers: dict[str, dict[str, object]], place: str) -> None:
    answer = answers[place]
    assert answer["decision"] == "review"
    assert answer["form"] is None
    assert answer["problem"]["code"] == "MB-E201"  # type: ignore[index]


def test_an_upside_down_page_is_turned_and_read(answers: dict[str, dict[str, object]]) -> None:
    answer = answers["08-upside-down.pdf#0"]
    assert answer["form"]["id"] == "juminido"  # type: ignore[index]
    assert answer["form"]["turned_deg"] == 180  # type: ignore[index]
    assert any(field["text"] for field in answer["fields"])  # type: ignore[union-attr]


def test_every_bad_file_becomes_a_case_that_waits_for_a_person(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    write_all(inbox)
    from munibots.definitions.profile_files import load_profile
    from munibots.pipeline.conductor import read_received
    from munibots.pipeline.document_reader import DocumentReader
    from munibots.pipeline.inbox import inbox_files, take_in

    with CaseStore.open(default_dsn(tmp_path)) as store:
        reader = DocumentReader(load_profile("demo"))
        take_in(store, inbox_files(inbox), look=reader.look, bot_id="juminido", profile="demo")
        read_received(store, reader, bot_id="juminido", profile="demo")
        cases = store.list()
        sources = {c.source for c in cases}
        assert sources == {f.name for f in inbox_files(inbox)}
        assert {c.state for c in cases} == {CaseState.NEEDS_REVIEW}
        for case in cases:
            reading = store.reading(case.id)
            assert case.problem is not None or (reading is not None and reading.values)
        twice = [c for c in cases if c.source in ("09-first.pdf", "11-again.pdf")]
        broken = [
            check.rule
            for c in twice
            if (reading := store.reading(c.id)) is not None
            for check in reading.checks
            if not check.ok
        ]
        assert broken.count(SAME_SHEET) == 1
