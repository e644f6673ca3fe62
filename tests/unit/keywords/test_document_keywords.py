"""Taking scans in and reading them, from a story."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.domain.case import CaseState
from munibots.errors import UsageError
from munibots.keywords.document_keywords import DocumentKeywords
from munibots.keywords.run_context import RunContext, RunSettings
from munibots.stores.case_store import CaseStore


@pytest.fixture
def context(tmp_path: Path) -> RunContext:
    dsn = f"sqlite:///{tmp_path / 'cases.sqlite'}"
    return RunContext(RunSettings(dsn, "demo", tmp_path), CaseStore.open(dsn))


def test_a_folder_is_taken_in_once(context: RunContext, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.pdf").touch()
    keywords = DocumentKeywords(context, "juminido")
    assert keywords.take_in_documents(str(inbox)) == 1
    assert keywords.take_in_documents(str(inbox)) == 0
    (case,) = context.store.list()
    assert (case.bot_id, case.profile, case.state) == ("juminido", "demo", CaseState.NEEDS_REVIEW)


def test_a_missing_folder_is_said(context: RunContext, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ありません"):
        DocumentKeywords(context, "juminido").take_in_documents(str(tmp_path / "none"))


def test_nothing_to_read_is_no_error(context: RunContext) -> None:
    assert DocumentKeywords(context, "juminido").read_documents() == 0
