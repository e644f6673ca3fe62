"""Documents of one and of several pages, from paper to a decision."""

from __future__ import annotations

import numpy as np
import pytest

from munibots.definitions.form_files import load_form, load_layout
from munibots.definitions.profile_files import load_profile
from munibots.domain.document import Page, PageKind, PageRole
from munibots.domain.layout import BoxMm
from munibots.domain.promise import NEVER, REGISTER, LevelsInForce
from munibots.domain.reading import Decision, FieldValue
from munibots.pipeline import document_reader
from munibots.pipeline.document_reader import DocumentReader
from munibots.pipeline.stacks import DocumentPage, PlannedDocument, Seen
from munibots.reading.features import blank_picture


@pytest.fixture(scope="module")
def reader() -> DocumentReader:
    return DocumentReader(load_profile("demo"))


def paper(page_index: int, form_id: str, layout_page_index: int = 0) -> Page:
    picture = blank_picture(load_layout(form_id), layout_page_index)
    return Page("stack.pdf", page_index, 200.0, np.ascontiguousarray(np.rot90(picture, 2)))


def white(page_index: int) -> Page:
    return Page("stack.pdf", page_index, 200.0, np.full((2339, 1654), 252, np.uint8))


def test_a_first_look(reader: DocumentReader) -> None:
    seen = reader.look(paper(4, "hoiku", 1)).seen
    assert (seen.page_index, seen.seen, seen.form_id) == (4, Seen.FORM, "hoiku")
    assert (seen.layout_page_index, seen.form_pages) == (1, 2)
    assert reader.look(white(0)).seen.seen is Seen.BLANK
    noise = np.random.default_rng(1).integers(0, 255, (1200, 900)).astype(np.uint8)
    assert reader.look(Page("a.jpg", 2, 200.0, noise)).seen.seen is Seen.UNKNOWN


def test_a_form_that_does_not_fit_is_no_attachment(reader: DocumentReader) -> None:
    torn = paper(0, "juminido")
    torn.pixels[: torn.pixels.shape[0] * 2 // 5] = 255
    look = reader.look(torn)
    assert (look.seen.seen, look.seen.form_id) == (Seen.FORM, "juminido")
    assert look.located is None
    reading = reader.read([torn]).reading
    assert reading.decision is Decision.REVIEW
    assert reading.match.layout_id is None


def test_pages_are_joined_whatever_their_order(reader: DocumentReader) -> None:
    evidence = reader.read([paper(0, "hoiku", 1), paper(1, "hoiku", 0)])
    reading = evidence.reading
    assert reading.match.form_id == "hoiku"
    assert reading.page_indexes == (1, 0)
    assert [r.code for r in reading.page_roles] == ["form-1", "form-2"]
    assert [v.name for v in reading.values] == [f.name for f in load_form("hoiku").fields]
    assert {i: p.shape for i, p in evidence.uprights.items()} == {0: (1654, 2339), 1: (1654, 2339)}
    assert [c.rule for c in reading.checks if c.rule.startswith("pages")] == ["pages-turned-round"]


def test_a_missing_page_sends_the_document_to_a_person(reader: DocumentReader) -> None:
    reading = reader.read([paper(3, "hoiku", 0)]).reading
    assert reading.decision is Decision.REVIEW
    second = [v for v in reading.values if v.page_index == 1]
    assert second
    assert all(v.blank and not v.accepted and "2 ページ目がありません" in v.reasons for v in second)
    assert all("ページ目がありません" not in "".join(v.reasons) for v in reading.values if v.page_index == 0)


def test_another_form_than_the_one_asked_for_is_said() -> None:
    only = DocumentReader(load_profile("demo"), only_form="inkan")
    reading = only.read([paper(0, "kouza")]).reading
    assert reading.problem is not None
    assert reading.problem[0] == "MB-E202"


@pytest.mark.parametrize("shape", [(3000, 1), (1, 3000), (1, 1)])
def test_a_page_as_thin_as_a_hair_goes_to_a_person_and_stops_nobody(
    reader: DocumentReader, shape: tuple[int, int]
) -> None:
    reading = reader.read([Page("hair.png", 0, 300.0, np.full(shape, 255, np.uint8))]).reading
    assert reading.decision is Decision.REVIEW
    assert reading.problem is not None
    assert reading.problem[0] == "MB-E201"


def test_a_page_that_cannot_be_read_leaves_the_other_one(reader: DocumentReader) -> None:
    torn = paper(1, "hoiku", 1)
    torn.pixels[:, : torn.pixels.shape[1] // 2] = 255
    roles = (PageRole(PageKind.FORM, 0), PageRole(PageKind.FORM, 1))
    planned = PlannedDocument("hoiku", tuple(DocumentPage(i, role) for i, role in enumerate(roles)))
    reading = reader.read([paper(0, "hoiku", 0), torn], planned=planned).reading
    assert reading.page_roles == roles
    assert reading.problem is None
    assert all("2 ページ目を読み取れません" in v.reasons for v in reading.values if v.page_index == 1)
    assert reading.decision is Decision.REVIEW


def test_attachments_and_blank_backs_are_said(reader: DocumentReader) -> None:
    roles = (PageRole(PageKind.FORM, 0), PageRole(PageKind.ATTACHMENT), PageRole(PageKind.BLANK))
    planned = PlannedDocument("juminido", tuple(DocumentPage(i + 5, role) for i, role in enumerate(roles)))
    page = paper(5, "juminido")
    look = reader.look(page)
    assert look.located is not None
    reading = reader.read([page], planned=planned, located={5: look.located}).reading
    assert reading.page_indexes == (5, 6, 7)
    assert reading.decision is Decision.REVIEW
    assert next(c.rule for c in reading.checks if not c.ok) == "attachments"
    assert reading.notices == ("白紙のページを除きました(p.8)。",)


def test_pages_of_two_forms_are_not_mixed(reader: DocumentReader) -> None:
    reading = reader.read([paper(0, "hoiku", 0), paper(1, "juminido")]).reading
    assert reading.match.form_id == "hoiku"
    assert [r.code for r in reading.page_roles] == ["form-1", "unknown"]


def name_and_date() -> list[FieldValue]:
    """A form of which a name and a date are filled in, everything else is blank."""
    written = {"mover1_name": "架空　太郎", "movement_date": "2026-04-01"}
    return [
        FieldValue(f.name, f.label_ja, text, text or None, 0.97 if text else None, 0, BoxMm(0, 0, 1, 1))
        for f in load_form("juminido").fields
        for text in [written.get(f.name, "")]
    ]


@pytest.mark.parametrize(("level", "accepted"), [(0.9, True), (0.99, False)])
def test_the_levels_of_the_store_decide(reader: DocumentReader, level: float, accepted: bool) -> None:
    in_force = LevelsInForce({"date": level})
    values, _ = reader.check(load_form("juminido"), name_and_date(), in_force=in_force)
    (date,) = [v for v in values if v.name == "movement_date"]
    assert date.accepted is accepted


def test_a_register_whose_promise_was_broken_confirms_nothing(
    reader: DocumentReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_reader, "confirm_by_register", lambda _, values, __: (values, {"mover1_name"}))
    for in_force, accepted in ((None, True), (LevelsInForce({REGISTER: NEVER}), False)):
        values, _ = reader.check(load_form("juminido"), name_and_date(), in_force=in_force)
        (name,) = [v for v in values if v.name == "mover1_name"]
        assert (name.accepted, name.confirmed) == (accepted, accepted)
