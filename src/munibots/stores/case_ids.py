"""Case ids: opaque, and the same again for the same page of the same file."""

from __future__ import annotations

import base64
import hashlib

__all__ = ["new_case_id", "page_digest"]

_ID_CHARS = 10
"""50 bits: among 50,000 cases two collide with a probability of about one in a million, and the store refuses that one."""


def page_digest(file_sha256: str, page_index: int) -> str:
    """SHA-256 that stands for one page of one file, 64 hexadecimal digits.

    Args:
        file_sha256: Of the file's content, hexadecimal.
        page_index: From 0; of a document of several pages, its first.
    """
    return hashlib.sha256(f"{file_sha256}#{page_index}".encode()).hexdigest()


def new_case_id(digest: str) -> str:
    """``C-`` and ten characters of base32, made from a :func:`page_digest`.

    Taking in the same inbox again after a crash thus meets the cases that are already there.
    """
    opaque = hashlib.sha256(b"munibots case\x1f" + digest.encode()).digest()
    return "C-" + base64.b32encode(opaque).decode("ascii")[:_ID_CHARS]
