"""Texts of papers: the same for the same seed, of every kind and of none."""

from __future__ import annotations

from munibots.demo.city.form_texts.making import make_foreign_texts, make_form_texts, make_open_texts
from munibots.demo.city.form_texts.pages import HELD_PAGES, PAGES
from munibots.demo.city.form_texts.vocabulary import OTHER, kinds


def test_the_same_seed_makes_the_same_texts() -> None:
    once, again = (list(make_form_texts(2, 7, part="fit", only=["juminido", "suido"])) for _ in range(2))
    assert once == again
    assert once != list(make_form_texts(2, 8, part="fit", only=["juminido", "suido"]))


def test_every_kind_is_made() -> None:
    made = list(make_form_texts(1, 1, part="fit"))
    assert [m.kind for m in made] == list(kinds())
    assert all(m.text.strip() for m in made)


def test_held_texts_have_templates_of_their_own() -> None:
    assert not set(PAGES) & set(HELD_PAGES)
    assert {m.page for m in make_form_texts(2, 1, part="held")} <= set(HELD_PAGES)
    assert {m.page for m in make_form_texts(2, 1, part="all")} <= set(PAGES)


def test_a_nameless_text_has_no_name() -> None:
    for made in make_form_texts(4, 3, part="held", stress="no_name", only=["jidoteate", "kon_in", "risai"]):
        kind = kinds()[made.kind]
        assert not any(title in made.text for title in (*kind.words.titles, *kind.held.titles))


def test_a_crop_is_the_beginning() -> None:
    assert {len(m.text) for m in make_form_texts(2, 3, part="held", stress="crop60", only=["koseki"])} == {60}


def test_foreign_and_open_texts_are_of_no_kind() -> None:
    made = [*make_foreign_texts(1, 1, part="fit", far=False), *make_foreign_texts(1, 1, part="fit", far=True)]
    made += make_open_texts(30, 1, part="fit")
    assert {m.kind for m in made} == {OTHER}
