"""The peak of this process."""

from __future__ import annotations

import sys

import pytest

from munibots.bench.memory import peak_memory_mb


@pytest.mark.skipif(sys.platform not in ("linux", "win32", "darwin"), reason="the system does not tell")
def test_the_peak_grows_with_what_is_held() -> None:
    before = peak_memory_mb()
    block = bytearray(b"x" * 300_000_000)
    after = peak_memory_mb()
    assert before is not None
    assert after is not None
    assert len(block) / 1e6 <= after
    assert before <= after
