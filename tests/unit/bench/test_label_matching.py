"""Odd labels, and the score over them."""

from __future__ import annotations

import pytest

from munibots.bench.label_matching import LabelScore, OddLabel, calibration_error, match_odd_labels, odd_labels
from munibots.classifying.label_matcher import load_label_matcher
from munibots.domain.form import Field, FieldType

FIELDS = (Field("old_address", "旧住所", FieldType.ADDRESS), Field("name", "氏名", FieldType.NAME))


def test_there_are_enough_of_them_and_they_name_fields_of_their_forms() -> None:
    labels = list(odd_labels())
    assert sum(bool(x.meant) for x in labels) >= 120
    assert len({(x.form_id, name) for x in labels for name in x.meant}) >= 40
    assert all(x.meant <= {f.name for f in x.fields} for x in labels)
    assert {x.form_id for x in labels if not x.defined} == {"suido_kaishi", "shogai_techo", "inu_toroku"}


def test_no_wording_stands_twice_on_a_form() -> None:
    labels = [(x.form_id, x.text) for x in odd_labels()]
    assert len(set(labels)) == len(labels)


def test_the_score_counts_what_means_a_field_and_what_means_none() -> None:
    labels = [
        OddLabel("f", FIELDS, "旧住所", frozenset({"old_address"}), False),
        OddLabel("f", FIELDS, "旧住所", frozenset({"name"}), False),
        OddLabel("f", FIELDS, "割印", frozenset(), False),
    ]
    score = match_odd_labels(lambda _: load_label_matcher(), iter(labels))
    assert (score.labels, score.first, score.first_three, score.none, score.none_let_through) == (2, 1, 2, 1, 0)
    assert (score.sure, score.sure_wrong) == (2, 1)
    assert score.figures()["first"] == 0.5


def test_an_empty_score_has_figures() -> None:
    assert LabelScore().figures()["first"] == 0


def test_calibration_error() -> None:
    assert calibration_error([(0.95, True), (0.95, True)]) == pytest.approx(0.05)
    assert calibration_error([(0.95, False)]) == pytest.approx(0.95)
    assert calibration_error([]) == 0


def test_the_shipped_matcher_keeps_its_promise_on_a_part() -> None:
    """A part, because the whole takes a minute; the whole is measured when the matcher is made."""
    labels = [x for i, x in enumerate(odd_labels()) if i % 9 == 0]
    score = match_odd_labels(lambda _: load_label_matcher(), iter(labels))
    assert score.first >= 0.75 * score.labels
    assert score.first_three >= 0.88 * score.labels
