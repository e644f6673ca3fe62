"""The words of papers, and who may speak them."""

from __future__ import annotations

import pytest

from munibots.definitions import places
from munibots.demo.city.form_texts.vocabulary import foreign_words, kinds


def test_kinds_and_sections_are_enough() -> None:
    assert len(kinds()) >= 32
    assert len({kind.section_ja for kind in kinds().values()}) >= 8
    assert set(places.names("forms")) <= set(kinds())


@pytest.mark.parametrize("kind_id", list(kinds()))
def test_parts_share_no_wording(kind_id: str) -> None:
    kind = kinds()[kind_id]
    fit, tune = kind.words.part("fit"), kind.words.part("tune")
    assert not set(fit.words) & set(tune.words)
    assert set(fit.words) | set(tune.words) == set(kind.words.words)
    assert not set(kind.held.words) & set(kind.words.words)
    assert not set(kind.held.titles) & set(kind.words.titles)
    assert not set(kind.held.say) & set(kind.words.say)


def test_foreign_papers_of_a_part_are_of_no_other() -> None:
    for far in (False, True):
        names = [{paper.name_ja for paper in foreign_words(part)[far]} for part in ("fit", "tune", "held")]
        assert not names[0] & names[1]
        assert not (names[0] | names[1]) & names[2]
        assert names[0] | names[1] == {paper.name_ja for paper in foreign_words("all")[far]}
