"""Several pages to one document."""

from __future__ import annotations

from munibots.definitions.form_files import load_form, load_layout
from munibots.domain.reading import FieldValue
from munibots.reading.joining import join_pages

FORM, LAYOUT = load_form("hoiku"), load_layout("hoiku")


def values(page_index: int) -> list[FieldValue]:
    regions = [r for r in LAYOUT.regions if r.page_index == page_index]
    return [FieldValue(r.field, r.field, "あ", "あ", 0.9, page_index, r.box) for r in regions]


def test_the_forms_order_counts_not_the_pages() -> None:
    joined = join_pages(FORM, LAYOUT, {1: values(1), 0: values(0)}, {})
    assert [v.name for v in joined] == [f.name for f in FORM.fields]
    assert {v.page_index for v in joined} == {0, 1}


def test_fields_of_a_missing_page_are_blank_and_say_why() -> None:
    joined = join_pages(FORM, LAYOUT, {0: values(0)}, {1: "2 ページ目がありません"})
    assert [v.name for v in joined] == [f.name for f in FORM.fields]
    missing = [v for v in joined if v.page_index == 1]
    assert missing
    assert all(v.blank and v.reasons == ("2 ページ目がありません",) for v in missing)
    assert not any(v.blank for v in joined if v.page_index == 0)
