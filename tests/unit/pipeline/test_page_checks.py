"""What the pages themselves say."""

from __future__ import annotations

from munibots.definitions.form_files import load_layout
from munibots.domain.document import PageKind, PageRole
from munibots.domain.layout import BoxMm
from munibots.pipeline.page_checks import absent_pages, page_checks, writing_checks

LAYOUT = load_layout("hoiku")
FIRST, SECOND = PageRole(PageKind.FORM, 0), PageRole(PageKind.FORM, 1)


def test_a_whole_document_in_order_has_nothing_to_say() -> None:
    assert absent_pages(LAYOUT, [1, 0], []) == {}
    blank = PageRole(PageKind.BLANK)
    assert page_checks(LAYOUT, {}, [3, 4, 5], [FIRST, SECOND, blank]) == ()


def test_a_missing_page_names_its_fields() -> None:
    absent = absent_pages(LAYOUT, [0], [])
    (check,) = page_checks(LAYOUT, absent, [3], [FIRST])
    assert (check.rule, check.ok, check.message_ja) == ("pages-missing", False, "2 ページ目がありません")
    assert set(check.fields) == {r.field for r in LAYOUT.regions if r.page_index == 1}
    assert absent_pages(LAYOUT, [1], [0]) == {0: "1 ページ目を読み取れません"}


def test_what_a_person_should_look_at() -> None:
    attachment = PageRole(PageKind.ATTACHMENT)
    doubtful = PageRole(PageKind.FORM, 1, doubtful=True)
    checks = page_checks(LAYOUT, {}, [4, 3, 5, 6], [FIRST, doubtful, attachment, attachment])
    assert [c.rule for c in checks] == ["pages-doubtful", "pages-turned-round", "attachments"]
    assert "p.6、p.7" in checks[2].message_ja


def test_writing_that_is_in_no_value_is_said_with_its_place() -> None:
    assert list(writing_checks([], [], {0: ()})) == []
    places = [BoxMm(100.2, 50.1, 30, 8)] * 4
    part, struck, elsewhere = writing_checks(["new_address"], ["old_address"], {1: places, 0: ()})
    assert (struck.rule, struck.fields, struck.ok) == ("struck-out", ("old_address",), False)
    assert (part.rule, part.fields, part.ok) == ("partly-read", ("new_address",), False)
    assert (elsewhere.rule, elsewhere.fields, elsewhere.ok) == ("unclaimed-writing", (), False)
    assert elsewhere.message_ja.startswith("2 ページ目")
    assert "左から 100 mm・上から 50 mm" in elsewhere.message_ja
    assert "ほか 1 か所" in elsewhere.message_ja
