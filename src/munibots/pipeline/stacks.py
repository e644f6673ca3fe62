"""A pile of pages to documents: which pages belong together, in which order, and what becomes of the rest.

Pure: from what was seen of each page to a plan in which every page has exactly one place.

- Pages of one form that follow each other make up a document; page 2 before page 1 is put right. Attachments and blank backs
  between them do no harm, a page of another form or one that cannot be opened ends the document.
- Of all ways to cut a run of pages of one form, the one with the fewest missing pages counts, then the one with the fewest
  pages out of order.
- A page of no known form belongs to the document before it. Where there is none, or where the page before cannot be opened, it
  is put aside.
- A blank back stays with the page before it and is not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from munibots.domain.document import PageKind, PageRole

__all__ = ["DocumentPage", "PageSeen", "PlannedDocument", "Seen", "plan_documents"]


class Seen(StrEnum):
    """What a first look at a page says."""

    FORM = "form"
    """A page of a known form, whether it fits well or not."""
    DOUBTFUL = "doubtful"
    """A page of one of two forms that look alike."""
    UNKNOWN = "unknown"
    """Something, but no known form."""
    BLANK = "blank"
    """Nothing is on it."""
    BROKEN = "broken"
    """It cannot be opened."""


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page as the first look sees it.

    Attributes:
        layout_page_index: Which page of the form, from 0.
        form_pages: How many pages the form has.
    """

    page_index: int
    seen: Seen
    form_id: str | None = None
    layout_page_index: int = 0
    form_pages: int = 1


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A page in its place."""

    page_index: int
    role: PageRole


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """Pages that belong together.

    Attributes:
        form_id: ``None`` for a page that was put aside.
        pages: The form's pages in the form's order, then attachments, then blank backs; or one page put aside, with the blank
            backs behind it.
    """

    form_id: str | None
    pages: tuple[DocumentPage, ...]

    @property
    def first_index(self) -> int:
        """The lowest page index: what the document's place in the file, and its case's id, go by."""
        return min(p.page_index for p in self.pages)

    @property
    def page_indexes(self) -> tuple[int, ...]:
        """The indexes of its pages."""
        return tuple(p.page_index for p in self.pages)

    @property
    def page_roles(self) -> tuple[PageRole, ...]:
        """The roles of its pages."""
        return tuple(p.role for p in self.pages)

    @property
    def read_indexes(self) -> tuple[int, ...]:
        """The indexes of the pages that are to be read."""
        return tuple(p.page_index for p in self.pages if p.role.kind in (PageKind.FORM, PageKind.UNKNOWN))

    def without(self, taken: frozenset[int]) -> PlannedDocument:
        """The same without some pages."""
        return replace(self, pages=tuple(p for p in self.pages if p.page_index not in taken))


def plan_documents(pages: Sequence[PageSeen]) -> tuple[PlannedDocument, ...]:
    """Decide which pages make up which document.

    Args:
        pages: All pages of one file, in its order.

    Returns:
        Documents in the order of their lowest page index; every page is in exactly one of them.
    """
    documents: list[_Pile] = []
    run: list[PageSeen] = []  # pages of one form, with what lies between them
    leading_blanks: list[PageSeen] = []

    def end_run() -> None:
        documents.extend(_cut(run))
        run.clear()

    for page in pages:
        if page.seen is Seen.FORM:
            if run and _form_of(run) != page.form_id:
                end_run()
            run.append(page)
        elif run and page.seen in (Seen.UNKNOWN, Seen.BLANK):
            run.append(page)
        elif page.seen is Seen.BLANK and documents:
            documents[-1].blanks.append(page)
        elif page.seen is Seen.BLANK:
            leading_blanks.append(page)
        else:
            end_run()
            documents.append(_Pile(aside=page))
    end_run()
    if leading_blanks:
        if not documents:
            documents.append(_Pile(aside=leading_blanks.pop(0)))
        documents[0].blanks[:0] = leading_blanks
    return tuple(sorted((d.planned() for d in documents), key=lambda d: d.first_index))


_Cost = tuple[int, int]
"""Missing pages, and pages out of order."""


class _Pile:
    """A document while pages are laid on it."""

    def __init__(self, *, aside: PageSeen | None = None) -> None:
        self.aside = aside
        self.form: list[PageSeen] = []
        self.attachments: list[PageSeen] = []
        self.blanks: list[PageSeen] = []
        self.doubtful = False

    @property
    def missing(self) -> set[int]:
        return set(range(self.form[0].form_pages)) - {p.layout_page_index for p in self.form}

    def planned(self) -> PlannedDocument:
        pages = []
        if self.aside is not None:
            pages.append(DocumentPage(self.aside.page_index, PageRole(PageKind.UNKNOWN)))
        for p in sorted(self.form, key=lambda p: p.layout_page_index):
            role = PageRole(PageKind.FORM, p.layout_page_index, doubtful=self.doubtful)
            pages.append(DocumentPage(p.page_index, role))
        pages += [DocumentPage(p.page_index, PageRole(PageKind.ATTACHMENT)) for p in self.attachments]
        pages += [DocumentPage(p.page_index, PageRole(PageKind.BLANK)) for p in self.blanks]
        return PlannedDocument(self.form[0].form_id if self.form else None, tuple(pages))


def _form_of(run: list[PageSeen]) -> str | None:
    return run[0].form_id  # a run begins with a page of its form


def _cut(run: list[PageSeen]) -> list[_Pile]:
    """Cut a run of pages of one form into documents, and lay what lies between onto the one before."""
    form_pages = [p for p in run if p.seen is Seen.FORM]
    piles: list[_Pile] = []
    pile_of: dict[int, _Pile] = {}
    for group in _groups(form_pages):
        pile = _Pile()
        pile.form = group
        piles.append(pile)
        pile_of.update((p.page_index, pile) for p in group)
    _mark_doubtful(piles)
    current: _Pile | None = None
    for page in run:
        if page.seen is Seen.FORM:
            current = pile_of[page.page_index]
        elif current is not None:
            (current.blanks if page.seen is Seen.BLANK else current.attachments).append(page)
    return piles


def _groups(pages: list[PageSeen]) -> list[list[PageSeen]]:
    """The cheapest way to cut, and of equals the one whose last document begins earliest."""
    best: list[tuple[_Cost, int]] = [((0, 0), 0)]  # for the first n pages: its cost and where its last document begins
    for end in range(1, len(pages) + 1):
        options: list[tuple[_Cost, int]] = []
        seen: set[int] = set()
        for start in range(end - 1, -1, -1):
            place = pages[start].layout_page_index
            if place in seen:
                break
            seen.add(place)
            group = [p.layout_page_index for p in pages[start:end]]
            missing = max(pages[start].form_pages - len(group), 0)
            disorder = sum(a > b for a, b in pairwise(group))
            before = best[start][0]
            options.append(((before[0] + missing, before[1] + disorder), start))
        best.append(min(options))
    groups: list[list[PageSeen]] = []
    end = len(pages)
    while end:
        start = best[end][1]
        groups.append(pages[start:end])
        end = start
    return groups[::-1]


def _mark_doubtful(piles: list[_Pile]) -> None:
    """Between a document that lacks a page and one that lacks what the first has, all may have been shifted by one."""
    for i, first in enumerate(piles):
        if not first.missing:
            continue
        for j in range(i + 1, len(piles)):
            if not piles[j].missing:
                continue
            if first.missing.isdisjoint(piles[j].missing):
                for pile in piles[i : j + 1]:
                    pile.doubtful = True
            break
