"""Japanese keywords: every one is there, none is stale, and personal data are no arguments."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from robot.api.deco import keyword

from munibots.errors import LoginFailedError, UnexpectedProblemError, UsageError
from munibots.keywords.case_keywords import CaseKeywords
from munibots.keywords.cases import Cases
from munibots.keywords.core_system import CoreSystem
from munibots.keywords.entry_keywords import EntryKeywords
from munibots.keywords.library import Library, docstring_hash, translations
from munibots.keywords.outcome_keywords import OutcomeKeywords
from munibots.keywords.run_context import RunContext, RunSettings, active_context
from munibots.keywords.session_keywords import SessionKeywords
from munibots.stores.case_store import CaseStore

COMPONENTS = {
    Cases: [CaseKeywords],
    CoreSystem: [SessionKeywords, EntryKeywords, OutcomeKeywords],
}


def methods(library: type) -> dict[str, object]:
    return {
        name: function
        for component in COMPONENTS[library]
        for name, function in inspect.getmembers(component, inspect.isfunction)
        if hasattr(function, "robot_name")
    }


@pytest.mark.parametrize("library", COMPONENTS, ids=lambda cls: cls.__name__)
class TestTranslation:
    def test_is_complete(self, library: type) -> None:
        assert set(translations("ja")[library.__name__]) == {"__intro__", "__init__", *methods(library)}

    def test_is_fresh(self, library: type) -> None:
        documented = {"__intro__": library, "__init__": library.__init__, **methods(library)}
        stale = [
            name
            for name, entry in translations("ja")[library.__name__].items()
            if entry["sha256"] != docstring_hash(documented[name])
        ]
        assert stale == []

    def test_names_are_distinct_and_documented(self, library: type) -> None:
        entries = translations("ja")[library.__name__]
        names = [e["name"] for e in entries.values()]
        assert len(set(names)) == len(names)
        assert all(e["doc"].strip() for e in entries.values())

    def test_keywords_take_ids_and_words_only(self, library: type) -> None:
        arguments = {
            p
            for function in methods(library).values()
            for p in inspect.signature(function).parameters  # type: ignore[arg-type]
        }
        assert arguments <= {"self", "case_id", "name"}


def test_an_unknown_language_names_the_known() -> None:
    with pytest.raises(UsageError, match="ja"):
        translations("xx")


def test_a_keyword_remembers_its_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MUNIBOTS_USER_DEMO_JUMIN", raising=False)
    dsn = f"sqlite:///{tmp_path / 'cases.db'}"
    with CaseStore.open(dsn) as store:
        context = RunContext(RunSettings(dsn, "demo", tmp_path), store)
        with active_context(context):
            library = CoreSystem(form="juminido", language="ja")
            assert "登録する" in library.get_keyword_names()
            assert "register_case" not in library.get_keyword_names()
            with pytest.raises(LoginFailedError, match="MUNIBOTS_PASSWORD_DEMO_JUMIN"):
                library.run_keyword("基幹システムを開く", [])
    assert isinstance(context.last_error, LoginFailedError)
    assert context.run_error is context.last_error


def test_an_unforeseen_error_of_a_keyword_is_one_of_the_case_and_its_text_is_not_kept(tmp_path: Path) -> None:
    class Stumbling:
        @keyword
        def stumble(self) -> None:
            raise KeyError("榎戸 久美")

    dsn = f"sqlite:///{tmp_path / 'cases.db'}"
    with CaseStore.open(dsn) as store:
        context = RunContext(RunSettings(dsn, "demo", tmp_path), store)
        library = Library(context, [Stumbling()], None)
        with pytest.raises(UnexpectedProblemError, match="KeyError"):
            library.run_keyword("stumble", [])
    assert isinstance(context.last_error, UnexpectedProblemError)
    assert "榎戸" not in str(context.last_error)
