"""Single digits: how they are shown to the network, told apart, and read."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from munibots.errors import ArtifactMismatchError
from munibots.reading.boxes import Cut
from munibots.reading.digits import OTHER, SIDE_PX, load_digit_reader, prepared, separate

from .shipped_files import ship


def _paper(width: int = 160) -> np.ndarray:
    return np.full((60, width), 255, np.uint8)


def _cut(pixels: np.ndarray) -> Cut:
    return Cut(pixels, pixels < 200, (0, 0, pixels.shape[1], pixels.shape[0]))


def _write(pixels: np.ndarray, text: str, x: int, scale: float = 1.1) -> np.ndarray:
    cv2.putText(pixels, text, (x, 45), cv2.FONT_HERSHEY_SIMPLEX, scale, (40,), 3, cv2.LINE_AA)
    return pixels


@pytest.mark.parametrize("shape", [(40, 12), (22, 14), (30, 60)])
def test_a_crop_keeps_its_proportions(shape: tuple[int, int]) -> None:
    picture = prepared(np.zeros(shape, np.uint8))
    assert picture.shape == (SIDE_PX, SIDE_PX)
    rows, columns = np.flatnonzero(picture.max(axis=1) > 0.5), np.flatnonzero(picture.max(axis=0) > 0.5)
    assert len(columns) / len(rows) == pytest.approx(shape[1] / shape[0], rel=0.1)
    assert (rows[0] + rows[-1] + 1) / 2 == pytest.approx(SIDE_PX / 2, abs=1)
    assert (columns[0] + columns[-1] + 1) / 2 == pytest.approx(SIDE_PX / 2, abs=1)


def test_pale_ink_is_shown_as_dark_as_any() -> None:
    pale = np.full((30, 20), 255, np.uint8)
    pale[5:25, 8:12] = 190
    assert prepared(pale).max() == pytest.approx(1.0)


def test_digits_are_told_apart_from_left_to_right() -> None:
    narrow, broad = separate(_cut(_write(_write(_paper(), "1", 20), "8", 60)))
    assert narrow.shape[1] < broad.shape[1]


def test_the_bar_of_a_five_is_no_digit() -> None:
    pixels = _write(_paper(), "5", 20)
    cv2.line(pixels, (43, 24), (45, 24), (40,), 3)
    assert len(separate(_cut(pixels))) == 1


def test_digits_that_touch_are_not_guessed_apart() -> None:
    pixels = _write(_write(_paper(), "0", 20), "0", 41)
    cv2.line(pixels, (36, 30), (48, 30), (40,), 3)
    assert separate(_cut(pixels)) == ()


def test_the_shipped_network_reads_plain_digits() -> None:
    # The plotter's 1 has the foot of print, which no hand gives it.
    one = cv2.line(_paper(), (40, 14), (40, 45), (40,), 3)
    crops = [_cut(one if d == "1" else _write(_paper(), d, 20)).trimmed() for d in "0123456789"]
    scores = load_digit_reader().read(crops)
    assert scores.argmax(axis=1).tolist() == list(range(10))
    assert np.exp(scores).sum(axis=1) == pytest.approx(np.ones(10), abs=1e-3)


def test_what_is_no_single_digit_is_said_to_be_none() -> None:
    two = _cut(_write(_write(_paper(), "4", 20), "6", 48)).trimmed()
    hyphen = _paper()
    cv2.line(hyphen, (20, 30), (36, 30), (40,), 3)
    assert load_digit_reader().read([two, _cut(hyphen).trimmed()]).argmax(axis=1).tolist() == [OTHER, OTHER]


def test_no_crops_no_answers() -> None:
    assert load_digit_reader().read([]).shape == (0, OTHER + 1)


def test_another_artifact_is_refused(tmp_path: Path) -> None:
    folder = ship(tmp_path, "digit_reader", "digits.onnx", b"other", stated=b"another")
    with pytest.raises(ArtifactMismatchError, match="digit_reader"):
        load_digit_reader(folder)
    (folder / "classifier.yaml").unlink()
    with pytest.raises(ArtifactMismatchError, match="MB-E703"):
        load_digit_reader(folder)
