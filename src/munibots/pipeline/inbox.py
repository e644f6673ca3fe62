"""Files to cases: each sheet of each file becomes a case exactly once, whatever happens on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from munibots.domain.case import CaseState
from munibots.domain.document import Page
from munibots.errors import DuplicateDocumentError, IntakeError
from munibots.intake.encoding import encode_page
from munibots.intake.opening import DEFAULT_MAX_PAGES, open_pages
from munibots.stores.case_ids import new_case_id, page_digest
from munibots.stores.case_store import CaseStore, NewCase

__all__ = ["TakenIn", "inbox_files", "take_in"]

ACTOR = "intake"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a folder.

    Attributes:
        case_ids: Every case that the files stand for, new or known, in the order of files and pages.
        added: How many of them are new.
    """

    case_ids: tuple[str, ...]
    added: int


def inbox_files(folder: Path) -> tuple[Path, ...]:
    """The files of an inbox in the order of their names; hidden files and folders are left out."""
    return tuple(sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")))


def take_in(
    store: CaseStore,
    files: tuple[Path, ...],
    *,
    bot_id: str,
    profile: str,
    max_pages: int = DEFAULT_MAX_PAGES,
    progress: Callable[[int, int], None] | None = None,
) -> TakenIn:
    """Take files in. Done again after a crash it adds only what is missing.

    A file or page that cannot be opened becomes a case that waits for a person, with code and next step; the others go
    on.

    Args:
        progress: Called with files done and files in all.
    """
    ids: list[str] = []
    added = 0
    for n, file in enumerate(files):
        for case_id, is_new in _take_in_file(store, file, bot_id, profile, max_pages):
            ids.append(case_id)
            added += is_new
        if progress is not None:
            progress(n + 1, len(files))
    return TakenIn(tuple(ids), added)


def _take_in_file(
    store: CaseStore, file: Path, bot_id: str, profile: str, max_pages: int
) -> Iterator[tuple[str, bool]]:
    content = hashlib.sha256(file.read_bytes()).hexdigest()
    try:
        pages = open_pages(file, max_pages=max_pages)
    except IntakeError as e:
        yield _receive(store, file, content, None, e, bot_id, profile)
        return
    for index, page in enumerate(pages):
        yield _receive(store, file, content, index, page, bot_id, profile)


def _receive(
    store: CaseStore,
    file: Path,
    content: str,
    index: int | None,
    page: Page | IntakeError,
    bot_id: str,
    profile: str,
) -> tuple[str, bool]:
    problem = page if isinstance(page, IntakeError) else None
    digest = page_digest(content, index or 0)
    owner = store.known_digest(digest)
    if owner is not None and store.get(owner).source != file.name:
        # The same bytes under another name: a case of its own, so that a person sees that it came twice.
        digest = page_digest(hashlib.sha256(f"{file.name}:{content}".encode()).hexdigest(), index or 0)
        problem = DuplicateDocumentError(file=file.name, case_id=owner)
        owner = store.known_digest(digest)
    case_id = new_case_id(digest)
    is_new = owner is None and store.receive(
        NewCase(
            id=case_id,
            bot_id=bot_id,
            profile=profile,
            source=file.name,
            page_indexes=() if index is None else (index,),
            scans=(encode_page(page),) if isinstance(page, Page) else (),
            digest=digest,
        )
    )
    if problem is not None:
        # Outside the receipt's transaction: a crash between the two leaves RECEIVED, and the next run comes by here again.
        store.change(
            case_id,
            {CaseState.RECEIVED},
            CaseState.NEEDS_REVIEW,
            actor=ACTOR,
            event="not-readable",
            problem=(problem.code, problem.reason_ja, problem.next_step_ja),
            detail={"code": problem.code},
        )
    return case_id, is_new
