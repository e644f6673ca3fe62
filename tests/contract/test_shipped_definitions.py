"""Every definition that is shipped is sound by the check that a city runs on its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.definitions import places
from munibots.domain.form import Severity
from munibots.testing import check_folder

FOLDERS = [places.find(kind, name) for kind in places.KINDS_JA for name in places.names(kind)]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_it_is_sound(folder: Path) -> None:
    found = [f for findings in check_folder(folder).values() for f in findings]
    assert [str(f) for f in found if f.severity is Severity.ERROR] == []
