"""The shipped encoder: its vectors, and what it can stand."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from munibots.classifying.encoder import DIMENSIONS, Encoder, load_encoder
from munibots.shipped import shipped_folder


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def test_vectors_have_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(["住民異動届", "粗大ごみ収集申込書", "請求書"])
    assert vectors.shape == (3, DIMENSIONS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-3)


def test_texts_of_one_meaning_are_nearer(encoder: Encoder) -> None:
    moving, newcomer, rubbish = encoder.encode(
        ["引っ越しをしたときの住所の届出", "転入届 新しい住所と前の住所", "粗大ごみの収集を申し込む"]
    )
    assert moving @ newcomer > moving @ rubbish


def test_a_vector_does_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    together = encoder.encode(["短い", "印鑑登録申請書 登録する印鑑 代理人の住所と氏名" * 5])
    assert np.array_equal(together[0], encoder.encode(["短い"])[0])


@pytest.mark.parametrize("text", ["", "A", "\ufffd\ufffd", "\ud800", "あ" * 1_000_000, "𠮷髙﨑", "0 1 2 3"])
def test_strange_texts_have_vectors_too(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode([text])).all()


def test_no_text_no_vector(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)


def test_it_fits_into_the_wheel() -> None:
    files = (shipped_folder("classifiers") / "encoder" / "artifact").iterdir()
    assert sum(f.stat().st_size for f in files) < 35_000_000


def test_serving_needs_no_training_library() -> None:
    code = (
        "import sys; from munibots.classifying.encoder import load_encoder; load_encoder().encode(['届']);"
        "print([m for m in ('torch', 'sklearn', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
