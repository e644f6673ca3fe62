"""Files to cases: each sheet once, whatever happens on the way."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from munibots.domain.case import CaseState
from munibots.domain.document import Page
from munibots.errors import BrokenFileError, IntakeError
from munibots.intake.encoding import decode_page
from munibots.intake.opening import open_pages
from munibots.pipeline.inbox import TakenIn, inbox_files, take_in
from munibots.pipeline.looking import Look
from munibots.pipeline.stacks import PageSeen, Seen
from munibots.stores.case_store import CaseStore, NewCase

from .conftest import a_form, sheet


def take(store: CaseStore, inbox: Path) -> TakenIn:
    return take_in(store, inbox_files(inbox), look=a_form, bot_id="juminido", profile="demo")


def test_each_page_of_each_file_is_a_case(store: CaseStore, inbox: Path) -> None:
    sheet(1).save(inbox / "a.tif", save_all=True, append_images=[sheet(2)], dpi=(200, 200))
    sheet(3).save(inbox / "b.jpg", dpi=(200, 200))
    taken = take(store, inbox)
    cases = [store.get(case_id) for case_id in taken.case_ids]
    assert [(c.source, c.page_indexes) for c in cases] == [("a.tif", (0,)), ("a.tif", (1,)), ("b.jpg", (0,))]
    assert all(c.state is CaseState.RECEIVED for c in cases)
    assert all(store.scan(c.id, 1) for c in cases)


def test_taking_in_again_adds_nothing(store: CaseStore, inbox: Path) -> None:
    sheet(1).save(inbox / "a.png", dpi=(200, 200))
    (inbox / "empty.pdf").touch()
    first = take(store, inbox)
    again = take(store, inbox)
    assert (first.added, again.added) == (2, 0)
    assert first.case_ids == again.case_ids


def test_a_file_that_cannot_be_opened_waits_for_a_person_and_the_others_go_on(store: CaseStore, inbox: Path) -> None:
    (inbox / "a.pdf").touch()
    sheet(1).save(inbox / "b.png", dpi=(200, 200))
    bad, good = (store.get(case_id) for case_id in take(store, inbox).case_ids)
    assert bad.state is CaseState.NEEDS_REVIEW
    assert bad.problem is not None
    assert bad.problem[0] == "MB-E101"
    assert good.state is CaseState.RECEIVED


def test_the_same_bytes_under_another_name_are_said_to_be_a_duplicate(store: CaseStore, inbox: Path) -> None:
    sheet(1).save(inbox / "a.png", dpi=(200, 200))
    (inbox / "b.png").write_bytes((inbox / "a.png").read_bytes())
    first, second = (store.get(case_id) for case_id in take(store, inbox).case_ids)
    assert first.state is CaseState.RECEIVED
    assert second.state is CaseState.NEEDS_REVIEW
    assert second.problem is not None
    assert second.problem[0] == "MB-E107"
    assert first.id in second.problem[1]
    assert take(store, inbox).added == 0


def test_a_problem_is_recorded_with_the_receipt_so_that_no_crash_comes_between(store: CaseStore, inbox: Path) -> None:
    (inbox / "a.pdf").touch()
    (case_id,) = take(store, inbox).case_ids
    assert [(r.event, r.new_state) for r in store.audit(case_id)] == [
        ("received", "RECEIVED"),
        ("not-readable", "NEEDS_REVIEW"),
    ]


def test_a_file_over_the_limit_is_taken_in_once_the_limit_is_raised(store: CaseStore, inbox: Path) -> None:
    stack(inbox / "a.tif", 3)
    refused = take_in(store, inbox_files(inbox), look=a_form, bot_id="juminido", profile="demo", max_pages=2)
    assert store.get(refused.case_ids[0]).page_indexes == ()
    taken = take(store, inbox)
    assert [store.get(i).page_indexes for i in taken.case_ids] == [(0,), (1,), (2,)]


def looker(*seen: Seen | tuple[str, int, int]) -> Callable[[Page], Look]:
    """Sees in each page what it is told to see there."""

    def look(page: Page) -> Look:
        what = seen[page.page_index]
        if isinstance(what, Seen):
            return Look(PageSeen(page.page_index, what))
        return Look(PageSeen(page.page_index, Seen.FORM, *what))

    return look


def stack(path: Path, pages: int) -> None:
    sheet(0).save(path, save_all=True, append_images=[sheet(n) for n in range(1, pages)], dpi=(200, 200))


STACK = (Seen.UNKNOWN, ("two", 1, 2), ("two", 0, 2), Seen.UNKNOWN, Seen.BLANK, ("one", 0, 1))


def test_a_stack_is_cut_into_documents(store: CaseStore, inbox: Path) -> None:
    stack(inbox / "a.tif", 6)
    taken = take_in(store, inbox_files(inbox), look=looker(*STACK), bot_id="juminido", profile="demo")
    cases = [store.get(case_id) for case_id in taken.case_ids]
    assert [c.page_indexes for c in cases] == [(0,), (2, 1, 3, 4), (5,)]
    assert [r.code for r in cases[1].page_roles] == ["form-1", "form-2", "attachment", "blank"]
    assert {c.state for c in cases} == {CaseState.RECEIVED}
    # Nothing is thrown away, not even what looks blank.
    assert store.scan_nos(cases[1].id) == (1, 2, 3, 4)
    second = decode_page(store.scan(cases[1].id, 2), source="a.tif", page_index=1)
    assert abs(second.pixels.astype(int) - np.asarray(sheet(1))).mean() < 30


def test_what_was_taken_in_is_not_looked_at_again(store: CaseStore, inbox: Path) -> None:
    stack(inbox / "a.tif", 6)
    first = take_in(store, inbox_files(inbox), look=looker(*STACK), bot_id="juminido", profile="demo")
    again = take_in(store, inbox_files(inbox), look=looker(), bot_id="juminido", profile="demo")
    assert again == TakenIn(first.case_ids, 0)


class Killed(BaseException):
    """The process dies here."""


@pytest.mark.parametrize("survivors", range(3))
@pytest.mark.parametrize("later", [STACK, (("one", 0, 1),) * 6], ids=["same forms", "other forms"])
def test_killed_anywhere_and_taken_in_again_every_page_is_in_one_case(
    store: CaseStore,
    inbox: Path,
    survivors: int,
    later: tuple[Seen | tuple[str, int, int], ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stack(inbox / "a.tif", 6)
    files = inbox_files(inbox)
    receive, left = store.receive, [survivors]

    def dying(new: NewCase) -> bool:
        if not left[0]:
            raise Killed
        left[0] -= 1
        return receive(new)

    with monkeypatch.context() as patched, contextlib.suppress(Killed):
        patched.setattr(store, "receive", dying)
        take_in(store, files, look=looker(*STACK), bot_id="juminido", profile="demo")
    assert len(store.list()) == survivors
    taken = take_in(store, files, look=looker(*later), bot_id="juminido", profile="demo")
    assert set(taken.case_ids) == {c.id for c in store.list()}
    assert sorted(i for c in store.list() for i in c.page_indexes) == list(range(6))
    assert take_in(store, files, look=looker(), bot_id="juminido", profile="demo").added == 0


def test_a_broken_page_keeps_its_place_and_says_why(
    store: CaseStore, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(path: Path, *, max_pages: int) -> Iterator[Page | IntakeError]:
        pages = list(open_pages(path, max_pages=max_pages))
        pages[1] = BrokenFileError(file="a.tif p.2")
        return iter(pages)

    stack(inbox / "a.tif", 4)
    monkeypatch.setattr("munibots.pipeline.inbox.open_pages", opened)
    look = looker(("one", 0, 1), Seen.BROKEN, Seen.UNKNOWN, ("one", 0, 1))
    taken = take_in(store, inbox_files(inbox), look=look, bot_id="juminido", profile="demo")
    cases = [store.get(case_id) for case_id in taken.case_ids]
    # The unknown page may belong to what cannot be opened, so it is nobody's attachment.
    assert [c.page_indexes for c in cases] == [(0,), (1,), (2,), (3,)]
    assert cases[1].state is CaseState.NEEDS_REVIEW
    assert cases[1].problem is not None
    assert cases[1].problem[0] == "MB-E102"
    assert "p.2" in cases[1].problem[1]
    assert store.scan_nos(cases[1].id) == ()


def test_a_stack_under_another_name_is_a_duplicate_document_by_document(store: CaseStore, inbox: Path) -> None:
    stack(inbox / "a.tif", 6)
    (inbox / "b.tif").write_bytes((inbox / "a.tif").read_bytes())
    taken = take_in(store, inbox_files(inbox), look=looker(*STACK), bot_id="juminido", profile="demo")
    cases = [store.get(case_id) for case_id in taken.case_ids]
    for first, second in zip(cases[:3], cases[3:], strict=True):
        assert first.page_indexes == second.page_indexes
        assert second.problem is not None
        assert first.id in second.problem[1]


def test_hidden_files_and_folders_are_left_out(inbox: Path) -> None:
    (inbox / ".DS_Store").touch()
    (inbox / "old").mkdir()
    (inbox / "b.pdf").touch()
    (inbox / "a.pdf").touch()
    assert [f.name for f in inbox_files(inbox)] == ["a.pdf", "b.pdf"]


def test_progress_counts_files(store: CaseStore, inbox: Path) -> None:
    for n in range(2):
        sheet(n).save(inbox / f"{n}.png", dpi=(200, 200))
    seen: list[tuple[int, int]] = []
    take_in(store, inbox_files(inbox), look=a_form, bot_id="b", profile="p", progress=lambda *x: seen.append(x))
    assert seen == [(1, 2), (2, 2)]


@pytest.mark.parametrize("refusal", [PermissionError(13, "Permission denied"), FileNotFoundError(2, "gone")])
@pytest.mark.parametrize("at", ["read_bytes", "open"])
def test_a_file_that_may_not_be_read_now_is_left_and_taken_in_the_next_time(
    store: CaseStore, inbox: Path, refusal: OSError, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n, name in enumerate(("a.png", "b.png", "c.png")):
        sheet(n).save(inbox / name, dpi=(200, 200))
    original = getattr(Path, at)

    def locked(path: Path, *args: Any, **options: Any) -> Any:
        if path.name == "b.png":
            raise refusal
        return original(path, *args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(Path, at, locked)
        taken = take(store, inbox)
    assert taken.added == 2
    (left,) = taken.left
    assert left.detail["file"] == "b.png"
    assert {c.source for c in store.list()} == {"a.png", "c.png"}
    again = take(store, inbox)
    assert (again.added, again.left) == (1, ())


def test_a_file_that_vanished_is_reported_and_the_others_go_on(store: CaseStore, inbox: Path) -> None:
    sheet(1).save(inbox / "b.png", dpi=(200, 200))
    taken = take_in(store, (inbox / "a.png", inbox / "b.png"), look=a_form, bot_id="juminido", profile="demo")
    assert taken.added == 1
    assert [e.code for e in taken.left] == ["MB-E108"]


def test_a_page_at_which_something_unforeseen_happens_waits_for_a_person(store: CaseStore, inbox: Path) -> None:
    def look(page: Page) -> Look:
        if page.page_index == 1:
            raise ZeroDivisionError("榎戸 久美")
        return a_form(page)

    stack(inbox / "a.tif", 3)
    taken = take_in(store, inbox_files(inbox), look=look, bot_id="juminido", profile="demo")
    cases = [store.get(i) for i in taken.case_ids]
    assert [c.state for c in cases] == [CaseState.RECEIVED, CaseState.NEEDS_REVIEW, CaseState.RECEIVED]
    assert cases[1].problem is not None
    assert cases[1].problem[0] == "MB-E001"
    assert "榎戸" not in str(cases[1].problem)
    # A person can see the page.
    assert store.scan(cases[1].id, 1)


def test_a_file_at_which_something_unforeseen_happens_waits_for_a_person(
    store: CaseStore, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(path: Path, *, max_pages: int) -> Iterator[Page | IntakeError]:
        if path.name == "a.png":
            raise RuntimeError
        return open_pages(path, max_pages=max_pages)

    for n, name in enumerate(("a.png", "b.png")):
        sheet(n).save(inbox / name, dpi=(200, 200))
    monkeypatch.setattr("munibots.pipeline.inbox.open_pages", opened)
    bad, good = (store.get(i) for i in take(store, inbox).case_ids)
    assert (bad.source, bad.problem and bad.problem[0], good.state) == ("a.png", "MB-E001", CaseState.RECEIVED)
