"""The shipped label matcher: which field a label means, how sure it is, and what it can stand."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from munibots.bench.label_matching import odd_labels
from munibots.classifying.label_matcher import LabelMatcher, load_label_matcher
from munibots.definitions.form_files import load_form
from munibots.domain.form import Field, FieldType
from munibots.errors import ArtifactMismatchError, DefinitionNotFoundError
from munibots.shipped import shipped_folder


@pytest.fixture(scope="module")
def matcher() -> LabelMatcher:
    return load_label_matcher()


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("従前の住所", "old_address"),
        ("世主(新)", "new_householder"),
        ("異動(予定)年月日", "movement_date"),
        ("ｾﾞﾝｼﾞｭｳｼｮ", "old_address"),
        ("氏名(漢字)", "mover1_name"),
        ("生年月日(西暦)", "mover1_birth_date"),
        ("ﾏｲﾅﾝﾊﾞｰ", "mover1_my_number"),
    ],
)
def test_labels_of_moving(matcher: LabelMatcher, label: str, name: str) -> None:
    assert matcher.match(label, among="juminido")[0].field.name == name


@pytest.mark.parametrize("form_id", ["juminido", "kouza", "youkaigo", "shiminzei"])
def test_every_label_finds_its_own_field(matcher: LabelMatcher, form_id: str) -> None:
    form = load_form(form_id)
    missed = []
    for field in form.fields:
        if field.group_no in (None, 1):
            found = matcher.match(field.label_ja, among=form.fields, k=1)[0]
            if found.field != field:
                missed.append(field.name)
    assert missed == []


def test_the_slot_that_the_label_says(matcher: LabelMatcher) -> None:
    assert matcher.match("異動者3 氏名", among="juminido")[0].field.name == "mover3_name"
    assert matcher.match("異動者② 生年月日", among="juminido")[0].field.name == "mover2_birth_date"
    assert matcher.match("異動者9 氏名", among="juminido")[0].field.name == "mover1_name"


def test_confidences_are_ranked_and_leave_room_for_none(matcher: LabelMatcher) -> None:
    found = matcher.match("連絡先", among="hoiku", k=5)
    confidences = [m.confidence for m in found]
    assert len(found) == 5
    assert confidences == sorted(confidences, reverse=True)
    assert 0 < sum(confidences) <= 1
    assert all(m.why for m in found[:1])


@pytest.mark.parametrize("label", ["割印", "番号札", "記入例", "裏面につづく", "課長補佐"])
def test_what_is_no_field_is_not_sure(matcher: LabelMatcher, label: str) -> None:
    assert not matcher.match(label, among="juminido")[0].sure


def test_a_form_that_no_definition_describes(matcher: LabelMatcher) -> None:
    fields = (
        Field("bin_no", "ごみ集積所番号", FieldType.DIGITS),
        Field("collector", "収集する人の氏名", FieldType.NAME),
        Field("start", "収集開始日", FieldType.DATE),
    )
    found = matcher.match("集めはじめる日", among=fields)
    assert found[0].field.name == "start"
    assert found[0].form_id is None


def test_all_forms_where_none_is_named(matcher: LabelMatcher) -> None:
    found = matcher.match("主治医のお名前", k=3)
    assert found[0].field.name == "doctor_name"
    assert found[0].form_id == "youkaigo"
    assert len({(m.field.name, m.form_id) for m in found}) == 3


@pytest.mark.parametrize("label", ["", "  ", "・・・", "()"])
def test_nothing_means_nothing(matcher: LabelMatcher, label: str) -> None:
    assert matcher.match(label, among="juminido") == ()


@pytest.mark.parametrize("label", ["\ufffd\ufffd", "\ud800", "A", "12345", "あ" * 1_000_000, "\x00"])
def test_strange_labels_are_no_error_and_not_sure(matcher: LabelMatcher, label: str) -> None:
    assert not any(m.sure for m in matcher.match(label, among="juminido"))


def test_no_fields_no_answer(matcher: LabelMatcher) -> None:
    assert matcher.match("氏名", among=()) == ()


def test_an_unknown_form(matcher: LabelMatcher) -> None:
    with pytest.raises(DefinitionNotFoundError):
        matcher.match("氏名", among="no_such_form")


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "label_matcher"
    shutil.copytree(shipped_folder("classifiers") / "label_matcher", folder)
    file = folder / "artifact" / "matcher.json"
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(ArtifactMismatchError):
        load_label_matcher(folder)


def test_a_plain_label_needs_neither_the_encoder_nor_a_training_library() -> None:
    code = (
        "import sys; from munibots.classifying.label_matcher import load_label_matcher;"
        "m = load_label_matcher(); assert m.match('旧住所', among='juminido')[0].sure;"
        "print([n for n in ('onnxruntime', 'tokenizers', 'torch', 'sklearn', 'scipy') if n in sys.modules]);"
        "m.match('引っ越してくる前にいたところ', among='juminido');"
        "print([n for n in ('torch', 'sklearn', 'scipy') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "[]"]


def test_no_measured_wording_is_a_wording_of_the_matchers_own_nothing() -> None:
    import yaml

    folder = shipped_folder("classifiers") / "label_matcher"
    taught = yaml.safe_load((folder / "words.yaml").read_text(encoding="utf-8"))["nothing"]
    assert {o.text for o in odd_labels()} & set(taught) == set()
