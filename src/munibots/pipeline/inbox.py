"""Files to cases: every page of every file comes into exactly one case, whatever happens on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from munibots.errors import CaseError, DuplicateDocumentError, FileUnavailableError, IntakeError, UnexpectedProblemError
from munibots.intake.encoding import encode_page
from munibots.intake.opening import DEFAULT_MAX_PAGES, open_pages
from munibots.pipeline.boundary import one_case
from munibots.pipeline.looking import Looker
from munibots.pipeline.stacks import PageSeen, PlannedDocument, Seen, plan_documents
from munibots.stores.case_ids import new_case_id, page_digest
from munibots.stores.case_store import CaseStore, NewCase

__all__ = ["TakenIn", "inbox_files", "readable", "take_in"]

_NO_PAGE = -1
"""In place of a page index, for a file that cannot be opened at all: with another limit it may have pages next time."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a folder.

    Attributes:
        case_ids: Every case that the files stand for, new or known, in the order of files and pages.
        added: How many of them are new.
        left: Files that could not be read now; they are tried again the next time.
    """

    case_ids: tuple[str, ...]
    added: int
    left: tuple[FileUnavailableError, ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """A file that is being taken in.

    Attributes:
        content: Hexadecimal SHA-256 from which its cases' ids are made.
        first_seen: Of a file with the same bytes that came before under another name: its content's SHA-256.
    """

    name: str
    bot_id: str
    profile: str
    content: str
    first_seen: str | None


def inbox_files(folder: Path) -> tuple[Path, ...]:
    """The files of an inbox in the order of their names; hidden files and folders are left out."""
    return tuple(sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")))


def take_in(
    store: CaseStore,
    files: tuple[Path, ...],
    *,
    look: Looker,
    bot_id: str,
    profile: str,
    max_pages: int = DEFAULT_MAX_PAGES,
    progress: Callable[[int, int], None] | None = None,
) -> TakenIn:
    """Take files in. Done again after a crash it adds only what is missing.

    A file of several pages is cut into documents, each of them a case (see :mod:`munibots.pipeline.stacks`). A file or page
    that cannot be opened becomes a case that waits for a person, with code and next step; the others go on. So does a file that
    may not be read now, without a case of its own.

    Args:
        look: Says of a page which page of which form it is.
        progress: Called with files done and files in all.
    """
    ids: list[str] = []
    added = 0
    left: list[FileUnavailableError] = []
    for n, file in enumerate(files):
        try:
            for case_id, is_new in _take_in_file(store, file, look, bot_id, profile, max_pages):
                ids.append(case_id)
                added += is_new
        except FileUnavailableError as e:
            left.append(e)
        if progress is not None:
            progress(n + 1, len(files))
    return TakenIn(tuple(ids), added, tuple(left))


def _take_in_file(
    store: CaseStore, file: Path, look: Looker, bot_id: str, profile: str, max_pages: int
) -> Iterator[tuple[str, bool]]:
    source = _source(store, file, bot_id, profile)
    taken, whole = _taken_before(store, source.content)
    if whole:
        yield from ((case_id, False) for case_id in dict.fromkeys(taken.values()))
        return
    try:
        seen, scans, problems = _look_through(file, look, max_pages)
    except FileUnavailableError:
        raise
    except (IntakeError, UnexpectedProblemError) as e:
        yield _receive(store, source, None, {}, e, None)
        return
    covered = frozenset(taken)
    known = dict.fromkeys(taken.values())
    for document in plan_documents(seen):
        # Only after a crash and with other forms than before can a document be there in part: its pages keep their case.
        left = document.without(covered)
        if left.pages:
            problem = next((problems[i] for i in left.page_indexes if i in problems), None)
            yield _receive(store, source, left, scans, problem, len(seen))
        for case_id in [taken[i] for i in document.page_indexes if i in taken]:
            if case_id in known:
                del known[case_id]
                yield case_id, False


def _look_through(
    file: Path, look: Looker, max_pages: int
) -> tuple[list[PageSeen], dict[int, bytes], dict[int, CaseError]]:
    """What each page is, the pictures of the pages, and what is wrong with those that cannot be looked at.

    Raises:
        FileUnavailableError: It may not be read now.
        IntakeError, UnexpectedProblemError: It cannot become pages.
    """
    seen: list[PageSeen] = []
    scans: dict[int, bytes] = {}
    problems: dict[int, CaseError] = {}
    with one_case(file.name), readable(file):
        for index, page in enumerate(open_pages(file, max_pages=max_pages)):
            try:
                if isinstance(page, IntakeError):
                    raise page
                with one_case(page.label):
                    scans[index] = encode_page(page)
                    seen.append(look(page).seen)
            except (IntakeError, UnexpectedProblemError) as e:
                seen.append(PageSeen(index, Seen.BROKEN))
                problems[index] = e
    return seen, scans, problems


@contextmanager
def readable(file: Path) -> Iterator[None]:
    """What the operating system refuses concerns the file and this moment.

    Raises:
        FileUnavailableError: In place of an error of the operating system.
    """
    try:
        yield
    except OSError as e:
        if e.errno is None:  # a decoder's own complaint
            raise
        raise FileUnavailableError(file=file.name, reason=e.strerror or type(e).__name__) from None


def _source(store: CaseStore, file: Path, bot_id: str, profile: str) -> _Source:
    with readable(file):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
    owner = store.known_digest(page_digest(content, 0)) or store.known_digest(page_digest(content, _NO_PAGE))
    if owner is None or store.get(owner).source == file.name:
        return _Source(file.name, bot_id, profile, content, None)
    # The same bytes under another name: cases of their own, so that a person sees that they came twice.
    alias = hashlib.sha256(f"{file.name}:{content}".encode()).hexdigest()
    return _Source(file.name, bot_id, profile, alias, content)


def _taken_before(store: CaseStore, content: str) -> tuple[Mapping[int, str], bool]:
    """Which pages of a file are in which case already, and whether that is all of them.

    The case of page 0 always goes by the digest of page 0: of every document the lowest page index counts.
    """
    taken: dict[int, str] = {}
    index, file_pages = 0, 1
    while index < file_pages:
        case_id = None if index in taken else store.known_digest(page_digest(content, index))
        if case_id is not None:
            case = store.get(case_id)
            file_pages = max(file_pages, case.file_pages or 0)
            taken.update((i, case_id) for i in case.page_indexes)
        index += 1
    return taken, len(taken) >= file_pages


def _receive(
    store: CaseStore,
    source: _Source,
    document: PlannedDocument | None,
    scans: Mapping[int, bytes],
    error: CaseError | None,
    file_pages: int | None,
) -> tuple[str, bool]:
    index = _NO_PAGE if document is None else document.first_index
    digest = page_digest(source.content, index)
    if source.first_seen is not None:
        earlier = store.known_digest(page_digest(source.first_seen, index))
        earlier = earlier or store.known_digest(page_digest(source.first_seen, 0))
        error = DuplicateDocumentError(file=source.name, case_id=earlier)
    case_id = new_case_id(digest)
    is_new = store.receive(
        NewCase(
            id=case_id,
            bot_id=source.bot_id,
            profile=source.profile,
            source=source.name,
            page_indexes=() if document is None else document.page_indexes,
            page_roles=() if document is None else document.page_roles,
            scans=() if document is None else tuple(scans.get(i) for i in document.page_indexes),
            digest=digest,
            file_pages=file_pages,
            problem=None if error is None else (error.code, error.reason_ja, error.next_step_ja),
        )
    )
    return case_id, is_new
