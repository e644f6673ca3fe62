"""Labels are given to fields all at once, blocks of a repeated group in their order."""

from __future__ import annotations

from munibots.definitions.form_files import load_form
from munibots.domain.layout import BoxMm
from munibots.reading.unknown.assignment import assign_labels
from munibots.reading.unknown.labels_on_page import Label


def _label(x: float, y: float, text: str, **scores: float) -> Label:
    return Label(text, BoxMm(x, y, 15.0, 5.0), None, True, scores)


def test_the_sum_of_scores_counts() -> None:
    form = load_form("kouza")
    exact = _label(10, 10, "口座番号", account_number=1.0)
    short = _label(10, 30, "番号", account_number=1.07, post_number=0.72)
    given = assign_labels([exact, short], form)
    assert given == {"account_number": exact, "post_number": short}


def test_blocks_of_a_group_are_numbered_from_the_top() -> None:
    form = load_form("juminido")
    names = {f"mover{i}_name": 1.0 for i in range(1, 6)}
    births = {f"mover{i}_birth_date": 1.0 for i in range(1, 6)}
    labels = [
        _label(10, 10, "氏名", **names),
        _label(10, 30, "氏名", **names),
        _label(60, 30, "生年月日", **births),
        _label(10, 50, "氏名", **names),
    ]
    given = assign_labels(labels, form)
    assert [given[f"mover{i}_name"] for i in (1, 2, 3)] == [labels[0], labels[1], labels[3]]
    assert given["mover2_birth_date"] == labels[2]


def test_a_second_page_goes_on_with_the_next_person() -> None:
    form = load_form("juminido")
    label = _label(10, 10, "氏名", **{f"mover{i}_name": 1.0 for i in range(1, 6)})
    found = {"mover1_name", "mover2_name"}
    assert assign_labels([label], form, found) == {"mover3_name": label}


def test_one_label_for_a_period_is_given_to_its_beginning() -> None:
    form = load_form("houjin_20go")
    label = _label(10, 10, "事業年度", period_from=0.8, period_to=0.8)
    assert assign_labels([label], form) == {"period_from": label}
    assert assign_labels([], form) == {}
