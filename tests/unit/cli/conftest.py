"""Running commands as a person or a program does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from munibots.cli.main import main
from munibots.domain.document import Page
from munibots.pipeline.looking import Look

Run = Callable[..., "Answer"]


class Answer:
    """What a command printed, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        """Standard output as exactly one JSON document."""
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``munibots …`` with ``tmp_path`` as work folder."""
    for name in ("MUNIBOTS_DSN", "MUNIBOTS_LANG", "MUNIBOTS_DEBUG", "MUNIBOTS_REGISTER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MUNIBOTS_WORKDIR", str(tmp_path))

    def go(*argv: str) -> Answer:
        with pytest.raises(SystemExit) as ended:
            main(list(argv))
        for name in ("MUNIBOTS_LANG", "MUNIBOTS_DEBUG"):  # what an option of this call has set
            monkeypatch.delenv(name, raising=False)
        out, err = capsys.readouterr()
        return Answer(int(ended.value.code or 0), out, err)

    return go


def not_looked_at(page: Page) -> Look:
    """For files that cannot be opened: nobody looks at their pages."""
    raise AssertionError(page.label)
