"""Which form the words of a page speak of."""

from __future__ import annotations

from munibots.classifying.titles import guess_form
from munibots.definitions import places
from munibots.definitions.form_files import load_form

FORMS = {name: load_form(name) for name in places.names("forms")}
WORDS = [
    "住",
    "民異動",
    "届",
    "届出年月日",
    "異動日",
    "届出人氏名",
    "本人との関係",
    "新住所",
    "旧住所",
    "本籍",
    "筆頭者",
    "生年月日",
    "性別",
]


def test_title_and_labels_name_the_form() -> None:
    guess = guess_form(WORDS, FORMS)
    assert guess.form_id == "juminido"
    assert 0.3 < guess.confidence <= 0.9


def test_a_title_alone_is_not_enough_if_it_is_only_mentioned() -> None:
    assert (
        guess_form(["お知らせ", "住民異動届の受付時間は午前九時から午後五時までです。ご注意ください。"], FORMS).form_id
        is None
    )


def test_strange_words_are_unknown() -> None:
    assert guess_form(["請求書", "御中", "合計", "消費税", "振込先"], FORMS).form_id is None
    assert guess_form([], FORMS).form_id is None
    assert guess_form(WORDS, {}).form_id is None


def test_a_stated_form_needs_less_evidence_but_some() -> None:
    few = ["届出年月日", "届出人氏名", "新住所", "旧住所"]
    assert guess_form(few, FORMS, only_form="juminido").form_id == "juminido"
    assert guess_form(["請求書", "御中"], FORMS, only_form="juminido").form_id is None


def test_every_form_is_known_by_its_own_words() -> None:
    for name, form in FORMS.items():
        words = [form.name_ja, *(f.label_ja for f in form.fields)]
        assert guess_form(words, FORMS).form_id == name
