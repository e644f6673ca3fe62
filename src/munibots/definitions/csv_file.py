"""CSV files that a city writes in its spreadsheet: their rows with the lines on which they begin."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from munibots.errors import MunibotsError
from munibots.japanese.encodings import UnknownEncodingError, decode_text

__all__ = ["csv_rows"]


def csv_rows(
    path: Path, broken: Callable[[int, str], MunibotsError], *, strict: bool = False
) -> list[tuple[int, list[str]]]:
    """Each row with the line on which it begins, from 1.

    Args:
        path: The file, in UTF-8 or cp932.
        broken: Makes the error to raise from the line (0: the file as a whole) and the problem in Japanese.
        strict: Refuse quotation marks that are out of place.

    Raises:
        MunibotsError: What ``broken`` makes, where the file cannot be read.
    """
    try:
        text = decode_text(path.read_bytes())
    except OSError as e:
        raise broken(0, "ファイルを読めません。") from e
    except UnknownEncodingError as e:
        raise broken(0, "文字コードが UTF-8 でも Shift_JIS(cp932)でもありません。") from e
    reader = csv.reader(io.StringIO(text, newline=""), strict=strict)
    rows: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            rows.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as e:
        raise broken(begins, f"CSV として読めません({e})。") from e
    return rows
