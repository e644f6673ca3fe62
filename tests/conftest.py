"""Settings of all tests; fixtures live beside the tests that use them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Selenium would otherwise ask the network for drivers and send usage data.
os.environ["SE_OFFLINE"] = "true"

# A shared machine is sometimes slow: a test may fail for what is wrong, never for the clock.
settings.register_profile("munibots", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("munibots")


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return Path(__file__).resolve().parents[1]
