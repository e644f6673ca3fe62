"""Which field a printed label means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.classifying.labels import LabelSeen, TextLabelMatcher, label_text, similarity
from munibots.definitions.form_files import load_form

FORM = load_form("juminido")
MATCHER = TextLabelMatcher(FORM)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("新住所", "new_address"),
        ("新 住 所(これからの住所)", "new_address"),
        ("本籍", "domicile"),
        ("異動(予定)年月日", "movement_date"),
        ("異動日", "movement_date"),
        ("転入日", "movement_date"),
        ("世帯主との続柄", "mover1_relationship"),
        ("マイナンバー", "mover1_my_number"),
        ("備考", "remarks"),
        ("届出人氐名", "notifier_name"),
    ],
)
def test_a_label_names_its_field(text: str, field: str) -> None:
    scores = MATCHER.scores(LabelSeen(text))
    assert field in scores
    assert scores[field] == max(scores.values())


def test_the_heading_before_it_tells_two_fields_apart() -> None:
    alone = MATCHER.scores(LabelSeen("郵便番号"))
    assert alone["new_postal_code"] == alone["old_postal_code"] < 1
    new = MATCHER.scores(LabelSeen("郵便番号", ("新住所",)))
    assert new["new_postal_code"] > new["old_postal_code"]


@pytest.mark.parametrize("text", ["", "様", "(あて先)", "市長", "注意", "令和", "職員記入欄"])
def test_other_print_is_no_label(text: str) -> None:
    assert MATCHER.scores(LabelSeen(text)) == {}


def test_a_label_may_begin_a_longer_text() -> None:
    assert MATCHER.starts("ふりがな/氏名") == 5
    assert MATCHER.starts("本籍 静岡県三島市") == 3
    assert MATCHER.starts("本籍") == 0


def test_a_householder_is_not_the_new_householder() -> None:
    assert MATCHER.scores(LabelSeen("世帯主")).get("new_householder", 0) < 1


def test_days_by_another_name_are_the_same() -> None:
    assert label_text("届出年月日") == label_text("届 出 日")
    assert label_text("年月日") == "年月日"


@given(st.text(max_size=12), st.text(max_size=12))
def test_similarity_is_symmetric_and_bounded(a: str, b: str) -> None:
    assert similarity(a, b) == similarity(b, a)
    assert 0 <= similarity(a, b) <= 1
    assert similarity(a, a) == 1
