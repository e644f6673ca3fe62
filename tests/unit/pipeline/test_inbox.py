"""Files to cases: each sheet once, whatever happens on the way."""

from __future__ import annotations

import contextlib
from pathlib import Path

from munibots.domain.case import CaseState
from munibots.pipeline.inbox import TakenIn, inbox_files, take_in
from munibots.stores.case_store import CaseStore

from .conftest import sheet


def take(store: CaseStore, inbox: Path) -> TakenIn:
    return take_in(store, inbox_files(inbox), bot_id="juminido", profile="demo")


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


def test_a_crash_between_receipt_and_problem_is_mended_by_the_next_run(store: CaseStore, inbox: Path) -> None:
    class Killed(BaseException):
        pass

    class DyingStore(CaseStore):
        def change(self, *args: object, **more: object) -> bool:
            raise Killed

    (inbox / "a.pdf").touch()
    dying = DyingStore.__new__(DyingStore)
    dying.__dict__.update(store.__dict__)
    with contextlib.suppress(Killed):
        take(dying, inbox)
    (left,) = store.list()
    assert left.state is CaseState.RECEIVED
    take(store, inbox)
    assert store.get(left.id).state is CaseState.NEEDS_REVIEW


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
    take_in(store, inbox_files(inbox), bot_id="b", profile="p", progress=lambda *x: seen.append(x))
    assert seen == [(1, 2), (2, 2)]
