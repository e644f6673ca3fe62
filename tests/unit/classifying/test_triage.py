"""Proposals: where a task comes to lie, why, and when nothing is proposed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.classifying.triage import Proposal, Triage, load_triage, load_triage_folder
from munibots.definitions import places
from munibots.domain.task import Approach, FixedRules, Judgement, LegalAct, Medium, Product, Task
from munibots.errors import ArtifactMismatchError

ENTRY = Task(
    line=2,
    name="届の入力",
    description="届を住民記録システムに入力する",
    cases_a_year=6000,
    minutes_a_case=8,
    fixed_rules=FixedRules.FIXED,
    judgement=Judgement.NONE,
    inputs=(Medium.DATA,),
    outputs=(Product.SCREEN_ENTRY,),
    legal_act=LegalAct.NONE,
    my_number=False,
)
MINUTES = replace(
    ENTRY,
    name="会議録の作成",
    description="会議の録音を文字に起こす",
    fixed_rules=FixedRules.PARTLY,
    judgement=Judgement.LITTLE,
    inputs=(Medium.VOICE,),
    outputs=(Product.DOCUMENT,),
)
TALK = replace(
    ENTRY,
    name="相談",
    description="相談に応じる",
    fixed_rules=FixedRules.NONE,
    judgement=Judgement.MUCH,
    inputs=(Medium.COUNTER,),
    outputs=(Product.ATTENDANCE,),
    legal_act=LegalAct.DECISION,
)
ENVELOPES = replace(
    ENTRY, name="封入", description="通知書を封入する", inputs=(Medium.PAPER,), outputs=(Product.MANUAL_WORK,)
)


@pytest.fixture(scope="module")
def triage() -> Triage:
    return load_triage()


@pytest.mark.parametrize(
    ("task", "approach"),
    [
        (ENTRY, Approach.RPA),
        (MINUTES, Approach.AI),
        (TALK, Approach.AS_IS),
        (ENVELOPES, Approach.OUTSOURCE),
    ],
    ids=["entry", "minutes", "talk", "envelopes"],
)
def test_one_of_each(triage: Triage, task: Task, approach: Approach) -> None:
    found = triage.propose(task)
    assert found.approach is approach
    assert (found.routine > 0) == (approach in (Approach.RPA, Approach.AI))
    assert (found.judgement > 0) == (approach in (Approach.AI, Approach.AS_IS))
    assert found.missing == found.conflicts == ()


def test_the_reasons_are_the_whole_score(triage: Triage) -> None:
    for task in (MINUTES, ENVELOPES):
        found = triage.propose(task)
        assert sum(r.routine for r in found.reasons) == pytest.approx(found.routine)
        assert sum(r.judgement for r in found.reasons) == pytest.approx(found.judgement)


def test_words_are_shown_as_words_and_weigh_little(triage: Triage) -> None:
    many = replace(MINUTES, description="録音の要約と分類と仕分けと割り振りと集計と照合と入力")
    words = [r for r in triage.propose(many).reasons if r.from_words]
    assert len(words) >= 4
    assert all(r.text_ja.startswith("言葉「") for r in words)
    stated = sum(r.routine for r in triage.propose(many).reasons if not r.from_words)
    assert triage.propose(many).routine == pytest.approx(min(1, stated + triage.rules.word_limit))


def _words(found: Proposal) -> str:
    return "".join(r.text_ja for r in found.reasons if r.from_words)


def test_names_and_what_is_denied_are_no_evidence(triage: Triage) -> None:
    named = triage.propose(replace(ENTRY, description="認定申請の決定通知を台帳に写す"))
    assert "認定" not in _words(named)
    assert "決定" not in _words(named)
    denied = triage.propose(replace(ENTRY, description="内容を写す。審査は含まない"))
    assert "審査" not in _words(denied)
    assert "審査" in _words(triage.propose(replace(TALK, description="審査は含まない書類もあるが、審査する")))


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"fixed_rules": None}, "決まった手順"),
        ({"judgement": None}, "判断"),
        ({"legal_act": None}, "法的な行為"),
        ({"inputs": (), "outputs": ()}, "入力元"),
    ],
)
def test_what_is_missing_is_named(triage: Triage, change: dict[str, object], column: str) -> None:
    found = triage.propose(replace(ENTRY, **change))  # type: ignore[arg-type]
    assert found.approach is None
    assert column in found.missing
    assert column in found.why_ja
    assert found.approach_ja == "職員が判断してください"
    assert found.saving is None


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"legal_act": LegalAct.DECISION}, "別の行"),
        ({"description": "財産を差し押さえる"}, "差し押さえ"),
        ({"description": "受給資格を認定する"}, "認定"),
        ({"description": "相手と交渉し、訪問する"}, "逆です"),
    ],
)
def test_contradictions_go_to_people(triage: Triage, change: dict[str, object], word: str) -> None:
    found = triage.propose(replace(ENTRY, **change))  # type: ignore[arg-type]
    assert found.approach is None
    assert any(word in conflict for conflict in found.conflicts)
    assert found.authority is None


def test_near_an_axis_nothing_is_proposed(triage: Triage) -> None:
    found = triage.propose(
        replace(
            MINUTES, description="", name="書類", inputs=(Medium.PAPER,), outputs=(Product.DECISION,), cases_a_year=100
        )
    )
    assert abs(found.routine) < triage.rules.margin
    assert found.approach is None
    assert "どちらとも言えない" in found.why_ja


def test_too_small_to_be_worth_it(triage: Triage) -> None:
    found = triage.propose(replace(ENTRY, cases_a_year=30, minutes_a_case=10))
    assert found.approach is Approach.AS_IS
    assert found.saving is None
    assert "届かない" in found.why_ja
    perhaps = triage.propose(replace(ENTRY, cases_a_year=300, minutes_a_case=9))
    assert perhaps.approach is Approach.RPA
    assert any("少ないときの削減" in note for note in perhaps.notes)


def test_without_volume_a_proposal_but_no_estimate(triage: Triage) -> None:
    found = triage.propose(replace(ENTRY, minutes_a_case=None))
    assert found.approach is Approach.RPA
    assert found.saving is None
    assert found.missing == ("1件の分数",)


def test_decisions_stay_with_staff(triage: Triage) -> None:
    placing = replace(
        MINUTES,
        name="入所の割り振り",
        description="基準の点数から割り振りの案を作る",
        fixed_rules=FixedRules.FIXED,
        judgement=Judgement.MUCH,
        inputs=(Medium.DATA,),
        legal_act=LegalAct.DECISION,
        my_number=True,
    )
    found = triage.propose(placing)
    assert found.approach is Approach.AI
    assert found.authority is not None
    assert "決定" in found.authority.staff_only
    assert "決定" not in found.authority.auxiliary
    assert found.authority.sources
    assert any("決めるのは職員" in note for note in found.notes)
    assert any("番号法" in note for note in found.notes)


def test_every_legal_act_has_a_rule_with_a_source(triage: Triage) -> None:
    assert set(triage.rules.authority) == set(LegalAct)
    for act, authority in triage.rules.authority.items():
        assert bool(authority.staff_only) == (act is not LegalAct.NONE)
        assert authority.auxiliary
        assert all(url.startswith("https://") for _, url in authority.sources)


def test_every_value_has_points(triage: Triage) -> None:
    for column, values in {
        "fixed_rules": FixedRules,
        "judgement": Judgement,
        "inputs": Medium,
        "outputs": Product,
        "legal_act": LegalAct,
    }.items():
        assert set(triage.rules.columns[column]) == {str(value.value) for value in values}


def test_a_changed_rule_is_not_used(tmp_path: Path) -> None:
    folder = tmp_path / "task_triage"
    shutil.copytree(places.find("classifiers", "task_triage"), folder)
    load_triage_folder(folder)
    rules = folder / "artifact" / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("margin: 0.15", "margin: 0.01"), encoding="utf-8")
    with pytest.raises(ArtifactMismatchError):
        load_triage_folder(folder)


@given(
    task=st.builds(
        Task,
        line=st.just(2),
        name=st.text(min_size=1, max_size=20),
        description=st.text(max_size=60) | st.sampled_from(["審査", "差押はしない", "入力入力", "認定申請認定"]),
        cases_a_year=st.none() | st.floats(1, 1e8),
        minutes_a_case=st.none() | st.floats(0.1, 1e6),
        fixed_rules=st.none() | st.sampled_from(FixedRules),
        judgement=st.none() | st.sampled_from(Judgement),
        inputs=st.lists(st.sampled_from(Medium), unique=True).map(tuple),
        outputs=st.lists(st.sampled_from(Product), unique=True).map(tuple),
        legal_act=st.none() | st.sampled_from(LegalAct),
        my_number=st.none() | st.booleans(),
    )
)
def test_whatever_a_task_says(triage: Triage, task: Task) -> None:
    found = triage.propose(task)
    assert -1 <= found.routine <= 1
    assert -1 <= found.judgement <= 1
    assert found.why_ja
    if found.approach is None:
        assert found.saving is None
    if found.saving is not None:
        hours = task.hours_a_year
        assert hours is not None
        assert 0 <= found.saving.low <= found.saving.mid <= found.saving.high <= hours
    if found.approach is Approach.OUTSOURCE and task.legal_act is not LegalAct.NONE:
        assert found.authority is not None
        assert found.authority.staff_only
