"""Each error has its own code, speaks Japanese, says what to do next, and is given what its text asks for."""

from __future__ import annotations

import ast
import re
import string
from collections import Counter
from pathlib import Path

import pytest

from munibots import errors
from munibots.errors import CaseError, ExitCode, MunibotsError, RunError, error_catalog

KINDS = (CaseError, RunError)
"""Classes that only sort the others into kinds: they have no code of their own and are never raised."""

NAMED = [cls for cls in error_catalog() if cls not in KINDS]
_JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


def _placeholders(cls: type[MunibotsError]) -> set[str]:
    texts = (cls.message_ja, cls.next_ja)
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_codes_are_unique() -> None:
    twice = {code: n for code, n in Counter(cls.code for cls in NAMED).items() if n > 1}
    assert twice == {}


@pytest.mark.parametrize("cls", NAMED, ids=lambda cls: cls.__name__)
class TestEveryError:
    def test_has_a_code_of_its_own(self, cls: type[MunibotsError]) -> None:
        assert "code" in vars(cls)
        assert re.fullmatch(r"MB-E\d{3}", cls.code)

    def test_is_public(self, cls: type[MunibotsError]) -> None:
        assert cls.__module__ == "munibots.errors"
        assert cls.__name__ in errors.__all__

    def test_speaks_japanese_and_says_what_to_do(self, cls: type[MunibotsError]) -> None:
        for text in (cls.message_ja, cls.next_ja):
            assert _JAPANESE.search(text)
            assert text.endswith(("。", "}"))

    def test_placeholders_are_names(self, cls: type[MunibotsError]) -> None:
        assert all(name.isidentifier() for name in _placeholders(cls))

    def test_ends_with_a_known_exit_code(self, cls: type[MunibotsError]) -> None:
        assert cls.exit_code in {ExitCode.BUG, ExitCode.BAD_INPUT, ExitCode.NEEDS_PERSON, ExitCode.OUTSIDE_MISSING}

    def test_can_be_shown_without_details(self, cls: type[MunibotsError]) -> None:
        assert "次にすること: " in str(cls())


def test_every_call_gives_what_the_text_asks_for(root: Path) -> None:
    """A forgotten detail shows as a gap in the message; it is found here, not by a municipal employee."""
    by_name = {cls.__name__: cls for cls in NAMED}
    gaps = []
    for path in sorted((root / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in by_name:
                continue
            given = {keyword.arg for keyword in node.keywords}
            if None in given:  # **detail, known at run time only
                continue
            missing = _placeholders(by_name[node.func.id]) - given
            if missing:
                gaps.append(f"{path.relative_to(root)}:{node.lineno} {node.func.id} lacks {sorted(missing)}")
    assert gaps == []
