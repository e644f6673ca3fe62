from __future__ import annotations

import re

from munibots.stores.case_ids import new_case_id, page_digest


def test_same_page_same_id() -> None:
    assert new_case_id(page_digest("ab" * 32, 0)) == new_case_id(page_digest("ab" * 32, 0))


def test_other_page_or_file_other_id() -> None:
    ids = {new_case_id(page_digest(f"{file:064x}", page)) for file in range(50) for page in range(20)}
    assert len(ids) == 1000


def test_id_is_short_and_safe_for_file_names() -> None:
    assert re.fullmatch(r"C-[A-Z2-7]{10}", new_case_id(page_digest("00" * 32, 299)))
