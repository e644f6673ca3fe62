"""Several processes read what one reads, in the same order."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from types import MappingProxyType

import pytest
from PIL import Image

from munibots.demo.city.filled_forms import make_filled_forms
from munibots.domain.document import Page
from munibots.domain.reading import Decision, DocumentReading, FormMatch
from munibots.errors import DefinitionNotFoundError, EnvironmentNotReadyError, UnknownFormError
from munibots.pipeline import reading_processes
from munibots.pipeline.reading_processes import ReadingProcesses


def test_readings_and_errors_pass_between_processes() -> None:
    reading = DocumentReading(
        "a.pdf", (0,), Decision.REVIEW, FormMatch("juminido", 0.9), seconds=MappingProxyType({"total": 1.0})
    )
    assert pickle.loads(pickle.dumps(reading)) == reading
    error = pickle.loads(pickle.dumps(UnknownFormError(page="a.pdf p.1", alike=("x", "y"))))
    assert error.detail == {"page": "a.pdf p.1", "alike": ("x", "y")}


def _save(pages: list[Page], path: Path) -> Path:
    first, *others = [Image.fromarray(p.pixels) for p in pages]
    first.save(path, save_all=True, append_images=others, resolution=pages[0].dpi)
    return path


def test_two_processes_read_as_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inkan = [f.pages[0] for f in make_filled_forms("inkan", 2, 11, levels=("mild",))]
    care = [p for f in make_filled_forms("ninteichosa", 1, 11, levels=("mild",)) for p in f.pages]
    (tmp_path / "b.pdf").touch()
    files = [
        _save(inkan[:1], tmp_path / "a.pdf"),
        tmp_path / "b.pdf",
        _save([*care, *inkan], tmp_path / "c.pdf"),
        _save(inkan[1:], tmp_path / "d.pdf"),
    ]
    monkeypatch.setattr(reading_processes, "HELD_PAGES", 3)
    told: list[tuple[int, int]] = []
    with ReadingProcesses("demo", 2) as processes:
        readings = list(processes.read_files(files, progress=lambda done, found: told.append((done, found))))
    assert [(r.source, r.page_indexes, r.match.form_id) for r in readings] == [
        ("a.pdf", (0,), "inkan"),
        ("b.pdf", (), None),
        ("c.pdf", (0, 1), "ninteichosa"),
        ("c.pdf", (2,), "inkan"),
        ("c.pdf", (3,), "inkan"),
        ("d.pdf", (0,), "inkan"),
    ]
    assert readings[1].decision is Decision.REJECT
    assert [v.text for v in readings[0].values] == [v.text for v in readings[3].values]
    assert told[-1] == (6, 6)
    assert told == sorted(told)


def test_a_form_that_is_not_there_is_said_at_once() -> None:
    with pytest.raises(DefinitionNotFoundError):
        ReadingProcesses("demo", 2, only_form="nothing")


def _end() -> None:
    os._exit(1)


def test_a_process_that_ends_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    with ReadingProcesses("demo", 1) as processes:
        processes._pool.submit(_end)
        with pytest.raises(EnvironmentNotReadyError):
            list(processes.read_files([tmp_path / "a.pdf"] * 3))
