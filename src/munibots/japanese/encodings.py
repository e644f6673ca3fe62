"""Text files as Japanese offices write them: UTF-8, with or without a byte order mark, or the Windows code page of Japan."""

from __future__ import annotations

__all__ = ["UnknownEncodingError", "decode_text"]


class UnknownEncodingError(ValueError):
    """Neither UTF-8 nor cp932. The message never holds the text."""


def decode_text(data: bytes) -> str:
    """The text of a file.

    UTF-8 comes first: a cp932 text is practically never valid UTF-8, while the opposite happens.

    Raises:
        UnknownEncodingError: It is in neither encoding.
    """
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnknownEncodingError("UTF-8 でも Shift_JIS(cp932)でもありません。")
