"""Papers without a layout: a paper is made, read by its labels, and nothing of it is accepted without eyes."""

from __future__ import annotations

from munibots.bench.unknown_layouts import UnknownScore, labelled_values


def test_values_are_found_and_none_is_accepted() -> None:
    seen: list[tuple[int, int]] = []
    score = labelled_values(
        1, 11, form_ids=["koseki"], papers=0, progress=lambda done, total: seen.append((done, total))
    )
    assert seen == [(1, 1)]
    assert list(score.right_by_paper) == ["koseki@standard"]
    assert score.fields >= score.boxes_found >= score.right > 0
    assert score.fields == sum(n for n, _ in score.right_by_paper.values())
    assert score.accepted == 0
    assert score.pages == 1
    assert score.share == score.right / score.fields


def test_nothing_read_is_a_share_of_zero() -> None:
    assert UnknownScore(0, 0, 0, 0, 0, 0.0, {}).share == 0.0
