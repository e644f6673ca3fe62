"""Sentences to vectors: multilingual-e5-small, trimmed to Japanese, made by ``classifiers/encoder/build.py``.

Served by onnxruntime and tokenizers: neither torch nor sentence-transformers is needed on a city's machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from munibots.classifying.artifacts import checked_files
from munibots.classifying.features import embedding_text
from munibots.shipped import shipped_folder

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

__all__ = ["DIMENSIONS", "MAX_TOKENS", "Encoder", "load_encoder"]

DIMENSIONS = 384

MAX_TOKENS = 128
"""Tokens that are looked at, about 200 to 250 characters: the head of a page, where it says what it is."""

# Characters that cannot matter after so many tokens: a megabyte need not be cut into tokens first.
_LONGEST = 12 * MAX_TOKENS


class Encoder:
    """Turns texts into unit vectors. Build one and share it: calls from several threads are safe.

    Args:
        graph: The network as ONNX, with pooling and normalising inside.
        tokenizer: The tokenizer as JSON.
    """

    def __init__(self, graph: bytes, tokenizer: str) -> None:
        """Load the network, on one thread."""
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # An arena would keep the memory of the largest batch for good.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_str(tokenizer)
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> NDArray[float32]:
        """The vectors of some texts.

        The weights are kept in 8 bits and what flows between them is rounded batch by batch. So that a document's vector does
        not depend on its neighbours, each document is a batch of its own.

        Returns:
            Shape (texts, 384), each of length 1; the inner product of two is the cosine of their angle.
        """
        import numpy as np

        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            ids = np.array([self._tokenizer.encode(embedding_text(text)[:_LONGEST]).ids], np.int64)
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            vectors[row] = self._session.run(None, feed)[0][0]
        return vectors


@cache
def load_encoder(folder: Path | None = None) -> Encoder:
    """The shipped encoder.

    Args:
        folder: Folder of the classifier; the shipped one where none is given.

    Raises:
        ArtifactMismatchError: A file is missing or not the one that ``classifier.yaml`` states.
    """
    files = checked_files(folder or shipped_folder("classifiers") / "encoder")
    return Encoder(files["encoder.onnx"], files["tokenizer.json"].decode())
