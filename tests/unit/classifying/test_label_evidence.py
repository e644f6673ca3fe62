"""What speaks for a label meaning a field."""

from __future__ import annotations

import numpy as np
import pytest

from munibots.classifying.label_evidence import (
    EVIDENCE,
    NONE_OF_THEM,
    Said,
    meant_by,
    none_of_them,
    weigh,
    with_encoder,
)
from munibots.classifying.label_words import LabelWords
from munibots.domain.form import Field, FieldType

WORDS = LabelWords(
    {
        "time": {"old": ["旧", "従前"], "new": ["新"]},
        "role": {"applicant": ["申請者"], "agent": ["代理人"]},
        "what": {"name": ["氏名"], "address": ["住所"], "kana": ["フリガナ"], "phone": ["電話番号"]},
    }
)
FIELDS = (
    Field("new_address", "新住所", FieldType.ADDRESS),
    Field("old_address", "旧住所", FieldType.ADDRESS, aliases=("前の住まい",)),
    Field("applicant_name", "申請者 氏名", FieldType.NAME),
    Field("agent_phone", "代理人 電話番号", FieldType.PHONE),
    Field("child1_name", "児童1 氏名", FieldType.NAME, group="child", group_no=1),
    Field("child2_name", "児童2 氏名", FieldType.NAME, group="child", group_no=2),
)
MEANT = meant_by(FIELDS, WORDS)


def evidence(label: str, name: str) -> dict[str, float]:
    rows = weigh(Said.of(label, WORDS), MEANT, {})
    row = next(i for i, m in enumerate(MEANT) if m.fields[0].name == name)
    return dict(zip(EVIDENCE, rows[row].tolist(), strict=True))


def test_slots_of_a_group_are_one() -> None:
    assert [m.fields[0].name for m in MEANT] == [
        "new_address",
        "old_address",
        "applicant_name",
        "agent_phone",
        "child1_name",
    ]
    assert [f.name for f in MEANT[-1].fields] == ["child1_name", "child2_name"]
    assert MEANT[-1].texts == ("児童 氏名",)


def test_the_same_label() -> None:
    assert evidence("旧 住 所", "old_address")["same"] == 1
    assert evidence("旧住所(番地まで)", "old_address")["same"] == 0
    assert evidence("旧住所(番地まで)", "old_address")["same_without_brackets"] == 1


def test_another_wording_of_the_field_counts() -> None:
    assert evidence("前の住まい", "old_address")["same"] == 1


def test_other_words_of_one_meaning() -> None:
    found = evidence("従前の住所", "old_address")
    assert found["words_shared"] == found["time_same"] == found["what_same"] == 1
    assert evidence("従前の住所", "new_address")["time_other"] == 1


def test_the_slots_number_says_nothing_about_the_kind() -> None:
    assert evidence("児童2 氏名", "child1_name")["same_without_brackets"] == 1


def test_a_person_alone_asks_for_the_name() -> None:
    assert evidence("申請者", "applicant_name")["person_alone"] == 1
    assert evidence("代理人", "agent_phone")["person_alone"] == 0


def test_the_type_of_the_field() -> None:
    assert evidence("電話番号", "agent_phone")["type_fits"] == 1
    assert evidence("電話番号", "new_address")["type_unfit"] == 1


@pytest.mark.parametrize(("short", "share"), [("申氏", 0.4), ("申者氏", 0.6), ("氏申", 0.0), ("申", 0.0)])
def test_shortened_labels_keep_their_order(short: str, share: float) -> None:
    assert evidence(short, "applicant_name")["shortened"] == pytest.approx(share)


def test_the_encoder_adds_its_two() -> None:
    near = np.linspace(0, 1, 2 * len(MEANT), dtype=np.float32).reshape(-1, 2)
    rows = with_encoder(weigh(Said.of("何か", WORDS), MEANT, {}), near)
    assert rows[:, -2:] == pytest.approx(near)


def test_that_none_is_meant_is_judged_by_the_best() -> None:
    said = Said.of("新住所", WORDS)
    found = dict(zip(NONE_OF_THEM, none_of_them(said, weigh(said, MEANT, {})).tolist(), strict=True))
    assert found["same"] == found["always"] == 1
    assert found["short_label"] == 0


def test_a_label_without_letters_has_no_evidence_for_any_field() -> None:
    rows = weigh(Said.of("・・", WORDS), MEANT, {})
    assert rows[:, [EVIDENCE.index(n) for n in ("same", "alike", "within", "words_shared")]].max() == 0
