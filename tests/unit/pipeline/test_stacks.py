"""Cutting a pile of pages into documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.domain.document import PageKind
from munibots.pipeline.stacks import PageSeen, PlannedDocument, Seen, plan_documents

_OTHER = {"?": Seen.UNKNOWN, "~": Seen.DOUBTFUL, "_": Seen.BLANK, "x": Seen.BROKEN}
_FORM_PAGES = {"S": 1, "T": 1, "A": 2, "B": 2, "C": 3}


def pile(text: str) -> list[PageSeen]:
    """``A2`` is the second page of form A; ``?`` unknown, ``~`` doubtful, ``_`` blank, ``x`` broken."""
    pages = []
    for index, token in enumerate(text.split()):
        if token in _OTHER:
            pages.append(PageSeen(index, _OTHER[token]))
        else:
            pages.append(PageSeen(index, Seen.FORM, token[0], int(token[1]) - 1, _FORM_PAGES[token[0]]))
    return pages


def shown(documents: tuple[PlannedDocument, ...]) -> list[str]:
    """Each document as its page indexes and roles."""
    short = {PageKind.ATTACHMENT: "att", PageKind.BLANK: "blank", PageKind.UNKNOWN: "aside"}
    return [
        " ".join(f"{p.page_index}:{short.get(p.role.kind) or p.role.code.removeprefix('form-')}" for p in d.pages)
        for d in documents
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S1 S1 T1", ["0:1", "1:1", "2:1"]),
        ("A1 A2 A1 A2", ["0:1 1:2", "2:1 3:2"]),
        ("A2 A1 S1", ["1:1 0:2", "2:1"]),
        ("A2 A1 A2 A1", ["1:1 0:2", "3:1 2:2"]),
        ("A1 A2 A1 S1 A1 A2", ["0:1 1:2", "2:1", "3:1", "4:1 5:2"]),
        ("A1 A2 A2 A1 A2", ["0:1 1:2", "2:2", "3:1 4:2"]),
        ("A1 _ A2 _ S1 _", ["0:1 2:2 1:blank 3:blank", "4:1 5:blank"]),
        ("A1 A2 ? ? S1", ["0:1 1:2 2:att 3:att", "4:1"]),
        ("A1 ? A2", ["0:1 2:2 1:att"]),
        ("A1 ? A1 A2", ["0:1 1:att", "2:1 3:2"]),
        ("? ? S1", ["0:aside", "1:aside", "2:1"]),
        ("_ _ S1", ["2:1 0:blank 1:blank"]),
        ("_ _", ["0:aside 1:blank"]),
        ("S1 x ? S1", ["0:1", "1:aside", "2:aside", "3:1"]),
        ("A1 x A2", ["0:1", "1:aside", "2:2"]),
        ("S1 ~ _ ? S1", ["0:1", "1:aside 2:blank", "3:aside", "4:1"]),
        ("C1 C3 C2 C1 C2", ["0:1 2:2 1:3", "3:1 4:2"]),
        ("A1 B2 A2 B1", ["0:1", "1:2", "2:2", "3:1"]),
        ("", []),
    ],
)
def test_piles(text: str, expected: list[str]) -> None:
    assert shown(plan_documents(pile(text))) == expected


def test_pages_sorted_by_number_instead_of_by_document_are_doubtful() -> None:
    # Whoever copied all first pages and then all second pages: the middle ones look like a document and are not.
    assert shown(plan_documents(pile("A1 A1 A2 A2"))) == ["0:1?", "1:1? 2:2?", "3:2?"]


def test_two_that_lack_the_same_page_make_nothing_doubtful() -> None:
    assert shown(plan_documents(pile("A1 A1 A2 A1"))) == ["0:1", "1:1 2:2", "3:1"]


_tokens = st.sampled_from(["S1", "T1", "A1", "A2", "B1", "B2", "C1", "C2", "C3", *_OTHER])
_piles = st.lists(_tokens, max_size=30).map(" ".join)


@given(_piles)
def test_every_page_is_in_exactly_one_document_and_the_plan_is_always_the_same(text: str) -> None:
    pages = pile(text)
    documents = plan_documents(pages)
    assert sorted(i for d in documents for i in d.page_indexes) == list(range(len(pages)))
    assert documents == plan_documents(list(pages))
    assert [d.first_index for d in documents] == sorted(d.first_index for d in documents)


@given(_piles)
def test_a_document_holds_pages_of_one_form_once_each_in_the_forms_order(text: str) -> None:
    pages = pile(text)
    for document in plan_documents(pages):
        form = [p for p in document.pages if p.role.kind is PageKind.FORM]
        numbers = [p.role.layout_page_index for p in form]
        assert numbers == sorted({n for n in numbers if n is not None})
        assert {pages[p.page_index].form_id for p in form} <= {document.form_id}
        kinds = [p.role.kind for p in document.pages]
        order = [PageKind.UNKNOWN, PageKind.FORM, PageKind.ATTACHMENT, PageKind.BLANK]
        assert kinds == sorted(kinds, key=order.index)
        asides = kinds.count(PageKind.UNKNOWN)
        assert (asides, len(form) > 0) in ((1, False), (0, True))
        for kind in (PageKind.ATTACHMENT, PageKind.BLANK):
            indexes = [p.page_index for p in document.pages if p.role.kind is kind]
            assert indexes == sorted(indexes)


@given(_piles)
def test_roles_fit_what_was_seen(text: str) -> None:
    pages = pile(text)
    for document in plan_documents(pages):
        for page in document.pages:
            seen = pages[page.page_index].seen
            allowed = {
                PageKind.FORM: {Seen.FORM},
                PageKind.ATTACHMENT: {Seen.UNKNOWN},
                PageKind.BLANK: {Seen.BLANK},
                PageKind.UNKNOWN: {Seen.UNKNOWN, Seen.DOUBTFUL, Seen.BROKEN, Seen.BLANK},
            }
            assert seen in allowed[page.role.kind]


@given(st.lists(st.sampled_from(["S1", "A1 A2", "B1 B2", "C1 C2 C3", "A2 A1 T1"]), max_size=12))
def test_whole_documents_are_never_cut(documents: list[str]) -> None:
    planned = plan_documents(pile(" ".join(documents)))
    for document in planned:
        form = _FORM_PAGES[document.form_id or "S"]
        assert len(document.pages) == form
